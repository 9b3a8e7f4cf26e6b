"""Doors to the colours of a variant: held against its look, and taken into it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given, whole
from projects.api.acts import Action
from projects.api.doors import One
from projects.api.script_serializers import BibleShown
from projects.models import StyleBibleVersion
from projects.services.bibles import bible_take_colours
from renders.models import Variant
from renders.readings.rows import variant_for
from renders.services.palettes import variant_palette


class PairShown(serializers.Serializer[Any]):
    """A main colour of the picture and the look's colour nearest to it; skin is held against the skin tones."""

    colour = serializers.CharField()
    name = serializers.CharField()
    share = serializers.FloatField(help_text="Of the picture, 0 to 1.")
    nearest = serializers.CharField()
    nearest_name = serializers.CharField()
    delta_e_2000 = serializers.FloatField()
    words = serializers.CharField()
    is_skin = serializers.BooleanField()


@extend_schema_serializer(
    examples=example(
        {"colours": [{"colour": "#12203A", "name": "ink", "share": 0.62, "nearest": "#101B33",
                      "nearest_name": "ink", "delta_e_2000": 1.8, "words": "all but the same",
                      "is_skin": False}],
         "mean_delta_e_2000": 1.8, "skin_delta_e_2000": None,
         "sentence": "Its colours lie ΔE 1.8 from the look's: all but the same."}
    )
)  # fmt: skip
class PaletteShown(serializers.Serializer[Any]):
    """The main colours of a picture against the look its shot has today; means are by share, CIEDE2000."""

    colours = PairShown(many=True)
    mean_delta_e_2000 = serializers.FloatField(allow_null=True)
    skin_delta_e_2000 = serializers.FloatField(allow_null=True)
    sentence = serializers.CharField()


@extend_schema_serializer(
    examples=example({"colours": {"#12203A": "palette", "#C08055": "#C68A5E"}, "version": 2})
)
class ColoursGiven(Given):
    """For each colour where it goes: `palette`, `skin`, or the colour of the look whose place it takes."""

    colours = serializers.DictField(child=serializers.CharField(max_length=20))
    version = whole(least=1, required=False)


class VariantPalette(One):
    """A variant's colours held against its look."""

    noun, shows, find = "variant_palettes", PaletteShown, staticmethod(variant_for)

    def shown(self, row: Variant) -> Any:
        """Return the report."""
        return self.shows(variant_palette(row).to_document()).data


class TakeColours(Action):
    """Take colours of a variant into the look: the answer is its new version."""

    noun, verb, find = "variants", "take_colours", staticmethod(variant_for)
    right, accepts, shows = "approve", ColoursGiven, BibleShown

    def act(self, row: Variant, values: dict[str, Any]) -> StyleBibleVersion:
        """Publish it."""
        return bible_take_colours(
            user=self.request.user,
            project=row.shot.scene.episode.project,
            takes=values["colours"],
            version=values.get("version"),
            source=f"variant {row.number} of {row.shot.code}",
        )
