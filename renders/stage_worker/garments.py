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


def neckline(
    template: np.ndarray, *, drop: float = 0.0, wide: float = 0.0, nape: float = 0.0
) -> np.ndarray:
    """Return metres below a collar line, lower in front and behind; `drop` lowers the front, `wide` opens the sides,
    `nape` lowers it behind, where the neck meets the shoulders.

    Shoulders lie as high as the nape, so the line ends `wide` beyond the neck: what is farther out is always below it.
    """
    x, y = np.abs(template[:, 0]), template[:, 1]
    front = np.clip((0.02 - y) / 0.10, 0, 1) * np.clip(1.15 - x / (0.075 + wide), 0, 1)
    line = 0.596 + 0.30 * np.minimum(y, 0) - 0.22 * np.maximum(y, 0) - drop * front - 0.5 * wide
    back = nape * np.clip(
        (y + 0.03) / 0.05, 0, 1
    )  # there the neck is broader, so the line runs farther out too
    return np.maximum(line - 0.4 * back - template[:, 2], 0.9 * (x - 0.082 - wide - 4 * back))


def v_opening(
    template: np.ndarray, *, bottom: float, top: float = 0.60, half: float = 0.060
) -> np.ndarray:
    """Return metres outside a V that opens on the chest: half width `half` at height `top`, closed at `bottom`."""
    share = np.clip((template[:, 2] - bottom) / (top - bottom), 0, 1.4)
    width = half * share**0.8
    outside = np.abs(template[:, 0]) - width
    return np.where((template[:, 2] > bottom) & (template[:, 1] < -0.01), outside, 1.0)


def folds(template: np.ndarray) -> np.ndarray:
    """Return metres that cloth stands in or out where limbs bend it: elbows, armpits, waist, knees, over the shoe."""
    x, z, arm = np.abs(template[:, 0]), template[:, 2], along_arm(template)
    y = template[:, 1]
    limb = (arm > 0.12).astype(float)
    out = 0.0042 * limb * np.exp(-(((arm - 1.0) / 0.20) ** 2)) * np.sin(46 * arm + 38 * y + 30 * x)
    out += 0.0030 * limb * np.exp(-(((arm - 1.75) / 0.16) ** 2)) * np.sin(60 * arm + 25 * y)
    pit = np.exp(-(((x - 0.155) / 0.05) ** 2 + ((z - 0.44) / 0.09) ** 2))
    out += 0.0040 * pit * (1 - limb) * np.sin(95 * (0.8 * x + 0.6 * z) + 12 * y)
    waist = np.exp(-(((z - 0.17) / 0.07) ** 2)) * (1 - limb)
    out += 0.0034 * waist * np.sin(75 * z + 26 * x + 18 * y)
    leg = (z < 0.02) * (arm < 0.15)
    bent = np.exp(-(((z + 0.36) / 0.07) ** 2)) + 1.2 * np.exp(-(((z + 0.70) / 0.06) ** 2))
    out += 0.0040 * leg * bent * np.sin(85 * z + 30 * y + 14 * x)
    groin = np.exp(-(((z + 0.02) / 0.05) ** 2 + ((x - 0.06) / 0.06) ** 2)) * (arm < 0.15)
    return out + 0.0030 * groin * np.sin(70 * (x + 0.7 * z))
