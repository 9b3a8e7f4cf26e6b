"""The film itself, with the real encoder on a tiny raster: frames counted, colours right, failures clean."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.colour import delta_e_2000, lab_of_srgb
from apexsite.kit.errors import Cancelled, InputError, MediaError
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine import assembly
from renders.engine.assembly import FilmResult, render_film
from renders.engine.contact import contact_sheet, film_contact_sheet
from renders.engine.export.encode import Encoder, frames_input
from renders.engine.export.profiles import preview_raster, profile_named
from renders.engine.grading.colourspace import rgb_of_frame
from renders.engine.painting import FramePainter, layers_at
from renders.engine.timeline.model import Clip, Timeline

WIDTH, HEIGHT = 128, 72


def still(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (160, 90)) -> Path:
    """A soft ramp around a colour, with nothing hard in it."""
    x = np.linspace(0.8, 1.2, size[0])[None, :, None]
    y = np.linspace(0.9, 1.1, size[1])[:, None, None]
    pixels = np.clip(np.array(colour) * x * y, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    """Three clips with a crossfade, on a rate that no float can name."""
    red = still(tmp_path / "red.png", (180, 70, 60))
    blue = still(tmp_path / "blue.png", (50, 90, 170), (90, 160))
    return Timeline(
        FrameRate.parse("24000/1001"),
        WIDTH,
        HEIGHT,
        (
            Clip("A", red, 9, CameraMove.STATIC),
            Clip("B", blue, 11, CameraMove.ZOOM_IN, "crossfade", 5),
            Clip("C", red, 7, CameraMove.PAN_LEFT),
        ),
    )


def rendered(timeline: Timeline, out: Path, **more: object) -> FilmResult:
    given = {"grade": {}, "film_grain": 0.0, "seed": 1, "audio": None, "progress": NullProgress()}
    return render_film(timeline, out=out, **{**given, **more})  # type: ignore[arg-type]


def painted(timeline: Timeline, number: int, **more: object) -> np.ndarray:
    """A frame as RGB, straight from the painter."""
    given = {"grade": {}, "film_grain": 0.0, "seed": 1}
    flat = FramePainter(timeline, **{**given, **more}).frame(number)  # type: ignore[arg-type]
    size, half = WIDTH * HEIGHT, WIDTH * HEIGHT // 4
    return rgb_of_frame(
        flat[:size].reshape(HEIGHT, WIDTH),
        flat[size : size + half].reshape(HEIGHT // 2, WIDTH // 2),
        flat[size + half :].reshape(HEIGHT // 2, WIDTH // 2),
    )


@pytest.mark.parametrize("fps", ["24000/1001", "25", "30000/1001"])
def test_a_film_has_exactly_the_timelines_frames_at_exactly_its_rate(
    timeline: Timeline, tmp_path: Path, fps: str
) -> None:
    import av

    at = replace(timeline, rate=FrameRate.parse(fps))
    result = rendered(at, tmp_path / "film.mp4")
    assert result.frames == 27
    with av.open(str(result.path)) as container:
        video = container.streams.video[0]
        assert video.average_rate == at.rate.fps
        assert sum(1 for _ in container.decode(video)) == 27


def test_a_decoded_frame_looks_like_its_graded_still(timeline: Timeline, tmp_path: Path) -> None:
    import av

    result = rendered(timeline, tmp_path / "film.mp4")
    with av.open(str(result.path)) as container:
        frame = next(container.decode(container.streams.video[0]))
        planes = frame.to_ndarray(format="yuv420p").reshape(-1)
    size, half = WIDTH * HEIGHT, WIDTH * HEIGHT // 4
    seen = rgb_of_frame(
        planes[:size].reshape(HEIGHT, WIDTH),
        planes[size : size + half].reshape(HEIGHT // 2, WIDTH // 2),
        planes[size + half :].reshape(HEIGHT // 2, WIDTH // 2),
    )
    source = Image.open(timeline.clips[0].picture).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    wanted = np.asarray(source, np.float32) / 255
    assert delta_e_2000(lab_of_srgb(seen), lab_of_srgb(wanted)).mean() < 1.2


def test_the_same_film_twice_is_the_same_bytes(timeline: Timeline, tmp_path: Path) -> None:
    one = rendered(timeline, tmp_path / "one.mp4", film_grain=0.3)
    other = rendered(timeline, tmp_path / "other.mp4", film_grain=0.3)
    assert one.path.read_bytes() == other.path.read_bytes()


def test_a_frame_is_the_same_alone_and_after_others(timeline: Timeline) -> None:
    painter = FramePainter(timeline, grade={}, film_grain=0.4, seed=3)
    in_order = [painter.frame(number).copy() for number in range(27)]
    alone = FramePainter(timeline, grade={}, film_grain=0.4, seed=3).frame(20)
    assert np.array_equal(in_order[20], alone)
    assert not np.array_equal(in_order[20], in_order[21])


def test_grain_changes_from_frame_to_frame_on_a_still_shot(timeline: Timeline) -> None:
    clean = painted(timeline, 2)
    one, other = (painted(timeline, n, film_grain=0.5) for n in (2, 3))
    assert 0.01 < float((one - clean).std()) < 0.05
    assert not np.array_equal(one, other)


def test_the_middle_of_a_crossfade_is_the_mean_of_both_pictures(timeline: Timeline) -> None:
    layers, gain = layers_at(timeline, 9 + 2)
    assert gain == 1.0
    assert [(layer.clip, layer.frame, layer.weight) for layer in layers] == [
        (1, 2, 0.5),
        (0, 11, 0.5),
    ]
    static = tuple(replace(clip, move=CameraMove.STATIC) for clip in timeline.clips)
    still_film = replace(timeline, clips=static)
    mean = (painted(still_film, 0) + painted(still_film, 15)) / 2
    assert np.abs(painted(still_film, 11) - mean).mean() < 0.004


def test_fades_begin_and_end_on_black(timeline: Timeline) -> None:
    faded = replace(timeline, fade_in_frames=4, fade_out_frames=4)
    assert painted(faded, 0).max() < 0.01
    assert painted(faded, 26).max() < 0.01
    assert np.array_equal(painted(faded, 4), painted(timeline, 4))


def test_a_tall_picture_covers_a_wide_film_without_borders_or_stretching(tmp_path: Path) -> None:
    """A circle stays a circle and the corners hold picture."""
    y, x = np.mgrid[0:300, 0:200]
    pixels = np.full((300, 200, 3), 120, np.uint8)
    pixels[(x - 100) ** 2 + (y - 150) ** 2 < 30**2] = 240
    Image.fromarray(pixels).save(tmp_path / "tall.png")
    clip = Clip("A", tmp_path / "tall.png", 5, CameraMove.STATIC)
    film = Timeline(FrameRate.parse(25), WIDTH, HEIGHT, (clip,))
    frame = painted(film, 0)
    lit = frame[..., 1] > 0.7
    high, wide = lit.any(axis=1).sum(), lit.any(axis=0).sum()
    assert abs(int(high) - int(wide)) <= 1
    assert frame[[0, 0, -1, -1], [0, -1, 0, -1]].min() > 0.4


def test_the_grade_reaches_the_film(timeline: Timeline) -> None:
    graded = painted(timeline, 0, grade={"saturation_percent": -100.0})
    assert np.abs(graded[..., 0] - graded[..., 2]).mean() < 0.01


def test_a_preview_has_at_most_720_lines_and_even_sides() -> None:
    assert preview_raster(1920, 1080) == (1280, 720)
    assert preview_raster(1998, 1080) == (1332, 720)
    assert preview_raster(640, 360) == (640, 360)
    assert profile_named("h264_preview").preset == "veryfast"


def test_a_preview_is_rendered_on_its_smaller_raster(timeline: Timeline, tmp_path: Path) -> None:
    tall = replace(timeline, width=96, height=1440, clips=timeline.clips[:1])
    result = rendered(tall, tmp_path / "preview.mp4", preview=True)
    assert (result.width, result.height) == (48, 720)


def test_a_missing_picture_is_refused_before_anything_is_written(
    timeline: Timeline, tmp_path: Path
) -> None:
    gone = replace(timeline.clips[1], picture=tmp_path / "gone.png")
    with pytest.raises(InputError, match=r"gone\.png.*of shot B is not a file"):
        rendered(replace(timeline, clips=(timeline.clips[0], gone)), tmp_path / "film.mp4")
    assert list(tmp_path.glob("*.mp4")) == []


def test_an_odd_raster_is_refused(timeline: Timeline) -> None:
    with pytest.raises(InputError, match="must be even"):
        replace(timeline, width=129)


@pytest.mark.parametrize(
    "wrong", [{"profile": "vhs"}, {"film_grain": 2.0}, {"grade": {"warmth": 1.0}}], ids=str
)
def test_parameters_that_cannot_be_used_leave_no_file(
    timeline: Timeline, tmp_path: Path, wrong: dict[str, object]
) -> None:
    with pytest.raises(InputError):
        rendered(timeline, tmp_path / "film.mp4", **wrong)
    assert not list(tmp_path.glob("*.mp4")) and not list(tmp_path.glob(".*"))


class Stop:
    """Cancels at the fifth frame."""

    def advance(self, done: int, total: int, message: str = "") -> None:
        if done == 5:
            raise Cancelled("stop")


def test_a_cancelled_film_leaves_nothing_and_keeps_what_was_there(
    timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Watched(Encoder):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            started.append(self.pid)

    monkeypatch.setattr(assembly, "Encoder", Watched)
    out = tmp_path / "film.mp4"
    out.write_bytes(b"the film before")
    with pytest.raises(Cancelled):
        rendered(timeline, out, progress=Stop())
    assert out.read_bytes() == b"the film before"
    assert not list(tmp_path.glob(".*"))
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_a_killed_encoder_is_a_media_error_with_its_exit_code() -> None:
    arguments = frames_input(width=WIDTH, height=HEIGHT, rate=FrameRate.parse(25))
    frame = np.zeros(WIDTH * HEIGHT * 3 // 2, np.uint8)
    with pytest.raises(MediaError) as caught, Encoder([*arguments, "-f", "null", "-"]) as encoder:
        os.kill(encoder.pid, signal.SIGKILL)
        for _ in range(2000):
            encoder.write(frame)
    assert caught.value.exit_code == -signal.SIGKILL


def test_an_encoder_that_refuses_says_why_in_its_log_tail(
    timeline: Timeline, tmp_path: Path
) -> None:
    sound = tmp_path / "broken.wav"
    sound.write_bytes(b"no sound at all")
    with pytest.raises(MediaError, match="exit code") as caught:
        rendered(timeline, tmp_path / "film.mp4", audio=sound)
    assert "broken.wav" in caught.value.log_tail
    assert not (tmp_path / "film.mp4").exists()


def test_contact_sheets_are_pages_of_the_promised_measures(
    timeline: Timeline, tmp_path: Path
) -> None:
    items = [(clip.shot_code * 80, clip.picture) for clip in timeline.clips]
    page = contact_sheet(items, out=tmp_path / "sheet.png", columns=2, cell_width=160, title="Cut")
    with Image.open(page) as sheet:
        assert sheet.size == (32 * 2 + 160 * 2 + 20, 32 + 64 + 2 * (90 + 34) + 20 + 32)
        assert sheet.getpixel((0, 0)) == (0x1B, 0x1B, 0x1B)
    film = rendered(timeline, tmp_path / "film.mp4").path
    frames = film_contact_sheet(film, out=tmp_path / "frames.png", cells=6, cell_width=128)
    assert frames.is_file()
    with pytest.raises(InputError, match="at least one"):
        contact_sheet([], out=tmp_path / "none.png")
