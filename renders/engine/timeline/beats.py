"""Beats of a piece of music: librosa's tracker for the tempo and the grid, then one pass that finds the true onsets."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.firstcall import compiling_alone
from renders.engine.timeline.octave import octave_factor, stronger_parity

Samples = npt.NDArray[np.float32]

TRACK_RATE_HZ, TRACK_HOP = 22_050, 512
"""What librosa's tracker is tuned for. Source: librosa 0.11 defaults."""

FINE_RATE_HZ, FINE_HOP, FINE_WINDOW = 44_100, 64, 1024
"""The refinement pass: 1.45 ms a step, where the tracker's 23 ms would eat most of a frame. House choice, measured."""

SEARCH_SECONDS = 0.05
"""How far around a tracked beat its onset is looked for. House choice: less than half of the fastest beat."""

ONSET_BIAS_SECONDS = 0.0025
"""How late the strongest onset step is on clicks of known place. House choice, measured on synthetic tracks."""

ONSET_FLOOR = 0.05
"""Share of the strongest onset below which a beat has no onset of its own. House choice."""

QUIET_PEAK = 1e-4
"""Below this peak (−80 dBFS) there is no music to follow. House choice."""

UNEVEN = 10.0
"""A tenth of a beat off its place leaves no confidence. House choice."""

LEAST_BEATS = 4
"""Fewer beats than this are no pulse. House choice."""


@dataclass(frozen=True, slots=True)
class BeatGrid:
    """Beats as seconds and as frames, rising. Empty where there is no pulse.

    `residuals_seconds[i]` is how far frame i's start lies from beat i, at most half a frame. `confidence` is 1 for
    beats at equal distance and falls to 0 as they spread; `confidences[i]` is beat i's own: how strong its onset is
    against the usual one (0 where none was heard) times how even its distances are. `tempo_factor` says whether what was
    tracked was halved (0.5) or doubled (2).
    """

    beats_seconds: tuple[float, ...] = ()
    beats_frames: tuple[int, ...] = ()
    tempo_bpm: float = 0.0
    confidence: float = 0.0
    residuals_seconds: tuple[float, ...] = ()
    tempo_factor: float = 1.0
    confidences: tuple[float, ...] = ()


def find_beats(
    audio: Path,
    *,
    rate: FrameRate,
    tempo_factor: float | None = None,
    offset_seconds: float = 0.0,
) -> BeatGrid:
    """Return the beats of an audio file; silence or no pulse give an empty grid.

    `tempo_factor` takes every tracked beat (1), two for one (2) or every second (0.5); None decides. `offset_seconds`
    moves all beats, later where it is above 0. Raises `InputError` when the file cannot be read as audio.
    Source: Ellis, "Beat Tracking by Dynamic Programming" (2007), as in librosa; then for every beat the strongest
    onset within ±50 ms at a hop of 64 samples, less its constant bias.
    """
    samples, sample_rate = read_mono(audio)
    if samples.size < sample_rate or float(np.abs(samples).max()) < QUIET_PEAK:
        return BeatGrid()
    with compiling_alone("librosa"):
        return _found(samples, sample_rate, rate, tempo_factor, offset_seconds)


def _found(
    samples: Samples,
    sample_rate: int,
    rate: FrameRate,
    tempo_factor: float | None,
    offset_seconds: float,
) -> BeatGrid:
    import librosa

    coarse = librosa.resample(samples, orig_sr=sample_rate, target_sr=TRACK_RATE_HZ)
    tempo, frames = librosa.beat.beat_track(
        y=coarse, sr=TRACK_RATE_HZ, hop_length=TRACK_HOP, trim=False
    )
    if len(frames) < LEAST_BEATS:
        return BeatGrid()
    rough = librosa.frames_to_time(frames, sr=TRACK_RATE_HZ, hop_length=TRACK_HOP)
    factor = tempo_factor
    if factor is None:
        factor = octave_factor(samples, rough, sample_rate=sample_rate)
    parity = stronger_parity(samples, rough, sample_rate=sample_rate) if factor < 1 else 0
    fine = librosa.resample(samples, orig_sr=sample_rate, target_sr=FINE_RATE_HZ)
    beats = _refined(fine, np.array(scaled_beats(rough, factor, first=parity)))
    moved = [(at + offset_seconds, share) for at, share in beats if at + offset_seconds >= 0]
    grid = _grid(moved, rate=rate, tempo_guess=float(np.atleast_1d(tempo)[0]) * factor)
    return replace(grid, tempo_factor=factor)


def scaled_beats(beats: Sequence[float], factor: float, *, first: int = 0) -> list[float]:
    """Return beats as they are (1), with one more in every middle (2), or every second from `first` on (0.5).

    >>> scaled_beats([0.0, 1.0, 2.0], 2)
    [0.0, 0.5, 1.0, 1.5, 2.0]
    """
    times = [float(beat) for beat in beats]
    if factor == 1:
        return times
    if factor == 0.5:
        return times[first::2]
    if factor == 2:
        middles = [(before + after) / 2 for before, after in itertools.pairwise(times)]
        return sorted([*times, *middles])
    raise InputError(f"tempo_factor={factor!r} must be 0.5, 1 or 2")


