# SPDX-License-Identifier: GPL-3.0-or-later
"""Cutting cloth: polygons clipped where a function of the rest mesh falls below zero, all values carried along."""

from __future__ import annotations

import numpy as np


class Cloth:
    """Faces with values at their vertices: `values` N × C float64, `faces` lists of indices."""

    def __init__(self, values: np.ndarray, faces: list[list[int]]) -> None:
        self.values = values
        self.faces = faces

    def clipped(self, height: np.ndarray) -> Cloth:
        """Return the part where `height` (one number a vertex) is 0 or more, cut straight along its zero line."""
        rows = list(self.values)
        made: dict[tuple[int, int], int] = {}
        faces = []
        for face in self.faces:
            inside = [height[i] >= 0 for i in face]
            if all(inside):
                faces.append(face)
            elif any(inside):
                faces.append(self._cut(face, height, rows, made))
        kept = [face for face in faces if len(face) >= 3]
        return Cloth(np.array(rows), kept).packed()

    def _cut(
        self,
        face: list[int],
        height: np.ndarray,
        rows: list[np.ndarray],
        made: dict[tuple[int, int], int],
    ) -> list[int]:
        out = []
        for k, i in enumerate(face):
            j = face[(k + 1) % len(face)]
            if height[i] >= 0:
                out.append(i)
            if (height[i] >= 0) != (height[j] >= 0):
                key = (min(i, j), max(i, j))
                if key not in made:
                    share = height[key[0]] / (height[key[0]] - height[key[1]])
                    rows.append(self.values[key[0]] * (1 - share) + self.values[key[1]] * share)
                    made[key] = len(rows) - 1
                out.append(made[key])
        return out

    def packed(self) -> Cloth:
        """Return the cloth without vertices that no face uses."""
        used = (
            np.unique(np.concatenate([np.array(face) for face in self.faces]))
            if self.faces
            else np.zeros(0, int)
        )
        place = {int(old): new for new, old in enumerate(used)}
        return Cloth(
            self.values[used] if len(used) else self.values[:0],
            [[place[i] for i in face] for face in self.faces],
        )

    def finer(self) -> Cloth:
        """Return the cloth with each quad split into four, flat."""
        rows = list(self.values)
        edges: dict[tuple[int, int], int] = {}

        def middle(i: int, j: int) -> int:
            key = (min(i, j), max(i, j))
            if key not in edges:
                rows.append((self.values[i] + self.values[j]) / 2)
                edges[key] = len(rows) - 1
            return edges[key]

        faces = []
        for face in self.faces:
            rows.append(self.values[face].mean(axis=0))
            centre = len(rows) - 1
            sides = [middle(face[k], face[(k + 1) % len(face)]) for k in range(len(face))]
            faces += [[face[k], sides[k], centre, sides[k - 1]] for k in range(len(face))]
        return Cloth(np.array(rows), faces)
