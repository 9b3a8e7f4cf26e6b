"""Ten-bit deliveries are painted in ten bits: more shades than eight bits have, no stairs, the eight-bit film as before."""

from __future__ import annotations

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
from renders.engine.captions.burn import CaptionPainter
from renders.engine.captions.model import Caption, CaptionTrack
from renders.engine.export.bands import banding_row
from renders.engine.export.qc import check_film
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Clip, Timeline

WIDTH, HEIGHT = 1280, 720
TEN_BITS = ("prores_hq", "dnxhr_hqx", "hevc_10bit", "av1_archive")


@pytest.fixture
def gradient(tmp_path: Path) -> Timeline:
    """A slow gradient of all greys, across and down, that moves."""
    x, y = np.meshgrid(np.linspace(0, 1, WIDTH + 64), np.linspace(0, 0.2, HEIGHT + 36))
    ramp = np.clip((0.05 + 0.8 * x + y) * 255, 0, 255).astype(np.uint8)
    Image.fromarray(np.repeat(ramp[..., None], 3, axis=2)).save(tmp_path / "ramp.png")
    clip = Clip("A", tmp_path / "ramp.png", 6, CameraMove.ZOOM_IN)
    return Timeline(FrameRate.parse("25"), WIDTH, HEIGHT, (clip,))


def film(timeline: Timeline, folder: Path, profile: str) -> Path:
    ending = {"av1_archive": "mkv", "hevc_10bit": "mp4", "h264_1080p": "mp4"}.get(profile, "mov")
    out = folder / f"{profile}.{ending}"
    render_film(
        timeline, grade={"contrast_percent": 8.0}, seed=1, audio=None, out=out, profile=profile,
        progress=NullProgress(),
    )  # fmt: skip
    return out


def luma_codes(path: Path) -> np.ndarray:
    """Return the luma of the last frame as its decoder gives it, in the stream's own depth."""
    import av

    with av.open(str(path)) as container:
        *_, last = container.decode(video=0)
    plane = last.planes[0]
    words = np.frombuffer(bytes(plane), np.uint16 if "10" in last.format.name else np.uint8)
    return words.reshape(last.height, -1)[:, : last.width]


@pytest.mark.parametrize("profile", TEN_BITS)
def test_a_gradient_has_more_shades_than_eight_bits_hold(
    gradient: Timeline, tmp_path: Path, profile: str
) -> None:
    codes = luma_codes(film(gradient, tmp_path, profile))
    assert codes.max() <= 960
    assert np.unique(codes).size > 600, "eight bits of limited range hold 220"


def steps_between_rows_means(codes: np.ndarray, code: float) -> float:
    """Return the widest departure of the columns' means from a smooth ramp, in codes of eight bits."""
    means = codes[200:260].mean(axis=0) / code
    smooth = np.convolve(np.pad(means, 24, mode="edge"), np.ones(49) / 49, mode="valid")
    return float(np.abs(means - smooth)[60:-60].max())


def test_ten_bits_have_no_stairs_where_an_undithered_eight_bit_film_has(
    gradient: Timeline, tmp_path: Path
) -> None:
    codes = luma_codes(film(gradient, tmp_path, "prores_hq"))
    stairs = (codes // 4) * 4
    assert steps_between_rows_means(codes, 4.0) < 0.5 * steps_between_rows_means(stairs, 4.0)


def test_the_check_of_the_ten_bit_film_is_met(gradient: Timeline, tmp_path: Path) -> None:
    path = film(gradient, tmp_path, "prores_hq")
    report = check_film(path, timeline=gradient, audio=False, profile="prores_hq")
    assert report.verdict == "met", [row for row in report.rows if not row.met]


def test_a_film_of_too_few_bits_is_named_for_its_bands(gradient: Timeline, tmp_path: Path) -> None:
    path = film(gradient, tmp_path, "prores_hq")
    five = tmp_path / "five.mov"
    crushed = ["-vf", "lutyuv=y='bitand(val,992)'", "-c:v", "prores_ks", "-profile:v", "hq"]
    run_ffmpeg(["-i", str(path), *crushed, "-pix_fmt", "yuv422p10le", str(five)])
    found = {}
    for name, one in (("clean", path), ("five bits", five)):
        row = banding_row(one, gradient)
        found[name] = row.met
    assert found == {"clean": True, "five bits": False}


def test_both_depths_show_the_same_picture_and_ten_bits_are_no_padded_eight(
    gradient: Timeline,
) -> None:
    eight = FramePainter(gradient, grade={}, seed=1).frame(3)
    ten = FramePainter(gradient, grade={}, seed=1, depth=10).frame(3)
    assert (eight.dtype, ten.dtype) == (np.uint8, np.uint16)
    assert np.abs(ten / 4.0 - eight).max() <= 1.0
    luma = ten[: WIDTH * HEIGHT]
    shares = [float((luma % 4 == rest).mean()) for rest in range(4)]
    assert min(shares) > 0.2, "all four steps within a code of eight bits are used alike"
    with pytest.raises(InputError, match="8, 10"):
        FramePainter(gradient, grade={}, seed=1, depth=12)


def test_captions_are_drawn_in_at_ten_bits_too(gradient: Timeline) -> None:
    track = CaptionTrack(gradient.rate, (Caption(0, 6, ("Order, please.",)),))
    words = CaptionPainter(track, width=WIDTH, height=HEIGHT)
    eight = words.onto(FramePainter(gradient, grade={}, seed=1).frame(3), frame=3)
    ten = words.onto(FramePainter(gradient, grade={}, seed=1, depth=10).frame(3), frame=3)
    assert np.abs(ten / 4.0 - eight).max() <= 1.5
    assert ten[: WIDTH * HEIGHT].max() == 940
