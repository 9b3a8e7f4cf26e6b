"""One look laid over another by weight: project → scene → shot.

An override says only what differs, and in `weights` how much each field or group of fields counts: 0 changes nothing,
1 (the default) replaces. In between numbers are interpolated, colours mixed in CIELAB place by place, free words kept
as an element with their weight, and what cannot be mixed (a rule, a name in a table, a list of lenses) is taken from
0.5 on. Source: seed S1, "Style Consistency Rules" (`StyleElement.weight`); the mixing rules are house choices.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from apexsite.kit.documents import Document
from projects.engine.bibleschema import SCHEMA, Field, put_at, value_at

ALL = 1.0
HALF = 0.5
NOT_LAID = ("schema", "weights")
"""Keys of an override that say something about it and nothing of the look."""
COLOUR_ELEMENTS = ("colors", "colours", "color_palette", "palette")
LIGHT_ELEMENTS = ("lighting", "light")


def merge_documents(base: Mapping[str, Any], override: Mapping[str, Any]) -> Document:
    """Return `base` with every value of `override` laid over it; objects merge, lists and values replace."""
    merged = copy.deepcopy(dict(base))
    for key, value in override.items():
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = merge_documents(merged[key], value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def weight_of(override: Mapping[str, Any], field: Field) -> float:
    """Return how much an override's word counts for a field: its own weight, its group's, else 1."""
    weights = override.get("weights") or {}
    return float(weights.get(field.name, weights.get(field.path[0], ALL)))


def says(override: Mapping[str, Any], field: Field) -> bool:
    """Say whether an override changes a field at all."""
    return value_at(override, field.path) is not None and weight_of(override, field) > 0


def merge_weighted(base: Mapping[str, Any], override: Mapping[str, Any]) -> Document:
    """Return a complete document with a sound override laid over it by weight; neither is changed."""
    laid = {key: value for key, value in override.items() if key not in NOT_LAID}
    merged = merge_documents(base, laid)
    put_at(merged, ("elements",), copy.deepcopy(list(base.get("elements", ()))))
    for field in SCHEMA:
        value = value_at(override, field.path)
        if value is None:
            continue
        weight = weight_of(override, field)
        if field.kind == "elements":
            merged["elements"] = merge_elements(merged["elements"], value, weight)
            continue
        before = value_at(base, field.path)
        put_at(merged, field.path, copy.deepcopy(_blend(field, before, value, weight)))
        if field.kind == "line" and weight > 0:
            said = [{"name": field.name, "value": value, "weight": weight}] if weight < ALL else []
            rest = [] if value == before else said
            merged["elements"] = _over(merged["elements"], {field.name: weight}) + rest
    return merged


def effective(override: Mapping[str, Any]) -> Document:
    """Return an override without what has no effect: its fields of weight 0. What makes a picture stale is this."""
    kept = copy.deepcopy(dict(override))
    weights = dict(kept.get("weights") or {})
    for field in SCHEMA:
        if value_at(kept, field.path) is not None and weight_of(override, field) == 0:
            _drop(kept, field.path)
    kept["weights"] = {name: weight for name, weight in weights.items() if 0 < weight < ALL}
    if not kept["weights"]:
        del kept["weights"]
    return kept


def merge_elements(
    base: list[dict[str, Any]], laid: list[dict[str, Any]], weight: float = ALL
) -> list[dict[str, Any]]:
    """Return the elements of two layers: one laid over another of its name takes its weight's share from it."""
    come = [{**e, "weight": round(float(e.get("weight", ALL)) * weight, 6)} for e in laid]
    come = [element for element in come if element["weight"] > 0]
    strongest: dict[str, float] = {}
    for element in come:
        strongest[element["name"]] = max(strongest.get(element["name"], 0.0), element["weight"])
    return _over(base, strongest) + come


def _over(base: list[dict[str, Any]], weights: Mapping[str, float]) -> list[dict[str, Any]]:
    left = []
    for element in base:
        share = 1.0 - weights.get(element["name"], 0.0)
        weight = round(float(element.get("weight", ALL)) * share, 6)
        if weight > 0:
            left.append({**element, "weight": weight} if share < 1 else element)
    return left


def _blend(field: Field, before: Any, value: Any, weight: float) -> Any:
    if weight >= ALL or before is None:
        return value
    if weight <= 0:
        return before
    if field.kind == "number":
        return round(float(before) + weight * (float(value) - float(before)), 6)
    if field.kind == "whole":
        return round(before + weight * (value - before))
    if field.kind == "colours":
        return mixed_colours(before, value, weight)
    if field.kind == "line":
        return before
    return value if weight >= HALF else before


def mixed_colours(before: list[str], value: list[str], weight: float) -> list[str]:
    """Return two palettes mixed in CIELAB: first with first, second with second, for the first colour leads.

    Colours without a partner stay as they are: those of the heavier palette (the new one from 0.5 on) are kept.
    """
    from apexsite.kit.colour import hex_of_lab, lab_of_hex

    both = min(len(before), len(value))
    ours, theirs = lab_of_hex(before[:both]), lab_of_hex(value[:both])
    mixed = hex_of_lab(ours + weight * (theirs - ours)) if both else []
    return [*mixed, *(value if weight >= HALF else before)[both:]]


def override_of_style(style: Mapping[str, Any]) -> Document:
    """Return seed S1's `SceneStyle` as an override: its colours and light count by the elements of that name."""
    elements = [{"weight": ALL, **element} for element in style.get("style_elements", ())]
    weights = {}
    for names, group in ((COLOUR_ELEMENTS, "color_palette"), (LIGHT_ELEMENTS, "lighting")):
        found = [float(e["weight"]) for e in elements if e["name"].casefold() in names]
        if found:
            weights[group] = max(found)
    override: Document = {"elements": elements, "weights": weights}
    if style.get("color_palette"):
        override["color_palette"] = {"primary_colors": list(style["color_palette"])}
    setup = dict(style.get("lighting_setup") or {})
    known = {field.path[1] for field in SCHEMA if field.path[0] == "lighting"}
    if setup:
        override["lighting"] = {key: words for key, words in setup.items() if key in known}
        light = weights.get("lighting", ALL)
        override["elements"] += [
            {"name": f"lighting.{key}", "value": words, "weight": light}
            for key, words in setup.items()
            if key not in known and words.strip()
        ]
    return override


def style_of_scene(document: Mapping[str, Any], *, number: int, heading: str) -> Document:
    """Return the override a look's own `scene_styles` holds for a scene, or nothing.

    `scene_id` is the scene's number (`3`, `scene_03`) or its heading, however it is written. The last one counts.
    """
    wanted = {str(number), f"scene_{number}", f"scene_{number:02d}", _plain(heading)}
    for style in reversed(document.get("scene_styles") or []):
        if _plain(str(style["scene_id"])) in wanted:
            return override_of_style(style)
    return {}


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")


def _drop(document: Document, path: tuple[str, ...]) -> None:
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    if len(path) > 1 and not place:
        del document[path[0]]
