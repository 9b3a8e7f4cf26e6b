"""The tables of the parametric human, read once from `data/people.npz` (CC0; `data/README.md` says what each holds)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import NotAvailable

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

DATA = Path(__file__).resolve().parent / "data"
PEOPLE_FILE = DATA / "people.npz"


@dataclass(frozen=True, slots=True)
class Sparse:
    """Rows of vertex offsets: row k moves vertices `index[start[k]:start[k+1]]` by `value` there, in metres."""

    index: Ints
    value: Floats
    start: Ints

    def add(self, target: Floats, *, row: int, amount: float) -> None:
        """Add `amount` times one row to `target` (N × 3, metres) in place."""
        part = slice(int(self.start[row]), int(self.start[row + 1]))
        target[self.index[part]] += self.value[part] * np.float32(amount)

    def reach(self, row: int) -> Ints:
        """Return the vertices that a row moves."""
        return self.index[int(self.start[row]) : int(self.start[row + 1])]


@dataclass(frozen=True, slots=True)
class PeopleTables:
    """All of it: 19,158 vertices (metres, z up, facing -y), 624 shapes in a rank-80 basis, 104 bones."""

    template: Floats
    shape_mask: npt.NDArray[np.bool_]
    basis_map: Floats
    basis: Floats
    actions: Sparse
    changes: Sparse
    bone_heads: Floats
    bone_shapes: Floats
    bone_changes: Floats
    skin_weight: Floats
    skin_bone: Ints
    bones: tuple[str, ...]
    parents: tuple[int, ...]
    action_names: tuple[str, ...]
    change_names: tuple[str, ...]
    anchors: Mapping[str, tuple[float, ...]]

    def bone(self, name: str) -> int:
        """Return the index of a bone."""
        return self.bones.index(name)


@lru_cache(maxsize=1)
def people_tables() -> PeopleTables:
    """Return the tables, read on the first call. Raises `NotAvailable` where the file is missing."""
    if not PEOPLE_FILE.is_file():
        raise NotAvailable(
            f"people tables are missing: {PEOPLE_FILE.name} must lie in {DATA}; "
            "`manage.py export_people` makes them again"
        )
    with np.load(PEOPLE_FILE, allow_pickle=False) as raw:
        return _tables({key: raw[key] for key in raw.files})


def _tables(raw: Mapping[str, npt.NDArray[Any]]) -> PeopleTables:
    labels = json.loads(str(raw["labels"]))
    scale = raw["ph_scale"].astype(np.float32)
    weight = raw["w"].astype(np.float32)
    return PeopleTables(
        template=raw["template"].astype(np.float32),
        shape_mask=raw["mask"].astype(np.bool_),
        basis_map=raw["ph_map"].astype(np.float32) * scale,
        basis=raw["ph_dirs"].reshape(len(scale), -1).astype(np.float32),
        actions=_sparse(raw, "f"),
        changes=_sparse(raw, "l"),
        bone_heads=raw["bone_t"].astype(np.float32),
        bone_shapes=raw["bone_ph"].astype(np.float32),
        bone_changes=raw["bone_l"].astype(np.float32),
        skin_weight=weight / weight.sum(axis=1, keepdims=True),
        skin_bone=raw["wi"].astype(np.int64),
        bones=tuple(labels["bones"]),
        parents=tuple(labels["parents"]),
        action_names=tuple(labels["face"]),
        change_names=tuple(labels["local"]),
        anchors={name: tuple(at) for name, at in json.loads(str(raw["anchors"])).items()},
    )


def _sparse(raw: Mapping[str, npt.NDArray[Any]], letter: str) -> Sparse:
    return Sparse(
        index=raw[f"{letter}i"].astype(np.int64),
        value=raw[f"{letter}v"].astype(np.float32),
        start=raw[f"{letter}o"].astype(np.int64),
    )
