"""A cut as OTIO and as edit lists for other desks, and their lists back as a new version of the cut."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser

from apexsite.kit.documents import Document
from apexsite.kit.errors import InputError
from renders.engine.timeline.document import timeline_from_document, timeline_to_document
from renders.engine.timeline.edl import Cdl
from renders.engine.timeline.edlcut import SoundClip, lists_of, programme_of
from renders.engine.timeline.edlread import read_edl
from renders.engine.timeline.edlwrite import edl_text
from renders.engine.timeline.model import Timeline
from renders.engine.timeline.otioread import programme_from_otio
from renders.engine.timeline.programme import Programme
from renders.models import Cut, Variant
from renders.services.recuts import cut_edit, edits_of

START_HOUR = "01:00:00:00"
"""Where the programme's timecode begins. Source: broadcast practice, the first hour."""

MOST_BYTES = 5_000_000
"""Larger than any list of a feature film. House choice."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The cut a list made, and in words what of the list had no place in it."""

    cut: Cut
    notes: tuple[str, ...]


def otio_of(cut: Cut) -> Document:
    """Return a cut as an OTIO document: the first hour's timecode, and with each clip where its picture came from."""
    timeline = timeline_of_document(cut)
    document = timeline_to_document(timeline, name=_title(cut), start_frame=_start(timeline))
    facts = _facts(cut)
    for child in document["tracks"]["children"][0]["children"]:
        if child["OTIO_SCHEMA"] == "Clip.2":
            child["metadata"] = {"apex": facts.get(child["name"], {})}
    return document


def lists_for(cut: Cut) -> list[tuple[str, str]]:
    """Return a cut's edit lists, each with its file's ending: V1.edl, A1.edl for the lines, A2.edl for the music."""
    timeline = timeline_of_document(cut)
    facts = _facts(cut)
    comments = {
        code: [f"APEX {key.upper()}: {value}" for key, value in held.items()]
        for code, held in facts.items()
    }
    cdl = _cdl(cut.document.get("grade", {}))
    lists = lists_of(
        timeline,
        title=_title(cut),
        start_frame=_start(timeline),
        is_drop=timeline.rate.can_drop,
        sounds=_sounds(cut, timeline),
        cdls={clip.shot_code: cdl for clip in timeline.clips} if cdl is not None else {},
        comments=comments,
    )
    return [(f"{made.title[len(_title(cut)) + 1 :]}.edl", edl_text(made)) for made in lists]


def lists_zip(cut: Cut) -> bytes:
    """Return all edit lists of a cut in one zip, the same bytes for the same cut."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in lists_for(cut):
            archive.writestr(zipfile.ZipInfo(name.replace(" ", "-")), text.encode())
    return held.getvalue()


def cut_bring(*, user: AbstractUser, cut: Cut, content: bytes, name: str) -> Brought:
    """Order and trim a cut as a list says: `.otio` or JSON, else an edit list; a new version, nothing is lost.

    Raises `InputError` with what is wrong and where; then the cut stays as it is.
    """
    programme = read_list(content, name=name, cut=cut)
    left = {clip.name for clip in programme.clips}
    out = [c.shot_code for c in timeline_of_document(cut).clips if c.shot_code not in left]
    notes = list(programme.notes)
    if out:
        notes.append(f"left out of the cut: {', '.join(out)}")
    fades = (programme.fade_in_frames, programme.fade_out_frames)
    made = cut_edit(user=user, cut=cut, edits=edits_of(programme), fades=fades)
    return Brought(made, tuple(notes))


def read_list(content: bytes, *, name: str, cut: Cut) -> Programme:
    """Return what a file says as a programme at the cut's rate; clips called by reel get their shot's name."""
    if len(content) > MOST_BYTES:
        raise InputError(
            f"{name[:80]!r} has {len(content)} bytes; a list has {MOST_BYTES} or fewer"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise InputError(
            f"{name[:80]!r} is no text, so it is neither OTIO JSON nor an edit list; OTIOZ and AAF are not read"
        ) from err
    rate = timeline_of_document(cut).rate
    if text.lstrip().startswith(("{", "[")) or name.lower().endswith((".otio", ".json")):
        try:
            document: Any = json.loads(text)
        except (ValueError, RecursionError) as err:
            raise InputError(f"{name[:80]!r} is no JSON: {str(err)[:120]}") from err
        return programme_from_otio(document, rate=rate)
    return programme_of([read_edl(text, rate=rate)])


def timeline_of_document(cut: Cut) -> Timeline:
    """Return a stored cut's timeline, pictures named by content; raises `InputError` for a cut without one."""
    if "timeline" not in cut.document:
        raise InputError(f"cut {cut.version} was stored without a timeline")
    return timeline_from_document(cut.document["timeline"])


def _title(cut: Cut) -> str:
    return f"{cut.episode} CUT {cut.version}"


def _start(timeline: Timeline) -> int:
    drop = timeline.rate.can_drop
    return timeline.rate.frames_of(START_HOUR.replace(":00:00:00", ":00:00;00"), is_drop=drop)


def _facts(cut: Cut) -> dict[str, dict[str, Any]]:
    """Return by shot what its picture is: variant, engine, seed, score."""
    chosen = cut.document.get("variants", {})
    variants = Variant.objects.in_bulk(chosen.values())
    rows = {str(key): row for key, row in variants.items()}
    facts = {}
    for code, key in chosen.items():
        row = rows.get(key)
        if row is not None:
            facts[code] = {
                "variant": row.number,
                "engine": row.engine,
                "seed": row.recipe.get("seed"),
                "score": None if row.score_total is None else round(row.score_total, 2),
            }
    return {code: {k: v for k, v in held.items() if v is not None} for code, held in facts.items()}


def _sounds(cut: Cut, timeline: Timeline) -> list[SoundClip]:
    rate, total = timeline.rate, timeline.duration_frames
    sounds = []
    for line in cut.document.get("speech", []):
        start = int(line["start_frame"])
        length = min(max(1, rate.frames_at(line["seconds"])), total - start)
        name = f"{line['shot']} {line.get('speaker', '')}".strip()
        sounds.append(SoundClip("A1", name, start, length))
    if cut.document.get("music"):
        sounds.append(SoundClip("A2", "MUSIC", 0, total))
    return sounds


def _cdl(grade: dict[str, Any]) -> Cdl | None:
    """Return what of a grade an ASC CDL can say exactly: contrast, brightness, gamma, saturation.

    Source: CONTRAST, BRIGHTNESS and GAMMA of renders.engine.grading.primary written as slope, offset and power.
    """
    from renders.engine.grading.primary import CONTRAST_PIVOT

    values = {key: value for key, value in grade.items() if isinstance(value, int | float)}
    contrast = 1.0 + values.get("contrast_percent", 0.0) / 100.0
    bright = 1.0 + values.get("brightness_percent", 0.0) / 100.0
    slope, offset = contrast * bright, CONTRAST_PIVOT * (1.0 - contrast) * bright
    power = 1.0 / values.get("gamma", 1.0)
    saturation = 1.0 + values.get("saturation_percent", 0.0) / 100.0
    made = Cdl((slope,) * 3, (offset,) * 3, (power,) * 3, saturation)
    return None if made == Cdl() else made
