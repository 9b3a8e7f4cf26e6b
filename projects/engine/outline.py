"""The offline outline writer: a topic and a style to a short Fountain screenplay, from templates and a seed."""

from __future__ import annotations

import re

import numpy as np

from apexsite.kit.errors import InputError, listed
from apexsite.kit.seeds import seed_mix
from projects.engine.genres import AGES, GENRES, NAMES, Genre

CREDIT = "Outline by Apex's template writer (no language model)"
LONGEST_TOPIC = 120


def outline_styles() -> tuple[str, ...]:
    """Return the styles the writer knows."""
    return tuple(GENRES)


def outline_from_topic(topic: str, *, style: str, seed: int) -> str:
    """Return a Fountain screenplay of three scenes, three people and about ten shots on a topic.

    The same topic, style and seed give the same text. Raises `InputError` for an empty or overlong topic, an unknown style
    and a negative seed.
    """
    words = _topic(topic)
    if style not in GENRES:
        raise InputError(f"style={style!r} is not known; valid: {listed(GENRES)}")
    if seed < 0:
        raise InputError(f"seed={seed} must be 0 or more")
    rng = np.random.default_rng(seed_mix("outline", words, style, seed))
    return _script(GENRES[style], words, style=style, rng=rng)


def _topic(topic: str) -> str:
    # Fountain's own marks are taken out: a topic is words to be said, never markup.
    words = " ".join(re.sub(r"[\[\]/*_~^#<>@!=\\{}\x00-\x1f]", " ", topic).split()).strip(" .:-")
    if not words:
        raise InputError(
            f"topic={topic[:80]!r} has no words; expected a few, for instance 'a lost ferry'"
        )
    if len(words) > LONGEST_TOPIC:
        raise InputError(
            f"topic is {len(words)} letters long; at most {LONGEST_TOPIC} are taken; shorten it"
        )
    return words


def _pick(rng: np.random.Generator, count: int) -> int:
    return int(rng.integers(count))


def _script(genre: Genre, topic: str, *, style: str, rng: np.random.Generator) -> str:
    order = rng.permutation(len(NAMES))
    a, b, c = (NAMES[int(index)] for index in order[:3])
    opening_heading, opening = genre.openings[_pick(rng, len(genre.openings))]
    closing_heading = genre.openings[_pick(rng, len(genre.openings))][0]
    meeting = genre.meetings[_pick(rng, len(genre.meetings))]
    role_a, role_b = genre.roles[_pick(rng, len(genre.roles))]
    prop = genre.props[_pick(rng, len(genre.props))]
    exchange = genre.exchanges[_pick(rng, len(genre.exchanges))]
    ending, last_line = genre.endings[_pick(rng, len(genre.endings))]
    fill = {"topic": topic, "a": a[0].capitalize(), "b": b[0].capitalize(), "prop": prop}
    voice_over = genre.voice_overs[_pick(rng, len(genre.voice_overs))]
    ages = [AGES[_pick(rng, len(AGES))] for _ in range(3)]
    blocks = [
        f"Title: {_title(topic)}\nCredit: {CREDIT}\nNotes: {style.replace('_', ' ')}, from the topic: {topic}",
        f"[[ {CREDIT}. ]]",
        opening_heading,
        opening,
        f"{a[0]} (V.O.)\n{voice_over}",
        f"{' '.join(a)} ({ages[0]}), {role_a}, waits.",
        meeting,
        f"{' '.join(b)} ({ages[1]}), {role_b}, waits for {fill['a']}.",
        f"Between them, the {prop}.",
        *(f"{name[0]}\n{line}" for name, line in zip((a, b, a), exchange, strict=True)),
        f"{' '.join(c)} ({ages[2]}), a stranger in a plain coat, stands in the door.",
        f"{c[0]}\nIt's time.",
        closing_heading.rsplit(" - ", 1)[0] + " - LATER",
        ending,
        f"{(b if '{b}' in ending else a)[0]}\n{last_line}",
    ]
    return "\n\n".join(block.format(**fill) for block in blocks) + "\n"


def _title(topic: str) -> str:
    small = {"a", "an", "the", "of", "in", "on", "and", "to", "for", "at", "by"}
    words = topic.split()[:7]
    return " ".join(
        word if index and word.lower() in small else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )
