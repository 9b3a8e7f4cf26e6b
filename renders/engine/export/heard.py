"""What ffmpeg's astats says of each channel at the end of a decode: offset, clipping, level."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

SECTION = re.compile(r"Channel: \d+\s*$(.*?)(?=Channel: \d+\s*$|Overall\s*$|\Z)", re.M | re.S)
VALUE = r"{}:\s*(-?[\d.]+|-?inf|-?nan)"


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """One channel: its mean (−1 to 1), its level in dB, and how flat its loudest places are (0 where none is cut off)."""

    offset: float
    level_db: float
    flatness: float


def channels_in(log: str) -> tuple[ChannelFacts, ...]:
    """Return the facts of every channel named in a log; each line of it begins with the filter's own name."""
    text = re.sub(r"^\[Parsed_astats[^\]]*\]\s*", "", log, flags=re.M)
    return tuple(
        ChannelFacts(_value(part, "DC offset"), _value(part, "RMS level dB"), _value(part, "Flat factor"))
        for part in SECTION.findall(text)
    )  # fmt: skip


def _value(text: str, name: str) -> float:
    found = re.search(VALUE.format(name), text)
    return float(found.group(1)) if found else math.nan
