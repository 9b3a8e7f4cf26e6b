"""How far a picture's colours lie from the colours a bible asks for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apexsite.kit.colour import Doubles, delta_e_2000, lab_of_srgb

CLUSTERS, ROUNDS = 6, 8


def hex_lab(colours: Sequence[str]) -> Doubles:
    """Return CIELAB of `#RRGGBB` colours, shape (n, 3)."""
    rgb = [[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in colours]
    return lab_of_srgb(np.array(rgb))


def main_colours(lab: Doubles) -> tuple[Doubles, Doubles]:
    """Return up to 6 main colours (n, 3) of an H×W×3 CIELAB picture and their shares, the same on every run.

    Source: Lloyd's k-means, begun at evenly spaced quantiles of lightness.
    """
    points = lab.reshape(-1, 3)[:: max(1, lab.size // 3 // 6000)]
    order = np.argsort(points[:, 0], kind="stable")
    starts = ((np.arange(CLUSTERS) + 0.5) / CLUSTERS * len(points)).astype(int)
    centres = points[order[starts]].copy()
    for _ in range(ROUNDS):
        nearest = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        for index in range(CLUSTERS):
            members = points[nearest == index]
            if len(members):
                centres[index] = members.mean(axis=0)
    shares = np.bincount(nearest, minlength=CLUSTERS) / len(points)
    return centres[shares > 0], shares[shares > 0]


def palette_distance(lab: Doubles, *, wanted: Doubles) -> float:
    """Return the mean CIEDE2000 of the main colours to the nearest wanted one, black to white mixes allowed.

    Light and shade of a wanted colour count as that colour: lightness counts a third (house choice).
    """
    centres, shares = main_colours(lab)
    shaded = np.repeat(wanted[None], len(centres), axis=0).copy()
    shaded[..., 0] += (centres[:, None, 0] - shaded[..., 0]) * 2 / 3
    nearest = delta_e_2000(centres[:, None, :], shaded).min(axis=1)
    return float((nearest * shares).sum())
