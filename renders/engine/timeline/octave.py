"""Whether a tracked pulse is the one people tap, half of it, or double: told by where the low notes begin."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

LOW_RATE_HZ, LOW_HOP, LOW_WINDOW = 11_025, 128, 1024
LOW_BAND_HZ = (30.0, 220.0)
"""Kick and bass. House choice: below the chords of most music."""
SLOW_BPM, FAST_BPM = 92.0, 150.0
"""Below the one a pulse may be half of the tapped one, above the other double. House choice around the preferred
tempo of 120 (Moelants, "Preferred tempo reconsidered", 2002)."""
EVEN_SHARE, ODD_SHARE = 0.45, 0.22
"""Onsets between beats against those on them: as strong as this means beats were left out; beats of one parity as weak
as this against the other mean every second one is none. House choice, measured on tracks of known tempo."""


def octave_factor(
    samples: npt.NDArray[np.float32], beats_seconds: npt.NDArray[np.float64], *, sample_rate: int
) -> float:
    """Return what the tempo of tracked beats is to be multiplied by: 1, 2 or 0.5.

    `samples` are mono. A slow pulse with low onsets between its beats as well is doubled, a fast one whose every
    second beat has none is halved; everything else is left as tracked.
    """
    if len(beats_seconds) < 8:
        return 1.0
    tempo = 60.0 / float(np.median(np.diff(beats_seconds)))
    if SLOW_BPM < tempo < FAST_BPM:
        return 1.0
    strength = _low_onsets(samples, sample_rate)
    on = _near(strength, beats_seconds)
    if tempo <= SLOW_BPM:
        between = _near(strength, (beats_seconds[:-1] + beats_seconds[1:]) / 2)
        return 2.0 if _typical(between) > EVEN_SHARE * _typical(on) > 0 else 1.0
    even, odd = _typical(on[::2]), _typical(on[1::2])
    return 0.5 if min(even, odd) < ODD_SHARE * max(even, odd) else 1.0


def stronger_parity(
    samples: npt.NDArray[np.float32], beats_seconds: npt.NDArray[np.float64], *, sample_rate: int
) -> int:
    """Return 0 or 1: which of every two beats begins the stronger low notes, and stays when the tempo is halved."""
    on = _near(_low_onsets(samples, sample_rate), beats_seconds)
    return int(_typical(on[1::2]) > _typical(on[::2]))


def _typical(values: npt.NDArray[np.float64]) -> float:
    return float(np.median(values)) if values.size else 0.0


def _low_onsets(samples: npt.NDArray[np.float32], sample_rate: int) -> npt.NDArray[np.float64]:
    """Return the rise of low-band level, one value each 11.6 ms."""
    from scipy.signal import resample_poly, stft

    low = resample_poly(samples, LOW_RATE_HZ, sample_rate)
    hertz, _, bins = stft(low, LOW_RATE_HZ, nperseg=LOW_WINDOW, noverlap=LOW_WINDOW - LOW_HOP)
    spectrum = np.abs(bins)
    band = spectrum[(hertz >= LOW_BAND_HZ[0]) & (hertz <= LOW_BAND_HZ[1])]
    level = np.log1p(100.0 * band / max(float(band.max(initial=0.0)), 1e-9))
    rise = np.maximum(0.0, np.diff(level, axis=1, prepend=level[:, :1])).sum(axis=0)
    return np.asarray(rise, np.float64)


def _near(
    strength: npt.NDArray[np.float64], seconds: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the strongest rise within 60 ms of each time."""
    step = LOW_HOP / LOW_RATE_HZ
    reach = round(0.06 / step)
    places = np.rint(seconds / step).astype(int)
    return np.array(
        [strength[max(0, at - reach) : at + reach + 1].max(initial=0.0) for at in places]
    )
