"""The main colours of a picture: weighted k-means in CIELAB, the same on every run, each with its share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apexsite.kit.colour import Doubles, delta_e_2000, hex_of_lab, lab_of_srgb
from apexsite.kit.pixels import Bytes3, require_picture

MOST_COLOURS = 8
"""House choice: a palette people name has three to seven colours."""
LEAST_SHARE = 0.01
"""Smaller patches are told to nobody. House choice: a hundredth of the frame is a lamp, less is a glint."""
SAME = 4.0
"""Main colours nearer than this are one. House choice: CIEDE2000 4 is seen side by side, and missed across a picture."""
READ_PIXELS = 60_000
BITS = 5
ROUNDS = 12
CORES = (8.0, 5.0)
"""CIE76 around a main colour that still counts as it, coarse then fine: edges and blends of two colours pull on neither."""
WORTH = 0.002
"""Part of the picture's whole spread that one more colour must explain to be looked for. House choice."""


@dataclass(frozen=True, slots=True)
class MainColour:
    """A main colour as `#RRGGBB` and CIELAB, and the share of the picture that is nearest to it."""

    colour: str
    lab: tuple[float, float, float]
    share: float


def main_colours(pixels: Bytes3, *, most: int = MOST_COLOURS) -> list[MainColour]:
    """Return the main colours of a uint8 H×W×3 picture, the largest share first; shares of all add up to 1 at most.

    1. Pixels are gathered in boxes of 5 bits a channel, each standing for its mean.
    2. Centres are begun one by one where they explain most (greedy k-means++), then moved by Lloyd's rounds.
    3. Each centre settles on the core around it, and centres that look the same are one.
    Source: Arthur, Vassilvitskii, "k-means++", SODA 2007; Lloyd, IEEE Trans. Inf. Theory 28 (1982).
    Raises `InputError` for another array.
    """
    require_picture(pixels)
    points, weights = _boxes(pixels)
    centres = _lloyd(points, weights, _begin(points, weights, most))
    centres = np.stack([_settled(points, weights, centre) for centre in centres])
    centres = _merged(centres, _shares(points, weights, centres))
    shares = _shares(points, weights, centres)
    order = np.argsort(-shares, kind="stable")
    names = hex_of_lab(centres[order])
    return [
        MainColour(name, (float(lab[0]), float(lab[1]), float(lab[2])), float(share))
        for name, lab, share in zip(names, centres[order], shares[order], strict=True)
        if share >= LEAST_SHARE
    ]


def _boxes(pixels: Bytes3) -> tuple[Doubles, Doubles]:
    flat = pixels.reshape(-1, 3)
    flat = flat[:: max(1, len(flat) // READ_PIXELS)]
    codes = flat.astype(np.int64) >> (8 - BITS)
    keys = (codes[:, 0] << (2 * BITS)) | (codes[:, 1] << BITS) | codes[:, 2]
    _, box, counts = np.unique(keys, return_inverse=True, return_counts=True)
    lab = lab_of_srgb(flat / np.float32(255.0))
    sums = np.stack([np.bincount(box, weights=lab[:, axis]) for axis in range(3)], axis=1)
    return sums / counts[:, None], counts / counts.sum()


def _distances(points: Doubles, centres: Doubles) -> Doubles:
    square = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2)
    return np.asarray(square)


def _begin(points: Doubles, weights: Doubles, most: int) -> Doubles:
    # Candidates are the heaviest boxes: a main colour has one, and a thousand of them are searched at once.
    candidates = points[np.argsort(-weights, kind="stable")[:400]]
    reach = _distances(points, candidates)
    best = int((reach * weights[:, None]).sum(axis=0).argmin())
    nearest, chosen = reach[:, best], [best]
    spread = float((nearest * weights).sum())
    while len(chosen) < most:
        left = (np.minimum(reach, nearest[:, None]) * weights[:, None]).sum(axis=0)
        best = int(left.argmin())
        if float((nearest * weights).sum()) - float(left[best]) <= WORTH * spread:
            break
        chosen.append(best)
        nearest = np.minimum(nearest, reach[:, best])
    return np.asarray(candidates[chosen])


def _lloyd(points: Doubles, weights: Doubles, centres: Doubles) -> Doubles:
    for _ in range(ROUNDS):
        nearest = _distances(points, centres).argmin(axis=1)
        mass = np.bincount(nearest, weights=weights, minlength=len(centres))
        sums = np.stack(
            [
                np.bincount(nearest, weights=weights * points[:, axis], minlength=len(centres))
                for axis in range(3)
            ],
            axis=1,
        )
        moved = np.where(mass[:, None] > 0, sums / np.maximum(mass, 1e-12)[:, None], centres)
        if np.allclose(moved, centres, atol=1e-3):
            break
        centres = moved
    return centres


def _settled(points: Doubles, weights: Doubles, centre: Doubles) -> Doubles:
    for core in CORES:
        for _ in range(ROUNDS):
            near = ((points - centre) ** 2).sum(axis=1) < core**2
            mass = float(weights[near].sum())
            if mass <= 0:
                break
            before, centre = centre, (points[near] * weights[near, None]).sum(axis=0) / mass
            if np.allclose(before, centre, atol=1e-3):
                break
    return centre


def _merged(centres: Doubles, shares: Doubles) -> Doubles:
    kept: list[Doubles] = []
    for index in np.argsort(-shares, kind="stable"):
        centre = centres[index]
        if all(float(delta_e_2000(centre, other)) >= SAME for other in kept):
            kept.append(centre)
    return np.stack(kept)


def _shares(points: Doubles, weights: Doubles, centres: Doubles) -> Doubles:
    nearest = _distances(points, centres).argmin(axis=1)
    return np.asarray(np.bincount(nearest, weights=weights, minlength=len(centres)), np.float64)
