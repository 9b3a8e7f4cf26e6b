# SPDX-License-Identifier: GPL-3.0-or-later
"""From a brief to a Blender scene: set, people, camera, light."""

from __future__ import annotations

import contextlib
import ctypes
from dataclasses import dataclass, replace

import bpy
import numpy as np

from apexsite.kit.errors import InputError, listed
from characters.engine.human.cast import Skin
from characters.engine.human.expressions import emotion_weights
from characters.engine.human.figure import Figure, face_landmarks, figure
from renders.stage_worker.brief import Player, StageBrief
from renders.stage_worker.camera import View, put_camera
from renders.stage_worker.clearance import Hit, cleared
from renders.stage_worker.framing import Framed, Subject, lens_for, subject_of
from renders.stage_worker.inserts import from_above, hide_rims, prop_view
from renders.stage_worker.lighting import dim_practicals, light, mood_named, set_world
from renders.stage_worker.obstacles import set_obstacles
from renders.stage_worker.person import build_person
from renders.stage_worker.picture import set_render
from renders.stage_worker.placing import lay_out, put_prop
from renders.stage_worker.sets import SETS, nearest_set
from renders.stage_worker.shading import linear
from renders.stage_worker.together import TOGETHER, framed_all

Point = tuple[float, float, float]

NOBODY = Subject(
    eyes=np.array([0.0, 0.0, 1.62]),
    crown=np.array([0.0, 0.0, 1.74]),
    chin=np.array([0.0, 0.0, 1.51]),
    facing=np.array([0.0, -1.0, 0.0]),
)
"""An empty set is framed as if a person of common height stood in its middle."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, for the picture's record."""

    set_name: str
    people: tuple[Figure, ...]
    view: View


