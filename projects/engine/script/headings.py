"""Scene headings: `INT. HOUSE - KITCHEN - NIGHT` to setting, place and time of day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from projects.engine.framing import Setting, TimeOfDay

PREFIX = re.compile(
    r"^\s*(?:\d+[A-Za-z]?[.)]?\s+)?"
    r"(?P<prefix>INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I\s*/\s*E|E\s*/\s*I|INT|EXT|EST)(?:\s*\.|:|\s)\s*",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*")
TIMES: dict[TimeOfDay, tuple[str, ...]] = {
    TimeOfDay.DAWN: ("dawn", "sunrise", "daybreak", "first light"),
    TimeOfDay.DUSK: ("dusk", "sunset", "evening", "twilight", "magic hour", "golden hour"),
    TimeOfDay.NIGHT: ("night", "midnight", "late", "small hours"),
    TimeOfDay.DAY: ("day", "morning", "noon", "midday", "afternoon"),
}
"""Words of a heading's end folded to four times. Source: house choice; "late" reads as night."""

SAME_TIMES = ("continuous", "later", "moments later", "same", "same time", "then")


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of a heading; `place` has its first letter raised and its parts joined by commas."""

    setting: Setting
    place: str
    time_of_day: TimeOfDay


def is_heading(line: str) -> bool:
    """Return whether a line begins as a scene heading does (INT, EXT, INT/EXT, I/E, EST; any case)."""
    return PREFIX.match(line) is not None


def parse_heading(line: str, *, previous: TimeOfDay = TimeOfDay.DAY) -> Heading:
    """Return the parts of a heading. CONTINUOUS, LATER and SAME keep the `previous` scene's time.

    A heading without a prefix is read for its words: a street is outside, a room inside.
    """
    found = PREFIX.match(line)
    rest = (line[found.end() :] if found else line).strip().rstrip(".")
    parts = [part.strip() for part in SPLIT.split(rest) if part.strip()]
    if not parts:
        parts = [rest or line.strip()]
    time_of_day = None
    if len(parts) > 1:
        time_of_day = time_from_words(parts[-1], previous=previous)
        if time_of_day is not None:
            parts = parts[:-1]
    if time_of_day is None:
        time_of_day = time_from_words(rest, previous=previous) or previous
    place = ", ".join(part.lower() for part in parts)
    setting = _setting(found["prefix"]) if found else guess_setting(place)
    return Heading(setting, place[:1].upper() + place[1:], time_of_day)


def time_from_words(words: str, *, previous: TimeOfDay) -> TimeOfDay | None:
    """Return the time of day that words name, or None when they name none."""
    text = words.lower()
    for time_of_day, names in TIMES.items():
        if any(re.search(rf"\b{name}\b", text) for name in names):
            return time_of_day
    if any(re.search(rf"\b{name}\b", text) for name in SAME_TIMES):
        return previous
    return None


OUTSIDE_WORDS = frozenset(
    [
        "street",
        "road",
        "alley",
        "forest",
        "beach",
        "field",
        "desert",
        "mountain",
        "sea",
        "ocean",
        "harbour",
        "harbor",
        "roof",
        "rooftop",
        "garden",
        "park",
        "bridge",
        "square",
        "sky",
        "river",
        "yard",
        "outside",
        "outdoors",
        "highway",
        "city",
        "coast",
        "hill",
        "valley",
        "snow",
        "island",
    ]
)


def guess_setting(words: str) -> Setting:
    """Return EXT when a word names a place under the sky, else INT. Source: house word list."""
    found = OUTSIDE_WORDS.intersection(re.findall(r"[a-z]+", words.lower()))
    return Setting.EXT if found else Setting.INT


def _setting(prefix: str) -> Setting:
    letters = re.sub(r"[^A-Z/]", "", prefix.upper())
    if "/" in letters:
        return Setting.INT_EXT
    return Setting.INT if letters == "INT" else Setting.EXT
