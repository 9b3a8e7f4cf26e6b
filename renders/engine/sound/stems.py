"""A mix in parts: dialogue and music as files of the film's length that add up, sample for sample, to the mix before
its limiter. They are 32-bit float, because a sum before the limiter may pass full scale.

stems = write_stems({"dialogue": voices, "music": bed}, folder)
assert np.array_equal(sum(read_sound(stem.path) for stem in stems), before_the_limiter)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from renders.engine.sound.wav import Samples, write_float_wav


@dataclass(frozen=True, slots=True)
class Stem:
    """A part of the mix: `dialogue`, `music` or `effects`, and where its file lies."""

    kind: str
    path: Path


def summed(parts: Mapping[str, Samples]) -> Samples:
    """Return the mix of its parts, added in their order, so that who adds the files gets the same samples."""
    first, *others = parts.values()
    total = first.copy()
    for part in others:
        total += part
    return total


def write_stems(parts: Mapping[str, Samples], folder: Path) -> tuple[Stem, ...]:
    """Write each part that is heard at all to `folder/<kind>.wav`; a silent one adds nothing and is left out."""
    stems = []
    for kind, samples in parts.items():
        if np.any(samples):
            write_float_wav(samples, path=folder / f"{kind}.wav")
            stems.append(Stem(kind, folder / f"{kind}.wav"))
    return tuple(stems)
