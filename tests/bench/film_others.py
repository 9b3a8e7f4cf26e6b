"""Our film beside MoviePy's, MLT's and ffmpeg's, each at its best and as it is usually written.

Run it: `make bench WHAT=film-others`. Judged is the CPU time above the encoder's own, which is the same for all: the
floor is x264 fed with our finished frames. The noise of each side is set so that its file is as large as ours, because
the encoder pays by the detail it is given. ARGS: rounds, frames a shot, shots, and the sides to measure (all).
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.assembly import render_film
from renders.engine.export.encode import COLOUR_TAGS
from renders.engine.grading.cube import cube_text
from renders.engine.grading.fold import fold_grade
from renders.engine.grading.grade import grade_from
from renders.engine.grading.table import Table
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Clip, Timeline
from tests.bench.film import measured, still
from tests.bench.peers import CODED, ffmpeg_graph, has_mlt, mlt

WIDTH, HEIGHT, FPS, MIXED = 1920, 1080, 30, 15
GRADE = {"exposure_stops": 0.1, "contrast_percent": 8.0, "temperature_kelvin": 5900.0}
VIGNETTE, GRAIN, SEED = 0.3, 0.15, 1
BLOB_SIGMA = 9.0
"""Of the dots whose path is followed, in pixels of the still."""

SIZE_TOLERANCE = 0.15
"""Files further apart than this are not the same job. Source: house measurement, grain moved the encoder's cost 2.7 times."""

BOUNDS = {"moviepy": 7.0, "mlt": 7.0, "ffmpeg": 2.5}
"""Least ratio of CPU above the floor, others over ours, each at its best."""

Render = Callable[..., None]


def timeline_of(stills: list[Path], frames: int) -> Timeline:
    """Return the film: every shot zooms in, every join is a crossfade."""
    clips = tuple(
        Clip(f"S{n}", path, frames, CameraMove.ZOOM_IN, *(("crossfade", MIXED) if n else ()))
        for n, path in enumerate(stills)
    )
    return Timeline(FrameRate.parse(FPS), WIDTH, HEIGHT, clips)


def ours(stills: list[Path], frames: int, out: Path, *, noise: float = GRAIN) -> None:
    """Render by Apex, the grade included."""
    render_film(
        timeline_of(stills, frames), grade=GRADE | {"vignette": VIGNETTE}, film_grain=noise, seed=SEED,
        audio=None, out=out, progress=NullProgress(),
    )  # fmt: skip


def moviepy(way: str, stills: list[Path], frames: int, out: Path, *, noise: float) -> None:
    """Render by MoviePy in a process of its own."""
    given = [way, out, WIDTH, HEIGHT, FPS, frames, MIXED, noise, *stills]
    subprocess.run([sys.executable, "-m", "tests.bench.moviepy_side", *map(str, given)], check=True)


def graded(stills: list[Path], folder: Path) -> tuple[list[Path], Path]:
    """Return the stills graded beforehand, and the same grade as a .cube of 65 points for those who grade each frame."""
    folded = fold_grade(grade_from(GRADE))
    made = []
    for path in stills:
        pixels = np.asarray(Image.open(path), np.float32) / 255
        done = np.clip(folded.apply(pixels) * 255 + 0.5, 0, 255).astype(np.uint8)
        made.append(folder / f"graded-{path.name}")
        Image.fromarray(done).save(made[-1], compress_level=1)
    side = np.linspace(0, 1, 65, dtype=np.float32)
    grid = np.stack(np.meshgrid(side, side, side, indexing="ij"), -1).reshape(65, 65 * 65, 3)
    cube = folder / "grade.cube"
    values = folded.apply(np.ascontiguousarray(grid)).reshape(65, 65, 65, 3)
    cube.write_text(cube_text(Table(values.astype(np.float64))))
    return made, cube


def sides_of(stills: list[Path], folder: Path) -> dict[str, tuple[Render, list[Path]]]:
    """Return every side that is installed, with the stills it is given."""
    ready, cube = graded(stills, folder)
    frame = {"mixed": MIXED, "size": (WIDTH, HEIGHT), "fps": FPS}
    sides: dict[str, tuple[Render, list[Path]]] = {
        "ffmpeg": (partial(ffmpeg_graph, **frame), ready),
        "ffmpeg_enlarged": (partial(ffmpeg_graph, **frame, upscale=4), ready),
        "ffmpeg_usual": (partial(ffmpeg_graph, **frame, upscale=4, cube=cube), stills),
    }
    if has_mlt():
        sides["mlt"] = (partial(mlt, **frame), ready)
    else:
        print("MLT is missing: apt-get install melt", file=sys.stderr)
    if importlib.util.find_spec("moviepy"):
        sides["moviepy"] = (partial(moviepy, "best"), ready)
        sides["moviepy_usual"] = (partial(moviepy, "usual"), stills)
    else:
        print("MoviePy is missing: pip install -r requirements-bench.txt", file=sys.stderr)
    return sides


