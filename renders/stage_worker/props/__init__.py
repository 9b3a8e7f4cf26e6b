# SPDX-License-Identifier: GPL-3.0-or-later
"""Things an insert shows, by name: how each is built, where it lies, and how the camera looks at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from renders.stage_worker.props import machines, papers, smalls, vessels, water, wooden
from renders.stage_worker.props.look import Look

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Prop:
    """`turn` is how it lies from the camera's line; `part` is the box (low, high) framed, all of it where not given.

    `on` is "table", or "floor" for what stands on the ground by itself.
    """

    build: Callable[[Look], None]
    turn: float = 20.0
    elevation: float = 26.0
    on: str = "table"
    part: tuple[Point, Point] | None = None


PROPS: dict[str, Prop] = {
    "gavel": Prop(wooden.gavel, 20.0, 22.0, "table", ((-0.095, -0.09, 0.0), (0.09, 0.09, 0.085))),
    "box": Prop(wooden.keepsake_box, turn=28.0),
    "recorder": Prop(machines.recorder, turn=24.0, elevation=34.0),
    "phone": Prop(machines.phone, turn=28.0, elevation=42.0),
    "clock": Prop(machines.clock, turn=22.0, elevation=10.0),
    "watch": Prop(machines.watch, 58.0, 40.0, "table", ((-0.03, -0.055, 0.0), (0.03, 0.055, 0.01))),
    "lamp": Prop(machines.desk_lamp, elevation=8.0),
    "glasses": Prop(machines.spectacles, turn=26.0, elevation=22.0),
    "letter": Prop(papers.letter, turn=16.0, elevation=50.0),
    "envelope": Prop(papers.envelope, turn=18.0, elevation=46.0),
    "folder": Prop(papers.folder, turn=24.0, elevation=40.0),
    "photograph": Prop(papers.photograph, turn=14.0, elevation=52.0),
    "book": Prop(papers.book, turn=30.0, elevation=34.0),
    "map": Prop(papers.map_sheet, turn=18.0, elevation=46.0),
    "card": Prop(papers.card, turn=22.0, elevation=44.0),
    "key": Prop(smalls.key, turn=24.0, elevation=36.0),
    "ring": Prop(smalls.ring, turn=10.0, elevation=20.0),
    "knife": Prop(smalls.knife, turn=24.0, elevation=36.0),
    "coin": Prop(smalls.coin, turn=0.0, elevation=34.0),
    "door": Prop(smalls.door_handle, 28.0, 6.0, "floor", ((0.20, -0.06, 0.86), (0.44, 0.0, 1.12))),
    "cup": Prop(vessels.cup, turn=-24.0, elevation=26.0),
    "glass": Prop(vessels.glass, turn=0.0, elevation=12.0),
    "bottle": Prop(vessels.bottle, turn=0.0, elevation=8.0),
    "candle": Prop(vessels.candle, turn=24.0, elevation=12.0),
    "flower": Prop(vessels.flower, turn=16.0, elevation=34.0),
    "hat": Prop(vessels.hat, turn=32.0, elevation=18.0),
    "raindrop": Prop(water.raindrop, 0.0, 20.0, "floor", ((-0.085, -0.085, 0.0), (0.085, 0.085, 0.07))),
}  # fmt: skip
"""House choice. The words that lead to each are the engine's (`renders.engine.stage.props`); a test holds both together."""
