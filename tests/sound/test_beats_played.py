"""Beats of music played by real instruments: within a frame where the octave is right, and the octave by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.sound.wav import write_wav
from renders.engine.timeline.beats import BeatGrid, find_beats, scaled_beats
from renders.engine.timeline.octave import octave_factor, stronger_parity
from tests.sound.tracks import STYLES, beats_of, played, soundfont

NTSC = FrameRate.parse("30000/1001")
RATE = 22_050

needs_band = pytest.mark.skipif(soundfont() is None, reason="make install TIER=dev")


def thumps(beats: list[float], *, seconds: float, weak: float = 1.0) -> np.ndarray:
    """A low drum on every beat, every second one at `weak` of its strength."""
    sound = np.zeros(round(seconds * RATE), np.float32)
    time = np.arange(round(0.15 * RATE)) / RATE
    hit = (np.sin(2 * np.pi * 80 * time) * np.exp(-time * 30)).astype(np.float32)
    for number, beat in enumerate(beats):
        at = round(beat * RATE)
        part = sound[at : at + hit.size]
        part += hit[: part.size] * (weak if number % 2 else 1.0)
    return sound


def test_a_slow_pulse_with_bass_between_its_beats_is_doubled_else_left() -> None:
    beats = beats_of(tempo_bpm=160, seconds=20)
    sound = thumps(beats, seconds=20)
    assert octave_factor(sound, np.array(beats[::2]), sample_rate=RATE) == 2
    alone = thumps(beats[::2], seconds=20)
    assert octave_factor(alone, np.array(beats[::2]), sample_rate=RATE) == 1


def test_a_fast_pulse_whose_every_second_beat_is_empty_is_halved_and_keeps_the_strong_ones() -> (
    None
):
    beats = beats_of(tempo_bpm=170, seconds=20)
    sound = thumps(beats[1:], seconds=20, weak=0.0)
    assert octave_factor(sound, np.array(beats), sample_rate=RATE) == 0.5
    assert stronger_parity(sound, np.array(beats), sample_rate=RATE) == 1
    assert octave_factor(thumps(beats, seconds=20), np.array(beats), sample_rate=RATE) == 1


def test_few_beats_and_middle_tempi_are_left_as_tracked() -> None:
    sound = thumps([1.0, 2.0], seconds=3)
    assert octave_factor(sound, np.array([1.0, 2.0]), sample_rate=RATE) == 1
    beats = np.array(beats_of(tempo_bpm=120, seconds=20))
    assert octave_factor(np.zeros(RATE * 20, np.float32), beats, sample_rate=RATE) == 1


def test_beats_are_halved_and_doubled_without_drift() -> None:
    assert scaled_beats([0, 1, 2, 3], 0.5, first=1) == [1, 3]
    assert scaled_beats([0, 1], 1) == [0, 1]
    with pytest.raises(InputError, match=r"0\.5, 1 or 2"):
        scaled_beats([0, 1], 3)


@pytest.mark.slow
def test_tempo_and_offset_set_by_hand_move_every_beat(tmp_path: Path) -> None:
    beats = beats_of(tempo_bpm=120, seconds=14)
    write_wav(thumps(beats, seconds=14), path=tmp_path / "a.wav", sample_rate=RATE)
    plain = find_beats(tmp_path / "a.wav", rate=NTSC)
    later = find_beats(tmp_path / "a.wav", rate=NTSC, offset_seconds=0.1)
    assert np.allclose(np.array(later.beats_seconds) - plain.beats_seconds, 0.1)
    half = find_beats(tmp_path / "a.wav", rate=NTSC, tempo_factor=0.5)
    assert half.tempo_bpm == pytest.approx(60, rel=0.01) and half.tempo_factor == 0.5
    double = find_beats(tmp_path / "a.wav", rate=NTSC, tempo_factor=2)
    assert double.tempo_bpm == pytest.approx(240, rel=0.02)
    assert len(plain.residuals_seconds) == len(plain.beats_frames)
    assert max(map(abs, plain.residuals_seconds)) <= 0.5 / float(NTSC.fps) + 1e-9


def cuts_within_a_frame(grid: BeatGrid, truth: list[float]) -> tuple[int, int]:
    """Count the beats' frames that lie within one frame of a true beat."""
    frames = np.array([f for f in grid.beats_frames if f <= NTSC.frames_at(truth[-1]) + 1])
    true = np.array([NTSC.frames_at(beat) for beat in truth])
    return int((np.abs(frames[:, None] - true).min(axis=1) <= 1).sum()), len(frames)


@needs_band
@pytest.mark.slow
def test_a_band_is_followed_within_a_frame_and_in_the_right_octave(tmp_path: Path) -> None:
    inside = total = right_octave = tracks = 0
    for name, style in STYLES.items():
        for tempo, ramp in ((72, 0.0), (122, 0.0), (171, 0.0), (110, 0.08)):
            truth = beats_of(tempo_bpm=tempo, seconds=22, ramp=ramp)
            path = played(style, truth, seconds=22, out=tmp_path / f"{name} {tempo}.wav")
            grid = find_beats(path, rate=NTSC)
            tracks += 1
            true_tempo = 60 / float(np.median(np.diff(truth)))
            if abs(grid.tempo_bpm / true_tempo - 1) < 0.06:
                right_octave += 1
                found, all_of = cuts_within_a_frame(grid, truth)
                inside, total = inside + found, total + all_of
    print(f"octave {right_octave}/{tracks}, within a frame {inside}/{total}")
    assert right_octave >= 0.9 * tracks
    assert inside >= 0.99 * total


def test_every_beat_has_a_confidence_of_its_own(tmp_path: Path) -> None:
    beats = beats_of(tempo_bpm=120, seconds=16)
    quiet, late = 9, 18
    played_at = [beat + 0.04 * (n == late) for n, beat in enumerate(beats) if n != quiet]
    write_wav(thumps(played_at, seconds=16), path=tmp_path / "a.wav", sample_rate=RATE)
    grid = find_beats(tmp_path / "a.wav", rate=NTSC)
    assert len(grid.confidences) == len(grid.beats_frames) == len(grid.residuals_seconds)

    def sure(beat: float) -> float:
        near = min(range(len(grid.beats_seconds)), key=lambda n: abs(grid.beats_seconds[n] - beat))
        assert grid.beats_seconds[near] == pytest.approx(beat, abs=0.06)
        return grid.confidences[near]

    steady = [sure(beat) for n, beat in enumerate(beats[2:-2], 2) if n not in (quiet, late)]
    assert min(steady) > 0.6
    assert sure(beats[quiet]) == 0.0, "nothing was heard there"
    assert sure(beats[late]) < 0.5 * min(steady)


def test_a_cuts_markers_keep_the_confidence_of_each_beat(episode, dora, ben, tmp_path) -> None:
    from renders.engine.timeline.document import timeline_from_document
    from renders.services.cuts import cut_build, shots_in_cut
    from renders.services.reviews import review_approve
    from tests.factories import variant_of

    for one in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(one))
    beats = beats_of(tempo_bpm=120, seconds=40)
    hits = [beat for number, beat in enumerate(beats) if number != 8]
    write_wav(thumps(hits, seconds=40), path=tmp_path / "a.wav", sample_rate=RATE)
    cut = cut_build(user=ben, episode=episode, music=tmp_path / "a.wav")
    kept = timeline_from_document(cut.document["timeline"]).markers
    found = [marker for marker in kept if marker.kind == "beat"]
    assert len({marker.confidence for marker in found}) > 2
    assert min(marker.confidence for marker in found) == 0.0
    assert len({marker.residual_frames for marker in found}) > 2
