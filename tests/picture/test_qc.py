"""The check of a finished film: a right one is met, each wrong one fails in the row that names it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.errors import InputError
from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.assembly import render_film
from renders.engine.export.boxes import colour_box, top_boxes
from renders.engine.export.qc import QcReport, check_film
from renders.engine.timeline.model import Clip, Timeline


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def timeline(folder: Path) -> Timeline:
    pixels = np.random.default_rng(1).integers(60, 200, (72, 128, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "still.png")
    return Timeline(FrameRate.parse("24000/1001"), 128, 72, (Clip("A", folder / "still.png", 50),))


@pytest.fixture(scope="module")
def film(timeline: Timeline, folder: Path) -> Path:
    """A film with a 1 kHz tone at −16 LUFS (a stereo sine of −16 dBFS reads −16 LUFS, EBU Tech 3341)."""
    import soundfile

    tone = 10 ** (-16 / 20) * np.sin(2 * np.pi * 1000 * np.arange(48_000 * 3) / 48_000)
    soundfile.write(folder / "tone.wav", np.stack([tone, tone], axis=1), 48_000)
    return render_film(
        timeline,
        grade={},
        film_grain=0.2,
        seed=1,
        audio=folder / "tone.wav",
        out=folder / "film.mp4",
        progress=NullProgress(),
    ).path


def failed(report: QcReport) -> set[str]:
    return {row.name for row in report.rows if not row.met}


def test_a_right_film_is_met_in_every_row(film: Path, timeline: Timeline) -> None:
    report = check_film(film, timeline=timeline, audio=True)
    assert failed(report) == set()
    assert report.verdict == "met"
    document = json.loads(json.dumps(report.to_document()))
    assert document["verdict"] == "met"
    assert {"name", "expected", "found", "met"} == set(document["rows"][0])


def test_sound_longer_than_the_picture_is_cut_to_it(film: Path, timeline: Timeline) -> None:
    rows = {row.name: row for row in check_film(film, timeline=timeline, audio=True).rows}
    assert rows["sound and picture end together"].met


def test_the_colour_box_and_the_order_of_boxes_are_read_from_the_file(film: Path) -> None:
    assert colour_box(film) == "nclx 1/1/1 limited"
    boxes = top_boxes(film)
    assert boxes.index("moov") < boxes.index("mdat")


def test_one_frame_too_few_fails_both_counts(film: Path, timeline: Timeline) -> None:
    longer = replace(timeline, clips=(replace(timeline.clips[0], duration_frames=51),))
    report = check_film(film, timeline=longer, audio=True)
    assert report.verdict == "failed"
    assert failed(report) == {"frames in the file", "frames decoded"}


def test_another_rate_or_raster_fails_by_name(film: Path, timeline: Timeline) -> None:
    other = replace(timeline, rate=FrameRate.parse(25), width=130)
    names = failed(check_film(film, timeline=other, audio=True))
    assert {"raster", "frame rate", "distance of frames in ticks"} <= names


def test_a_film_without_tags_index_or_loudness_fails_where_it_should(
    film: Path, timeline: Timeline, folder: Path
) -> None:
    poor = folder / "poor.mp4"
    run_ffmpeg(
        [
            *("-i", film, "-af", "volume=-12dB", "-c:v", "libx264", "-preset", "ultrafast"),
            *("-vf", "setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown"),
            *("-c:a", "aac", poor),
        ]
    )
    names = failed(check_film(poor, timeline=timeline, audio=True))
    assert {"colour tags of the stream", "colour box of the container"} <= names
    assert {"index before the media", "loudness"} <= names


def test_sound_that_should_not_be_there_and_sound_that_is_missing_fail(
    film: Path, timeline: Timeline, folder: Path
) -> None:
    assert "sound" in failed(check_film(film, timeline=timeline, audio=False))
    silent = folder / "silent.mp4"
    run_ffmpeg(["-i", film, "-an", "-c", "copy", "-movflags", "+faststart", silent])
    assert "sound" in failed(check_film(silent, timeline=timeline, audio=True))


def test_black_and_standing_stretches_fail_only_where_the_cut_does_not_want_them(
    timeline: Timeline, folder: Path
) -> None:
    Image.new("RGB", (128, 72)).save(folder / "black.png")
    clip = replace(timeline.clips[0], picture=folder / "black.png")
    night = replace(timeline, clips=(clip,))
    out = render_film(
        night,
        grade={},
        film_grain=0.0,
        seed=1,
        audio=None,
        out=folder / "black.mp4",
        progress=NullProgress(),
    ).path
    assert failed(check_film(out, timeline=night, audio=False)) == set()
    moved = replace(timeline, clips=(replace(clip, move=CameraMove.PAN_LEFT),))
    assert failed(check_film(out, timeline=moved, audio=False)) == {"standing stretches"}
    rows = {row.name: row for row in check_film(out, timeline=timeline, audio=False).rows}
    assert rows["black stretches"].found.startswith("0.00–")
    assert rows["standing stretches"].found != "none"
    assert not rows["black stretches"].met


def test_what_is_no_film_is_refused(timeline: Timeline, folder: Path) -> None:
    with pytest.raises(InputError, match="is not a file"):
        check_film(folder / "gone.mp4", timeline=timeline, audio=False)
    (folder / "text.mp4").write_text("no film")
    with pytest.raises(InputError, match="cannot be read"):
        check_film(folder / "text.mp4", timeline=timeline, audio=False)
