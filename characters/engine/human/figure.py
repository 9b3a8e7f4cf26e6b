"""One person ready for the stage: shaped, expressed, posed, facing, feet on the floor, with landmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.expressions import added, gaze_weights
from characters.engine.human.gaze import look_at
from characters.engine.human.poses import pose as strike
from characters.engine.human.rig import Rig
from characters.engine.human.shape import RestBody, express, rest_body
from characters.engine.human.skinning import axis_rotation, skin
from characters.engine.human.tables import Floats, people_tables
from characters.engine.human.topology import topology

BODY_COUNT = 13380

SKIRTS = ("robe", "dress", "evening_dress")
"""Outfits whose wearers sit with their knees together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A person in the room: `rest` is the shaped body at rest (face expressed), `vertices` the posed one, metres.

    `turned` and `heads` are rotation and head of each bone in the room, `scale` what height asked for.
    """

    rest: RestBody
    vertices: Floats
    heads: Floats
    turned: Floats
    scale: float

    def bone(self, name: str) -> Floats:
        """Return where a bone begins in the room."""
        return np.asarray(self.heads[people_tables().bone(name)], np.float32)

    def carried(self, points: Floats, bone: str) -> Floats:
        """Return points given at rest, moved rigidly with one bone into the room."""
        i = people_tables().bone(bone)
        return np.asarray(
            (points - self.rest.joints[i]) @ self.turned[i].T + self.heads[i], np.float32
        )


def scaled_to_height(body: RestBody, height_cm: float) -> tuple[RestBody, float]:
    """Return the body scaled evenly to a standing height (crown to sole)."""
    skin_only = body.vertices[:BODY_COUNT, 2]
    scale = height_cm / 100.0 / float(skin_only.max() - skin_only.min())
    return RestBody(
        vertices=body.vertices * np.float32(scale), joints=body.joints * np.float32(scale)
    ), scale


def figure(
    cast: BodyCast,
    *,
    pose: str = "stand",
    expression: Mapping[str, float] | None = None,
    place: tuple[float, float, float] = (0.0, 0.0, 0.0),
    facing_degrees: float = 0.0,
    look: tuple[float, float, float] | None = None,
) -> Figure:
    """Return a person posed at `place` (x, y, floor z), facing -y turned by `facing_degrees` to the left.

    `expression` holds ARKit weights; `look` is a point of the room for neck, head, eyes and lids to follow.
    The lowest point of the body touches the floor. Raises `InputError` for names not known.
    """
    tables = people_tables()
    plain = rest_body(cast.phenotype, tables=tables, changes=cast.changes)
    body, scale = scaled_to_height(plain, cast.height_cm)
    rig = Rig(body, tables)
    strike(rig, pose, in_skirt=cast.wardrobe.outfit in SKIRTS)
    about = axis_rotation((0, 0, 1), facing_degrees)
    floor = float(skin(body, rig.rotations, tables=tables)[0][:BODY_COUNT, 2].min())
    shift = np.array([place[0], place[1], place[2] - floor])
    weights = dict(expression or {})
    if look is not None:
        gaze = look_at(rig, about.T @ (np.array(look) - shift))
        weights = added(weights, gaze_weights(gaze.eye_yaw, gaze.eye_pitch))
    vertices = plain.vertices.copy()
    express(vertices, weights, tables=tables)
    body = RestBody(np.asarray(vertices * np.float32(scale), np.float32), body.joints)
    posed, heads, turned = skin(body, rig.rotations, tables=tables)
    turn, moved = about.astype(np.float32), shift.astype(np.float32)
    return Figure(body, posed @ turn.T + moved, heads @ turn.T + moved, turn @ turned, scale)


def face_landmarks(person: Figure) -> dict[str, Floats]:
    """Return crown, chin, eye centres and the point between them, in the room, metres."""
    skin_part = person.vertices[:BODY_COUNT]
    template = people_tables().template[:BODY_COUNT]
    lips = topology().masks["lips"][:BODY_COUNT] > 0.5
    front = (np.abs(template[:, 0]) < 0.01) & (template[:, 1] < -0.12)
    chin = front & (template[:, 2] < 0.66) & (template[:, 2] > 0.60)
    left, right = person.bone("eye.L"), person.bone("eye.R")
    head = template[:, 2] > 0.75
    up = person.turned[people_tables().bone("head")] @ np.array([0, 0, 1], np.float32)
    crown = skin_part[head][(skin_part[head] @ up).argmax()]
    low = skin_part[chin][(skin_part[chin] @ up).argmin()]
    return {
        "crown": crown,
        "chin": low,
        "mouth": np.asarray(skin_part[lips].mean(axis=0), np.float32),
        "eye_left": left,
        "eye_right": right,
        "eyes": np.asarray((left + right) / 2, np.float32),
    }
