"""How face distance in millimetres compares with a network's: siblings who differ in nothing but local changes of the face.

`make bench WHAT=siblings` draws them, prints both distances and the millimetres at which the network's reach 0.50.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import combinations

import numpy as np

from characters.engine.casting.faces import drawn_face
from characters.engine.casting.spread import spread, vertex_distance_mm
from characters.engine.human.cast import BodyCast
from tests.bench.cast import people
from tests.bench.faces import read_face
from tests.bench.lookbook import player
from tests.bench.stage import shoot
from tests.bench.warm import Worker

STRENGTHS = (0.0, 0.35, 0.7, 1.0, 1.3)
VIEWS = ((0, 85), (20, 50))


def siblings(who: str) -> dict[str, BodyCast]:
    """Return one person with other faces, from the same one to strongly changed ones, and two moved by `spread`."""
    base = people()[who]
    made = {}
    for i, strength in enumerate(STRENGTHS):
        drawn = drawn_face(f"sibling {who} {i}")
        mixed = {
            name: float(np.clip(value + strength * (drawn[name] - value), -0.9, 0.9))
            for name, value in base.changes.items()
        }
        made[f"{who}{i}"] = replace(base, changes=mixed)
    moved = spread("moved", base, {who: base}).body
    made[f"{who}+"] = moved
    made[f"{who}++"] = spread("far", base, {who: base, "moved": moved}, least=5.0).body
    return made


def main() -> int:
    """Print the table."""
    metres: list[float] = []
    network: list[float] = []
    with Worker() as worker:
        for who in ("ada", "bela"):
            codes: dict[str, list[np.ndarray]] = {}
            family = siblings(who)
            for key, body in family.items():
                for azimuth, lens in VIEWS:
                    shot = {"size": "CU", "lens_mm": lens, "azimuth_degrees": azimuth}
                    shown = shoot(worker, f"siblings/{key}{azimuth}", players=[player(key, body)], shot=shot, width=256, height=256)  # fmt: skip
                    found = read_face(shown.files["picture"])
                    codes.setdefault(key, []).extend([found[1]] if found else [])
            for one, two in combinations(family, 2):
                gaps = [np.linalg.norm(a - b) for a in codes[one] for b in codes[two]]
                metres.append(vertex_distance_mm(family[one], family[two]))
                network.append(float(np.mean(gaps)))
                print(f"  {one:>7} {two:>7}  {metres[-1]:5.2f} mm  {network[-1]:.3f}", flush=True)
    slope, rest = np.polyfit(metres, network, 1)
    print(f"network = {slope:.3f} per mm + {rest:.3f}; correlation {np.corrcoef(metres, network)[0, 1]:.2f}; 0.50 at {(0.5 - rest) / slope:.1f} mm")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
