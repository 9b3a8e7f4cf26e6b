"""A look-ahead limiter on the oversampled wave: gain goes down before a peak comes, never after."""

from __future__ import annotations

import numpy as np

from renders.engine.sound.loudness import oversampled_peaks
from renders.engine.sound.wav import SAMPLE_RATE, Samples

LOOK_AHEAD_SECONDS = 0.005
RELEASE_SECONDS = 0.08
MARGIN_DB = 0.1
"""Head room kept below the ceiling, because a moving gain makes new peaks between samples. House choice."""


def limited(samples: Samples, *, ceiling_dbtp: float) -> tuple[Samples, float]:
    """Return (n, channels) samples held under the true-peak ceiling, and the largest gain reduction in dB (≥ 0)."""
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    ceiling = 10 ** ((ceiling_dbtp - MARGIN_DB) / 20)
    peaks = oversampled_peaks(samples)
    if float(peaks.max(initial=0.0)) <= ceiling:
        return samples, 0.0
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    ahead = round(LOOK_AHEAD_SECONDS * SAMPLE_RATE)
    release = round(RELEASE_SECONDS * SAMPLE_RATE)
    reach = ahead + release
    # A window over the time ahead and the release before; the mean over the look-ahead makes it smooth and still
    # low enough at the peak, because every value in the mean already holds the peak's minimum.
    held = minimum_filter1d(wanted, 2 * reach + 1, mode="nearest")
    gain = uniform_filter1d(held, 2 * reach + 1, mode="nearest")
    gain = np.minimum(gain, 1.0).astype(np.float32)
    reduction = -20.0 * float(np.log10(gain.min()))
    return np.asarray(samples * gain[:, None], np.float32), reduction
