# SPDX-License-Identifier: GPL-3.0-or-later
"""A skirt on somebody who sits: it lies on the thighs, dips between them, breaks at the knees and falls along the shins."""

from __future__ import annotations

import numpy as np

from characters.engine.human.figure import Figure
from characters.engine.human.tables import people_tables
from characters.engine.human.topology import topology

EASE_M, KNEE_M, SAG = 0.014, 0.022, 0.75
"""Air between leg and cloth in metres, and more over a bent knee; how deep cloth dips between the thighs, share of their thickness. House choice."""

BEGINS, LIES = 0.02, 0.25
"""Where along the thigh the standing skirt gives way to the lap: from, and wholly (0 hip, 1 knee). House choice."""

BREAK = 0.16
"""How much of a thigh's length the turn at the knee takes, either side. House choice."""


def is_seated(person: Figure) -> bool:
    """Return whether somebody's thighs lie about level."""
    hip, knee, _ = _joints(person)
    long = float(np.linalg.norm(((knee - hip) * [1, 1, 0]).mean(axis=0)))
    return bool(np.mean(hip[:, 2] - knee[:, 2]) < 0.25 and long > 0.15)


def laid_on_lap(own: np.ndarray, worn: np.ndarray, person: Figure) -> np.ndarray:
    """Return a skirt's vertices (N × 3, the room) laid over the lap; `own` are the same on the template."""
    hips, knees, ankles = _joints(person)
    hip, knee, ankle = (pair.mean(axis=0) for pair in (hips, knees, ankles))
    left = _unit((hips[0] - hips[1]) * [1, 1, 0])
    thigh, shin = _unit(knee - hip), _unit(ankle - knee)
    over = _unit(np.cross(thigh, left))
    over = over if over[2] > 0 else -over
    fore = _unit(np.cross(shin, left))
    fore = fore if fore @ thigh > 0 else -fore
    along, turn = _unrolled(own)
    bend = np.clip((along - 1 + BREAK) / (2 * BREAK), 0, 1)
    bend = (bend * bend * (3 - 2 * bend))[:, None]
    normal = over + bend * (fore - over)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    knee_cap = KNEE_M * np.exp(-(((along - 1.0) / 0.20) ** 2))
    thick = _thickness(person, hips, knees, ankles, along) + (EASE_M + knee_cap) * person.scale
    apart = np.where(
        along < 1,
        _half(hips, left) + np.clip(along, 0, 1) * (_half(knees, left) - _half(hips, left)),
        _half(knees, left) + (along - 1) * (_half(ankles, left) - _half(knees, left)),
    )
    path = np.where(
        (along < 1)[:, None],
        hip + along[:, None] * (knee - hip),
        knee + (along - 1)[:, None] * (ankle - knee),
    )
    across = (apart + thick) * np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.8
    between = np.clip(1 - (across / np.maximum(apart, 1e-6)) ** 2, 0, 1) ** 1.3
    front = np.cos(turn) > 0
    deep = thick * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.7
    gap = np.clip((apart / thick - 0.7) / 0.6, 0, 1)
    deep = deep * np.where(front, 1 - SAG * between * gap, 0.82)
    lap = path + across[:, None] * left + deep[:, None] * normal
    share = np.clip((along - BEGINS) / (LIES - BEGINS), 0, 1)
    share = (share * share * (3 - 2 * share))[:, None]
    return np.asarray(worn + share * (lap - worn))


def _unrolled(own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how far down the leg a vertex hangs (0 hip, 1 knee, 2 ankle) and its angle round it (0 the front)."""
    tables = people_tables()
    hip, knee, ankle = (float(tables.bone_heads[tables.bone(b)][2]) for b in ("upperleg01.L", "lowerleg01.L", "foot.L"))  # fmt: skip
    z = own[:, 2]
    along = np.where(z > knee, (hip - z) / (hip - knee), 1 + (knee - z) / (knee - ankle))
    return along, np.arctan2(own[:, 0] / 0.22, -(own[:, 1] + 0.012) / 0.115)


def _thickness(
    person: Figure, hips: np.ndarray, knees: np.ndarray, ankles: np.ndarray, along: np.ndarray
) -> np.ndarray:
    """Return the half thickness of the legs at places along them, metres, measured on the posed body."""
    used = np.unique(topology().faces("helper-tights"))
    own, body = people_tables().template[used], person.vertices[used].astype(np.float64)
    marks, radii = [], []
    for first, last, base in ((hips, knees, 0.0), (knees, ankles, 1.0)):
        line = last[0] - first[0]
        share = (body - first[0]) @ line / (line @ line)
        off = np.linalg.norm(body - first[0] - share[:, None] * line, axis=1)
        for low in (0.35, 0.55, 0.75, 0.92) if base == 0.0 else (0.15, 0.35, 0.6, 0.85):
            near = (np.abs(share - low) < 0.08) & (own[:, 0] > 0) & (off < 0.16 * person.scale)
            near &= own[:, 2] < 0.05
            marks.append(base + low)
            radii.append(float(np.percentile(off[near], 80)) if near.sum() > 4 else 0.07 * person.scale)  # fmt: skip
    return np.interp(along, marks, radii)


def _joints(person: Figure) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return hips, knees, ankles, each left and right (2 × 3)."""
    return tuple(  # type: ignore[return-value]
        np.array([person.bone(f"{bone}.{side}") for side in ("L", "R")], np.float64)
        for bone in ("upperleg01", "lowerleg01", "foot")
    )


def _half(pair: np.ndarray, left: np.ndarray) -> float:
    return abs(float((pair[0] - pair[1]) @ left)) / 2


def _unit(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))
