# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a prop lies in a set, and putting it there: on the bench, a table, the ground, a doorstep."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Matrix

from renders.stage_worker.clearance import Hit
from renders.stage_worker.framing import heading
from renders.stage_worker.props import PROPS
from renders.stage_worker.props.look import Look
from renders.stage_worker.propwish import PropWish
from renders.stage_worker.sets.build import lathe
from renders.stage_worker.sets.materials import wood


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a little over a surface (metres) and the side the camera looks from, degrees from -y to +x."""

    place: tuple[float, float, float]
    front_degrees: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A prop in the room: the points the camera frames (N × 3, metres), the side it is seen from, elevation in degrees."""

    points: np.ndarray
    front: np.ndarray
    elevation: float


SPOTS: dict[str, dict[str, Spot]] = {
    "courtroom": {
        "bench": Spot((0.75, 3.42, 1.6), 28.0),
        "table": Spot((1.75, -1.05, 1.1), 8.0),
        "ground": Spot((0.1, 0.3, 0.5), 10.0),
    },
    "office": {"table": Spot((-0.02, 0.80, 1.1), 6.0), "ground": Spot((0.1, -1.1, 0.5), 12.0)},
    "living room": {
        "table": Spot((-0.06, 0.34, 0.8), -50.0),
        "ground": Spot((0.2, -0.6, 0.5), -40.0),
    },
    "street": {"ground": Spot((-1.1, -1.4, 0.5), 6.0), "doorway": Spot((4.80, 1.62, 0.9), -38.0)},
    "forest": {"ground": Spot((0.3, -0.4, 0.6), 15.0)},
    "studio": {"table": Spot((0.0, 0.0, 1.4), 0.0), "ground": Spot((0.0, 0.0, 0.5), 0.0)},
}
"""Places in the stage's own sets. House choice: where the view behind the prop is deep."""


LAID_OUT: dict[str, tuple[tuple[str, tuple[float, float, float]], ...]] = {
    "courtroom": (("gavel", (0.75, 3.42, 1.22)),),
}
"""Props that lie in a set in every shot, and where (metres)."""


def spot_for(wish: PropWish, set_name: str) -> Spot:
    """Return the place of a prop: the bench for a gavel, the ground for what stands on it, else as asked or nearest."""
    spots = SPOTS[set_name]
    if PROPS[wish.name].on == "floor":
        return spots["ground"]
    if wish.name == "gavel" and "bench" in spots:
        return spots["bench"]
    return spots.get(wish.where) or spots.get("table") or spots["ground"]


def put_prop(wish: PropWish, set_name: str, hit: Hit) -> Placed:
    """Build a prop on its place in a set that stands."""
    spot, prop = spot_for(wish, set_name), PROPS[wish.name]
    place = np.array(spot.place)
    if set_name == "studio" and place[2] > 1.0:
        place[2] = _plinth()
    else:
        below = hit(place, np.array([0.0, 0.0, -1.0]), 3.0)
        place[2] -= below if below is not None else place[2]
    lie = Matrix.Translation(place.tolist()) @ Matrix.Rotation(
        np.radians(spot.front_degrees + prop.turn), 4, "Z"
    )
    made = _built(wish.name, Look(wish.colour, wish.lit), lie)
    front = heading(np.array([0.0, -1.0, 0.0]), spot.front_degrees)
    return Placed(_points(made, prop.part, np.array(lie)), front, prop.elevation)


def lay_out(set_name: str, *, without: str) -> None:
    """Put what always lies in a set, but for the prop that the shot puts there itself."""
    for name, place in LAID_OUT.get(set_name, ()):
        if name != without:
            _built(name, Look(), Matrix.Translation(place))


def _built(name: str, look: Look, lie: Matrix) -> list[bpy.types.Object]:
    before = set(bpy.context.scene.objects)
    PROPS[name].build(look)
    bpy.context.view_layer.update()
    made = [thing for thing in bpy.context.scene.objects if thing not in before]
    for thing in made:
        thing.matrix_world = lie @ thing.matrix_world
    bpy.context.view_layer.update()
    return made


def _points(things: list[bpy.types.Object], part: object, lie: np.ndarray) -> np.ndarray:
    if part is not None:
        low, high = part
        corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])  # fmt: skip
        return np.asarray(corners @ lie[:3, :3].T + lie[:3, 3])
    return np.concatenate([
        np.array([list(thing.matrix_world @ vertex.co) for vertex in thing.data.vertices])
        for thing in things if thing.type == "MESH"
    ])  # fmt: skip


def _plinth() -> float:
    """Put a round table into the empty studio and return its height."""
    oak = wood("#4A2E1C", along="x", roughness=0.28)
    lathe("plinth", [(0.0, 0.86), (0.62, 0.86), (0.64, 0.875), (0.62, 0.90), (0.0, 0.90)], (0, 0, 0), oak, sectors=96)  # fmt: skip
    lathe("foot", [(0.30, 0.0), (0.28, 0.03), (0.06, 0.06), (0.06, 0.86)], (0, 0, 0), oak)
    return 0.90
