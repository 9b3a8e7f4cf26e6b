"""Faces found and told apart by networks trained on photographs (dlib, vision tier), for measuring drawn people."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Vector = npt.NDArray[np.float64]


@cache
def _models() -> tuple[Any, Any, Any]:
    """Return detector, five landmarks and the encoder. The 68-point file of the package is for research only: unused."""
    try:
        import dlib
        import face_recognition_models
    except ImportError as error:
        sys.exit(f"{error}; `make install TIER=vision` brings dlib and its models")
    folder = Path(face_recognition_models.__file__).parent / "models"
    return (
        dlib.get_frontal_face_detector(),
        dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat")),
        dlib.face_recognition_model_v1(str(folder / "dlib_face_recognition_resnet_model_v1.dat")),
    )


def read_face(picture: Path) -> tuple[Vector, Vector] | None:
    """Return the largest face's middle between the eyes (x, y as shares of the frame) and its 128 numbers, or None."""
    detect, points, encode = _models()
    pixels = np.asarray(Image.open(picture).convert("RGB"))
    found = max(detect(pixels, 1), key=lambda box: box.area(), default=None)
    if found is None:
        return None
    shape = points(pixels, found)
    corners = np.array([(shape.part(i).x, shape.part(i).y) for i in range(4)], float)
    eyes = corners.mean(axis=0) / (pixels.shape[1], pixels.shape[0])
    return eyes, np.array(encode.compute_face_descriptor(pixels, shape, 1))


def told_apart(same: Vector, other: Vector) -> tuple[float, float]:
    """Return the best balanced accuracy of one distance for 'the same person', and that distance."""
    best = (0.0, 0.0)
    for limit in np.unique(np.concatenate([same, other])):
        accuracy = ((same <= limit).mean() + (other > limit).mean()) / 2
        best = max(best, (float(accuracy), float(limit)))
    return best
