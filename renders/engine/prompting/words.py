"""Phrases of a prompt from the brief and the cast: people, frame, place. Looks are in `looks.py`."""

from __future__ import annotations

import re
import unicodedata

from characters.engine.appearance_tables import DEFAULT_EXPRESSION, SKIN_COLOURS
from characters.engine.profile import CharacterProfile
from projects.engine.brief import ShotBrief
from projects.engine.briefsheet import WORDS
from projects.engine.colour_names import NAMES, colour_name
from projects.engine.framing import SIZE_NAMES, CameraAngle, Coverage, Setting, ShotSize

CLOSE = (ShotSize.ECU, ShotSize.CU, ShotSize.MCU)
SPECIALS = re.compile(r"<\|(?:startoftext|endoftext)\|>", re.IGNORECASE)
"""Marks that end a text for CLIP: typed into a prompt they would cut it off."""
PLAIN = ("", DEFAULT_EXPRESSION)
"""Expressions that say nothing: they cost places. Source of the default: seed S0."""
UNFIT = ("Cc", "Cf", "Cs", "Co", "Cn")
JOINERS = ("\u200d", "\ufe0f")
"""Kinds of characters no prompt needs, and the two of them that emoji are joined by."""
PEOPLE = re.compile(
    r"\b(?:people|crowd|man|men|woman|women|child|children|figures?|passers-by|audience|jury|guests?)\b",
    re.IGNORECASE,
)
"""Words of an action that bring people nobody cast. House list."""

COLOURS = re.compile(rf"\b(?:{'|'.join(NAMES)}|white|silver|gray)\b", re.IGNORECASE)


def cleaned(text: str) -> tuple[str, str]:
    """Return words fit for a prompt, and what was taken out in words, or nothing.

    Taken out are control characters, unseen marks, halves of characters and CLIP's own end marks; every run of
    spaces and line ends becomes one space. Emoji stay: every encoder here spells them.
    """
    without = SPECIALS.sub(" ", text)
    kept, removed = [], 0
    for letter in without:
        is_unfit = letter not in JOINERS and unicodedata.category(letter) in UNFIT
        if is_unfit and not letter.isspace():
            removed += 1
            letter = " " if unicodedata.category(letter) == "Cc" else ""
        kept.append(letter)
    said = []
    if without != text:
        said.append("marks that end a text for CLIP")
    if removed:
        said.append(f"{removed} control character{'s' if removed > 1 else ''}")
    return " ".join("".join(kept).split()), " and ".join(said)


def subject_of(brief: ShotBrief) -> str:
    """Return what a picture shows first of all: person, people, place or object."""
    if brief.coverage is Coverage.INSERT or (not brief.cast and brief.prop):
        return "object"
    return ("place", "person")[len(brief.cast)] if len(brief.cast) < 2 else "people"


def hands_seen(brief: ShotBrief) -> bool:
    """Say whether hands are likely in the frame: wider than a medium close-up, or named by the action."""
    if not brief.cast:
        return False
    return brief.size not in CLOSE or re.search(r"\bhands?\b", brief.action.lower()) is not None


def person_words(person: CharacterProfile, *, of: str = "", is_speaking: bool = False) -> str:
    """Return how a person looks, in phrases, the most telling first; `of` is where they stand."""
    clothing = person.clothing
    if clothing and not COLOURS.search(clothing):
        clothing = f"{colour_name(person.wardrobe_colour)} {clothing}"
    phrases = [
        f"{person.name}, {age_words(person)}",
        of,
        f"{skin_name(person.skin_colour)} skin",
        hair_words(person),
        f"wearing {clothing}" if clothing else "",
        f"{person.expression} expression" if person.expression not in PLAIN else "",
        "speaking" if is_speaking else "",
        "" if person.build == "average" else f"{person.build} build",
    ]
    return ", ".join(phrase for phrase in phrases if phrase)


def age_words(person: CharacterProfile) -> str:
    """Return who somebody is in a noun, with their years: `woman in her 50s`, `man of 35 to 50`."""
    noun, whose = {"female": ("woman", "her"), "male": ("man", "his")}.get(
        person.gender, (person.gender or "person", "their")
    )
    low, high = person.age_years
    if low % 10 == 0 and high == low + 9:
        return f"{noun} in {whose} {low}s"
    return f"{noun} of {low}" if low == high else f"{noun} of {low} to {high}"


def hair_words(person: CharacterProfile) -> str:
    """Return colour and cut of the hair."""
    colour, style = colour_name(person.hair_colour), person.hair_style
    if style in ("bun", "bob", "ponytail"):
        return f"{colour} hair in a {style}"
    cut = {"buzz": "buzz-cut", "swept": "swept-back"}.get(style, style)
    return "bald" if style == "bald" else f"{cut} {colour} hair"


def skin_name(hex_colour: str) -> str:
    """Return the word of the cast's own table nearest to a skin colour."""

    def distance(other: str) -> int:
        pairs = ((hex_colour[i : i + 2], other[i : i + 2]) for i in (1, 3, 5))
        return sum((int(a, 16) - int(b, 16)) ** 2 for a, b in pairs)

    return min(SKIN_COLOURS, key=lambda name: distance(SKIN_COLOURS[name]))


def side_of(index: int, count: int) -> str:
    """Return where somebody stands in the frame, from left to right; nothing for one alone."""
    if count == 1:
        return ""
    if count == 2:
        return ("on the left", "on the right")[index]
    return f"{index + 1} of {count} from the left"


def frame_words(brief: ShotBrief) -> str:
    """Return size, purpose and angle."""
    purpose = {
        Coverage.OTS: "over the shoulder",
        Coverage.POV: "point of view",
        Coverage.INSERT: "insert of an object",
        Coverage.ESTABLISHING: "establishing shot",
        Coverage.TWO_SHOT: "two-shot",
    }.get(brief.coverage, "")
    angle = {
        CameraAngle.DUTCH: "tilted camera",
        CameraAngle.OVERHEAD: "from overhead",
    }.get(brief.angle, WORDS.get(brief.angle.value, f"{brief.angle.value} angle"))
    return ", ".join(words for words in (SIZE_NAMES[brief.size], purpose, angle) if words)


def place_words(brief: ShotBrief) -> str:
    """Return inside or outside, where, when and in which weather."""
    side = {Setting.INT: "inside", Setting.EXT: "outside"}.get(brief.setting, "inside and outside")
    phrases = [f"{side}, {brief.place.lower()}" if brief.place else side, brief.time_of_day.value]
    return ", ".join([*phrases, brief.weather] if brief.weather else phrases)
