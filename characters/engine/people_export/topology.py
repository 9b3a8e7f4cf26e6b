"""Faces, groups and per-vertex masks of the base mesh, read from `3dobjs/base.obj` and `textures/` (CC0)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError

GROUPS: tuple[str, ...] = (
    "body",
    "helper-tights",
    "helper-skirt",
    "helper-hair",
    "helper-l-eye",
    "helper-r-eye",
    "helper-upper-teeth",
    "helper-lower-teeth",
    "helper-tongue",
    "lashes",
)
"""Groups kept, in the order of the numbers in `group`. Both kinds of lash of both eyes fold into `lashes`."""

MASKS: dict[str, str] = {
    "lips": "mpfb_lips.jpg",
    "eyelids": "mpfb_eyelids.jpg",
    "ears": "mpfb_ears.jpg",
    "face": "mpfb_face.jpg",
    "nails": "mpfb_fingernails.jpg",
    "mouth": "mpfb_inside-mouth.jpg",
}
"""Mask name → texture file; sampled at the vertices, 0 to 255."""


def topology_tables(mpfb: Path) -> dict[str, npt.NDArray[Any]]:
    """Return `quads` (F × 4, uint16), `group` (F, uint8) and one `mask_*` (13,380, uint8) a texture.

    `mpfb` is the folder that holds `3dobjs`. Raises `InputError` where it does not.
    """
    source = mpfb / "3dobjs" / "base.obj"
    if not source.is_file():
        raise InputError(f"folder={str(mpfb)!r} must hold 3dobjs/base.obj")
    quads, corners, groups, places = _read(source.read_text(encoding="utf-8"))
    tables: dict[str, npt.NDArray[Any]] = {
        "quads": quads.astype(np.uint16),
        "group": groups.astype(np.uint8),
    }
    body = quads[groups == 0]
    place = np.zeros((int(body.max()) + 1, 2))
    place[body.ravel()] = places[corners[groups == 0].ravel()]
    for name, file in MASKS.items():
        tables[f"mask_{name}"] = _sampled(mpfb / "textures" / file, place)
    return tables


def _read(
    text: str,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], Any]:
    places, quads, corners, groups = [], [], [], []
    group = -1
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "vt":
            places.append([float(value) for value in rest.split()[:2]])
        elif kind == "g":
            name = "lashes" if "eyelashes" in rest else rest.strip()
            group = GROUPS.index(name) if name in GROUPS else -1
        elif kind == "f" and group >= 0:
            pairs = [[int(n) - 1 for n in part.split("/")[:2]] for part in rest.split()]
            quads.append([pair[0] for pair in pairs])
            corners.append([pair[1] for pair in pairs])
            groups.append(group)
    return np.array(quads), np.array(corners), np.array(groups), np.array(places)


def _sampled(file: Path, place: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    from PIL import Image

    with Image.open(file) as picture:
        pixels = np.asarray(picture.convert("L"))
    height, width = pixels.shape
    column = np.clip((place[:, 0] * width).astype(int), 0, width - 1)
    row = np.clip(((1.0 - place[:, 1]) * height).astype(int), 0, height - 1)
    return np.ascontiguousarray(pixels[row, column], dtype=np.uint8)
