"""Peak memory of a ten-minute film over a one-minute one. Run it: `make bench WHAT=film-memory` (ARGS: seconds, raster)."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from renders.engine.assembly import render_film
from renders.engine.export.segments import SegmentCache
from renders.engine.timeline.model import Clip, Timeline
from tests.bench.film import GRADE, GRAIN, MOVES, SEED, still

MOST_RATIO = 1.2
SHORT_SECONDS, LONG_SECONDS, SHOT_FRAMES, STILLS = 60, 600, 96, 6
LINES = 540
"""The draft's raster: memory grows with the raster, not with the length, so the small one shows a leak best."""


def film_of(folder: Path, seconds: int, lines: int) -> Timeline:
    """Return a film of four-second shots, every third one a crossfade, of pictures that come again and again."""
    pictures = [folder / f"still{number}.png" for number in range(STILLS)]
    for number, path in enumerate(pictures):
        if not path.exists():
            still(path, number)
    clips = tuple(
        Clip(
            f"S{n}",
            pictures[n % STILLS],
            SHOT_FRAMES,
            MOVES[n % 3],
            "crossfade" if n % 3 == 1 else "cut",
            12 if n % 3 == 1 else 0,
        )
        for n in range(max(1, seconds * 24 // SHOT_FRAMES))
    )
    return Timeline(FrameRate.parse(24), lines * 16 // 9 // 2 * 2, lines, clips, (), 12, 12)


def render(folder: Path, seconds: int, lines: int) -> None:
    """Render one film in this process, with nothing kept before."""
    with tempfile.TemporaryDirectory(dir=folder) as kept:
        render_film(
            film_of(folder, seconds, lines),
            grade=GRADE,
            film_grain=GRAIN,
            seed=SEED,
            audio=None,
            out=folder / f"{seconds}.mp4",
            profile="draft",
            cache=SegmentCache(Path(kept)),
            progress=NullProgress(),
        )


def peak_mib(folder: Path, seconds: int, lines: int) -> float:
    """Render a film in a process of its own and return its highest memory and its largest encoder's, as the kernel
    kept them, added up: at least what both ever took together."""
    command = [sys.executable, "-m", "tests.bench.film_memory", "child", str(folder)]
    done = subprocess.run(
        [*command, str(seconds), str(lines)], check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout.split()[-1])


def high_water_mib() -> float:
    """Return the highest memory of this process and of its largest child, in MiB."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_maxrss for usage in usages) / 1024


def main(short: int = SHORT_SECONDS, long: int = LONG_SECONDS, lines: int = LINES) -> int:
    """Measure both, print one JSON object and one line, and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        film_of(Path(name), 1, lines)
        peaks = [peak_mib(Path(name), seconds, lines) for seconds in (short, long)]
    ratio = peaks[1] / peaks[0]
    facts = {"seconds": [short, long], "lines": lines, "peak_mib": [round(peak) for peak in peaks]}
    print(json.dumps(facts | {"ratio": round(ratio, 3), "bound": MOST_RATIO}))
    verdict = "met" if ratio <= MOST_RATIO else "failed"
    print(
        f"film memory: {ratio:.2f} times, {long} s over {short} s (bound {MOST_RATIO}): {verdict}"
    )
    return 0 if verdict == "met" else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        render(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
        print(high_water_mib())
        sys.exit(0)
    sys.exit(main(*map(int, sys.argv[1:])))
