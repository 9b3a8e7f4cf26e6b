"""From a picture's request to the stage's brief: a plain document the program reads (`apex.stage/1`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import NotSupported
from apexsite.kit.seeds import seed_mix
from characters.engine.human.cast import BodyCast
from projects.engine.bible import StyleBible
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage, ShotSize
from renders.engine.imaging.base import ImageRequest
from renders.engine.stage.blocking import (
    Blocked,
    blocked,
    camera_bearing,
    mean_facing,
    subject_of,
)
from renders.engine.stage.by_hand import by_hand
from renders.engine.stage.dress import dressed
from renders.engine.stage.line import shoulder_side, single_line, wrapped
from renders.engine.stage.props import prop_of
from renders.engine.stage.words import F_STOPS, light_of

SETS: tuple[tuple[str, str], ...] = (
    ("courtroom", r"court\w*|tribunal|hearing"),
    ("office", r"office|desk|study|bureau|interrogation|newsroom|clinic|laboratory|police station"),
    ("living room", r"living|lounge|home|house|apartment|flat|parlour|kitchen|bedroom|hotel"),
    ("street", r"street|alley|road|city|pavement|avenue|market|harbour|quay|bridge|square"),
    ("forest", r"forest|woods?|clearing|jungle|park|garden|grove|field|meadow"),
    ("studio", r"studio|stage|void|limbo"),
)
"""Words of a place to a set of the stage; others go to the program as they are and get the nearest. House table."""

LONGEST_SIDES: dict[str, int] = {"sketch": 512, "draft": 1024, "good": 1280}
"""The raster the stage draws at, longest side; the picture is then scaled to the one asked for. House choice from the
costs measured (`make bench WHAT=stage`): a draft in ten seconds, a good one within a minute on two cores."""

AZIMUTHS: tuple[float, ...] = (22.0, -24.0, 38.0, 8.0)
"""Where variants look from, degrees off the nose. House choice: three-quarter views first."""

MOST_PEOPLE = 8


def set_of(brief: ShotBrief) -> str:
    """Return the stage's set for a place, or the place's own words when no table knows them."""
    for name, words in SETS:
        if re.search(rf"\b(?:{words})\b", brief.place.lower()):
            return name
    return brief.place.lower() or "studio"


def refuse_unsupported(brief: ShotBrief) -> None:
    """Raise `NotSupported` for what the stage has not: an insert of an unknown thing, more people than it places."""
    prop_of(brief)
    if len(brief.cast) > MOST_PEOPLE:
        raise NotSupported(
            f"cast={len(brief.cast)} people: the stage places {MOST_PEOPLE} at most; crowds are not supported"
        )


def stage_brief(
    request: ImageRequest, bodies: Sequence[BodyCast], *, quality: str, outputs: Sequence[str]
) -> dict[str, Any]:
    """Return the document of a picture, without its folder. Raises `NotSupported` as `refuse_unsupported`."""
    brief = request.brief
    refuse_unsupported(brief)
    set_name = str(request.blocking.get("set") or set_of(brief))
    width, height = raster(request.width, request.height, quality)
    prop = prop_of(brief)
    if prop:  # an insert of a thing shows the thing alone
        request, bodies = replace(request, cast=(), bodies=()), ()
    people = by_hand(
        blocked(brief, request.cast, set_name=set_name, scene=request.scene), request.blocking
    )
    clothed = [
        dressed(brief, person, body, request.scene)
        for person, body in zip(request.cast, bodies, strict=True)
    ]
    document = {
        "schema": "apex.stage/1",
        "players": [
            {
                "key": person.key,
                "body": body.to_document(),
                "place": list(person.place),
                "facing_degrees": round(person.facing_degrees, 2),
                "pose": person.pose,
                "expression": person.expression,
                "look_at": list(person.look_at)
                if isinstance(person.look_at, tuple)
                else person.look_at,
            }
            for person, (body, _) in zip(people, clothed, strict=True)
        ],
        "subject": subject_of(brief, request.cast) if people else 0,
        "shot": _shot(request, people, set_name),
        "set_name": set_name,
        "time_of_day": brief.time_of_day.value,
        "mood": request.blocking.get("mood") or light_of(brief, look=_look_words(request.bible)),
        "quality": quality,
        "width": width,
        "height": height,
        "seed": seed_mix(request.seed, "stage") % 2**31,
        "outputs": list(outputs),
    }
    rules = {p.key: rule for p, (_, rule) in zip(people, clothed, strict=True) if rule}
    if rules:
        document["extra"] = {"clothes": rules}
    return {**document, "prop": prop} if prop else document


def brief_hash(document: dict[str, Any]) -> str:
    """Return the name a picture is kept under: the same brief is the same picture on the same machine."""
    return document_hash(document)


def raster(width: int, height: int, quality: str) -> tuple[int, int]:
    """Return the raster the stage draws a picture at, even in both sides, never larger than asked."""
    scale = min(1.0, LONGEST_SIDES[quality] / max(width, height))
    return max(16, round(width * scale / 2) * 2), max(16, round(height * scale / 2) * 2)


def _shot(request: ImageRequest, people: Sequence[Blocked], set_name: str) -> dict[str, Any]:
    brief, coverage = request.brief, request.brief.coverage
    if coverage is Coverage.OTS and len(brief.cast) < 2:
        coverage = Coverage.SINGLE
    azimuth, line = _camera(request, people, coverage, set_name)
    close = brief.size in (ShotSize.ECU, ShotSize.CU)
    thirds = (
        request.bible.composition_rule == "thirds" and coverage is Coverage.SINGLE and not close
    )
    return {
        "size": brief.size.value,
        "lens_mm": float(brief.lens_mm),
        "f_stop": F_STOPS[brief.size],
        "angle": brief.angle.value,
        "azimuth_degrees": round(azimuth, 2),
        "line_degrees": line if line is None else round(line, 2),
        "coverage": coverage.value,
        "composition": "thirds" if thirds else "centred",
    }


def _camera(
    request: ImageRequest, people: Sequence[Blocked], coverage: Coverage, set_name: str
) -> tuple[float, float | None]:
    """Return the camera's azimuth as the stage takes it, and its signed degrees off the line it must not cross."""
    brief, index = request.brief, request.variant_index
    subject = subject_of(brief, request.cast) if people else 0
    if coverage in (Coverage.MASTER, Coverage.ESTABLISHING, Coverage.TWO_SHOT):
        sway = (0.0, 14.0, -14.0)[index % 3]
        stands = camera_bearing(people, set_name=set_name)
        if stands is None:
            return sway, None
        return wrapped(stands - mean_facing(people, subject) + sway), None
    if coverage in (Coverage.OTS, Coverage.POV) and len(people) > 1:
        seen = people[subject]
        owner = next(p for i, p in enumerate(people) if i != subject)
        return 15.0 * shoulder_side(owner.place, seen.place, set_name=set_name), None
    if coverage is Coverage.SINGLE and people:
        seen = people[subject]
        places = {person.key: person.place for person in people}
        other = seen.look_at if isinstance(seen.look_at, tuple) else places.get(seen.look_at or "")
        if other is not None and other != seen.place:
            stands, off = single_line(
                seen.place, other, size=brief.size, variant=index, set_name=set_name
            )
            return wrapped(stands - seen.facing_degrees), off
    return AZIMUTHS[index % len(AZIMUTHS)], None


def _look_words(bible: StyleBible) -> str:
    style = bible.document.get("style", {})
    words = style.values() if isinstance(style, dict) else [style]
    return " ".join([bible.mood, *(str(word) for word in words)])
