"""How far a picture's colours lie from the colours a bible asks for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apexsite.kit.colour import Doubles, delta_e_2000, lab_of_srgb

CLUSTERS, ROUNDS = 7, 8
CELL, APART = 6.0, 14.0
"""Side of a cell, and least distance of two beginnings, in CIELAB. House choice."""


def hex_lab(colours: Sequence[str]) -> Doubles:
    """Return CIELAB of `#RRGGBB` colours, shape (n, 3)."""
    rgb = [[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in colours]
    return lab_of_srgb(np.array(rgb))


def main_colours(lab: Doubles) -> tuple[Doubles, Doubles]:
    """Return up to 7 main colours (n, 3) of an H×W×3 CIELAB picture and their shares, the same on every run.

    Source: Lloyd's k-means, begun at the fullest cells of a coarse grid that lie apart, so that two begin in one colour
    only where there are fewer colours.
    """
    points = lab.reshape(-1, 3)[:: max(1, lab.size // 3 // 6000)]
    centres = _peaks(points)
    for _ in range(ROUNDS):
        nearest = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        for index in range(len(centres)):
            members = points[nearest == index]
            if len(members):
                centres[index] = members.mean(axis=0)
    shares = np.bincount(nearest, minlength=len(centres)) / len(points)
    return centres[shares > 0], shares[shares > 0]


def _peaks(points: Doubles) -> Doubles:
    """Return up to 7 colours that many points lie near, (n, 3), the fullest cell first."""
    cells = np.floor(points / CELL).astype(int)
    _, inverse, counts = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.ravel()
    means = np.stack([np.bincount(inverse, weights=axis) / counts for axis in points.T], axis=1)
    chosen: list[int] = []
    for index in np.argsort(-counts, kind="stable"):
        gaps = (
            np.linalg.norm(means[chosen] - means[index], axis=1) if chosen else np.array([np.inf])
        )
        if float(gaps.min()) >= APART:
            chosen.append(int(index))
        if len(chosen) == CLUSTERS:
            break
    return means[chosen]


def palette_distance(lab: Doubles, *, wanted: Doubles) -> float:
    """Return the mean CIEDE2000 of the main colours to the nearest wanted one, black to white mixes allowed.

    Light and shade of a wanted colour count as that colour: lightness counts a third (house choice).
    """
    centres, shares = main_colours(lab)
    shaded = np.repeat(wanted[None], len(centres), axis=0).copy()
    shaded[..., 0] += (centres[:, None, 0] - shaded[..., 0]) * 2 / 3
    nearest = delta_e_2000(centres[:, None, :], shaded).min(axis=1)
    return float((nearest * shares).sum())
