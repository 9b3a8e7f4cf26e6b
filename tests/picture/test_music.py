"""A bed is as long as asked, loud where it should be, the same on every run, and its beats can be found."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.sound.moods import MOODS
from renders.engine.sound.music import beat_times, compose_bed, tempo_for_mood
from renders.engine.sound.wav import read_sound


@pytest.mark.parametrize("mood", MOODS)
def test_a_bed_has_its_length_does_not_clip_and_rings_out(mood: str, tmp_path: Path) -> None:
    bed = compose_bed(mood=mood, tempo_bpm=100, seconds=8.0, seed=5, out=tmp_path / "a.wav")
    sound = read_sound(bed.path)
    assert sound.shape == (384_000, 2)
    assert np.abs(sound).max() <= 10 ** (-3 / 20)
    assert np.abs(sound[-480:]).max() < 0.01 < np.abs(sound[:480]).max()
    assert abs(float(sound.mean())) < 0.003


def test_the_same_seed_is_the_same_bytes_and_another_seed_is_not(tmp_path: Path) -> None:
    beds = [
        compose_bed(mood="hopeful", tempo_bpm=104, seconds=8, seed=s, out=tmp_path / f"{n}.wav")
        for n, s in enumerate((1, 1, 2))
    ]
    one, same, other = (bed.path.read_bytes() for bed in beds)
    assert one == same != other


def test_beats_lie_at_exact_multiples_before_the_end() -> None:
    beats = beat_times(tempo_bpm=Fraction(100), seconds=3.0)
    assert beats == (0, Fraction(3, 5), Fraction(6, 5), Fraction(9, 5), Fraction(12, 5))


def test_free_words_find_a_mood() -> None:
    assert tempo_for_mood("brooding, dark and ominous") == ("dark", Fraction(84))
    assert tempo_for_mood("a sombre farewell")[0] == "sad"
    assert tempo_for_mood("qwerty")[0] == "tense"


def test_a_wrong_mood_tempo_or_length_is_refused(tmp_path: Path) -> None:
    for mood, tempo, seconds in (("odd", 100, 8), ("sad", 20, 8), ("sad", 100, 0)):
        with pytest.raises(InputError):
            compose_bed(mood=mood, tempo_bpm=tempo, seconds=seconds, seed=1, out=tmp_path / "a.wav")


@pytest.mark.slow
@pytest.mark.parametrize("mood", MOODS)
def test_a_tracker_finds_the_beats_within_a_frame(mood: str, tmp_path: Path) -> None:
    from renders.engine.timeline.beats import find_beats

    rate = FrameRate(Fraction(24))
    _, tempo = tempo_for_mood(mood)
    bed = compose_bed(mood=mood, tempo_bpm=tempo, seconds=40, seed=3, out=tmp_path / "a.wav")
    found = np.array(find_beats(bed.path, rate=rate).beats_frames)
    # The last chord rings out without a pulse; the beats before it count.
    true = [rate.frames_at(beat) for beat in bed.beats_seconds[:-6]]
    assert np.mean([np.abs(found - beat).min() <= 1 for beat in true]) >= 0.95


def test_only_one_process_at_a_time_compiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess
    import sys

    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    code = (
        "import time\n"
        "from renders.engine.firstcall import compiling_alone\n"
        "with compiling_alone('x'):\n"
        "    began = time.monotonic(); time.sleep(0.3); print(began, time.monotonic())\n"
        "with compiling_alone('x'):\n"
        "    pass\n"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    spans = sorted(tuple(map(float, c.communicate()[0].split())) for c in children)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
