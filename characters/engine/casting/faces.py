"""Faces drawn from a person's own seed, and how far apart two faces are."""

from __future__ import annotations

import numpy as np

from apexsite.kit.seeds import seed_mix
from characters.engine.casting.tables import FACE_CHANGES, FACE_MEANS, PAIRED
from characters.engine.human.cast import BodyCast
from characters.engine.human.shape import rest_body
from characters.engine.human.tables import Floats, people_tables
from characters.engine.human.topology import topology

MOST = 0.9
"""Greatest local change drawn, of 1. House choice: beyond it faces look deformed."""


def drawn_face(key: str, *, attempt: int = 0) -> dict[str, float]:
    """Return local changes of a face, fixed by key and attempt; each has a stream of its own."""
    changes: dict[str, float] = {}
    for name, spread in FACE_CHANGES.items():
        rng = np.random.default_rng(seed_mix("face", key, attempt, name))
        middle = FACE_MEANS.get(name, 0.0)
        amount = round(float(np.clip(rng.normal(middle, spread), -MOST, MOST)), 4)
        if name.startswith(PAIRED):
            changes[f"l-{name}"] = changes[f"r-{name}"] = amount
        else:
            changes[name] = amount
    return changes


def face_points(cast: BodyCast) -> Floats:
    """Return the face's vertices (N × 3, metres) centred, for comparing faces of the same mesh."""
    vertices = rest_body(cast.phenotype, tables=people_tables(), changes=cast.changes).vertices
    face = vertices[topology().masks["face"] > 0.5]
    return np.asarray(face - face.mean(axis=0), np.float32)


def face_distance_mm(one: Floats, other: Floats) -> float:
    """Return the root mean square distance of two faces' vertices, millimetres."""
    return float(np.sqrt(((one - other) ** 2).sum(axis=1).mean()) * 1000.0)
