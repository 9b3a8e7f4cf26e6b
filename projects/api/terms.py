"""The names a look may use, from outside."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from apexsite.base.api.schema import example
from apexsite.base.api.versions import answer_with_etag
from projects.api.doors import Door
from projects.api.script_serializers import Object
from projects.engine.terms import TERMS
from projects.readings.terms import terms_now

TERM = {
    "table": "directors",
    "key": "wes_anderson",
    "title": "Wes Anderson",
    "words": "in the style of Wes Anderson, symmetrical composition, vibrant pastels, whimsical details",
    "negative": "",
    "asks": {"composition_rule": "symmetry", "warmth": 6},
    "source": "words: the product brief",
    "is_built_in": True,
}


@extend_schema_serializer(examples=example(TERM))
class TermShown(serializers.Serializer[Any]):
    """A name a look may use: its words for prompts, what it asks of a picture, and where both come from."""

    table = serializers.CharField()
    key = serializers.CharField()
    title = serializers.CharField()
    words = serializers.CharField()
    negative = serializers.CharField()
    asks = Object()
    source = serializers.CharField()
    is_built_in = serializers.BooleanField(help_text="False for a row of the site's own.")


class LookTerms(Door):
    """Names a look may use: genres, directors, lenses, lights and the like, the site's own among them."""

    @extend_schema(
        operation_id="look_terms_list", tags=["style_bibles"], responses=TermShown(many=True)
    )
    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Return all of them, table by table, with their ETag."""
        rows = [
            {
                "table": table,
                "key": term.key,
                "title": term.title,
                "words": term.words,
                "negative": term.negative,
                "asks": dict(term.asks),
                "source": term.source,
                "is_built_in": TERMS[table].get(term.key) == term,
            }
            for table, terms in terms_now().items()
            for term in terms.values()
        ]
        return answer_with_etag(request, TermShown(rows, many=True).data)
