"""Every spoken line at one loudness, so that nobody is louder than the next, and no peak over the ceiling."""

from __future__ import annotations

import numpy as np

from renders.engine.sound.loudness import integrated_lufs
from renders.engine.sound.wav import SAMPLE_RATE, Samples

LINE_LUFS, LINE_PEAK_DBFS = -20.0, -1.0
"""Loudness of a line before the mix, and the sample peak it is held under. House choice."""


def levelled(voice: Samples) -> Samples:
    """Return mono float32 samples at 48 kHz at −20 LUFS, or as near as a peak of −1 dBFS allows; silence as it is."""
    peak = float(np.abs(voice).max(initial=0.0))
    if peak == 0.0:
        return voice
    # A line shorter than a block of the meter is measured as if it went on.
    least = round(0.45 * SAMPLE_RATE)
    measured = voice if voice.size >= least else np.tile(voice, -(-least // voice.size))
    loudness = integrated_lufs(measured[:, None])
    ceiling = 10 ** (LINE_PEAK_DBFS / 20) / peak
    if loudness is None:
        return np.asarray(voice * np.float32(ceiling), np.float32)
    gain = min(10 ** ((LINE_LUFS - loudness) / 20), ceiling)
    return np.asarray(voice * np.float32(gain), np.float32)
