"""A colour table (1D or 3D, with its domain) and how a colour is read from it: tetrahedral between lattice points."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from renders.engine.grading.tetrahedra import interpolate

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """`points` is float64 (N, 3) for a 1D table, one column a channel, or (N, N, N, 3) for red, green, blue.

    `least` and `most` are the colours of the first and the last point; what lies outside is taken to the edge.
    """

    points: Doubles
    least: tuple[float, float, float] = (0.0, 0.0, 0.0)
    most: tuple[float, float, float] = (1.0, 1.0, 1.0)
    title: str = ""
    comments: tuple[str, ...] = field(default=())

    @property
    def is_3d(self) -> bool:
        """Say whether a channel looks at the others."""
        return self.points.ndim == 4

    @property
    def size(self) -> int:
        """Return the number of points of a side."""
        return int(self.points.shape[0])


def identity_table(size: int) -> Table:
    """Return the 3D table that changes nothing."""
    side = np.linspace(0.0, 1.0, size)
    return Table(np.stack(np.meshgrid(side, side, side, indexing="ij"), axis=-1))


def look_up(table: Table, colours: Doubles) -> Doubles:
    """Return float64 colours (…, 3) read from a table; linear between the points of a 1D one.

    Source: tetrahedral interpolation after Sakamoto and Itooka, US patent 4275413 (1981), now free.
    """
    least, most = np.array(table.least), np.array(table.most)
    at = np.clip((colours - least) / (most - least), 0.0, 1.0)
    if table.is_3d:
        return interpolate(table.points, at)
    places = np.linspace(0.0, 1.0, table.size)
    channels = [np.interp(at[..., c], places, table.points[:, c]) for c in range(3)]
    return np.stack(channels, axis=-1)
