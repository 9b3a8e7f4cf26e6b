"""Loudness and true peak of 48 kHz sound, our own meter: K-weighting, gating, fourfold oversampling."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError
from renders.engine.sound.wav import SAMPLE_RATE, Samples

SHELF_B = (1.53512485958697, -2.69169618940638, 1.19839281085285)
SHELF_A = (1.0, -1.69065929318241, 0.73248077421585)
HIGH_PASS_B = (1.0, -2.0, 1.0)
HIGH_PASS_A = (1.0, -1.99004745483398, 0.99007225036621)
"""The two filters of K-weighting at 48 kHz. Source: ITU-R BS.1770-4, annex 1, tables 1 and 2."""

OFFSET_LUFS = -0.691
ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU = -70.0, -10.0
BLOCK_SECONDS, OVERLAP = 0.4, 4
"""Source: ITU-R BS.1770-4, annex 1: blocks of 400 ms, overlapping by 75 %."""

OVERSAMPLING = 4
"""Source: ITU-R BS.1770-4, annex 2, for 48 kHz."""


def integrated_lufs(samples: Samples) -> float | None:
    """Return the gated loudness of (n, channels) samples at 48 kHz, channels of weight 1 (left, right, centre).

    None when there is nothing above the absolute gate of −70 LUFS, or less than one block of 400 ms.
    Source: ITU-R BS.1770-4, annex 1.
    """
    power = _block_powers(samples)
    audible = power[_lufs(power) > ABSOLUTE_GATE_LUFS]
    if not audible.size:
        return None
    gate = float(_lufs(audible.mean())) + RELATIVE_GATE_LU
    kept = audible[_lufs(audible) > gate]
    return float(_lufs(kept.mean()))


def _block_powers(samples: Samples) -> npt.NDArray[np.float64]:
    from scipy.signal import lfilter

    if samples.ndim != 2:
        raise InputError(f"samples must have shape (n, channels), got {samples.shape}")
    step = round(BLOCK_SECONDS * SAMPLE_RATE) // OVERLAP
    steps = samples.shape[0] // step
    if steps < OVERLAP:
        return np.zeros(0)
    total = np.zeros(steps)
    for channel in samples.T:
        weighted = lfilter(SHELF_B, SHELF_A, channel.astype(np.float64))
        weighted = lfilter(HIGH_PASS_B, HIGH_PASS_A, weighted)
        total += np.mean(weighted[: steps * step].reshape(steps, step) ** 2, axis=1)
    sums = np.concatenate([[0.0], np.cumsum(total)])
    return np.asarray((sums[OVERLAP:] - sums[:-OVERLAP]) / OVERLAP)


def _lufs(power: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return OFFSET_LUFS + 10.0 * np.log10(np.maximum(power, 1e-12))


def oversampled_peaks(samples: Samples) -> Samples:
    """Return for each sample the largest size of the fourfold oversampled wave at and after it, over all channels."""
    from scipy.signal import resample_poly

    wave = np.abs(resample_poly(samples, OVERSAMPLING, 1, axis=0)).max(axis=1)
    between = wave.reshape(-1, OVERSAMPLING).max(axis=1)
    return np.asarray(np.maximum(between, np.abs(samples).max(axis=1)), np.float32)


def true_peak_dbtp(samples: Samples) -> float | None:
    """Return the true peak of (n, channels) samples in dB of full scale; None for silence.

    Source: ITU-R BS.1770-4, annex 2, with a Kaiser-windowed interpolator.
    """
    if not samples.size or not samples.any():
        return None
    return float(20.0 * np.log10(float(oversampled_peaks(samples).max())))
