"""The cut: cuts on the beat to half a frame, speech never cut, transitions between scenes, documents that return."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.timeline.beats import find_beats, frame_of_beat
from renders.engine.timeline.build import PlannedShot, build_timeline
from renders.engine.timeline.document import timeline_from_document, timeline_to_document
from renders.engine.timeline.model import Marker, Timeline
from renders.engine.transitions.base import fade_gain
from renders.engine.transitions.crossfade import crossfade
from renders.engine.transitions.dip import dip

RATES = [FrameRate.parse(text) for text in ("24000/1001", "25", "30000/1001")]
NTSC = RATES[0]


def shot(code: str, frames: int, *, speech: int = 0, scene: bool = False) -> PlannedShot:
    return PlannedShot(code, Path(f"{code}.png"), frames, CameraMove.STATIC, speech, scene)


def cut(shots: list[PlannedShot], beats: list[int] | None = None, **more: object) -> Timeline:
    return build_timeline(shots, rate=NTSC, width=128, height=72, beats_frames=beats, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_cuts_lie_within_half_a_frame_of_the_beat_and_never_drift(rate: FrameRate) -> None:
    """Forty-seven cuts at 128 BPM, as in an hour-long drift test made small."""
    beats = [
        frame_of_beat(number=n, tempo_bpm=128.0, first_seconds=0.37, rate=rate) for n in range(200)
    ]
    shots = [shot(f"S{n}", 46 + n % 5) for n in range(48)]
    timeline = build_timeline(shots, rate=rate, width=128, height=72, beats_frames=beats)
    cuts = [marker for marker in timeline.markers if marker.kind == "cut"]
    assert len(cuts) == 47
    for marker in cuts:
        seconds = float(rate.seconds_at(marker.frame))
        beat = round((seconds - 0.37) * 128 / 60)
        error = Fraction(marker.frame) - (Fraction(37, 100) + beat * Fraction(60, 128)) * rate.fps
        assert abs(error) <= Fraction(1, 2)
        assert marker.residual_frames == 0.0


def test_speech_is_never_cut_short_for_a_beat() -> None:
    timeline = cut([shot("A", 40, speech=39), shot("B", 40)], [0, 12, 24, 36, 48, 60])
    assert timeline.clips[0].duration_frames == 48


def test_speech_longer_than_the_plan_lengthens_the_shot() -> None:
    assert cut([shot("A", 40, speech=55), shot("B", 40)]).clips[0].duration_frames == 55


def test_without_beats_durations_are_as_planned_and_no_beat_is_marked() -> None:
    timeline = cut([shot("A", 40), shot("B", 33)])
    assert [clip.duration_frames for clip in timeline.clips] == [40, 33]
    assert [marker.kind for marker in timeline.markers] == ["cut"]


def test_a_cut_the_music_does_not_reach_stays_and_says_how_far_it_is() -> None:
    timeline = cut([shot("A", 100), shot("B", 50)], [0, 12, 24])
    assert timeline.clips[0].duration_frames == 100
    assert [m.residual_frames for m in timeline.markers if m.kind == "cut"] == [76.0]


def test_scenes_are_joined_by_a_crossfade_and_shots_by_a_hard_cut() -> None:
    timeline = cut([shot("A", 40, scene=True), shot("B", 40), shot("C", 40, scene=True)])
    assert [clip.transition_in for clip in timeline.clips] == ["cut", "cut", "crossfade"]
    assert timeline.clips[2].transition_in_frames == 12
    dipped = cut([shot("A", 40), shot("C", 10, scene=True)], scene_transition="dip")
    assert (dipped.clips[1].transition_in, dipped.clips[1].transition_in_frames) == ("dip", 5)


def test_a_shot_of_no_frames_is_refused() -> None:
    with pytest.raises(InputError, match="duration_frames=0 of shot A"):
        shot("A", 0)


def test_an_empty_cut_odd_rasters_and_falling_beats_are_refused() -> None:
    with pytest.raises(InputError, match="at least one shot"):
        cut([])
    with pytest.raises(InputError, match="must be even"):
        build_timeline([shot("A", 9)], rate=NTSC, width=127, height=72, beats_frames=None)
    with pytest.raises(InputError, match="must rise"):
        cut([shot("A", 9)], [5, 5])


def test_a_timeline_comes_back_from_its_document_equal() -> None:
    timeline = cut([shot("A", 40), shot("B", 40, scene=True)], [3, 15, 27, 39], fade_in_frames=6)
    document = json.loads(json.dumps(timeline_to_document(timeline)))
    assert document["OTIO_SCHEMA"] == "Timeline.1"
    own = document["metadata"]["apex"]
    assert (own["schema"], own["rate"]) == ("apex.timeline/2", "24000/1001")
    assert timeline_from_document(document) == timeline


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema": "apex.bible/1"}, "schema="),
        ({"clips": None}, "does not fit"),
        ({"clips": [{"shot_code": "A"}]}, "lacks the field 'picture'"),
    ],
)
def test_a_document_that_does_not_fit_is_refused(change: dict[str, object], words: str) -> None:
    document = timeline_to_document(cut([shot("A", 40)]))["metadata"]["apex"] | change
    with pytest.raises(InputError, match=words):
        timeline_from_document(document)


def test_a_document_of_version_1_is_still_read() -> None:
    old = {
        "schema": "apex.timeline/1",
        "rate": "24000/1001",
        "width": 128,
        "height": 72,
        "fade_in_frames": 6,
        "fade_out_frames": 0,
        "clips": [
            {"shot_code": "A", "picture": "A.png", "duration_frames": 40, "move": "static"},
            {
                "shot_code": "B",
                "picture": "B.png",
                "duration_frames": 40,
                "move": "static",
                "transition_in": "crossfade",
                "transition_in_frames": 12,
            },
        ],
        "markers": [{"frame": 40, "kind": "cut", "text": "B", "residual_frames": 1.0}],
    }
    read = timeline_from_document(old)
    assert [clip.shot_code for clip in read.clips] == ["A", "B"]
    assert read.markers == (Marker(40, "cut", "B", 1.0),)
    assert timeline_from_document(timeline_to_document(read)) == read


def test_a_cut_says_how_far_it_moved_and_a_beat_how_exact_and_how_sure_it_is() -> None:
    timeline = build_timeline(
        [shot("A", 40), shot("B", 40)],
        rate=NTSC,
        width=128,
        height=72,
        beats_frames=[12, 24, 36, 48],
        beat_residuals_frames=[0.1, -0.2, 0.3, -0.4],
        beat_confidences=[0.8, 0.1, 0.9, 1.0],
    )
    cuts = [marker for marker in timeline.markers if marker.kind == "cut"]
    assert [(m.frame, m.moved_frames, m.residual_frames) for m in cuts] == [(36, -4, 0.0)]
    beats = [marker for marker in timeline.markers if marker.kind == "beat"]
    assert [m.residual_frames for m in beats] == [0.1, -0.2, 0.3, -0.4]
    assert [m.confidence for m in beats] == [0.8, 0.1, 0.9, 1.0]
    assert [m.confidence for m in cuts] == [0.9], "a cut is as sure as its beat"


@pytest.mark.parametrize("wrong", [{"kind": "splash"}, {"frame": -1}, {"confidence": 1.5}], ids=str)
def test_a_marker_of_another_kind_or_place_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"marker"):
        Marker(**({"frame": 3, "kind": "comment"} | wrong))  # type: ignore[arg-type]


def test_a_crossfade_is_half_and_half_in_its_middle_and_never_whole() -> None:
    middle = crossfade(frame=6, duration_frames=13)
    assert (middle.before, middle.after, middle.gain) == (0.5, 0.5, 1.0)
    shares = [crossfade(frame=frame, duration_frames=13).after for frame in range(13)]
    assert 0 < shares[0] < shares[-1] < 1


def test_a_dip_is_black_in_its_middle_and_changes_pictures_there() -> None:
    mixes = [dip(frame=frame, duration_frames=9) for frame in range(9)]
    assert mixes[4].gain == 0.0
    assert [mix.after for mix in mixes] == [0.0] * 4 + [1.0] * 5


def test_a_film_fades_from_black_and_to_black() -> None:
    gains = [fade_gain(frame=f, duration_frames=20, fade_in=4, fade_out=5) for f in range(20)]
    assert gains[0] == gains[-1] == 0.0
    assert gains[4] == gains[14] == 1.0
    assert gains[2] == 0.5


def clicks(path: Path, *, tempo_bpm: float, seconds: float = 8.0) -> list[float]:
    """Write decaying clicks at 44.1 kHz and return their times."""
    import soundfile

    times = list(np.arange(0.31, seconds - 0.2, 60.0 / tempo_bpm))
    samples = np.zeros(int(seconds * 44_100), np.float32)
    hit = np.exp(-np.arange(3000) / 300) * np.sin(np.arange(3000) * 0.2)
    for time in times:
        at = round(time * 44_100)
        samples[at : at + 3000] += 0.7 * hit[: samples[at : at + 3000].size].astype(np.float32)
    soundfile.write(path, samples, 44_100)
    return times


@pytest.mark.slow
def test_found_beats_lie_within_half_a_frame_of_the_clicks(tmp_path: Path) -> None:
    times = clicks(tmp_path / "clicks.wav", tempo_bpm=110.0)
    grid = find_beats(tmp_path / "clicks.wav", rate=RATES[2])
    assert grid.tempo_bpm == pytest.approx(110.0, abs=0.5)
    inner = [beat for beat in grid.beats_seconds if times[0] - 0.1 < beat < times[-1] + 0.1]
    assert len(inner) >= len(times) - 2
    assert max(min(abs(beat - time) for time in times) for beat in inner) < 0.5 / 29.97
    assert max(abs(residual) for residual in grid.residuals_seconds) <= 0.5 / 29.97 + 1e-9
    assert grid.confidence > 0.9


def test_silence_has_no_beats_and_noise_bytes_are_refused(tmp_path: Path) -> None:
    import soundfile

    soundfile.write(tmp_path / "silence.wav", np.zeros(44_100 * 2), 44_100)
    assert find_beats(tmp_path / "silence.wav", rate=NTSC).beats_frames == ()
    (tmp_path / "broken.wav").write_bytes(b"no sound at all")
    with pytest.raises(InputError, match=r"broken\.wav"):
        find_beats(tmp_path / "broken.wav", rate=NTSC)
