"""A still and its depth as layers one behind the other: what near ones hide is filled, what is off focus is soft."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError
from renders.engine.motion.fill import fill_holes

Light = npt.NDArray[np.float32]
Words = npt.NDArray[np.uint16]

LEAST_LAYERS, MOST_LAYERS = 8, 32
"""How many. House choice: neighbours are mixed, and the farther they move apart the more of them there are."""

MARGIN = 8
"""Empty pixels kept around what a layer holds, for the filter's reach."""

HIDDEN = 0.05
"""How far behind an edge things are made up, as a share of the width: what a strong move can uncover. House choice."""

EDGE = 5
"""Width in pixels of the edge that belongs to the nearer side. House choice: what smoothing leaves on either side."""

BLUR_AT_FULL = 0.02
"""Blur (sigma, as a share of the width) at full aperture one whole depth away from focus. House choice."""


@dataclass(frozen=True, slots=True)
class DepthLayer:
    """`planes` uint16 (4, H, W): red, green, blue as light × cover, and cover; 65535 is 1. `nearness` 0 far to 1 near.

    They are the part of the still of `still_size` (width, height) that holds anything, from (`left`, `top`) on.
    """

    planes: Words
    nearness: float
    left: int
    top: int
    still_size: tuple[int, int]


def flat_layer(light: Light) -> tuple[DepthLayer, ...]:
    """Return a still without depth as the one layer it is; float32 H×W×3 light [0, 1]."""
    return (_layer(light, np.ones(light.shape[:2], np.float32), 0.5),)


def depth_layers(
    light: Light,
    nearness: Light,
    *,
    count: int = LEAST_LAYERS,
    focus: float = 0.5,
    aperture: float = 0.0,
) -> tuple[DepthLayer, ...]:
    """Return the layers from far to near; float32 H×W×3 light and H×W nearness, both [0, 1].

    Laid over one another unmoved and in focus they are the still again. Behind the edge of a near thing goes on what
    lies beside it farther away, its colours filled in. Raises `InputError` for a depth of another
    shape or out of range.
    """
    if nearness.shape != light.shape[:2]:
        raise InputError(
            f"depth has shape {nearness.shape}, its still {light.shape[:2]}; they must be equal"
        )
    if not np.isfinite(nearness).all() or nearness.min() < 0.0 or nearness.max() > 1.0:
        raise InputError("depth must be finite and from 0 (far) to 1 (near)")
    from scipy.ndimage import maximum_filter, minimum_filter

    # The soft edge of a near thing goes with it, or it would stay behind as a line.
    crisp = _crisp(nearness, step=1.0 / (count - 1))
    at = maximum_filter(crisp, size=EDGE, mode="nearest") * np.float32(count - 1)
    behind = minimum_filter(at, size=2 * max(1, round(HIDDEN * at.shape[1])) + 1, mode="nearest")
    layers = []
    for number in range(count):
        known = np.abs(at - np.float32(number)) < 1.0
        if number and not known.any():
            continue
        cover = np.maximum(_cover(at, number), _cover(behind, number))
        if number == 0:
            cover = np.ones_like(cover)
        near = number / (count - 1)
        sigma = aperture * abs(near - focus) * BLUR_AT_FULL * light.shape[1]
        filled = fill_holes(light, known.astype(np.float32))
        layers.append(_soft(filled, cover, near, sigma))
    return tuple(layers)


def _crisp(nearness: Light, *, step: float) -> Light:
    """Return the depth without values between the two sides of an edge: nothing is there, but smoothing puts them in.

    Only jumps of more than a layer are edges; a slope stays one.
    """
    from scipy.ndimage import maximum_filter, minimum_filter

    near = maximum_filter(nearness, size=EDGE, mode="nearest")
    far = minimum_filter(nearness, size=EDGE, mode="nearest")
    is_edge = near - far > step
    side = np.where(near - nearness <= nearness - far, near, far)
    return np.asarray(np.where(is_edge, side, nearness), np.float32)


def _cover(at: Light, number: int) -> Light:
    """Return how much of a layer a surface fills: all of the layer behind it, its share of the one before it."""
    return np.asarray(np.clip(at - (number - 1), 0.0, 1.0) * (at < number + 1), np.float32)


def _soft(colours: Light, cover: Light, nearness: float, sigma: float) -> DepthLayer:
    if sigma < 0.3:
        return _layer(colours, cover, nearness)
    from scipy.ndimage import gaussian_filter

    premultiplied = colours * cover[..., None]
    cover = gaussian_filter(cover, sigma, mode="nearest")
    soft = gaussian_filter(premultiplied, (sigma, sigma, 0.0), mode="nearest")
    return _packed(np.asarray(soft, np.float32), cover, nearness)


def _layer(colours: Light, cover: Light, nearness: float) -> DepthLayer:
    return _packed(colours * cover[..., None], cover, nearness)


def _packed(premultiplied: Light, cover: Light, nearness: float) -> DepthLayer:
    held = np.concatenate([premultiplied, cover[..., None]], axis=-1)
    words = (np.clip(held, 0.0, 1.0) * np.float32(65535) + np.float32(0.5)).astype(np.uint16)
    tall, wide = cover.shape
    left, right = _span(cover.max(axis=0))
    top, bottom = _span(cover.max(axis=1))
    part = words[top:bottom, left:right].transpose(2, 0, 1)
    return DepthLayer(np.ascontiguousarray(part), nearness, left, top, (wide, tall))


def _span(held: npt.NDArray[np.float32]) -> tuple[int, int]:
    """Return from where to where something is held, with a margin, within the still."""
    found = np.flatnonzero(held)
    first, last = (int(found[0]), int(found[-1]) + 1) if found.size else (0, 1)
    return max(0, first - MARGIN), min(len(held), last + MARGIN)
