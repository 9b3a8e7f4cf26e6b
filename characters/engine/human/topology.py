"""Faces and masks of the human mesh, read once from `data/topology.npz`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from characters.engine.human.tables import DATA, Floats, Ints

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
"""Names of the numbers in `Topology.group`."""


@dataclass(frozen=True, slots=True)
class Topology:
    """`quads` F × 4 vertex indices, `group` F, `masks` by name: one number 0 to 1 for each vertex (19,158)."""

    quads: Ints
    group: npt.NDArray[np.uint8]
    masks: Mapping[str, Floats]

    def faces(self, *names: str) -> Ints:
        """Return the faces of these groups."""
        wanted = [GROUPS.index(name) for name in names]
        return self.quads[np.isin(self.group, wanted)]


@lru_cache(maxsize=1)
def topology() -> Topology:
    """Return the faces, groups and masks of the mesh."""
    with np.load(DATA / "topology.npz", allow_pickle=False) as raw:
        masks = {}
        for key in raw.files:
            if key.startswith("mask_"):
                whole = np.zeros(19158, np.float32)
                whole[: len(raw[key])] = raw[key] / np.float32(255)
                masks[key.removeprefix("mask_")] = whole
        return Topology(quads=raw["quads"].astype(np.int64), group=raw["group"], masks=masks)
