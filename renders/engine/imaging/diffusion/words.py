"""The request in the words a diffusion model reads: for its first and second text encoder, and what it must not show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from renders.engine.imaging.base import ImageRequest
from renders.engine.prompting.build import prompt_of
from renders.engine.prompting.dialects import speak
from renders.engine.prompting.spoken import Left

FLUX_PIECES = 512
"""What FLUX's T5 reads. Source: `max_sequence_length` of the FLUX page of the diffusers documentation."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the model is told; `second` is for its second encoder, `tokens` counts CLIP's places of the first.

    `dropped` are the parts that did not fit, as (name, the words lost).
    """

    prompt: str
    second: str
    negative: str
    tokens: int
    dropped: tuple[tuple[str, str], ...] = ()


def texts_of(request: ImageRequest, *, family: str) -> Texts:
    """Return a request's texts for a family: SDXL reads tags twice, FLUX tags and sentences.

    FLUX has no field for what must not be shown, so its sentences end with it.
    """
    prompt = prompt_of(request)
    if family == "flux":
        tags = speak(prompt, "clip", encoders=1, takes_negative=False)
        told = speak(prompt, "prose", takes_negative=False, limit=FLUX_PIECES)
        dropped = _lost(told.dropped)
        return Texts(tags.prompt.text, told.prompt.text, "", tags.prompt.tokens, dropped)
    spoken = speak(prompt, "clip", encoders=2)
    second = spoken.prompt_2 or spoken.prompt
    dropped = (*_lost(spoken.dropped), *_lost(spoken.negative.left, "negative: "))
    return Texts(
        spoken.prompt.text, second.text, spoken.negative.text, spoken.prompt.tokens, dropped
    )


def _lost(left: Iterable[Left], before: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((f"{before}{one.name}", one.dropped) for one in left)
