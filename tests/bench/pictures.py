"""Scores and picture engines, measured: order, names, errors and areas the scores are held to, seconds per picture.

`make bench WHAT=pictures` prints every figure beside what it is held to and ends with 1 where one misses.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import numpy as np

from apexsite.kit.errors import ApexError
from apexsite.kit.progress import NullProgress
from characters.engine.profile import CharacterProfile
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest
from renders.engine.scoring import score_picture
from tests.picture import held
from tests.picture.distorted import SEVERITIES, scene

WIDTH, HEIGHT = 1024, 768
TIMES = 5
missed: list[str] = []


def told(name: str, value: str, *, held_to: str, is_held: bool) -> None:
    """Print one figure beside what it is held to."""
    print(f"  {name:<52} {value:>12}   {'ok  ' if is_held else 'MISS'} ({held_to})", flush=True)
    if not is_held:
        missed.append(name)


def ladders() -> None:
    """Print order and names on all ladders."""
    found = held.ladder_figures()
    count = len(found.clean)
    print(f"ladders: {count} pictures × {len(SEVERITIES)} severities")
    for name, order in found.order.items():
        mean, least = float(np.mean(list(order.values()))), min(order.values())
        told(
            f"Spearman, {name}, mean of pictures (least {least:.2f})",
            f"{mean:.3f}",
            held_to=f"≥ {held.SPEARMAN}",
            is_held=mean >= held.SPEARMAN,
        )
    for name, answers in found.named.items():
        print(f"  named, {name}, from severity {held.VISIBLE_FROM[name]}: {np.mean(answers):.0%}")
    share = float(np.mean(found.visible))
    told(
        "right defect named where visible",
        f"{share:.1%}",
        held_to=f"≥ {held.NAMED:.0%}",
        is_held=share >= held.NAMED,
    )
    print(f"  named before they were spoiled: {[n for n, d in found.clean.items() if d]}")


def frames() -> None:
    """Print what is measured on charts and known frames."""
    errors = held.noise_errors()
    told(
        f"noise sigma, largest error at {', '.join(map(str, errors))}",
        f"{max(errors.values()):.1%}",
        held_to=f"≤ {held.SIGMA:.0%}",
        is_held=max(errors.values()) <= held.SIGMA,
    )
    for rule, area in held.composition_areas().items():
        told(
            f"{rule}, area under the curve",
            f"{area:.3f}",
            held_to=f"≥ {held.AUC}",
            is_held=area >= held.AUC,
        )
    tau = held.ranking_tau()
    told(
        "ranking after JPEG q95, Kendall's tau",
        f"{tau:.3f}",
        held_to=f"≥ {held.TAU}",
        is_held=tau >= held.TAU,
    )
    error = held.palette_error()
    told(
        "palette, largest ΔE2000",
        f"{error:.2f}",
        held_to=f"< {held.DELTA_E}",
        is_held=error < held.DELTA_E,
    )


def speed() -> None:
    """Print the CPU seconds a score takes, the least of five."""
    picture = scene(1, height=HEIGHT, width=WIDTH)
    score_picture(picture, request=held.asked())
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        score_picture(picture, request=held.asked())
        took.append(time.process_time() - began)
    told(
        f"score of a {WIDTH} × {HEIGHT} picture, one core",
        f"{min(took):.2f} s",
        held_to=f"≤ {held.SECONDS} s",
        is_held=min(took) <= held.SECONDS,
    )


def engines() -> None:
    """Print the seconds each offline engine that is here takes for a picture; none is held to anything here."""
    print("engines, seconds a picture (wall), the second one drawn")
    lead = CharacterProfile(key="mara", name="Mara", gender="female", age_years=(30, 38))
    for name, backend in BACKENDS:
        if backend.capabilities.needs_network:
            continue
        available = backend.availability()
        if not available.is_available:
            print(f"  {name:<24} not here: {available.reason}")
            continue
        asked = _request(lead)
        took = 0.0
        try:
            for index in range(2):
                began = time.perf_counter()
                backend.render(replace(asked, variant_index=index), NullProgress())
                took = time.perf_counter() - began
        except ApexError as err:
            print(f"  {name:<24} could not draw: {err.message}")
            continue
        print(f"  {name:<24} {took:.2f} s at {asked.width} × {asked.height}", flush=True)


def _request(lead: CharacterProfile) -> ImageRequest:
    base = held.asked()
    brief = replace(base.brief, place="OFFICE", action="Mara reads a letter.", cast=(lead.key,))
    return replace(base, brief=brief, cast=(lead,), width=WIDTH, height=HEIGHT)


def main() -> int:
    """Measure all; return 1 where a figure misses."""
    ladders()
    frames()
    speed()
    engines()
    print("all figures held" if not missed else f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
