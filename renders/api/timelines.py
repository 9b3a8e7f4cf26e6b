"""Doors to a cut's timeline: OTIO and edit lists out, edits and lists of other desks in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from projects.api.acts import Action
from renders.api.cameras import MotionGiven, motion_from
from renders.api.files import File
from renders.api.film_serializers import CutShown
from renders.engine.motion.easing import CURVES
from renders.engine.transitions.registry import TRANSITION_KINDS
from renders.models import Cut
from renders.readings.rows import cut_for
from renders.services.interchange import MOST_BYTES, cut_bring
from renders.services.recuts import ClipEdit, cut_edit
from renders.web import timeline as pages

MOST_CLIPS = 5_000


class ClipGiven(Given):
    """A shot of the cut; what is not given stays as it is."""

    shot_code = serializers.CharField(max_length=64)
    duration_frames = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False)
    transition_in = serializers.ChoiceField(choices=TRANSITION_KINDS, required=False)
    transition_in_frames = serializers.IntegerField(min_value=0, max_value=10_000, required=False)
    transition_curve = serializers.ChoiceField(choices=["", *CURVES], required=False)
    move = serializers.CharField(max_length=24, required=False)
    motion = MotionGiven(required=False)


@extend_schema_serializer(
    examples=example(
        {"clips": [{"shot_code": "s01_020"},
                   {"shot_code": "s01_010", "duration_frames": 48,
                    "transition_in": "crossfade", "transition_in_frames": 12}]}
    )
)  # fmt: skip
class EditGiven(Given):
    """All shots of the cut in their new order."""

    clips = ClipGiven(many=True, allow_empty=False, max_length=MOST_CLIPS)


@extend_schema_serializer(
    examples=example({"name": "conform.edl", "content": "TITLE: CONFORM\n001  …"})
)
class ListGiven(Given):
    """An OTIO document or a CMX3600 edit list as text."""

    name = serializers.CharField(max_length=200, default="list.edl")
    content = serializers.CharField(max_length=MOST_BYTES, trim_whitespace=False)


def edits_given(clips: Sequence[dict[str, Any]]) -> list[ClipEdit]:
    """Return checked values as edits."""
    return [
        ClipEdit(**{**clip, "motion": motion_from(clip["motion"]) if "motion" in clip else None})
        for clip in clips
    ]


class EditCut(Action):
    """Order, trim, join and move the shots of the newest cut; the answer is its next version."""

    noun, verb, find, status = "cuts", "edit", staticmethod(cut_for), 201
    accepts, shows = EditGiven, CutShown

    def act(self, row: Cut, values: dict[str, Any]) -> Cut:
        """Store it."""
        return cut_edit(user=self.request.user, cut=row, edits=edits_given(values["clips"]))


class BringList(Action):
    """Order and trim the newest cut as an OTIO document or an edit list says; the answer is its next version."""

    noun, verb, find, status = "cuts", "bring", staticmethod(cut_for), 201
    accepts, shows = ListGiven, CutShown

    def act(self, row: Cut, values: dict[str, Any]) -> Cut:
        """Store it."""
        content, name = values["content"].encode(), values["name"]
        return cut_bring(user=self.request.user, cut=row, content=content, name=name).cut


class Made(File):
    """A file that is made when it is asked for."""

    file: ClassVar[str] = "otio"

    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Send it."""
        cut = self.found("view")
        request._request.user = request.user
        return pages.timeline_file(request._request, cut.pk, type(self).file)


class CutTimeline(Made):
    """The cut as OpenTimelineIO JSON."""

    noun, verb, find, kind = "cuts", "timeline", staticmethod(cut_for), "application/vnd.otio+json"


class CutEditLists(Made):
    """The cut's CMX3600 edit lists, one a track, in a zip."""

    noun, verb, find, kind = "cuts", "edit_lists", staticmethod(cut_for), "application/zip"
    file = "zip"
