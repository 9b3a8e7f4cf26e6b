"""Doors to how a shot of a cut moves: keys, shutter, depth; and to how a cut lies on its beats."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from projects.api.acts import Action
from renders.api.film_serializers import CutShown
from renders.engine.motion.easing import CURVES
from renders.engine.motion.keyframes import MOST_ZOOM, Key
from renders.engine.motion.spec import RANGES
from renders.models import Cut
from renders.readings.rows import cut_for
from renders.services.cameras import camera_edit
from renders.services.motionedits import MotionEdit

MOST_KEYS = 200


def _number(name: str, **more: Any) -> serializers.FloatField:
    least, most = RANGES[name]
    return serializers.FloatField(min_value=least, max_value=most, required=False, **more)


class KeyGiven(Given):
    """Where the window is at a frame of the shot, and by which curve it goes on from there."""

    frame = serializers.IntegerField(min_value=0, max_value=1_000_000)
    zoom = serializers.FloatField(min_value=1.0, max_value=MOST_ZOOM, default=1.0)
    x = serializers.FloatField(min_value=0.0, max_value=1.0, default=0.5)
    y = serializers.FloatField(min_value=0.0, max_value=1.0, default=0.5)
    curve = serializers.ChoiceField(choices=list(CURVES), default="sine")


class MotionGiven(Given):
    """How the camera moves; what is not given stays as it is, an empty list of keys gives the named move back."""

    keys = KeyGiven(many=True, required=False, max_length=MOST_KEYS)
    curve = serializers.ChoiceField(choices=["", *CURVES], required=False)
    amount = _number("amount", help_text="How much of the named move is made; 1 is usual.")
    shutter_degrees = _number("shutter_degrees", help_text="180 is a film camera's; 0 is sharp.")
    depth = serializers.BooleanField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Move near things past far ones, by the depth pass of the approved picture.",
    )
    parallax = _number("parallax", help_text="How far things move apart; 0.5 is usual.")
    focus = _number("focus", help_text="What stays sharp and in place: 0 is farthest, 1 nearest.")
    aperture = _number("aperture", help_text="Blur of what is off focus.")


def motion_from(values: dict[str, Any]) -> MotionEdit:
    """Return checked values as an edit."""
    given = dict(values)
    keys = given.pop("keys", None)
    if keys is not None:
        given["keys"] = tuple(
            Key(key["frame"], key["x"], key["y"], key["zoom"], key["curve"]) for key in keys
        )
    return MotionEdit(is_deep=given.pop("depth", None), **given)


@extend_schema_serializer(
    examples=example(
        {"shot_code": "s01_020", "move": "truck_left",
         "motion": {"keys": [{"frame": 0}, {"frame": 47, "zoom": 1.4, "x": 0.6, "y": 0.4}],
                    "shutter_degrees": 180, "depth": True, "parallax": 0.6}}
    )
)  # fmt: skip
class CameraGiven(Given):
    """One shot's camera."""

    shot_code = serializers.CharField(max_length=64)
    move = serializers.CharField(max_length=24, required=False)
    motion = MotionGiven(required=False)


class MoveCamera(Action):
    """Move the camera of one shot of the newest cut otherwise; the answer is its next version."""

    noun, verb, find, status = "cuts", "move_camera", staticmethod(cut_for), 201
    accepts, shows = CameraGiven, CutShown

    def act(self, row: Cut, values: dict[str, Any]) -> Cut:
        """Store it."""
        return camera_edit(
            user=self.request.user,
            cut=row,
            shot_code=values["shot_code"],
            move=values.get("move"),
            motion=motion_from(values.get("motion", {})),
        )
