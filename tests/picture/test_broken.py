"""A finished film is broken on purpose: the check names what was done to it, and passes the one left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.assembly import render_film
from renders.engine.export.codecs import picture_arguments
from renders.engine.export.flash import FlashCounter
from renders.engine.export.probe import probe_film
from renders.engine.export.profiles import profile_named
from renders.engine.export.qc import QcRow, check_film
from renders.engine.export.rows import rate_rows
from renders.engine.export.segments import SegmentCache
from renders.engine.export.vbv import busiest_second_kbps, simulated
from renders.engine.export.watch import watch_film
from renders.engine.timeline.model import Clip, Timeline

TAGS = ("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709",
        "-color_trc", "bt709")  # fmt: skip
AGAIN = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-g", "48", *TAGS,
         "-video_track_timescale", "24000", "-movflags", "+faststart+write_colr")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken films")


@pytest.fixture(scope="module")
def timeline(folder: Path) -> Timeline:
    """Three shots of 40 frames with hard cuts, the camera moving, a fade at each end."""
    for number, middle in enumerate((90, 170, 120)):
        noise = np.random.default_rng(number).normal(middle, 25, (27, 48, 3)).clip(30, 220)
        picture = Image.fromarray(noise.astype(np.uint8))
        picture.resize((480, 270), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    moves = (CameraMove.PAN_LEFT, CameraMove.PAN_RIGHT, CameraMove.TILT_UP)
    clips = tuple(Clip(f"S{n}", folder / f"{n}.png", 40, move) for n, move in enumerate(moves))
    return Timeline(FrameRate.parse("24000/1001"), 256, 144, clips, (), 6, 12)


@pytest.fixture(scope="module")
def film(timeline: Timeline, folder: Path) -> Path:
    import soundfile

    tone = 10 ** (-16 / 20) * np.sin(2 * np.pi * 1000 * np.arange(48_000 * 6) / 48_000)
    soundfile.write(folder / "tone.wav", np.stack([tone, tone], axis=1), 48_000)
    return render_film(
        timeline, grade={}, film_grain=0.1, seed=1, audio=folder / "tone.wav",
        out=folder / "film “é” 🎬.mp4", progress=NullProgress(),
    ).path  # fmt: skip


def broken(film: Path, name: str, arguments: Sequence[str]) -> Path:
    out = film.with_name(f"{name}.mp4")
    run_ffmpeg(["-i", film, *arguments, out])
    return out


def failed(path: Path, timeline: Timeline) -> dict[str, QcRow]:
    report = check_film(path, timeline=timeline, audio=True)
    return {row.name: row for row in report.rows if not row.met}


def test_the_film_left_alone_passes(film: Path, timeline: Timeline) -> None:
    assert failed(film, timeline) == {}


def test_three_frames_dropped_and_closed_up_are_counted_and_placed(
    film: Path, timeline: Timeline
) -> None:
    cut = "select='not(between(n,60,62))',setpts=N/FRAME_RATE/TB"
    rows = failed(broken(film, "dropped", ["-vf", cut, *AGAIN, "-c:a", "copy"]), timeline)
    assert rows["frames in the file"].found == "117"
    assert rows["hard cuts where the cut has them"].found == "S2 3 frames early"
    assert "sound and picture end together" in rows


def test_three_frames_dropped_with_their_time_left_open_are_placed(
    film: Path, timeline: Timeline
) -> None:
    cut = "select='not(between(n,60,62))'"
    given = ["-vf", cut, "-fps_mode", "passthrough", "-enc_time_base", "1001:24000", *AGAIN]
    rows = failed(broken(film, "gap", [*given, "-c:a", "copy"]), timeline)
    assert rows["frames missing between time stamps"].found == "3 after frame 59"
    assert {"frames in the file", "distance of frames in ticks"} <= set(rows)


def test_a_second_of_black_is_found_though_the_count_is_right(
    film: Path, timeline: Timeline
) -> None:
    black = "drawbox=c=black:t=fill:enable='between(n,48,71)'"
    rows = failed(broken(film, "black", ["-vf", black, *AGAIN, "-c:a", "copy"]), timeline)
    assert rows["black stretches"].found == "2.00–3.00 s"
    assert "frames in the file" not in rows


def test_a_second_of_black_put_in_between_is_found_and_counted(
    film: Path, timeline: Timeline
) -> None:
    graph = (
        "color=black:s=256x144:r=24000/1001,trim=end_frame=24,format=yuv420p[k];"
        "[0:v]split[x][y];[x]trim=end_frame=50[a];"
        "[y]trim=start_frame=50,setpts=PTS-STARTPTS[b];[a][k][b]concat=n=3[v]"
    )
    given = ["-filter_complex", graph, "-map", "[v]", "-map", "0:a", *AGAIN, "-c:a", "copy"]
    rows = failed(broken(film, "inserted", given), timeline)
    assert {"black stretches", "frames in the file"} <= set(rows)
    assert rows["frames in the file"].found == "144"


def test_wrong_tags_are_found_in_the_stream_and_in_the_container(
    film: Path, timeline: Timeline
) -> None:
    tags = "setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084"
    given = [word for word in AGAIN if word not in TAGS]
    rows = failed(broken(film, "tags", ["-vf", tags, *given, "-c:a", "copy"]), timeline)
    assert set(rows) == {"colour tags of the stream", "colour box of the container"}
    assert rows["colour tags of the stream"].found == "9/16/9 limited"


def test_twelve_decibels_more_are_heard(film: Path, timeline: Timeline) -> None:
    given = ["-c:v", "copy", "-af", "volume=12dB", "-c:a", "aac", "-b:a", "320k"]
    loud = broken(film, "loud", [*given, "-movflags", "+faststart+write_colr"])
    rows = failed(loud, timeline)
    assert "loudness" in rows
    assert float(rows["loudness"].found.removesuffix(" LUFS")) == pytest.approx(-4, abs=0.5)


def test_one_frame_shown_twice_in_a_move_is_found(film: Path, timeline: Timeline) -> None:
    twice = "select='not(eq(n,60))',fps=24000/1001:round=zero"
    rows = failed(
        broken(film, "twice", ["-vf", twice, *AGAIN, "-bf", "0", "-qp", "0", "-c:a", "copy"]),
        timeline,
    )
    assert rows["repeated frames"].found == "1: 60"


def test_full_range_and_uneven_time_are_found(film: Path, timeline: Timeline) -> None:
    wide = "scale=in_range=tv:out_range=pc,setparams=range=tv,eq=contrast=1.6,setpts=PTS+if(gt(N\\,50)\\,400*mod(N\\,2)/TB/24000\\,0)"
    given = ["-vf", wide, "-fps_mode", "vfr", "-enc_time_base", "1:24000", *AGAIN, "-c:a", "copy"]
    rows = failed(broken(film, "wide", given), timeline)
    assert {"levels outside the legal range", "distance of frames in ticks"} <= set(rows)


def test_fields_are_found_by_the_streams_word_and_by_the_look(
    film: Path, timeline: Timeline
) -> None:
    woven = "tinterlace=interleave_top,fps=24000/1001"
    given = ["-vf", woven, *AGAIN, "-flags", "+ildct+ilme", "-x264-params", "tff=1"]
    rows = failed(broken(film, "fields", [*given, "-c:a", "copy"]), timeline)
    assert rows["scan of the stream"].found == "interlaced"


def flashing(every: int, *, high: int = 235, area: float = 1.0) -> tuple[int, int]:
    counter = FlashCounter(fps=25.0)
    for number in range(75):
        frame = np.full((20, 40, 3), 30, np.uint8)
        if number // every % 2:
            frame[:, : int(40 * area)] = high
        counter.see(frame)
    return counter.worst()


def test_fast_flashes_are_counted_and_slow_small_and_faint_ones_pass() -> None:
    assert flashing(2)[0] >= 6
    assert flashing(9)[0] <= 1, "edges nine frames apart pass"
    assert flashing(2, area=0.2)[0] == 0
    assert flashing(2, high=60)[0] == 0


def test_saturated_red_counts_by_itself() -> None:
    counter = FlashCounter(fps=25.0)
    for number in range(50):
        frame = np.zeros((20, 40, 3), np.uint8)
        frame[..., 0] = 100 if number // 3 % 2 else 20
        counter.see(frame)
    assert counter.worst()[0] > 3


def test_legal_white_over_half_the_frame_is_within_the_levels(tmp_path: Path) -> None:
    """Codes 230 to 235 are legal, however much of the frame they fill; 244 is not."""
    found = {}
    for code in (235, 244):
        path = tmp_path / f"white-{code}.mp4"
        run_ffmpeg([
            "-f", "lavfi", "-i", "color=black:s=128x72:r=24:d=1,format=yuv420p",
            "-vf", f"geq=lum='if(lt(X,64),{code},40)':cb=128:cr=128", "-c:v", "libx264", "-qp", "0", str(path),
        ])  # fmt: skip
        seen = watch_film(path, audio=False, seconds=1.0, width=128, height=72, fps=24.0)
        found[code] = seen.out_of_range
    assert found[235] == 0.0
    assert 0.4 < found[244] < 0.6


def test_borders_are_found_in_pairs(film: Path, timeline: Timeline) -> None:
    boxed = "drawbox=y=0:h=16:c=black:t=fill,drawbox=y=128:h=16:c=black:t=fill"
    rows = failed(broken(film, "boxed", ["-vf", boxed, *AGAIN, "-c:a", "copy"]), timeline)
    assert rows["black borders"].found == "16 lines above, 16 lines below"


def test_colour_beyond_the_legal_range_is_found(film: Path, timeline: Timeline) -> None:
    shrill = "geq=lum='p(X,Y)':cb='if(lt(X,40),254,p(X,Y))':cr='p(X,Y)'"
    rows = failed(broken(film, "shrill", ["-vf", shrill, *AGAIN, "-c:a", "copy"]), timeline)
    assert float(rows["colour outside the legal range"].found.rstrip("%")) > 10


def test_blocks_are_found_and_soft_edges_told(film: Path, timeline: Timeline) -> None:
    blocky = "scale=32:18:flags=area,scale=256:144:flags=neighbor"
    rows = failed(broken(film, "blocky", ["-vf", blocky, *AGAIN, "-c:a", "copy"]), timeline)
    assert "blocks of the coder" in rows
    soft = broken(film, "soft", ["-vf", "gblur=sigma=5", *AGAIN, "-c:a", "copy"])
    told = {}
    for path in (film, soft):
        rows = check_film(path, timeline=timeline, audio=True).rows
        told[path] = next(row.found for row in rows if row.name == "width of edges")
    assert float(told[soft].split()[0]) > float(told[film].split()[0])


def test_a_missing_channel_an_offset_and_clipping_are_found(film: Path, timeline: Timeline) -> None:
    given = ["-c:v", "copy", "-c:a", "aac", "-b:a", "320k", "-movflags", "+faststart+write_colr"]
    rows = failed(broken(film, "left", ["-af", "pan=stereo|c0=c0|c1=0*c0", *given]), timeline)
    assert rows["channels that are heard"].found == "channel 2 is missing"
    rows = failed(broken(film, "offset", ["-af", "dcshift=0.05", *given]), timeline)
    assert "mean of each channel" in rows
    clipped = [
        "-af",
        "volume=18dB,volume=-18dB:precision=fixed",
        "-c:v",
        "copy",
        "-c:a",
        "pcm_s16le",
    ]
    path = film.with_name("clipped.mov")
    run_ffmpeg(["-i", film, "-af", "volume=18dB:precision=fixed", *clipped[2:], path])
    assert "clipped peaks" in failed(path, timeline)


def test_a_buffer_that_runs_empty_is_found_with_its_frame() -> None:
    small = [20_000] * 100
    given = {"fps": Fraction(25), "max_kbps": 5_000, "buffer_kbits": 2_500}
    steady = simulated(small, **given)
    assert steady.is_held and steady.lowest == pytest.approx(0.9 - 0.064)
    burst = simulated([*small[:50], *[100_000] * 4, *small[54:]], **given)
    assert not burst.is_held and burst.frame == 53
    # 900 kbit are taken of 2500, then 800 four times and 200 come back each time: 2500 − 3200 + 600.
    assert burst.lowest == pytest.approx((2500 - 3200 + 600) / 2500)
    assert busiest_second_kbps(small, fps=Fraction(25)) == pytest.approx(4_000)


def test_the_real_encoder_holds_its_buffer_and_one_without_bounds_is_named(
    timeline: Timeline, folder: Path
) -> None:
    out = folder / "shorts.mp4"
    tight = replace(profile_named("youtube_1080p"), max_kbps=900, buffer_kbits=450)
    rate = FrameRate.parse("24000/1001")
    noise = ["-f", "lavfi", "-i", "nullsrc=s=256x144:r=24000/1001:d=3,geq=random(1)*255:128:128"]
    found = {}
    for name, bounded in (("held", tight), ("loose", replace(tight, max_kbps=0))):
        arguments = picture_arguments(bounded, rate=rate)
        run_ffmpeg([*noise, *arguments, str(out)])
        run = rate_rows(probe_film(out).packet_bytes, fps=rate.fps, profile=tight)
        found[name] = {row.name: row.met for row in run}["buffer of the decoder (VBV)"]
    assert found == {"held": True, "loose": False}


def test_segments_that_overflow_the_buffer_together_are_coded_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, timeline: Timeline
) -> None:
    bounded = replace(profile_named("youtube_1080p"), max_kbps=60, buffer_kbits=60, level="")
    monkeypatch.setattr("renders.engine.assembly.profile_named", lambda name: bounded)
    given = {"grade": {}, "film_grain": 0.0, "seed": 1, "audio": None, "progress": NullProgress()}
    cache = SegmentCache(tmp_path / "cache")
    monkeypatch.setattr("renders.engine.assembly.buffer_holds", lambda *a, **k: False)
    made = render_film(timeline, out=tmp_path / "film.mp4", cache=cache, **given)
    assert made.segments == 0 and probe_film(made.path).packets == timeline.duration_frames
    monkeypatch.undo()
    held = render_film(
        timeline, out=tmp_path / "b.mp4", cache=cache, profile="youtube_1080p", **given
    )
    assert held.segments > 1
