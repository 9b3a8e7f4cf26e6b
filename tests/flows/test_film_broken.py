"""A film that a script became is broken four ways: the check by command names each, and passes the one left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apexsite.kit.ffmpeg import run_ffmpeg
from tests.conftest import SCRIPT
from tests.flows.test_produce import Studio

pytestmark = pytest.mark.slow

TAGS = ("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709",
        "-color_trc", "bt709")  # fmt: skip
AGAIN = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-g", "48", "-flags", "+cgop",
         *TAGS, "-video_track_timescale", "24000", "-movflags", "+faststart+write_colr")  # fmt: skip
KEPT = ("-c:a", "copy", "-c:s", "copy")
BLACK = (
    "color=black:s=1280x720:r=24000/1001,trim=end_frame=24,format=yuv420p[k];"
    "[0:v]split[x][y];[x]trim=end_frame=150[a];"
    "[y]trim=start_frame=150,setpts=PTS-STARTPTS[b];[a][k][b]concat=n=3[v]"
)
TAGGED = "setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Studio, Path, str]:
    """The studio, the film that `produce` made in it, and the id of its cut."""
    folder = tmp_path_factory.mktemp("broken “é” 🎬 'film'")
    studio = Studio(folder)
    script = folder / "night bus.fountain"
    script.write_bytes(SCRIPT)
    asked = ("produce", "--script", str(script), "--auto-approve", "--preview", "--json")
    code, out, err = studio.manage(*asked, "--out", str(folder / "films"))
    assert code == 0, err
    find = "from renders.models import Cut; print(Cut.objects.get().pk)"
    code, cut, err = studio.manage("shell", "-v", "0", "-c", find)
    assert code == 0, err
    return studio, Path(json.loads(out)["film"]), cut.split()[-1]


def failed(made: tuple[Studio, Path, str], name: str = "", *arguments: str) -> dict[str, str]:
    """Return what the command finds wrong in the film, or in what becomes of it."""
    studio, film, cut = made
    path = film
    if name:
        path = film.with_name(f"{name}.mp4")
        run_ffmpeg(["-i", str(film), *arguments, str(path)])
    code, out, err = studio.manage(
        "film", "check", str(path), "--cut", cut, "--profile", "h264_preview"
    )
    report = json.loads(out)
    wrong = {row["name"]: row["found"] for row in report["rows"] if not row["met"]}
    assert (code != 0) == bool(wrong), err
    return wrong


def test_the_film_left_alone_passes(made):
    assert failed(made) == {}


def test_three_frames_dropped_are_named(made):
    gone = "select='not(between(n,100,102))'"
    open_ended = ("-fps_mode", "passthrough", "-enc_time_base", "1001:24000")
    wrong = failed(made, "dropped", "-vf", gone, *open_ended, *AGAIN, *KEPT)
    assert wrong["frames missing between time stamps"] == "3 after frame 99"
    assert "frames in the file" in wrong


def test_a_second_of_black_put_in_is_named(made):
    given = ("-filter_complex", BLACK, "-map", "[v]", "-map", "0:a", *AGAIN, "-c:a", "copy")
    wrong = failed(made, "black", *given)
    assert "6.26–7.26 s" in wrong["black stretches"]
    assert "frames in the file" in wrong


def test_wrong_tags_are_named(made):
    given = [word for word in AGAIN if word not in TAGS]
    wrong = failed(made, "tags", "-vf", TAGGED, *given, *KEPT)
    assert set(wrong) == {"colour tags of the stream", "colour box of the container"}


def test_twelve_decibels_more_are_named(made):
    given = ("-c:v", "copy", "-af", "volume=12dB", "-c:a", "aac", "-b:a", "320k")
    wrong = failed(made, "loud", *given, "-movflags", "+faststart+write_colr")
    assert {"loudness", "true peak"} <= set(wrong)
