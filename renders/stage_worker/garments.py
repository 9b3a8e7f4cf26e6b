# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures on the rest mesh that patterns are cut by: height, distance along the arm, neckline."""

from __future__ import annotations

import numpy as np

from characters.engine.human.tables import people_tables


def along_arm(template: np.ndarray) -> np.ndarray:
    """Return 0 at the shoulder, 1 at the elbow, 2 at the wrist; below 0 on the trunk. Either arm, template metres."""
    tables = people_tables()
    folded = template.copy()
    folded[:, 0] = np.abs(folded[:, 0])
    heads = tables.bone_heads.astype(np.float64)
    shoulder, elbow, wrist = (
        heads[tables.bone(b)] for b in ("upperarm01.L", "lowerarm01.L", "wrist.L")
    )
    out = _share(folded, shoulder, elbow)
    second = _share(folded, elbow, wrist)
    out = np.where((out > 0.8) & (second > 0), 1 + second, np.minimum(out, 1.0))
    trunk = (folded[:, 0] < 0.175) | (folded[:, 2] < 0.10) & (folded[:, 0] < 0.30)
    return np.where(trunk, np.minimum(out, 0.0) - (0.175 - np.minimum(folded[:, 0], 0.175)), out)


def _share(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    line = end - start
    return (points - start) @ line / (line @ line)


def neckline(template: np.ndarray, *, drop: float = 0.0, wide: float = 0.0) -> np.ndarray:
    """Return metres below a collar line, lower in front and behind; `drop` lowers the front, `wide` opens the sides.

    Shoulders lie as high as the nape, so the line ends `wide` beyond the neck: what is farther out is always below it.
    """
    x, y = np.abs(template[:, 0]), template[:, 1]
    front = np.clip((0.02 - y) / 0.10, 0, 1) * np.clip(1.15 - x / (0.075 + wide), 0, 1)
    line = 0.596 + 0.30 * np.minimum(y, 0) - 0.22 * np.maximum(y, 0) - drop * front - 0.5 * wide
    return np.maximum(line - template[:, 2], 0.9 * (x - 0.082 - wide))


def v_opening(
    template: np.ndarray, *, bottom: float, top: float = 0.60, half: float = 0.060
) -> np.ndarray:
    """Return metres outside a V that opens on the chest: half width `half` at height `top`, closed at `bottom`."""
    share = np.clip((template[:, 2] - bottom) / (top - bottom), 0, 1.4)
    width = half * share**0.8
    outside = np.abs(template[:, 0]) - width
    return np.where((template[:, 2] > bottom) & (template[:, 1] < -0.01), outside, 1.0)
