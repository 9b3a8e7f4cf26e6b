"""The request in the words a diffusion model reads: what it shows, what it must not, and what did not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from renders.engine.imaging.base import ImageRequest
from renders.engine.prompting.prompt import PromptPart

CLIP_TOKENS = 77
"""CLIP's text encoder reads so many, its begin and end among them. Source: Radford et al. 2021, arXiv 2103.00020."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the model is told, and the names of the parts that did not fit, the least important first."""

    prompt: str
    negative: str
    dropped: tuple[str, ...] = ()


def texts_of(request: ImageRequest, tokenizer: Any, *, longest: int = CLIP_TOKENS) -> Texts:
    """Return a request's texts, whole parts only, the most important kept.

    A request without a prompt is told by its brief: the action, the place, who is in it.
    """
    parts = request.prompt.parts or _of_brief(request)
    prompt, dropped = _fitted(parts, tokenizer, longest)
    negative, dropped_negative = _fitted(request.prompt.negative, tokenizer, longest)
    return Texts(prompt, negative, (*dropped, *(f"negative: {name}" for name in dropped_negative)))


def token_count(tokenizer: Any, words: str) -> int:
    """Return how many tokens a text takes, its begin and end among them."""
    return len(tokenizer(words, truncation=False)["input_ids"])


def _fitted(
    parts: Sequence[PromptPart], tokenizer: Any, longest: int
) -> tuple[str, tuple[str, ...]]:
    kept: list[PromptPart] = []
    dropped: list[str] = []
    for part in sorted(parts, key=lambda part: part.rank):
        words = ", ".join(one.words for one in (*kept, part))
        if part.words.strip() and token_count(tokenizer, words) <= longest:
            kept.append(part)
        elif part.words.strip():
            dropped.append(part.name)
    return ", ".join(part.words for part in kept), tuple(reversed(dropped))


def _of_brief(request: ImageRequest) -> tuple[PromptPart, ...]:
    brief = request.brief
    names = ", ".join(profile.name for profile in request.cast)
    told = (("cast", names), ("action", brief.action), ("place", brief.place))
    return tuple(
        PromptPart(name, words[:2000], "brief", rank) for rank, (name, words) in enumerate(told)
    )