def noise_for(render: Render, stills: list[Path], folder: Path, aim: int) -> float:
    """Return the whole strength of noise with which 24 frames are nearest to `aim` bytes, by bisection."""
    out, sizes = folder / "tried.mp4", dict[int, int]()

    def size_at(strength: int) -> int:
        if strength not in sizes:
            render(stills[:1], 24, out, noise=float(strength))
            sizes[strength] = out.stat().st_size
        return sizes[strength]

    low, high = 0, 40
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if size_at(middle) < aim else (low, middle)
    return float(min((low, high), key=lambda strength: abs(size_at(strength) - aim)))


def write_floor(stills: list[Path], frames: int, folder: Path) -> Callable[[], object]:
    """Write our own frames raw and return the work of encoding them alone."""
    film = timeline_of(stills, frames)
    painter = FramePainter(film, grade=GRADE | {"vignette": VIGNETTE}, film_grain=GRAIN, seed=SEED)
    source = folder / "film.y4m"
    with source.open("wb") as stream:
        stream.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FPS}:1 Ip A1:1 C420mpeg2\n".encode())
        for number in range(film.duration_frames):
            stream.write(b"FRAME\n" + bytes(painter.frame(number).data))
    return lambda: run_ffmpeg(["-y", *COLOUR_TAGS, "-i", source, *CODED, folder / "floor.mp4"])


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
    render([chart], frames, film, noise=0.0)
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


def main(rounds: int = 3, frames: int = 120, shots: int = 2, only: str = "") -> int:
    """Measure interleaved rounds, print one JSON object and a line a side, and return the exit status."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        stills = [still(folder / f"still{number}.png", number) for number in range(shots)]
        short = folder / "short.mp4"
        ours(stills[:1], 24, short)
        sides = sides_of(stills, folder)
        if only:
            sides = {side: given for side, given in sides.items() if side in only.split(",")}
        noises = {
            side: noise_for(render, given, folder, short.stat().st_size)
            for side, (render, given) in sides.items()
            if side != "moviepy_usual"
        }
        noises["moviepy_usual"] = noises.get("moviepy", 3.0)
        encode = write_floor(stills, frames, folder)
        works: dict[str, Callable[[], object]] = {
            "floor": encode,
            "apex": lambda: ours(stills, frames, folder / "apex.mp4"),
        }
        for side, (render, given) in sides.items():
            works[side] = partial(render, given, frames, folder / f"{side}.mp4", noise=noises[side])
        spent: dict[str, list[float]] = {side: [] for side in works}
        for number in range(rounds):
            for side in list(works) if number % 2 == 0 else list(works)[::-1]:
                spent[side].append(measured(works[side])[0])
        bytes_of = {side: (folder / f"{side}.mp4").stat().st_size for side in works}
        moved: dict[str, Render] = {"apex": ours} | {
            side: render for side, (render, _) in sides.items()
        }
        shakes = {side: round(jitter(render, folder), 4) for side, render in moved.items()}
    return report(spent, bytes_of=bytes_of, shakes=shakes, frames=shots * frames)


def report(
    spent: dict[str, list[float]],
    *,
    bytes_of: dict[str, int],
    shakes: dict[str, float],
    frames: int,
) -> int:
    """Print what was measured; 1 when a bound is missed by a side whose file is as large as ours."""
    floor, apex = spent["floor"], spent["apex"]
    above: dict[str, float] = {}
    for side, values in spent.items():
        rows = zip(values, floor, apex, strict=True)
        above[side] = statistics.median((o - f) / max(a - f, 1e-9) for o, f, a in rows)
    total = {
        side: statistics.median(o / f for o, f in zip(values, floor, strict=True))
        for side, values in spent.items()
    }
    cpu = {side: [round(value, 1) for value in values] for side, values in spent.items()}
    facts = {"frames": frames, "cpu_seconds": cpu, "bytes": bytes_of, "jitter_px": shakes}
    print(json.dumps(facts))
    missed = False
    for side in (name for name in spent if name not in ("floor", "apex")):
        is_fair = abs(bytes_of[side] / bytes_of["apex"] - 1) <= SIZE_TOLERANCE
        bound = BOUNDS.get(side)
        is_met = bound is None or above[side] >= bound
        missed |= not is_met and is_fair
        words = "" if bound is None else f" (bound {bound}: {'met' if is_met else 'missed'})"
        size = "" if is_fair else "; its file is not as large as ours, so this is not the same job"
        print(
            f"{side}: {total[side]:.2f} of the floor, {above[side]:.1f} times our CPU above it{words}, "
            f"jitter {shakes[side]:.3f} px against {shakes['apex']:.3f}{size}"
        )
    print(f"apex: {total['apex']:.3f} of the floor")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4]), *sys.argv[4:5]))