def clear() -> None:
    """Empty Blender for the next job, and give the memory back to the machine where the C library can."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def build_scene(brief: StageBrief) -> Built:
    """Build everything a brief asks for."""
    clear()
    mood = mood_named(brief.mood)
    name = nearest_set(brief.set_name)
    set_world(mood.world)
    SETS[name].build(brief.time_of_day)
    dim_practicals(mood.practicals * brief.light)
    hit = set_obstacles()
    lay_out(name, without=brief.prop.name if brief.prop else "")
    people = tuple(_people(brief, hit))
    for number, (player, person) in enumerate(zip(brief.players, people, strict=True), start=1):
        build_person(
            player.body, person, index=number, quality=brief.quality, seed=brief.seed + number
        )
    placed = put_prop(brief.prop, name, hit) if brief.prop else None
    view = _view(brief, people, hit) if placed is None else prop_view(brief, placed, hit)
    put_camera(view, width=brief.width, height=brief.height)
    if not view.clear:
        _open_walls(np.array(view.place))
    lead = np.array(view.focus)
    dark = bool(people) and max(linear(brief.players[brief.subject].body.hair.colour)[:3]) < 0.05
    skin = brief.players[brief.subject].body.skin if people else Skin()
    tone = linear(skin.colour)
    skin_light = 0.2126 * tone[0] + 0.7152 * tone[1] + 0.0722 * tone[2]
    light(
        mood if placed is None else from_above(mood),
        head=lead,
        camera=np.array(view.place),
        hair_is_dark=dark,
        skin_light=skin_light,
        share=SETS[name].lamp_share(brief.time_of_day) * brief.light,
        frame_height_m=view.frame_height_m,
    )
    if placed is not None and brief.prop and brief.prop.name != "raindrop":
        hide_rims(placed, np.array(view.place))
    set_render(
        brief.quality,
        width=brief.width,
        height=brief.height,
        seed=brief.seed,
        exposure=mood.exposure,
        contrast=mood.contrast,
        keep=bool({"depth", "masks", "normal"} & set(brief.outputs)),
    )
    return Built(name, people, view)


def _people(brief: StageBrief, hit: Hit) -> list[Figure]:
    """Return the figures; looks at each other are taken from where the heads are before anybody looks."""
    straight = [_figure(player, look=None) for player in brief.players]
    looks = [_look(brief, index, straight, hit) for index in range(len(straight))]
    return [
        _figure(player, look=look) if look is not None else person
        for player, person, look in zip(brief.players, straight, looks, strict=True)
    ]


def _figure(player: Player, *, look: Point | None) -> Figure:
    return figure(
        player.body,
        pose=player.pose,
        expression=emotion_weights(player.expression, amount=player.amount),
        place=player.place,
        facing_degrees=player.facing_degrees,
        look=look,
    )


def _look(brief: StageBrief, index: int, people: list[Figure], hit: Hit) -> Point | None:
    wanted = brief.players[index].look_at
    if wanted is None or not isinstance(wanted, str):
        return wanted
    if wanted == "camera":
        return _view(brief, tuple(people), hit).place
    keys = [player.key for player in brief.players]
    if wanted not in keys:
        raise InputError(f"look_at={wanted!r} is not in the shot; valid: camera, {listed(keys)}")
    x, y, z = face_landmarks(people[keys.index(wanted)])["eyes"]
    return (float(x), float(y), float(z))


def _view(brief: StageBrief, people: tuple[Figure, ...], hit: Hit) -> View:
    order = [brief.subject, *(i for i in range(len(people)) if i != brief.subject)]
    subjects = [
        subject_of(face_landmarks(people[i]), brief.players[i].facing_degrees, _hands(people[i]))
        for i in (order if people else ())
    ] or [NOBODY]
    shot, size = brief.shot, {"width": brief.width, "height": brief.height}
    past = shot.coverage in ("ots", "pov") and len(people) > 1

    def make(aside: float) -> Framed:
        return framed_all(shot, subjects, aside_degrees=aside, **size)

    def reframe(aside: float, lens_mm: float) -> Framed:
        return framed_all(replace(shot, lens_mm=lens_mm), subjects, aside_degrees=aside, **size)

    together = shot.coverage in TOGETHER and len(people) > 1
    lens = lens_for(make(0.0), **size) if past else shot.lens_mm
    alone = shot.coverage in ("single", "insert")
    others = [s.eyes for s in subjects[1:]] if alone else []
    found = cleared(
        make, lens_mm=lens, hit=hit, people=others, fixed=past, line_degrees=shot.line_degrees,
        reframe=reframe if together else None,
    )  # fmt: skip
    at = found.framed
    return View(
        place=tuple(map(float, at.place)),
        aim=tuple(map(float, at.aim)),
        lens_mm=float(found.lens_mm),
        f_stop=shot.f_stop,
        focus=tuple(map(float, at.focus)),
        roll_degrees=at.roll_degrees,
        shift_y=at.shift_y,
        frame_height_m=at.frame_height_m,
        aside_degrees=found.aside_degrees,
        clear=found.clear,
    )


def _hands(person: Figure) -> np.ndarray:
    """Return the middles of the left and right hand."""
    return np.array(
        [
            (person.bone(f"wrist.{side}") + 2 * person.bone(f"finger3-1.{side}")) / 3
            for side in ("L", "R")
        ]
    )


def _open_walls(camera: np.ndarray) -> None:
    """Take away the walls between the camera and the middle of the set, and what stands or hangs at them."""
    things = list(bpy.context.scene.objects)
    for wall in [thing for thing in things if thing.get("wild")]:
        size = np.array(wall.dimensions)
        axis = int(size[:2].argmin())
        place = float(wall.location[axis])
        inner = place - np.sign(place) * (size[axis] / 2 + 0.25)
        if (camera[axis] - inner) * np.sign(place) <= 0:
            continue
        for thing in things:
            at_it = (thing.location[axis] - inner) * np.sign(place) > -0.45
            if thing is wall or (
                at_it and thing.type == "MESH" and not thing.pass_index and not thing.get("wild")
            ):
                thing.visible_camera = thing.visible_shadow = False
                thing.visible_diffuse = thing.visible_glossy = False
