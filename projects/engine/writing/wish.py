"""What a script is asked for: topic, style, length, language, as checked values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apexsite.kit.errors import InputError, listed

LONGEST_TOPIC = 120
MOST_SCENES = 24
MOST_SHOTS = 120
MOST_MINUTES = 10
SHOTS_A_MINUTE = 14
SHOTS_A_SCENE = 5
"""Of scripts broken down by Apex: about 4.3 s a shot, four to six shots a scene. House choice, for telling lengths."""

LANGUAGES: dict[str, str] = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "tr": "Turkish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "hi": "Hindi",
}
"""Code → the language's name in the prompt. Source: ISO 639-1."""


@dataclass(frozen=True, slots=True)
class ScriptWish:
    """What is asked for. `shots` is about how many shots, of which scenes and minutes follow where they are not given."""

    topic: str
    style: str
    shots: int = 10
    scenes: int = 3
    language: str = "en"
    seed: int = 0

    def to_document(self) -> dict[str, Any]:
        """Return the wish as JSON values."""
        return {
            "topic": self.topic, "style": self.style, "shots": self.shots,
            "scenes": self.scenes, "language": self.language, "seed": self.seed,
        }  # fmt: skip


def wish_of(
    *,
    topic: str,
    style: str,
    shots: int | None = None,
    scenes: int | None = None,
    minutes: float | None = None,
    language: str = "en",
    seed: int = 0,
) -> ScriptWish:
    """Return a checked wish; the length is given as shots or as minutes, and neither means a short film of ten shots.

    Raises `InputError` for a topic without words or too long, both lengths, and numbers or languages out of range.
    """
    if shots is not None and minutes is not None:
        raise InputError(f"shots={shots} and minutes={minutes} are both given; give one of them")
    if minutes is not None:
        shots = round(_within("minutes", minutes, 0.1, MOST_MINUTES) * SHOTS_A_MINUTE)
    shots = int(_within("shots", 10 if shots is None else shots, 1, MOST_SHOTS))
    if scenes is None:
        scenes = scenes_for(shots)
    scenes = int(_within("scenes", scenes, 1, min(MOST_SCENES, shots)))
    if language not in LANGUAGES:
        raise InputError(f"language={language!r} is not known; valid: {listed(LANGUAGES)}")
    if seed < 0:
        raise InputError(f"seed={seed} must be 0 or more")
    return ScriptWish(
        topic=topic_words(topic), style=style, shots=shots, scenes=scenes,
        language=language, seed=seed,
    )  # fmt: skip


def wish_from(document: Mapping[str, Any]) -> ScriptWish:
    """Return the wish of `to_document`'s values, checked again."""
    return wish_of(**document)


def scenes_for(shots: int) -> int:
    """Return how many scenes a script of so many shots has, unless somebody says otherwise."""
    if shots < 3:
        return 1
    return max(min(3, shots), min(MOST_SCENES, round(shots / SHOTS_A_SCENE)))


def topic_words(topic: str) -> str:
    """Return a topic as words to be said: Fountain's marks and control characters are taken out.

    Raises `InputError` when nothing is left, and for more than `LONGEST_TOPIC` letters.
    """
    words = " ".join(re.sub(r"[\[\]/*_~^#<>@!=\\{}\x00-\x1f\x7f]", " ", topic).split())
    words = words.strip(" .:-")
    if not words:
        raise InputError(
            f"topic={topic[:80]!r} has no words; expected a few, for instance 'a lost ferry'"
        )
    if len(words) > LONGEST_TOPIC:
        raise InputError(
            f"topic is {len(words)} letters long; at most {LONGEST_TOPIC} are taken; shorten it"
        )
    return words


def _within(name: str, value: float, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise InputError(f"{name}={value!r} must be a number from {least:g} to {most:g}")
    return value
