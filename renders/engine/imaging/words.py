"""A picture's request in words: what an engine that reads text is asked with. The sketch reads the fields themselves."""

from __future__ import annotations

from characters.engine.profile import CharacterProfile
from projects.engine.briefsheet import WORDS
from projects.engine.framing import SIZE_NAMES, CameraAngle, Coverage, Setting
from renders.engine.imaging.base import ImageRequest

MOST_ACTION = 400


def picture_words(request: ImageRequest) -> str:
    """Return one paragraph: frame, place and light, people from left to right, what happens, look.

    Source: order as in seed S1's prompt (subject framing first, style last); wording is a house choice.
    """
    brief = request.brief
    parts = [_frame(request), _place(request)]
    for index, person in enumerate(request.cast):
        where = _where(index, len(request.cast))
        speaks = ", speaking" if brief.dialogue and brief.speaker == person.key else ""
        parts.append(f"{where}{person_words(person)}{speaks}")
    if brief.action:
        parts.append(" ".join(brief.action.split())[:MOST_ACTION].rstrip(" ."))
    if brief.prop:
        parts.append(f"In the frame: {brief.prop.lower()}")
    parts.append(_look(request))
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


def person_words(person: CharacterProfile) -> str:
    """Return how a person looks, in a phrase."""
    low, high = person.age_years
    age = f"{low}" if low == high else f"{low} to {high}"
    hair = (
        "bald" if person.hair_style == "bald" else f"{person.hair_style} hair {person.hair_colour}"
    )
    return (
        f"{person.name}, {person.gender or 'person'} of {age}, {person.build} build, {hair}, "
        f"wearing {person.clothing} in {person.wardrobe_colour}, {person.expression}"
    )


def _frame(request: ImageRequest) -> str:
    brief = request.brief
    angle = {CameraAngle.DUTCH: "tilted camera", CameraAngle.OVERHEAD: "from overhead"}.get(
        brief.angle, f"{WORDS.get(brief.angle.value, brief.angle.value + ' angle')}"
    )
    purpose = {
        Coverage.OTS: ", over the shoulder",
        Coverage.POV: ", point of view",
        Coverage.INSERT: ", insert of an object",
    }.get(brief.coverage, "")
    return f"{SIZE_NAMES[brief.size]}{purpose}, {angle}, {brief.lens_mm} mm lens"


def _place(request: ImageRequest) -> str:
    brief = request.brief
    side = {Setting.INT: "inside", Setting.EXT: "outside"}.get(brief.setting, "inside and outside")
    place = brief.place.lower() or "an unnamed place"
    air = [brief.weather, brief.lighting, f"{brief.mood} mood" if brief.mood else ""]
    return ", ".join([f"{side}, {place}, {brief.time_of_day.value}", *(a for a in air if a)])


def _where(index: int, count: int) -> str:
    if count == 1:
        return ""
    if count == 2:
        return ("on the left, ", "on the right, ")[index]
    return f"{index + 1} of {count} from the left, "


def _look(request: ImageRequest) -> str:
    style = request.bible.document["overall_style"]
    palette = ", ".join(request.bible.palette)
    return f"{style['visual_style']}, {style['color_grading']}, {style['lighting_style']}, palette {palette}"
