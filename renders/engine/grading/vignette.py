"""Light lost towards the corners, as one gain a row and one a column: a frame multiplies the two."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

CODE_POWER = 1.0 / 2.4
"""A gain in light as a gain of codes. Source: BT.1886, a display's exponent of 2.4."""


def vignette_sides(*, height: int, width: int, amount: float) -> tuple[Floats, Floats]:
    """Return the gains of rows and of columns for encoded values about black; corners keep 1 − `amount` of the light.

    A lens loses light by cos⁴ of the angle, which is a bell curve for the angles there are, and a bell curve is a
    product of its two directions. Source: cos⁴θ ≈ exp(−2θ²); Ray, "Applied Photographic Optics", 3rd ed., 12.3.
    """
    fall = -np.log(1.0 - amount) * CODE_POWER
    across = np.hypot(width, height)
    sides = []
    for count in (height, width):
        away = (np.arange(count) + 0.5 - count / 2) / (across / 2)
        sides.append(np.exp(-fall * away**2).astype(np.float32))
    return sides[0], sides[1]
