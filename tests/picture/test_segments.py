"""Segments: kept by what they depend on, joined to the same film by any number of workers, found again after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.errors import Cancelled, MediaError
from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.assembly import FilmResult, render_film
from renders.engine.export.qc import check_film
from renders.engine.export.segments import SegmentCache, is_whole
from renders.engine.export.spans import ranges_of
from renders.engine.timeline.model import Clip, Timeline

MOVES = (CameraMove.PAN_LEFT, CameraMove.ZOOM_IN, CameraMove.TILT_UP, CameraMove.STATIC)


def pictures(folder: Path, count: int) -> list[Path]:
    paths = []
    for number in range(count):
        noise = np.random.default_rng(number).integers(40, 210, (18, 32, 3), dtype=np.uint8)
        paths.append(folder / f"still {number} “é”.png")
        Image.fromarray(noise).resize((320, 180), Image.Resampling.BICUBIC).save(paths[-1])
    return paths


def film_of(folder: Path, count: int, frames: int = 14) -> Timeline:
    clips = [
        Clip(
            f"S{n:02d}", path, frames, MOVES[n % 4], "crossfade" if n % 3 == 2 else "cut",
            5 if n % 3 == 2 else 0,
        )
        for n, path in enumerate(pictures(folder, count))
    ]  # fmt: skip
    return Timeline(FrameRate.parse("30000/1001"), 128, 72, tuple(clips), (), 4, 6)


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    return film_of(tmp_path, 6)


def rendered(timeline: Timeline, out: Path, cache: Path, **more: object) -> FilmResult:
    given: dict[str, object] = {"profile": "h264_preview", "film_grain": 0.3, **more}
    given = {"grade": {}, "seed": 1, "audio": None, "progress": NullProgress(), **given}
    return render_film(timeline, out=out, cache=SegmentCache(cache), **given)  # type: ignore[arg-type]


def decoded(path: Path) -> bytes:
    return run_ffmpeg(["-i", path, "-map", "0:v", "-f", "md5", "-"])


def test_a_cut_is_divided_at_its_shots_and_each_transition_stands_alone(
    timeline: Timeline,
) -> None:
    ranges = ranges_of(timeline)
    assert [name for name, _, _ in ranges] == [
        "S00", "S01", "→S02", "S02", "S03", "S04", "→S05", "S05",
    ]  # fmt: skip
    assert [start for _, start, _ in ranges][1:] == [end for _, _, end in ranges][:-1]
    assert ranges[-1][2] == timeline.duration_frames


def test_three_workers_make_the_bytes_of_one(timeline: Timeline, tmp_path: Path) -> None:
    one = rendered(timeline, tmp_path / "one.mp4", tmp_path / "a")
    three = rendered(timeline, tmp_path / "three.mp4", tmp_path / "b", workers=3)
    assert (one.segments, one.segments_rendered, three.segments_rendered) == (8, 8, 8)
    assert one.path.read_bytes() == three.path.read_bytes()
    assert decoded(one.path) == decoded(three.path)


@pytest.mark.parametrize("profile", ["h264_1080p", "dnxhr_hqx", "hevc_10bit", "av1_archive"])
def test_a_joined_film_is_its_segments_one_after_the_other_and_passes_the_check(
    timeline: Timeline, tmp_path: Path, profile: str
) -> None:
    large = replace(timeline, width=256, height=144)
    ending = {"dnxhr_hqx": "mov", "av1_archive": "mkv"}.get(profile, "mp4")
    film = rendered(large, tmp_path / f"film.{ending}", tmp_path / "a", profile=profile)
    report = check_film(film.path, timeline=large, audio=False, profile=profile)
    assert [row for row in report.rows if not row.met] == []
    raw = run_ffmpeg(["-i", film.path, "-map", "0:v", "-f", "framemd5", "-"]).decode()
    joined = [line.split(",")[-1] for line in raw.splitlines() if line[0] != "#"]
    alone: list[str] = []
    by_time = sorted((tmp_path / "a").glob("*/*.m*"), key=lambda path: path.stat().st_mtime_ns)
    for path in by_time:
        raw = run_ffmpeg(["-i", path, "-f", "framemd5", "-"]).decode()
        alone += [line.split(",")[-1] for line in raw.splitlines() if line[0] != "#"]
    assert sorted(joined) == sorted(alone) and len(joined) == large.duration_frames


def test_the_same_film_again_renders_nothing(timeline: Timeline, tmp_path: Path) -> None:
    first = rendered(timeline, tmp_path / "one.mp4", tmp_path / "a")
    again = rendered(timeline, tmp_path / "two.mp4", tmp_path / "a")
    assert again.segments_rendered == 0
    assert first.path.read_bytes() == again.path.read_bytes()


def test_one_changed_shot_renders_itself_and_the_transitions_beside_it(
    timeline: Timeline, tmp_path: Path
) -> None:
    rendered(timeline, tmp_path / "one.mp4", tmp_path / "a")
    clips = list(timeline.clips)
    clips[1] = replace(clips[1], picture=clips[4].picture)
    changed = rendered(replace(timeline, clips=tuple(clips)), tmp_path / "two.mp4", tmp_path / "a")
    assert changed.segments_rendered == 2, "S01 and the transition into S02"
    fresh = rendered(replace(timeline, clips=tuple(clips)), tmp_path / "3.mp4", tmp_path / "b")
    assert decoded(changed.path) == decoded(fresh.path)


def test_a_longer_shot_moves_the_others_and_renders_only_itself(
    timeline: Timeline, tmp_path: Path
) -> None:
    rendered(timeline, tmp_path / "one.mp4", tmp_path / "a")
    clips = list(timeline.clips)
    clips[3] = replace(clips[3], duration_frames=20)
    longer = replace(timeline, clips=tuple(clips))
    assert rendered(longer, tmp_path / "2.mp4", tmp_path / "a").segments_rendered == 1


@pytest.mark.parametrize(
    "changes", [{"film_grain": 0.2}, {"seed": 2}, {"grade": {"exposure_stops": 0.2}}], ids=str
)
def test_what_touches_every_frame_renders_every_segment(
    timeline: Timeline, tmp_path: Path, changes: dict[str, object]
) -> None:
    short = replace(timeline, clips=timeline.clips[:2])
    rendered(short, tmp_path / "one.mp4", tmp_path / "a")
    assert rendered(short, tmp_path / "2.mp4", tmp_path / "a", **changes).segments_rendered == 2


class StopAt:
    """Cancels once so many frames are done."""

    def __init__(self, frames: int) -> None:
        self.frames = frames

    def advance(self, done: int, total: int, message: str = "") -> None:
        if done >= self.frames:
            raise Cancelled("stop")


def test_a_cancelled_film_goes_on_where_it_was(timeline: Timeline, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        rendered(timeline, tmp_path / "one.mp4", tmp_path / "a", progress=StopAt(45), workers=2)
    kept = len(list((tmp_path / "a").glob("*/*.mp4")))
    assert 1 <= kept < 8 and not (tmp_path / "one.mp4").exists()
    assert not list((tmp_path / "a").glob("*/.*")), "no half segment is left"
    again = rendered(timeline, tmp_path / "one.mp4", tmp_path / "a")
    assert again.segments_rendered == 8 - kept


def test_a_truncated_segment_is_rendered_again(timeline: Timeline, tmp_path: Path) -> None:
    rendered(timeline, tmp_path / "one.mp4", tmp_path / "a")
    victim = next((tmp_path / "a").glob("*/*.mp4"))
    victim.write_bytes(victim.read_bytes()[: victim.stat().st_size // 2])
    assert not is_whole(victim, 14)
    assert rendered(timeline, tmp_path / "2.mp4", tmp_path / "a").segments_rendered == 1


def test_a_segment_of_a_wrong_count_never_reaches_the_cache(
    timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from renders.engine.export import segments

    monkeypatch.setattr(segments, "is_whole", lambda path, frames: False)
    with pytest.raises(MediaError, match="S00 holds another number of frames than 14"):
        rendered(timeline, tmp_path / "one.mp4", tmp_path / "a")
    assert not list((tmp_path / "a").glob("*/*.mp4"))


def test_the_oldest_segments_go_first(tmp_path: Path) -> None:
    (tmp_path / "aa").mkdir()
    for age in range(4):
        path = tmp_path / "aa" / f"{age}.mp4"
        path.write_bytes(b"x" * 100)
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert SegmentCache(tmp_path).tidy(keep_bytes=250) == 2
    assert sorted(path.name for path in tmp_path.glob("aa/*")) == ["0.mp4", "1.mp4"]


KILLED = """
import sys
from pathlib import Path
from tests.picture.test_segments import film_of, rendered
folder = Path(sys.argv[1])
rendered(film_of(folder, 40), folder / "film.mp4", folder / "a")
"""


@pytest.mark.slow
def test_forty_shots_killed_twice_render_no_finished_segment_again(tmp_path: Path) -> None:
    timeline = film_of(tmp_path, 40)
    total = len(ranges_of(timeline))
    cache = tmp_path / "a"
    for wanted in (10, 30):
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)])
        while len(list(cache.glob("*/[!.]*.mp4"))) < wanted:
            assert child.poll() is None, "the film ended before it was killed"
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
    made = {path: path.stat().st_ino for path in cache.glob("*/[!.]*.mp4")}
    result = rendered(timeline, tmp_path / "film.mp4", cache)
    assert result.segments == total and result.segments_rendered == total - len(made)
    assert all(path.stat().st_ino == inode for path, inode in made.items())
    whole = rendered(timeline, tmp_path / "whole.mp4", tmp_path / "b", workers=2)
    assert result.path.read_bytes() == whole.path.read_bytes()
    clips = list(timeline.clips)
    clips[19] = replace(clips[19], picture=clips[3].picture)
    changed = rendered(replace(timeline, clips=tuple(clips)), tmp_path / "c.mp4", cache)
    assert changed.segments_rendered == 2, "shot 19 and the transition into shot 20"
