"""Prompt → sentences, for engines that read prose: Gemini, and FLUX with its T5 encoder."""

from __future__ import annotations

from collections.abc import Sequence

from renders.engine.prompting.prompt import Prompt, PromptPart
from renders.engine.prompting.spoken import Left, Spoken, Text
from renders.engine.prompting.tokens import tokens_count

PROSE_LIMIT = 512
"""Places of FLUX.1-dev's T5 encoder. Source: diffusers, FluxPipeline, `max_sequence_length`."""
T5_SHARE = 1.3
"""T5 pieces for one CLIP piece: an upper estimate, as T5's own vocabulary is not shipped. House choice, on the safe side."""
LOOK_FROM = 100
"""Rank from which parts say how, not what."""
SENTENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Light: ", ("light",)),
    ("Camera: ", ("lens", "aperture", "iso", "shutter")),
    ("Composition: ", ("composition", "leading_lines", "depth_of_field")),
    ("Look: ", ("",)),
)
"""How a sentence of the look opens, and how the names of its parts begin, in this order. House choice."""


def prose(prompt: Prompt, *, takes_negative: bool, limit: int = PROSE_LIMIT) -> Spoken:
    """Return sentences: one for each part that says what, four for how. What is too much is dropped from the end.

    The count is an estimate on the safe side and says so.
    """
    parts = sorted(prompt.parts, key=lambda part: part.rank)
    avoided = ", ".join(part.words for part in prompt.negative)
    last = f"Do not show: {avoided}" if avoided and not takes_negative else ""
    text = _told(parts, last)
    left: list[Left] = []
    while limit and parts and _estimate(text) > limit:
        part = parts.pop()
        left.insert(0, Left(part.name, "", part.words))
        text = _told(parts, last)
    names = tuple(part.name for part in parts)
    said = Text("prompt", text, _estimate(text), limit, names, tuple(left), is_estimate=True)
    apart = avoided if takes_negative else ""
    return Spoken("prose", said, Text("negative", apart, _estimate(apart), limit, is_estimate=True))


def _told(parts: Sequence[PromptPart], last: str) -> str:
    sentences = [part.words for part in parts if part.rank < LOOK_FROM]
    rest = [part for part in parts if part.rank >= LOOK_FROM]
    for opening, beginnings in SENTENCES:
        own = [part.words for part in rest if part.name.startswith(beginnings)]
        rest = [part for part in rest if not part.name.startswith(beginnings)]
        if own:
            sentences.append(opening + ", ".join(own))
    return " ".join(_sentence(words) for words in (*sentences, last) if words)


def _sentence(words: str) -> str:
    words = words.strip()
    end = "" if words.endswith((".", "!", "?", "…")) else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


def _estimate(text: str) -> int:
    return round(tokens_count(text) * T5_SHARE)
