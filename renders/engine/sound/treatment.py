"""A light treatment that takes the edge off a synthetic voice: rumble filter, softer top, a small room."""

from __future__ import annotations

import numpy as np

from apexsite.kit.seeds import seed_from_name
from renders.engine.sound.compressor import compressed
from renders.engine.sound.wav import SAMPLE_RATE, Samples

TREATMENT = "high-pass 80 Hz, high shelf −4 dB above 3.6 kHz, 3:1 compressor, small room at −17 dB"
"""What `treated` does, in words, for the report. House choice, judged by spectra."""

HIGH_PASS_HZ, SHELF_HZ, SHELF_DB = 80.0, 3600.0, -4.0
ROOM_SECONDS, ROOM_PREDELAY_SECONDS, ROOM_DB = 0.16, 0.009, -17.0
PEAK_DBFS = -3.0
FADE_SECONDS = 0.008


def treated(voice: Samples) -> Samples:
    """Return mono float32 samples at 48 kHz, treated, same length, peak at −3 dBFS (silence stays silence)."""
    from scipy.signal import butter, fftconvolve, lfilter, sosfilt

    dry = sosfilt(butter(2, HIGH_PASS_HZ, "highpass", fs=SAMPLE_RATE, output="sos"), voice)
    dry, _ = compressed(np.asarray(lfilter(*_high_shelf(), dry), np.float32))
    room = _room()
    wet = fftconvolve(dry, room)[: dry.size] * 10 ** (ROOM_DB / 20)
    mixed = np.asarray(dry + wet, np.float32)
    fade = min(round(FADE_SECONDS * SAMPLE_RATE), mixed.size)
    if fade:
        mixed[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    peak = float(np.abs(mixed).max(initial=0.0))
    return mixed * np.float32(10 ** (PEAK_DBFS / 20) / peak) if peak > 0 else mixed


def _high_shelf() -> tuple[list[float], list[float]]:
    """Return b, a of a high shelf. Source: Bristow-Johnson, "Audio EQ Cookbook", slope 1."""
    gain = 10 ** (SHELF_DB / 40)
    omega = 2 * np.pi * SHELF_HZ / SAMPLE_RATE
    cos, alpha = float(np.cos(omega)), float(np.sin(omega)) / 2 * np.sqrt(2)
    root = 2 * np.sqrt(gain) * alpha
    b = [
        gain * ((gain + 1) + (gain - 1) * cos + root),
        -2 * gain * ((gain - 1) + (gain + 1) * cos),
        gain * ((gain + 1) + (gain - 1) * cos - root),
    ]
    a = [
        (gain + 1) - (gain - 1) * cos + root,
        2 * ((gain - 1) - (gain + 1) * cos),
        (gain + 1) - (gain - 1) * cos - root,
    ]
    return b, a


def _room() -> Samples:
    """Return the answer of a small room: decaying noise of unit energy after a short gap."""
    generator = np.random.default_rng(seed_from_name("apex/voice/room"))
    count = round(ROOM_SECONDS * SAMPLE_RATE)
    decay = np.exp(-6.9 * np.arange(count) / count)
    tail = generator.standard_normal(count) * decay
    tail /= np.sqrt(np.sum(tail**2))
    return np.concatenate([np.zeros(round(ROOM_PREDELAY_SECONDS * SAMPLE_RATE)), tail]).astype(
        np.float32
    )
