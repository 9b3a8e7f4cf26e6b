"""A style model's embedding of a picture, by an ONNX file one brings (CLIP's or CSD's vision part). Without it: absent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from apexsite.kit.errors import InputError, NotAvailable
from apexsite.kit.pixels import Bytes3
from apexsite.kit.registry import Availability
from renders.engine.scoring.neural import DEVIATION, MEAN, SIDE
from renders.engine.scoring.onnxfile import onnx_session

DIGITS = 5

FREE, FAR = 0.08, 0.45
"""Cosine distances to the centroid that count as 0 and as 1. House choice, to be measured with real weights: pictures of
one film's look lie within a tenth of each other in CLIP's space, of two looks half apart."""


def availability(path: str) -> Availability:
    """Say whether a style model is here; an empty path is none."""
    from importlib.util import find_spec

    if not path:
        return Availability(
            False, "no style model is named", "set APEX_STYLE_ONNX to its .onnx file"
        )
    if not Path(path).is_file():
        return Availability(
            False, f"{Path(path).name} is not a file", "set APEX_STYLE_ONNX to its .onnx file"
        )
    if find_spec("onnxruntime") is None:
        return Availability(False, "onnxruntime is not installed", "make install TIER=vision")
    return Availability(True)


def embedding_of(pixels: Bytes3, path: str) -> tuple[float, ...]:
    """Return the unit vector of a uint8 H×W×3 picture, rounded to five digits.

    The model takes float32 1×3×S×S and gives one vector. Raises `NotAvailable` without it and `InputError` when the file
    is another kind of model.
    """
    here = availability(path)
    if not here.is_available:
        raise NotAvailable(f"style model: {here.reason}; {here.remedy}")
    session = onnx_session(path)
    inputs = session.get_inputs()
    if len(inputs) != 1 or len(inputs[0].shape) != 4:
        raise InputError(f"{Path(path).name} is no style model: one input 1×3×S×S is expected")
    side = inputs[0].shape[2] if isinstance(inputs[0].shape[2], int) else SIDE
    try:
        found = session.run(None, {inputs[0].name: _tensor(pixels, side)})
    except Exception as err:  # onnxruntime raises its own kinds for every tensor it does not take
        raise InputError(f"{Path(path).name} cannot read a picture: {err}") from err
    numbers = [np.asarray(v) for v in found if np.asarray(v).dtype.kind in "fiu"]
    vectors = [np.ravel(v) for v in numbers if np.ndim(v) == 2 and np.shape(v)[0] == 1]
    if not vectors or not np.isfinite(vectors[0]).all() or not np.linalg.norm(vectors[0]):
        raise InputError(f"{Path(path).name} gave no vector of a picture")
    unit = vectors[0].astype(np.float64) / np.linalg.norm(vectors[0])
    return tuple(round(float(value), DIGITS) for value in unit)


def embedding_away(one: tuple[float, ...], many: list[tuple[float, ...]]) -> float:
    """Return how far an embedding lies from the centroid of others, 0 to 1 on the scale from `FREE` to `FAR`.

    Raises `InputError` unless there are others, all as long.
    """
    if not many or {len(other) for other in many} != {len(one)}:
        raise InputError("embeddings of one model, and at least one, are needed for a centroid")
    centre = np.mean(many, axis=0)
    length = float(np.linalg.norm(centre)) or 1.0
    away = 1.0 - float(np.dot(one, centre)) / length
    return min(1.0, max(0.0, (away - FREE) / (FAR - FREE)))


def _tensor(pixels: Bytes3, side: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return the whole picture squeezed to a square: a style is all over it, a crop would lose half.

    CSD keeps the channel statistics of CLIP, which it was trained from.
    """
    from PIL import Image

    small = Image.fromarray(pixels).resize((side, side), Image.Resampling.BICUBIC)
    mean, deviation = np.asarray(MEAN, np.float32), np.asarray(DEVIATION, np.float32)
    scaled = (np.asarray(small, dtype=np.float32) / np.float32(255.0) - mean) / deviation
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None], dtype=np.float32)
