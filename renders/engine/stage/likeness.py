"""How alike two drawn heads are to a network trained on photographs: dlib's 128 numbers of a face, vision tier."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import NotSupported
from apexsite.kit.progress import NullProgress, Progress
from characters.engine.human.cast import BodyCast

SAME_PERSON = 0.50
"""Faces nearer than this may pass for one person. Source: dlib's own limit is 0.6 for photographs of people in the wild;
for drawn heads in the same light and view 0.50 (DESIGN, casting; `make bench WHAT=siblings`)."""

HEAD = {"size": "CU", "lens_mm": 85.0, "azimuth_degrees": 0.0, "f_stop": 8.0}
SIDE = 256
"""Head on, long lens, neutral face and light, pixels a side: what the detector was trained on. House choice."""

Vector = npt.NDArray[np.float64]


def has_network() -> bool:
    """Say whether dlib and its models are installed."""
    return all(importlib.util.find_spec(name) for name in ("dlib", "face_recognition_models"))


class Likeness:
    """Distances between bodies by the network; each head is drawn once (the stage keeps it) and read once."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.progress = progress or NullProgress()
        self._read: dict[str, Vector | None] = {}

    def distance(self, one: BodyCast, other: BodyCast) -> float:
        """Return the network's distance of two heads.

        Raises `NotSupported` where no face is found in one of them, and what drawing raises: `NotAvailable`,
        `BackendError`, `Cancelled`.
        """
        first, second = self.numbers(one), self.numbers(other)
        if first is None or second is None:
            raise NotSupported("dlib finds no face in a drawn head; faces are measured by vertices")
        return float(np.linalg.norm(first - second))

    def numbers(self, body: BodyCast) -> Vector | None:
        """Return a head's 128 numbers, None where no face is found."""
        from renders.engine.imaging.stage import drawn
        from renders.engine.stage.briefs import brief_hash

        document = head_brief(body, side=SIDE)
        name = brief_hash(document)
        if name not in self._read:
            folder, _ = drawn(document, self.progress)
            self._read[name] = read_face(folder / "picture.png")
        return self._read[name]


def head_brief(body: BodyCast, *, side: int) -> dict[str, Any]:
    """Return the stage's brief of a neutral head and shoulders, square, `side` pixels."""
    return {
        "schema": "apex.stage/1",
        "players": [{"key": "head", "body": body.to_document(), "look_at": "camera"}],
        "shot": dict(HEAD),
        "set_name": "studio",
        "mood": "neutral",
        "quality": "sketch",
        "width": side,
        "height": side,
        "seed": 1,
        "outputs": ["picture"],
    }


def read_face(picture: Path) -> Vector | None:
    """Return the 128 numbers of the largest face of a picture, None without one."""
    from PIL import Image

    detect, points, encode = _models()
    with Image.open(picture) as image:
        pixels = np.asarray(image.convert("RGB"))
    found = max(detect(pixels, 1), key=lambda box: box.area(), default=None)
    if found is None:
        return None
    return np.array(encode.compute_face_descriptor(pixels, points(pixels, found), 1))


@cache
def _models() -> tuple[Any, Any, Any]:
    """Return detector, five landmarks and the encoder. The 68-point file of the package is for research only: unused."""
    import dlib
    import face_recognition_models

    folder = Path(face_recognition_models.__file__).parent / "models"
    return (
        dlib.get_frontal_face_detector(),
        dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat")),
        dlib.face_recognition_model_v1(str(folder / "dlib_face_recognition_resnet_model_v1.dat")),
    )
