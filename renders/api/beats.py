"""Doors to how a cut lies on its beats, and to cutting on them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from apexsite.kit.errors import InputError
from projects import access
from projects.api.acts import Action
from projects.api.doors import One
from projects.api.serializers import UUID
from projects.models import Episode
from renders.api.films import built
from renders.models import Cut, Tier
from renders.readings.beats import beats_of_cut
from renders.readings.rows import cut_for
from renders.services.musicplans import FACTORS, MOST_OFFSET_MS, BeatWish
from renders.services.speaking import cut_order


class CutMoved(serializers.Serializer[Any]):
    """A cut into a shot: how far it went to its beat, and how far from the nearest one it lies now."""

    shot_code = serializers.CharField()
    frame = serializers.IntegerField()
    moved_frames = serializers.IntegerField()
    residual_frames = serializers.FloatField()


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "episode": UUID, "version": 2, "tier": "storyboard", "duration_frames": 1440,
         "tempo_bpm": 100.0, "confidence": 1.0, "is_known": True, "tempo_factor": 1.0,
         "beats": 96, "cuts": 1, "on_beat": 1,
         "moves": [{"shot_code": "s01_020", "frame": 86, "moved_frames": -7,
                    "residual_frames": 0.0}]}
    )
)  # fmt: skip
class BeatsShown(serializers.Serializer[Cut]):
    """A cut on its beats. `is_known`: Apex's own music, whose beats are exact; else they were found in a file."""

    id = serializers.UUIDField()
    episode = serializers.UUIDField(source="episode_id")
    version = serializers.IntegerField()
    tier = serializers.CharField()
    duration_frames = serializers.IntegerField()
    tempo_bpm = serializers.FloatField(read_only=True)
    confidence = serializers.FloatField(read_only=True)
    is_known = serializers.BooleanField(read_only=True)
    tempo_factor = serializers.FloatField(read_only=True)
    beats = serializers.IntegerField(read_only=True)
    cuts = serializers.IntegerField(read_only=True)
    on_beat = serializers.IntegerField(read_only=True)
    moves = CutMoved(many=True, read_only=True)

    def to_representation(self, cut: Cut) -> dict[str, Any]:
        """Return the cut with its reading; raises `InputError` for one without a timeline."""
        reading = beats_of_cut(cut)
        if reading is None:
            raise InputError(f"cut {cut.version} was stored without a timeline")
        own = ("tempo_bpm", "confidence", "is_known", "tempo_factor", "beats", "on_beat")
        return {
            "id": str(cut.pk),
            "episode": str(cut.episode_id),
            **{name: getattr(cut, name) for name in ("version", "tier", "duration_frames")},
            **{name: getattr(reading, name) for name in own},
            "cuts": len(reading.moves),
            "moves": CutMoved(reading.moves, many=True).data,
        }


@extend_schema_serializer(examples=example({"tempo": "half", "offset_ms": 40}))
class BeatsGiven(Given):
    """The pulse to cut on: every second beat, two for one, or as tracked; and all of them later or earlier."""

    tier = serializers.ChoiceField(choices=Tier.choices, default=Tier.STORYBOARD)
    tempo = serializers.ChoiceField(choices=["", *FACTORS], default="", allow_blank=True)
    offset_ms = serializers.IntegerField(
        min_value=-MOST_OFFSET_MS, max_value=MOST_OFFSET_MS, default=0
    )
    waive_stale = serializers.CharField(max_length=400, default="", allow_blank=True)


class CutOnBeat(Action):
    """Build a film's cut on its beats; the answer says how far each cut moved. The same again is the cut there is."""

    noun, verb, find, status = "episodes", "cut_on_beat", staticmethod(access.episode_for), 201
    accepts, shows = BeatsGiven, BeatsShown
    # The job that speaks the lines is kept though the answer is no.
    is_one_transaction = False

    def act(self, row: Episode, values: dict[str, Any]) -> Cut:
        """Build it."""
        wish = BeatWish(tempo=values["tempo"], offset_ms=values["offset_ms"])
        return built(
            cut_order(
                user=self.request.user,
                episode=row,
                tier=values["tier"],
                waive_stale=values["waive_stale"],
                beats=wish,
            )
        )


class CutBeats(One):
    """How a cut lies on its beats."""

    noun, shows, find = "cut_beats", BeatsShown, staticmethod(cut_for)
