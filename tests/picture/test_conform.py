"""Clips from phones: a variable rate is named and conformed, wrong files are refused with what is expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.timecode import FrameRate
from renders.engine.export.conform import clip_facts, conform_clip, require_steady

NTSC = FrameRate.parse("29.97")
TEST = ("-f", "lavfi", "-i", "testsrc2=s=128x72:r=30:d=2")
CODED = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """Two seconds whose frames come at uneven times, as phones write them in the dark, named as people name files."""
    path = tmp_path / "IMG “0042” é 📱.mp4"
    uneven = "settb=1/600,setpts='20*N+8*mod(N,3)'"
    run_ffmpeg([*TEST, "-vf", uneven, "-fps_mode", "vfr", "-enc_time_base", "1:600", *CODED, path])
    return path


def test_a_variable_rate_is_named_with_what_to_do(phone: Path) -> None:
    assert clip_facts(phone).is_variable
    with pytest.raises(InputError, match=r"variable frame rate .* 30000/1001 .*conform it first"):
        require_steady(phone, rate=NTSC)


def test_a_conformed_clip_lies_on_the_films_grid_and_keeps_its_time(
    phone: Path, tmp_path: Path
) -> None:
    before = clip_facts(phone)
    after = conform_clip(phone, rate=NTSC, width=256, height=144, out=tmp_path / "clip.mov")
    assert not after.is_variable and after.rate == NTSC.fps
    assert (after.width, after.height) == (256, 144)
    assert after.seconds == pytest.approx(before.seconds, abs=0.05)


def test_a_steady_clip_at_another_rate_is_named_too(tmp_path: Path) -> None:
    run_ffmpeg([*TEST, *CODED, tmp_path / "clip.mp4"])
    assert not clip_facts(tmp_path / "clip.mp4").is_variable
    with pytest.raises(InputError, match=r"30\.000 frames a second; expected 25"):
        require_steady(tmp_path / "clip.mp4", rate=FrameRate.parse(25))
    assert require_steady(tmp_path / "clip.mp4", rate=FrameRate.parse(30)).frames == 60


def test_seven_channels_are_refused(tmp_path: Path) -> None:
    sound = ("-f", "lavfi", "-i", "anullsrc=cl=6.1:r=48000", "-shortest", "-c:a", "pcm_s16le")
    run_ffmpeg([*TEST, *sound, *CODED, tmp_path / "clip.mkv"])
    with pytest.raises(InputError, match=r"7 channels of sound; valid: none, 1 or 2"):
        conform_clip(tmp_path / "clip.mkv", rate=NTSC, width=64, height=36, out=tmp_path / "o.mov")
    assert not (tmp_path / "o.mov").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no film at all", "cannot be read"), (b"", "cannot be read"), (None, "is not a file")],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "x.mp4").write_bytes(content)
    with pytest.raises(InputError, match=words):
        clip_facts(tmp_path / "x.mp4")


def test_sound_alone_and_a_clip_cut_off_are_refused(phone: Path, tmp_path: Path) -> None:
    run_ffmpeg(["-f", "lavfi", "-i", "sine=d=1", tmp_path / "sound.wav"])
    with pytest.raises(InputError, match="holds no picture"):
        clip_facts(tmp_path / "sound.wav")
    (tmp_path / "half.mp4").write_bytes(phone.read_bytes()[:3000])
    with pytest.raises(InputError):
        clip_facts(tmp_path / "half.mp4")
