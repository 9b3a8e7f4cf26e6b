"""Cost of rendering a film over the encoder's own floor, in CPU seconds. Run it: `make bench WHAT=film` (ARGS: rounds, frames a shot).

Six shots with grade, vignette, grain and crossfades at 1080p, medium; then the draft delivery, where the encoder does
so little that the engine shows.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
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

MOST_RATIO = 1.25
"""Bound of the whole render over the encoder fed with the same finished frames."""

MOST_DRAWING_MS = 15.0
"""Bound of drawing one 1080p frame, in CPU milliseconds, once a shot's still is ready."""

ROUNDS, SHOTS, SHOT_FRAMES, MIXED = 3, 6, 48, 12
GRAIN, SEED = 0.15, 11
GRADE = {
    "exposure_stops": 0.1, "contrast_percent": 8.0, "temperature_kelvin": 5900.0,
    "vignette": 0.3, "sharpening": 0.3,
}  # fmt: skip
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


def bench_timeline(folder: Path, shot_frames: int, lines: int = 1080) -> Timeline:
    """Return six shots with moves, every other join a crossfade, with fades at both ends."""
    paths = [folder / f"still{number}.png" for number in range(SHOTS)]
    for number, path in enumerate(paths):
        if not path.exists():
            still(path, number)
    clips = tuple(
        Clip(f"S{n}", path, shot_frames, MOVES[n % 3], *(("crossfade", MIXED) if n % 2 else ()))
        for n, path in enumerate(paths)
    )
    rate = FrameRate.parse("24000/1001")
    return Timeline(rate, lines * 16 // 9, lines, clips, (), MIXED, MIXED)


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
    """Write the film's own frames as y4m and return the CPU milliseconds of drawing one, once its still is ready.

    That is the median over all frames, few of which have to prepare a still.
    """
    painter = FramePainter(timeline, grade=GRADE, film_grain=GRAIN, seed=SEED)
    spent = []
    rate = timeline.rate.fps
    head = f"YUV4MPEG2 W{timeline.width} H{timeline.height} F{rate.numerator}:{rate.denominator} Ip A1:1 C420mpeg2\n"
    with path.open("wb") as stream:
        stream.write(head.encode())
        for number in range(timeline.duration_frames):
            began = cpu_seconds()
            frame = painter.frame(number)
            spent.append(cpu_seconds() - began)
            stream.write(b"FRAME\n")
            stream.write(frame.data)
    return 1000 * statistics.median(spent)


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds a round of the encoder alone, of the render, of the render in kept segments; sizes; drawing."""

    floor: list[float]
    film: list[float]
    segments: list[float]
    walls: list[float]
    sizes: tuple[int, int]
    drawing_ms: float
    frames: int


def measure(folder: Path, timeline: Timeline, *, profile: str, rounds: int) -> Measured:
    """Render a film in rounds, interleaved with the encoder fed with the same frames, finished."""
    source, floor, film = folder / "film.y4m", folder / "floor.mp4", folder / "film.mp4"
    drawing_ms = write_y4m(timeline, source)
    output = film_output(
        profile=profile_named(profile), rate=timeline.rate, frames=timeline.duration_frames,
        audio=None, out=floor,
    )  # fmt: skip

    def encode() -> None:
        run_ffmpeg([*COLOUR_TAGS, "-i", source, *output])

    def render(cache: SegmentCache | None = None) -> None:
        render_film(
            timeline, grade=GRADE, film_grain=GRAIN, seed=SEED, audio=None, out=film,
            profile=profile, cache=cache, progress=NullProgress(),
        )  # fmt: skip

    def segments() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as kept:
            render(SegmentCache(Path(kept)))

    done = []
    for number in range(rounds):
        order = (encode, render, segments) if number % 2 == 0 else (segments, render, encode)
        done.append({work.__name__: measured(work) for work in order})
    return Measured(
        [one["encode"][0] for one in done],
        [one["render"][0] for one in done],
        [one["segments"][0] for one in done],
        [one["render"][1] / one["encode"][1] for one in done],
        (floor.stat().st_size, film.stat().st_size),
        drawing_ms,
        timeline.duration_frames,
    )


def main(rounds: int = ROUNDS, shot_frames: int = SHOT_FRAMES) -> int:
    """Measure the film and its draft, print one JSON object and a line each, and return the exit status."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        film = bench_timeline(folder, shot_frames)
        FramePainter(film, grade=GRADE, film_grain=GRAIN, seed=SEED).frame(0)
        found = {
            "film": measure(folder, film, profile="h264_1080p", rounds=rounds),
            "draft": measure(
                folder, bench_timeline(folder, shot_frames, 540), profile="draft", rounds=rounds
            ),
        }
    return report(found)


def report(found: dict[str, Measured]) -> int:
    """Print what was measured; 1 when a bound is missed or the two films are not the same job."""
    facts, is_fair = {}, True
    for name, one in found.items():
        pairs = list(zip(one.film, one.floor, strict=True))
        facts[name] = {
            "frames": one.frames,
            "cpu_ratio_median": round(statistics.median(a / b for a, b in pairs), 3),
            "cpu_ratios": [round(a / b, 3) for a, b in pairs],
            "wall_ratio_median": round(statistics.median(one.walls), 3),
            "in_segments_ratio_median": round(
                statistics.median(a / b for a, b in zip(one.segments, one.floor, strict=True)), 3
            ),
            "floor_cpu_seconds": [round(value, 2) for value in one.floor],
            "film_cpu_seconds": [round(value, 2) for value in one.film],
            "drawing_cpu_ms_a_frame": round(one.drawing_ms, 2),
            "bytes": one.sizes,
        }
        is_fair &= abs(one.sizes[1] / one.sizes[0] - 1) <= 0.15
    print(json.dumps(facts))
    ratio, drawing = facts["film"]["cpu_ratio_median"], facts["film"]["drawing_cpu_ms_a_frame"]
    is_met = ratio <= MOST_RATIO and drawing <= MOST_DRAWING_MS and is_fair
    print(
        f"film: {ratio:.2f} of the encoder's floor in CPU (bound {MOST_RATIO:.2f}), {drawing:.1f} ms a 1080p frame "
        f"drawn (bound {MOST_DRAWING_MS:.0f}); draft: {facts['draft']['cpu_ratio_median']:.2f} of its floor: "
        f"{'met' if is_met else 'failed'}"
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
