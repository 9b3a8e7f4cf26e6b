"""What cannot be delivered is refused before rendering, with the reason and what is valid."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.errors import InputError
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from renders.engine.assembly import render_film
from renders.engine.export.legal import problems_of, require_legal
from renders.engine.export.levels import least_level, level_named, why_over
from renders.engine.export.probe import probe_film
from renders.engine.export.profiles import PROFILES, profile_named, raster_of
from renders.engine.export.qc import check_film
from renders.engine.timeline.model import Clip, Timeline

NTSC = Fraction(30000, 1001)
HD = {"width": 1920, "height": 1080, "fps": NTSC, "frames": 300}
UPRIGHT = {**HD, "width": 1080, "height": 1920}
UHD = {**HD, "width": 3840, "height": 2160}


@pytest.mark.parametrize(
    ("raster", "level"),
    [
        ((720, 480, NTSC), "3"), ((1280, 720, Fraction(30)), "3.1"), ((1920, 1080, NTSC), "4"),
        ((1920, 1080, Fraction(60)), "4.2"), ((3840, 2160, NTSC), "5.1"),
        ((3840, 2160, Fraction(60)), "5.2"), ((7680, 4320, Fraction(60)), "6.1"),
    ],
)  # fmt: skip
def test_the_least_h264_level_is_the_one_of_the_standards_table(
    raster: tuple[int, int, Fraction], level: str
) -> None:
    width, height, fps = raster
    found = least_level("h264", width=width, height=height, fps=fps)
    assert found is not None and found.name == level


def test_a_bit_rate_and_a_long_side_raise_the_level_too() -> None:
    small = {"width": 1920, "height": 1080, "fps": NTSC}
    assert least_level("h264", **small, kbps=25_000).name == "4"  # type: ignore[arg-type, union-attr]
    assert least_level("h264", **small, kbps=25_001).name == "4.1"  # type: ignore[arg-type, union-attr]
    four = level_named("h264", "4")
    assert "side" in why_over(four, "h264", width=4112, height=64, fps=NTSC)
    assert why_over(four, "h264", width=4096, height=64, fps=NTSC) == ""


def test_hevc_and_av1_have_levels_of_their_own() -> None:
    uhd = {"width": 3840, "height": 2160, "fps": Fraction(60)}
    assert least_level("hevc", **uhd).name == "5.1"  # type: ignore[arg-type, union-attr]
    assert least_level("av1", **uhd).name == "5.1"  # type: ignore[arg-type, union-attr]


def test_every_profile_can_be_made_of_a_film_that_fits_it() -> None:
    for name, profile in PROFILES.items():
        what = UPRIGHT if name == "shorts" else UHD if name == "youtube_2160p" else HD
        assert problems_of(profile, **what) == (), name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("shorts", HD, r"raster=1920×1080 has the wrong shape, expected 9:16; valid: .*1080×1920"),
        ("shorts", {**UPRIGHT, "frames": 5400}, r"length=180\.2 s is too long; valid: at most 180"),
        ("broadcast_1080p2997", {**HD, "fps": Fraction(25)}, r"rate=25 .*valid: 30000/1001"),
        ("broadcast_1080p2997", UHD, r"raster=3840×2160 .*valid: 1920×1080.*level 5\.1"),
        ("dnxhd_220", {**HD, "fps": Fraction(24)}, r"220 Mb/s at 24 .*valid: 36, 115, 175"),
        ("dnxhr_hqx", {**HD, "width": 200, "height": 100}, r"valid: 256×120"),
        ("prores_hq", UPRIGHT, r"raster=1080×1920 has no ProRes target rate; valid near it: "),
        ("prores_hq", {**HD, "fps": Fraction(48)}, r"rate=48 is none of ProRes"),
        ("h264_1080p", {**UHD, "width": 16384, "height": 16384}, r"no h264 level holds it"),
        ("h264_1080p", {**HD, "width": 1921}, r"must be even"),
    ],
)  # fmt: skip
def test_a_delivery_that_cannot_be_is_refused_with_what_is_valid(
    name: str, given: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        require_legal(profile_named(name), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"level": "4.1", "max_kbps": 70_000}, r"level 4\.1 cannot hold it \(70,000 kb/s"),
        ({"container": "mov", "codec": "av1", "codec_profile": ""}, r"cannot hold av1; valid: mp4"),
        ({"pixel_format": "yuv420p10le", "codec_profile": "high"}, r"cannot be coded by h264 high"),
        ({"container": "avi"}, r"container='avi' is not known"),
        ({"audio_codec": "pcm_s24le"}, r"container=mp4 cannot hold pcm_s24le; valid: mov, mkv"),
    ],
)  # fmt: skip
def test_a_profile_that_contradicts_itself_is_refused(
    changes: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        require_legal(replace(profile_named("h264_1080p"), **changes), **HD)  # type: ignore[arg-type]


def test_all_reasons_are_told_at_once() -> None:
    found = problems_of(profile_named("dnxhd_220"), width=1280, height=720, fps=NTSC, frames=1)
    assert len(found) == 2


def test_a_profile_with_a_most_of_lines_makes_the_raster_smaller() -> None:
    assert raster_of(profile_named("draft"), 1920, 1080) == (960, 540)
    assert raster_of(profile_named("youtube_1080p"), 3840, 2160) == (1920, 1080)


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    folder = tmp_path_factory.mktemp("stills")
    pixels = np.random.default_rng(1).integers(60, 200, (72, 128, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "still.png")
    return Timeline(FrameRate.parse(NTSC), 256, 144, (Clip("A", folder / "still.png", 24),))


def test_a_refused_delivery_starts_nothing(timeline: Timeline, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ProRes 422 HQ master: raster=256×144"):
        rendered(timeline, tmp_path, "prores_hq")
    assert list(tmp_path.iterdir()) == []


def rendered(timeline: Timeline, folder: Path, name: str) -> Path:
    out = folder / f"film.{profile_named(name).container}"
    return render_film(
        timeline, grade={}, film_grain=0.2, seed=1, audio=None, out=out, profile=name,
        facts={"title": "Night “bus” 🚌", "date": "2026-11-21", "copyright": "© 2026 Apex"},
        progress=NullProgress(),
    ).path  # fmt: skip


@pytest.mark.parametrize("name", ["youtube_1080p", "dnxhr_hqx", "hevc_10bit", "av1_archive"])
def test_a_film_of_each_codec_passes_its_own_check(
    timeline: Timeline, tmp_path: Path, name: str
) -> None:
    film = rendered(timeline, tmp_path, name)
    report = check_film(film, timeline=timeline, audio=False, profile=name)
    assert [row for row in report.rows if not row.met] == []


def test_a_two_pass_film_has_its_rate_and_leaves_no_log(
    timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broadcast = replace(profile_named("broadcast_1080p2997"), rasters=(), name="small")
    monkeypatch.setitem(PROFILES, "small", broadcast)
    film = rendered(timeline, tmp_path, "small")
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
    assert probe_film(film).packets == 24


def test_title_date_and_copyright_are_in_the_file_and_the_bytes_repeat(
    timeline: Timeline, tmp_path: Path
) -> None:
    import av

    (tmp_path / "again").mkdir()
    film = rendered(timeline, tmp_path, "draft")
    assert film.read_bytes() == rendered(timeline, tmp_path / "again", "draft").read_bytes()
    with av.open(str(film)) as container:
        tags = container.metadata
    assert (tags["title"], tags["copyright"]) == ("Night “bus” 🚌", "© 2026 Apex")
    assert tags["date"] == "2026-11-21" and "creation_time" not in tags
