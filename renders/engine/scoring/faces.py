"""Symmetry and proportions of faces from a landmark model one brings (68 points, iBUG's order). Absent without it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from apexsite.kit.colour import Doubles
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3
from renders.engine.scoring.blur import Box
from renders.engine.scoring.card import SubScore
from renders.engine.scoring.onnxfile import onnx_run, onnx_session

POINTS = 68
SIDE = 112
MARGIN = 0.15
"""How much more than the face's box the model is shown, each side. House choice, as such models are trained."""
PAIRS: tuple[tuple[int, int], ...] = (
    *((n, 16 - n) for n in range(8)),
    *((17 + n, 26 - n) for n in range(5)),
    (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46),
    (31, 35), (32, 34), (48, 54), (49, 53), (50, 52), (59, 55), (58, 56),
)  # fmt: skip
"""Points that mirror each other. Source: the 68-point markup of Multi-PIE and 300-W (Sagonas et al. 2013)."""
AXIS = (27, 28, 29, 30, 33, 51, 57, 8)
LEAST_PIXELS = 40
"""A face with less height in the picture is too small to judge. House choice."""

PROPORTIONS: dict[str, tuple[float, float]] = {
    "eye gap to eye width": (0.85, 1.65),
    "nose to face height": (0.22, 0.48),
    "mouth to face width": (0.26, 0.55),
}
"""Range of real faces from the front, generously. Source: Farkas, "Anthropometry of the Head and Face" (1994): neoclassical
canons and their spread; widened as house choice."""


def faces_score(pixels: Bytes3, boxes: Sequence[Box], *, path: str) -> SubScore:
    """Return how symmetric and proportioned the worst of the faces is; None without a model or a face to judge.

    The model takes float32 1×3×S×S, RGB from 0 to 1, and gives 136 numbers, x and y of each point as shares of what it
    was shown. A head turned away is less symmetric in the picture, which is allowed for by its nose.
    """
    if not path:
        return SubScore("faces", None, "no landmark model here")
    if not Path(path).is_file():
        return SubScore("faces", None, f"{Path(path).name} is not a file")
    shown = [crop for box in boxes if (crop := _crop(pixels, box)) is not None]
    if not shown:
        return SubScore("faces", None, "no face large enough to judge")
    try:
        found = [_judged(landmarks(crop, path)) for crop in shown]
    except InputError as err:
        return SubScore("faces", None, err.message)
    value, told = min(found, key=lambda one: one[0])
    return SubScore("faces", value, told)


def landmarks(crop: Bytes3, path: str) -> Doubles:
    """Return 68 points (x, y) of a face, as shares of the crop; raises `InputError` for another kind of model."""
    from PIL import Image

    shape = onnx_session(path).get_inputs()[0].shape
    side = shape[2] if len(shape) == 4 and isinstance(shape[2], int) else SIDE
    small = Image.fromarray(crop).resize((side, side), Image.Resampling.BILINEAR)
    plane = np.asarray(small, dtype=np.float32).transpose(2, 0, 1)[None] / np.float32(255.0)
    found = onnx_run(path, np.ascontiguousarray(plane))
    if found.size != 2 * POINTS or not np.isfinite(found).all():
        raise InputError(
            f"{Path(path).name} gives {found.size} numbers; 136, 68 points, are needed"
        )
    return np.asarray(found, np.float64).reshape(POINTS, 2)


def symmetry_of(points: Doubles) -> float:
    """Return how symmetric 68 points are about the line of nose and chin, 0 to 1; a turned head is made even first."""
    top, foot = points[27], points[8]
    down = (foot - top) / max(float(np.linalg.norm(foot - top)), 1e-9)
    side = np.array([down[1], -down[0]])
    across, along = (points - top) @ side, (points - top) @ down
    left = np.array([across[a] for a, _ in PAIRS])
    right = np.array([across[b] for _, b in PAIRS])
    # A turn narrows one half as a whole: each half is measured by its own width, so that only what is uneven counts.
    wide_left, wide_right = float(np.abs(left).mean()), float(np.abs(right).mean())
    width = max(wide_left + wide_right, 1e-9)
    uneven = np.abs(np.abs(left) / max(wide_left, 1e-9) - np.abs(right) / max(wide_right, 1e-9))
    tilted = np.abs(np.array([along[a] - along[b] for a, b in PAIRS])) / width
    bent = np.abs(across[list(AXIS)]) / width
    off = 0.4 * float(uneven.mean()) + 1.5 * float(tilted.mean()) + float(bent.mean())
    return float(np.exp(-((off / 0.22) ** 2)))


def proportions_of(points: Doubles) -> dict[str, float]:
    """Return the proportions a face is held to, by name."""

    def apart(one: int, other: int) -> float:
        return float(np.linalg.norm(points[one] - points[other]))

    eyes = max((apart(36, 39) + apart(42, 45)) / 2, 1e-9)
    brow = (points[19] + points[24]) / 2
    tall, wide = max(float(np.linalg.norm(points[8] - brow)), 1e-9), max(apart(0, 16), 1e-9)
    return {
        "eye gap to eye width": apart(39, 42) / eyes,
        "nose to face height": apart(27, 33) / tall,
        "mouth to face width": apart(48, 54) / wide,
    }


def _judged(points: Doubles) -> tuple[float, str]:
    even = symmetry_of(points)
    worst, name = 1.0, ""
    for key, value in proportions_of(points).items():
        least, most = PROPORTIONS[key]
        off = max(0.0, least - value, value - most) / (most - least)
        fit = float(np.exp(-((off / 0.5) ** 2)))
        if fit < worst:
            worst, name = fit, f"; {key} {value:.2f}"
    return min(even, worst), f"symmetry {even:.2f}, proportions {worst:.2f}{name}"


def _crop(pixels: Bytes3, box: Box) -> Bytes3 | None:
    height, width = pixels.shape[:2]
    wide, tall = MARGIN * (box[2] - box[0]), MARGIN * (box[3] - box[1])
    left, right = round((box[0] - wide) * width), round((box[2] + wide) * width)
    top, low = round((box[1] - tall) * height), round((box[3] + tall) * height)
    if min(left, top) < 0 or right > width or low > height or low - top < LEAST_PIXELS:
        return None
    return pixels[top:low, left:right]
