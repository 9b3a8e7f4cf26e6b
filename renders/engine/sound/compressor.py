"""A gentle compressor for a voice: what is louder than the voice usually is comes down, softly and without pumping."""

from __future__ import annotations

import numpy as np

from renders.engine.sound.wav import SAMPLE_RATE, Samples

RATIO, KNEE_DB = 3.0, 8.0
ABOVE_USUAL_DB = 0.0
"""How far above the usual level of the voice it begins. House choice."""
LEVEL_SECONDS, LOOK_AHEAD_SECONDS, RELEASE_SECONDS = 0.006, 0.004, 0.07
QUIETEST_DB = -45.0
"""Below the loudest level by more than this there is no voice. House choice."""


def compressed(voice: Samples) -> tuple[Samples, float]:
    """Return mono float32 samples at 48 kHz, compressed, and the largest reduction in dB (≥ 0); silence as it is.

    Source: Giannoulis, Massberg, Reiss, "Digital dynamic range compressor design" (2012), feed-forward with a soft
    knee; the gain looks ahead, so that it is down when a peak comes.
    """
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    width = round(LEVEL_SECONDS * SAMPLE_RATE)
    power = uniform_filter1d(voice.astype(np.float64) ** 2, width, mode="nearest")
    level_db = 10.0 * np.log10(np.maximum(power, 1e-12))
    voiced = level_db[level_db > level_db.max(initial=-120.0) + QUIETEST_DB]
    if not voiced.size or float(np.abs(voice).max()) == 0.0:
        return voice, 0.0
    over = level_db - (10.0 * np.log10(np.mean(10.0 ** (voiced / 10.0))) + ABOVE_USUAL_DB)
    knee = np.clip(over + KNEE_DB / 2, 0.0, KNEE_DB) ** 2 / (2 * KNEE_DB)
    bent = np.where(over > KNEE_DB / 2, over, knee)
    gain_db = -bent * (1.0 - 1.0 / RATIO)
    ahead, release = (round(s * SAMPLE_RATE) for s in (LOOK_AHEAD_SECONDS, RELEASE_SECONDS))
    held = minimum_filter1d(gain_db, 2 * ahead + 1, mode="nearest")
    smooth = uniform_filter1d(held, ahead + 1, mode="nearest")
    slow = uniform_filter1d(smooth, release, mode="nearest")
    gain = 10.0 ** (np.minimum(smooth, slow) / 20.0)
    return np.asarray(voice * gain, np.float32), float(-20.0 * np.log10(gain.min()))
