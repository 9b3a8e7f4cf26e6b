"""The offline outline writer: a topic and a style to a short Fountain screenplay, from templates and a seed."""

from __future__ import annotations

import numpy as np

from apexsite.kit.errors import InputError, NotSupported, listed
from apexsite.kit.seeds import seed_mix
from projects.engine.genres import AGES, GENRES, NAMES, Genre
from projects.engine.writing.wish import ScriptWish, topic_words

CREDIT = "Outline by Apex's template writer (no language model)"


def outline_from_topic(topic: str, *, style: str, seed: int) -> str:
    """Return a Fountain screenplay of three scenes, three people and about ten shots on a topic.

    The same topic, style and seed give the same text. Raises `InputError` for an empty or overlong topic, an unknown style
    and a negative seed.
    """
    words = topic_words(topic)
    if style not in GENRES:
        raise InputError(f"style={style!r} is not known; valid: {listed(GENRES)}")
    if seed < 0:
        raise InputError(f"seed={seed} must be 0 or more")
    rng = np.random.default_rng(seed_mix("outline", words, style, seed))
    return _script(GENRES[style], words, style=style, rng=rng)


def outline_of(wish: ScriptWish, *, style: str, style_title: str = "") -> tuple[str, str]:
    """Return the Fountain screenplay of a wish, and its title, in English, from the tables of `style`.

    About ten shots in three scenes are the short outline; any other length is written scene by scene to exactly the
    shots asked for. Raises what `outline_from_topic` raises, and `NotSupported` for another language than English.
    """
    if wish.language != "en":
        raise NotSupported(
            f"language={wish.language!r}: the outline writer writes English only; connect an endpoint for others"
        )
    if (wish.shots, wish.scenes) == (10, 3):
        return outline_from_topic(wish.topic, style=style, seed=wish.seed), title_of(wish.topic)
    from projects.engine.longoutline import long_outline

    if style not in GENRES:
        raise InputError(f"style={style!r} is not known; valid: {listed(GENRES)}")
    words = (style_title or style.replace("_", " ")).lower()
    page = (
        f"Title: {title_of(wish.topic)}\nCredit: {CREDIT}\n"
        f"Notes: {words}, from the topic: {wish.topic}\n\n[[ {CREDIT}. ]]"
    )
    return long_outline(wish, genre=GENRES[style], style=style, page=page), title_of(wish.topic)


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
        f"Title: {title_of(topic)}\nCredit: {CREDIT}\nNotes: {style.replace('_', ' ')}, from the topic: {topic}",
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


def title_of(topic: str) -> str:
    """Return a topic as a title of at most seven words."""
    small = {"a", "an", "the", "of", "in", "on", "and", "to", "for", "at", "by"}
    words = topic.split()[:7]
    return " ".join(
        word if index and word.lower() in small else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )
