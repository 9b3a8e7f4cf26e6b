"""Cost of rendering a film over the encoder's own floor, in CPU seconds. Run it: `python -m tests.bench.film`."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image

from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.assembly import render_film
from renders.engine.export.encode import COLOUR_TAGS, film_output
from renders.engine.export.profiles import profile_named
from renders.engine.export.segments import SegmentCache
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Clip, Timeline

MOST_RATIO = 1.40
"""Bound for a clip of a few seconds, in which imports and stills weigh more than in a film."""

ROUNDS = 3
GRAIN, SEED = 0.15, 11
GRADE = {"exposure_stops": 0.1, "contrast_percent": 8.0, "temperature_kelvin": 5900.0}
MOVES = (CameraMove.ZOOM_IN, CameraMove.PAN_RIGHT, CameraMove.PUSH_PAN)


def still(path: Path, number: int) -> Path:
    """Write a 2400 × 1350 picture with soft ground, hard edges and fine texture."""
    rng = np.random.default_rng(number)
    y, x = np.mgrid[0:1350, 0:2400].astype(np.float32) / 1350
    waves = (np.sin(5 * x + number), np.sin(6 * y + 2 * x), np.cos(4 * (x - y) + number))
    pixels = 0.45 + 0.25 * np.stack(waves, axis=-1)
    for _ in range(40):
        cx, cy, radius = rng.random() * 1.78, rng.random(), 0.02 + rng.random() * 0.1
        pixels[(x - cx) ** 2 + (y - cy) ** 2 < radius**2] = 0.15 + 0.7 * rng.random(3)
    pixels += rng.normal(0, 0.012, pixels.shape).astype(np.float32)
    Image.fromarray((np.clip(pixels, 0, 1) * 255).astype(np.uint8)).save(path, compress_level=1)
    return path


def bench_timeline(folder: Path) -> Timeline:
    """Return six seconds in three shots with a crossfade, fades and a hard cut."""
    pictures = [still(folder / f"still{number}.png", number) for number in range(3)]
    clips = tuple(
        Clip(f"S{n}", picture, 48, MOVES[n], "crossfade" if n == 1 else "cut", 12 if n == 1 else 0)
        for n, picture in enumerate(pictures)
    )
    return Timeline(FrameRate.parse("24000/1001"), 1920, 1080, clips, (), 12, 12)


def cpu_seconds() -> float:
    """Return user and system seconds of this process and its ended children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return CPU and wall seconds of a piece of work."""
    began, wall = cpu_seconds(), perf_counter()
    work()
    return cpu_seconds() - began, perf_counter() - wall


def write_y4m(timeline: Timeline, path: Path) -> float:
    """Write the film's own frames as y4m and return the CPU seconds of the drawing alone, stills included."""
    began = cpu_seconds()
    painter = FramePainter(timeline, grade=GRADE, film_grain=GRAIN, seed=SEED)
    spent = cpu_seconds() - began
    rate = timeline.rate.fps
    head = f"YUV4MPEG2 W{timeline.width} H{timeline.height} F{rate.numerator}:{rate.denominator} Ip A1:1 C420mpeg2\n"
    with path.open("wb") as stream:
        stream.write(head.encode())
        for number in range(timeline.duration_frames):
            began = cpu_seconds()
            frame = painter.frame(number)
            spent += cpu_seconds() - began
            stream.write(b"FRAME\n")
            stream.write(frame.data)
    return spent


def main() -> int:
    """Measure interleaved rounds, print one JSON object and one line, and return the exit status."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        timeline = bench_timeline(folder)
        source, floor, film = folder / "film.y4m", folder / "floor.mp4", folder / "film.mp4"
        FramePainter(timeline, grade=GRADE, film_grain=GRAIN, seed=SEED).frame(0)
        render_cpu = write_y4m(timeline, source)
        output = film_output(
            profile=profile_named("h264_1080p"),
            rate=timeline.rate,
            frames=timeline.duration_frames,
            audio=None,
            out=floor,
        )

        def encode() -> None:
            run_ffmpeg([*COLOUR_TAGS, "-i", source, *output])

        def render(cache: SegmentCache | None = None) -> None:
            render_film(
                timeline,
                grade=GRADE,
                film_grain=GRAIN,
                seed=SEED,
                audio=None,
                out=film,
                cache=cache,
                progress=NullProgress(),
            )

        def segments() -> None:
            with tempfile.TemporaryDirectory(dir=folder) as kept:
                render(SegmentCache(Path(kept)))

        rounds, in_segments = [], []
        for number in range(ROUNDS):
            order = (encode, render, segments) if number % 2 == 0 else (segments, render, encode)
            spent = {work.__name__: measured(work) for work in order}
            rounds.append((spent["encode"], spent["render"]))
            in_segments.append(spent["segments"][0] / spent["encode"][0])
        print(
            f"in segments: {statistics.median(in_segments):.2f} of the floor, nothing kept before"
        )
        sizes = floor.stat().st_size, film.stat().st_size
    return report(rounds, sizes, render_cpu, timeline.duration_frames)


def report(
    rounds: list[tuple[tuple[float, float], tuple[float, float]]],
    sizes: tuple[int, int],
    render_cpu: float,
    frames: int,
) -> int:
    """Print what was measured; 1 when the ratio is over the bound or the two films are not the same job."""
    ratios = [ours[0] / floor[0] for floor, ours in rounds]
    walls = [ours[1] / floor[1] for floor, ours in rounds]
    ratio = statistics.median(ratios)
    is_fair = abs(sizes[1] / sizes[0] - 1) <= 0.15
    facts = {
        "frames": frames,
        "cpu_ratio_median": round(ratio, 3),
        "cpu_ratios": [round(value, 3) for value in ratios],
        "wall_ratio_median": round(statistics.median(walls), 3),
        "floor_cpu_seconds": [round(floor[0], 2) for floor, _ in rounds],
        "film_cpu_seconds": [round(ours[0], 2) for _, ours in rounds],
        "drawing_cpu_ms_a_frame": round(1000 * render_cpu / frames, 2),
        "floor_bytes": sizes[0],
        "film_bytes": sizes[1],
        "bound": MOST_RATIO,
    }
    print(json.dumps(facts))
    verdict = "met" if ratio <= MOST_RATIO and is_fair else "failed"
    print(f"film: {ratio:.2f} of the encoder's floor in CPU (bound {MOST_RATIO:.2f}): {verdict}")
    return 0 if verdict == "met" else 1


if __name__ == "__main__":
    sys.exit(main())
