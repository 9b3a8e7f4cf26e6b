"""What of a picture is seen: a window of the film's shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """What of the picture is seen. Centre in [0, 1] of the largest rectangle of the film's shape; zoom 1 shows it all."""

    centre_x: float
    centre_y: float
    zoom: float


WHOLE = Window(0.5, 0.5, 1.0)


def kept_inside(centre_x: float, centre_y: float, zoom: float) -> Window:
    """Return the window of a zoom of 1 or more that lies nearest to a centre and on the picture."""
    half = 0.5 / zoom
    return Window(min(max(centre_x, half), 1.0 - half), min(max(centre_y, half), 1.0 - half), zoom)
