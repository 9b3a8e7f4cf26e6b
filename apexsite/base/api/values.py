"""Serializers that refuse what the rows cannot hold: unknown fields, NUL, lone surrogates, numbers past 32 bits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

MOST = 2**31 - 1
DEEPEST = 24
"""Levels of a JSON document. House choice, far above any document of Apex."""


class Given(serializers.Serializer):
    """What somebody sends: every field is known, everything else is a fault and not silently dropped."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the checked values."""
        if isinstance(data, dict):
            unknown = sorted(set(map(str, data)) - set(self.fields))
            if unknown:
                known = ", ".join(self.fields) or "none"
                raise serializers.ValidationError(
                    {ascii(name)[1:41]: [f"is not known; known: {known}"] for name in unknown}
                )
        return super().to_internal_value(data)


class Document(serializers.JSONField):
    """A JSON object that every database can hold."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the object; raises for NUL, lone surrogates, huge numbers and bottomless depth."""
        value = super().to_internal_value(data)
        if not isinstance(value, dict):
            raise serializers.ValidationError("must be an object")
        _check(value, 0)
        return value


def whole(*, least: int = 0, most: int = MOST, **more: Any) -> serializers.IntegerField:
    """Return a field for a whole number within bounds the rows can hold."""
    return serializers.IntegerField(min_value=least, max_value=most, **more)


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise serializers.ValidationError(f"is nested deeper than {DEEPEST}")
    if isinstance(value, dict):
        for name, inner in value.items():
            _check(name, depth + 1)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise serializers.ValidationError("holds NUL or half a character")
    elif isinstance(value, int | float) and abs(value) > 2**53:
        raise serializers.ValidationError("holds a number beyond 2^53")


def sheet_fields(sheet: Iterable[Any]) -> dict[str, serializers.Field]:
    """Return optional fields for the lines of an engine's sheet (its names, kinds, choices and bounds)."""
    return {line.name: _sheet_field(line) for line in sheet}


def _sheet_field(line: Any) -> serializers.Field:
    if line.kind == "choice":
        choices = [str(choice) for choice in line.choices]
        return serializers.ChoiceField(
            choices=[choice for choice in choices if choice],
            required=False,
            allow_blank="" in choices,
        )
    if line.kind == "number":
        return whole(least=line.least, most=line.longest, required=False)
    if line.kind == "years":
        years = whole(most=line.longest)
        return serializers.ListField(child=years, min_length=2, max_length=2, required=False)
    if line.kind == "colour":
        return serializers.RegexField(r"^#[0-9A-Fa-f]{6}\Z", required=False)
    return serializers.CharField(
        max_length=line.longest, allow_blank=not line.least, required=False
    )
