"""The instruments of the music bed: kick, hat, bass, pad and electric piano, each a pure function to samples."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from renders.engine.sound.wav import SAMPLE_RATE, Samples

TABLE_SIZE = 8192
DETUNE_CENTS = (-7.0, 0.0, 6.0)
"""Spread of a pad's three waves. House choice."""


def hertz_of(note: float) -> float:
    """Return the frequency of a MIDI note; 69 is 440 Hz. Source: MIDI tuning standard, equal temperament."""
    return float(440.0 * 2.0 ** ((note - 69.0) / 12.0))


def kick() -> Samples:
    """Return a soft kick: a sine falling from 130 to 47 Hz with a short felt click; 0.38 s, peak 1."""
    time = np.arange(round(0.38 * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = 47.0 + 83.0 * np.exp(-time / 0.028)
    body = np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE) * np.exp(-time / 0.11)
    click = np.sin(2 * np.pi * 1400.0 * time) * np.exp(-time / 0.004)
    return _unit(body + 0.22 * click)


def hat(generator: np.random.Generator) -> Samples:
    """Return a light closed hat: noise above 7 kHz, 60 ms, peak 1."""
    from scipy.signal import butter, sosfilt

    time = np.arange(round(0.06 * SAMPLE_RATE)) / SAMPLE_RATE
    noise = generator.standard_normal(time.size)
    high = sosfilt(butter(2, 7000.0, "highpass", fs=SAMPLE_RATE, output="sos"), noise)
    return _unit(high * np.exp(-time / 0.014))


def bass(note: float, *, seconds: float, brightness_hz: float) -> Samples:
    """Return a plucked, filtered bass note whose overtones die first; peak about 1."""
    count = round(seconds * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    base = hertz_of(note)
    wave = np.zeros(count)
    for k in range(1, 9):
        roll_off = 1.0 / (1.0 + (k * base / (0.45 * brightness_hz)) ** 2)
        wave += np.sin(2 * np.pi * k * base * time) / k * roll_off * np.exp(-time * k * 2.2)
    return _unit(wave * _ends(count, attack=0.006, release=0.05))


def pad(note: float, *, seconds: float, brightness_hz: float, start: int) -> Samples:
    """Return a pad note, stereo (n, 2): three detuned waves with a slow attack and release; peak about 1.

    `start` moves the phases, so that notes of a chord do not begin alike.
    """
    count = round(seconds * SAMPLE_RATE)
    base = hertz_of(note)
    table = _table(base, brightness_hz)
    time = np.arange(count)
    out = np.zeros((count, 2), np.float32)
    for index, cents in enumerate(DETUNE_CENTS):
        step = base * 2 ** (cents / 1200) / SAMPLE_RATE * TABLE_SIZE
        phase = (start * 977 + index * 2731) % TABLE_SIZE
        wave = table[((time * step).astype(np.int64) + phase) % TABLE_SIZE]
        place = index / (len(DETUNE_CENTS) - 1)
        out += wave[:, None] * np.array([1.0 - 0.7 * place, 0.3 + 0.7 * place], np.float32)
    swell = min(1.6, seconds * 0.35)
    return out / np.float32(3.0) * _ends(count, attack=swell, release=swell)[:, None]


def electric_piano(note: float, *, velocity: float) -> Samples:
    """Return a mellow struck note of 2.2 s: one sine that bends another; peak `velocity`.

    Source: Chowning, "The Synthesis of Complex Audio Spectra by Means of Frequency Modulation" (1973).
    """
    time = np.arange(round(2.2 * SAMPLE_RATE)) / SAMPLE_RATE
    base = hertz_of(note)
    bend = 1.3 * velocity * np.exp(-time / 0.25) * np.sin(2 * np.pi * base * time)
    bell = 0.12 * np.sin(2 * np.pi * 7.0 * base * time) * np.exp(-time / 0.06)
    wave = (np.sin(2 * np.pi * base * time + bend) + bell) * np.exp(-time / 0.65)
    return _unit(wave * _ends(time.size, attack=0.004, release=0.3)) * np.float32(velocity)


def _table(base: float, brightness_hz: float) -> Samples:
    angle = 2 * np.pi * np.arange(TABLE_SIZE) / TABLE_SIZE
    wave = np.zeros(TABLE_SIZE)
    for k in range(1, 25):
        if k * base > 9000.0:
            break
        wave += np.sin(k * angle) / k / (1.0 + (k * base / brightness_hz) ** 2)
    return _unit(wave)


def _ends(count: int, *, attack: float, release: float) -> Samples:
    shape = np.ones(count, np.float32)
    rise = min(count // 2, round(attack * SAMPLE_RATE))
    fall = min(count - rise, round(release * SAMPLE_RATE))
    shape[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    if fall:
        shape[count - fall :] = 0.5 + 0.5 * np.cos(np.pi * np.arange(1, fall + 1) / fall)
    return shape


def _unit(wave: npt.NDArray[np.float64]) -> Samples:
    peak = float(np.abs(wave).max(initial=0.0))
    return np.asarray(wave / peak if peak > 0 else wave, np.float32)
