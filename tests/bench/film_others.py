"""Our film beside MoviePy's and ffmpeg's own, each at its best: CPU, size, and how its camera jitters.

Run it: `make bench WHAT=film-others`. All get stills that are graded already, so only moving, mixing and encoding is
compared; none adds grain, whose spectrum would decide the size. ARGS: rounds, frames a shot.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.assembly import render_film
from renders.engine.timeline.model import Clip, Timeline
from tests.bench.film import measured, still

WIDTH, HEIGHT, FPS = 1920, 1080, 30
SHOTS, MIXED = 3, 15
CODED = ["-c:v", "libx264", "-preset", "medium", "-crf", "18", "-pix_fmt", "yuv420p", "-g", "60"]
BLOB_SIGMA = 9.0
"""Of the dots whose path is followed, in pixels of the still."""

Render = Callable[[list[Path], int, Path], None]


def ours(stills: list[Path], frames: int, out: Path) -> None:
    """Render by Apex."""
    clips = tuple(
        Clip(f"S{n}", path, frames, CameraMove.ZOOM_IN, *(("crossfade", MIXED) if n else ()))
        for n, path in enumerate(stills)
    )
    film = Timeline(FrameRate.parse(FPS), WIDTH, HEIGHT, clips)
    render_film(
        film, grade={}, film_grain=0.0, seed=1, audio=None, out=out, progress=NullProgress()
    )


def ffmpeg_graph(stills: list[Path], frames: int, out: Path) -> None:
    """Render by one ffmpeg: zoompan on four times the raster against its jitter, xfade between."""
    inputs: list[str | Path] = [word for path in stills for word in ("-i", path)]
    graph, last = "", ""
    for n in range(len(stills)):
        count = frames + (MIXED if n < len(stills) - 1 else 0)
        graph += (
            f"[{n}:v]scale={4 * WIDTH}:-2,zoompan=z='1.05+0.1*on/{frames}':x='(iw-iw/zoom)/2':"
            f"y='(ih-ih/zoom)/2':d={count}:s={WIDTH}x{HEIGHT}:fps={FPS},format=yuv420p[v{n}];"
        )
        if n:
            at = n * frames / FPS
            graph += f"{last}[v{n}]xfade=fade:duration={MIXED / FPS}:offset={at}[x{n}];"
        last = f"[x{n}]" if n else f"[v{n}]"
    run_ffmpeg([*inputs, "-filter_complex", graph.rstrip(";"), "-map", last, *CODED, out])


def moviepy(stills: list[Path], frames: int, out: Path) -> None:
    """Render by MoviePy in a process of its own."""
    given = [out, WIDTH, HEIGHT, FPS, frames, MIXED, *stills]
    command = [sys.executable, "-m", "tests.bench.moviepy_side", *map(str, given)]
    subprocess.run(command, check=True)


def jitter(render: Render, folder: Path, frames: int = 60) -> float:
    """Return the root mean square of the second difference of a dot's path, in pixels a frame squared.

    A zoom that speeds up evenly has one near zero. Nine dots are followed by their centre of mass.
    """
    y, x = np.mgrid[0:1350, 0:2400].astype(np.float32)
    dots = np.zeros((1350, 2400), np.float32)
    for row in (475, 675, 875):
        for column in (850, 1200, 1550):
            dots += np.exp(-((x - column) ** 2 + (y - row) ** 2) / (2 * BLOB_SIGMA**2))
    chart, film = folder / "dots.png", folder / "dots.mp4"
    Image.fromarray((30 + 200 * np.clip(dots, 0, 1)).astype(np.uint8)).convert("RGB").save(chart)
    render([chart], frames, film)
    raw = run_ffmpeg(["-i", film, "-f", "rawvideo", "-pix_fmt", "gray", "-"])
    seen = np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH)
    paths = np.array([_centres(frame) for frame in seen[2:-2]])
    return float(np.sqrt((np.diff(paths, n=2, axis=0) ** 2).mean()))


def _centres(frame: np.ndarray) -> list[tuple[float, float]]:
    light = np.clip(frame.astype(np.float64) - 60, 0, None)
    found = []
    for row in np.array_split(np.arange(200, 880), 3):
        for column in np.array_split(np.arange(420, 1500), 3):
            part = light[np.ix_(row, column)]
            total = part.sum() or 1.0
            found.append(((part.sum(1) * row).sum() / total, (part.sum(0) * column).sum() / total))
    return found


def main(rounds: int = 5, frames: int = 120) -> int:
    """Measure interleaved rounds and print one JSON object."""
    sides: dict[str, Render] = {"apex": ours, "ffmpeg": ffmpeg_graph}
    if importlib.util.find_spec("moviepy"):
        sides["moviepy"] = moviepy
    else:
        print("moviepy is missing: pip install -r requirements-bench.txt", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stills = [still(folder / f"still{number}.png", number) for number in range(SHOTS)]
        ours(stills[:1], 2, folder / "warm.mp4")
        spent: dict[str, list[float]] = {side: [] for side in sides}
        for number in range(rounds):
            for side in list(sides) if number % 2 == 0 else list(sides)[::-1]:
                out = folder / f"{side}.mp4"
                spent[side].append(measured(lambda s=side, o=out: sides[s](stills, frames, o))[0])
        shakes = {side: round(jitter(render, folder), 4) for side, render in sides.items()}
        bytes_of = {side: (folder / f"{side}.mp4").stat().st_size for side in sides}
    ratios = {
        side: round(statistics.median(o / a for o, a in zip(values, spent["apex"], strict=True)), 2)
        for side, values in spent.items()
    }
    facts = {"frames": SHOTS * frames, "cpu_over_apex": ratios, "jitter_px": shakes}
    cpu = {side: [round(value, 1) for value in values] for side, values in spent.items()}
    print(json.dumps(facts | {"cpu_seconds": cpu, "bytes": bytes_of}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
