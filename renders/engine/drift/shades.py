"""Light and shade of a palette's colours: a paint in shadow is darker and holds less chroma, and is still that paint."""

from __future__ import annotations

import numpy as np

from apexsite.kit.colour import Doubles, delta_e_2000
from renders.engine.scoring.palette import main_colours

FOLLOWS = 2 / 3
"""Share of the difference in lightness that a shade follows: lightness counts a third. House choice, as in scoring."""


def shades(light: Doubles, wanted: Doubles) -> Doubles:
    """Return the wanted colours (n, 3) in the light of each L* (…): CIELAB (…, n, 3).

    Darker than the paint its chroma falls with L*, lighter with 100 − L*: both ends of lightness have none.
    Source: scaling linear light scales L*, a*, b* nearly alike (CIE 15:2018, 8.2.1, away from black).
    """
    own = wanted[:, 0]
    moved = own + FOLLOWS * (light[..., None] - own)
    darker = moved / np.maximum(own, 1.0)
    lighter = (100.0 - moved) / np.maximum(100.0 - own, 1.0)
    kept = np.clip(np.minimum(darker, lighter), 0.0, 1.0)
    return np.stack([moved, wanted[:, 1] * kept, wanted[:, 2] * kept], axis=-1)


def shaded_distance(lab: Doubles, wanted: Doubles) -> float:
    """Return the mean CIEDE2000 of the main colours of an H×W×3 CIELAB picture to the nearest shade of a wanted one."""
    centres, shares = main_colours(lab)
    near = delta_e_2000(centres[:, None, :], shades(centres[:, 0], wanted)).min(axis=1)
    return float((near * shares).sum())