def warm_up() -> None:
    """Compile what the first call would compile (half a minute of machine time), on a second of clicks."""
    import librosa

    clicks = np.zeros(TRACK_RATE_HZ * 4, np.float32)
    clicks[:: TRACK_RATE_HZ // 2] = 1.0
    librosa.beat.beat_track(y=clicks, sr=TRACK_RATE_HZ, hop_length=TRACK_HOP, trim=False)
    _onsets(clicks)


def read_mono(audio: Path) -> tuple[Samples, int]:
    """Return the samples of all channels' mean, float32 [−1, 1], and their rate; raises `InputError`."""
    import soundfile

    try:
        samples, sample_rate = soundfile.read(str(audio), dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError, RuntimeError) as err:
        raise InputError(f"audio={audio.name!r} cannot be read as sound: {err}") from err
    return np.ascontiguousarray(samples.mean(axis=1)), int(sample_rate)


def _onsets(fine: Samples) -> npt.NDArray[np.float64]:
    import librosa

    strength: Any = librosa.onset.onset_strength(
        y=fine, sr=FINE_RATE_HZ, hop_length=FINE_HOP, n_fft=FINE_WINDOW
    )
    return np.asarray(strength, np.float64)


def _refined(fine: Samples, rough: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return each beat moved to the strongest onset near it, with that onset's share of the usual one.

    One without an onset is placed by its neighbours and has a share of 0.
    """
    strength = _onsets(fine)
    step = FINE_HOP / FINE_RATE_HZ
    reach = round(SEARCH_SECONDS / step)
    floor = ONSET_FLOOR * float(strength.max())
    places, anchors, heights = [], [], np.zeros(len(rough))
    for place, time in enumerate(rough):
        low = max(0, round(float(time) / step) - reach)
        near = strength[low : round(float(time) / step) + reach + 1]
        best = int(near.argmax()) if near.size else 0
        # A maximum on the window's rim belongs to an onset outside, not to this beat.
        if 0 < best < near.size - 1 and near[best] > floor:
            places.append(place)
            anchors.append((low + best) * step - ONSET_BIAS_SECONDS)
            heights[place] = near[best]
    if len(places) < LEAST_BEATS:
        return []
    beats: list[tuple[float, float]] = []
    end = len(fine) / FINE_RATE_HZ
    shares = np.minimum(1.0, heights / float(np.median(heights[places])))
    times = _spread(np.array(places), np.array(anchors), count=len(rough))
    for beat, share in zip(times, shares, strict=True):
        is_apart = not beats or beat > beats[-1][0] + SEARCH_SECONDS
        if 0.0 <= beat < end and is_apart:
            beats.append((float(beat), float(share)))
    return beats


def _spread(
    places: npt.NDArray[np.int64], anchors: npt.NDArray[np.float64], *, count: int
) -> npt.NDArray[np.float64]:
    """Return a time for all `count` beats: the anchors, between them evenly, beyond them at the usual distance."""
    gap = float(np.median(np.diff(anchors) / np.diff(places)))
    numbers = np.arange(count)
    times = np.interp(numbers, places, anchors)
    before, after = numbers < places[0], numbers > places[-1]
    times[before] = anchors[0] - gap * (places[0] - numbers[before])
    times[after] = anchors[-1] + gap * (numbers[after] - places[-1])
    return np.asarray(times, np.float64)


def _grid(heard: Sequence[tuple[float, float]], *, rate: FrameRate, tempo_guess: float) -> BeatGrid:
    """Return the grid of refined beats, each with its onset's share and on its nearest frame."""
    if len(heard) < LEAST_BEATS:
        return BeatGrid()
    beats = [beat for beat, _ in heard]
    gaps = np.diff(beats)
    middle = float(np.median(gaps))
    off = np.abs(gaps - middle) / middle if middle else np.ones_like(gaps)
    frames = tuple(rate.frames_at(beat) for beat in beats)
    residuals = tuple(
        float(rate.seconds_at(frame)) - beat for frame, beat in zip(frames, beats, strict=True)
    )
    # A beat has a distance to either side; one bad neighbour is that neighbour's fault.
    nearest = np.minimum([off[0], *off], [*off, off[-1]])
    even = np.maximum(0.0, 1.0 - UNEVEN * nearest)
    return BeatGrid(
        beats_seconds=tuple(beats),
        beats_frames=frames,
        tempo_bpm=60.0 / middle if middle else tempo_guess,
        confidence=max(0.0, 1.0 - UNEVEN * float(np.median(off))),
        residuals_seconds=residuals,
        confidences=tuple(
            float(share * grade) for (_, share), grade in zip(heard, even, strict=True)
        ),
    )


def frame_of_beat(*, number: int, tempo_bpm: float, first_seconds: float, rate: FrameRate) -> int:
    """Return the frame of beat `number` of a steady pulse, from its absolute time, so nothing adds up."""
    if not math.isfinite(tempo_bpm) or tempo_bpm <= 0:
        raise InputError(f"tempo_bpm={tempo_bpm!r} must be above 0")
    return rate.frames_at(first_seconds + number * 60.0 / tempo_bpm)
