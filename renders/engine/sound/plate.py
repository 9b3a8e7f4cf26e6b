"""A plate reverb by convolution with a synthetic decay, one answer for each side."""

from __future__ import annotations

import numpy as np

from renders.engine.sound.wav import SAMPLE_RATE, Samples

PREDELAY_SECONDS = 0.018
DECAY_SECONDS = 2.1
"""Time to fall by 60 dB at low frequencies; the top falls about twice as fast. House choice."""


def plate(dry: Samples, *, generator: np.random.Generator) -> Samples:
    """Return the reverberation alone of stereo samples (n, 2), same length."""
    from scipy.signal import butter, oaconvolve, sosfilt

    count = round(DECAY_SECONDS * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    low_pass = butter(1, 2800.0, "lowpass", fs=SAMPLE_RATE, output="sos")
    high_pass = butter(2, 180.0, "highpass", fs=SAMPLE_RATE, output="sos")
    gap = np.zeros(round(PREDELAY_SECONDS * SAMPLE_RATE))
    sides = []
    for side in range(2):
        noise = generator.standard_normal(count)
        low = sosfilt(low_pass, noise)
        tail = low * 10 ** (-3 * time / DECAY_SECONDS)
        tail += (noise - low) * 10 ** (-6 * time / DECAY_SECONDS) * 0.5
        tail = sosfilt(high_pass, tail) * np.minimum(1.0, time / 0.006)
        tail /= np.sqrt(np.sum(tail**2))
        wet = oaconvolve(dry[:, side], np.concatenate([gap, tail]).astype(np.float32))
        sides.append(wet[: dry.shape[0]])
    return np.asarray(np.stack(sides, axis=1), np.float32)
