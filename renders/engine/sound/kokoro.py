"""Lines spoken by Kokoro-82M: phonemes from eSpeak's child, sound from the model's, each word where it lies exactly."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from apexsite.kit.errors import BackendError, InputError, NotAvailable
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from renders.engine.models_manifest import ModelEntry, load_manifest, model_path, model_status
from renders.engine.sound.level import levelled
from renders.engine.sound.phrases import TokenGroup, phrases_of, sounded_words, token_groups
from renders.engine.sound.voice import (
    AUDIBLE_SHARE,
    TREE,
    Spoken,
    SpokenLine,
    WordTiming,
    phonemes_of,
    voice_availability,
)
from renders.engine.sound.voicecast import CastVoice, cast_voice
from renders.engine.sound.wav import SAMPLE_RATE, Samples, write_wav

MODEL_ID = "kokoro-82m-int8"
ENGINE = "Kokoro-82M int8"
VOICES = Path(__file__).with_name("voices")
MODEL_RATE, STEP_SAMPLES = 24_000, 600
"""Source: the model; a step of its duration predictor is 600 samples."""
LEAD_SECONDS, TAIL_SECONDS = 0.05, 0.12
"""Sound kept before the first word and after the last; the model's own silences are longer. House choice."""
TREATMENT = "as the model gives it, at one loudness"
SECONDS_PER_LETTER = 1.0
"""Longest a letter may take to speak before the child is given up. House choice, twenty times what it needs."""
START_SECONDS = 120.0


def model_entry() -> ModelEntry:
    """Return the manifest's entry of the model."""
    return next(entry for entry in load_manifest() if entry.id == MODEL_ID)


def kokoro_availability(models: Path) -> Availability:
    """Say whether the natural voice can run here: its model placed, its runtime and eSpeak installed."""
    if importlib.util.find_spec("onnxruntime") is None:
        return Availability(False, "onnxruntime is not installed", "make install TIER=core")
    plain = voice_availability()
    return model_status(model_entry(), models) if plain.is_available else plain


def speak_all_kokoro(
    lines: Sequence[SpokenLine], folder: Path, progress: Progress, *, models: Path
) -> tuple[Spoken, ...]:
    """Speak many lines into `folder/<name>.wav`; the answers stand in the lines' order. Same line, same bytes.

    Raises `NotAvailable` without the model, `InputError` for a text without a word, `BackendError` when it fails.
    """
    if not lines:
        return ()
    found = kokoro_availability(models)
    path = model_path(model_entry(), models)
    if not found.is_available or path is None:
        raise NotAvailable(found.lacking)
    voices = [cast_voice(line.voice) for line in lines]
    groups = _groups(lines, voices)
    asked = [
        {
            "groups": [list(group.tokens) for group in parts],
            "shares": [list(share) for share in voice.shares],
            # Played back higher it is shorter, so it is spoken that much slower.
            "speed": voice.speed / _ratio(voice),
            "path": str((folder / f"{line.name}.f32").resolve()),
        }
        for line, voice, parts in zip(lines, voices, groups, strict=True)
    ]
    document = {"model": str(path.resolve()), "voices": str(VOICES), "lines": asked}
    spoken = []
    for index, answer in enumerate(_answers(document, lines, progress)):
        raw = Path(asked[index]["path"])  # type: ignore[arg-type]
        samples = np.fromfile(raw, "<f4")
        raw.unlink()
        out = folder / f"{lines[index].name}.wav"
        spoken.append(_finished(samples, answer["groups"], groups[index], voices[index], out))
    return tuple(spoken)


def _groups(
    lines: Sequence[SpokenLine], voices: Sequence[CastVoice]
) -> list[tuple[TokenGroup, ...]]:
    phrases = [phrases_of(line.text) for line in lines]
    for line, parts in zip(lines, phrases, strict=True):
        if not parts:
            raise InputError(f"text={line.text!r} of line {line.name} must hold a word to speak")
    asked = [
        (phrase.text, voice.is_british)
        for parts, voice in zip(phrases, voices, strict=True)
        for phrase in parts
    ]
    sounds = iter(phonemes_of(asked))
    groups = []
    for line, parts, voice in zip(lines, phrases, voices, strict=True):
        mine = [next(sounds) for _ in parts]
        words = sounded_words(parts, mine, is_british=voice.is_british)
        if not words:
            raise InputError(f"text={line.text!r} of line {line.name} has no sound in English")
        groups.append(token_groups(words))
    return groups


def _answers(
    document: dict[str, Any], lines: Sequence[SpokenLine], progress: Progress
) -> list[dict[str, Any]]:
    letters = sum(len(group) for line in document["lines"] for group in line["groups"])
    child = subprocess.Popen(
        [sys.executable, "-m", "renders.engine.sound.kokoro_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=TREE,
    )
    try:
        out, err = child.communicate(
            json.dumps(document).encode(), timeout=START_SECONDS + SECONDS_PER_LETTER * letters
        )
    except subprocess.TimeoutExpired as late:
        raise BackendError(
            f"{ENGINE} took too long for {len(lines)} lines", permanent=False
        ) from late
    finally:
        child.kill()
        child.wait()
    answers = [json.loads(row) for row in out.decode().splitlines() if row.strip()]
    if child.returncode or len(answers) != len(lines):
        tail = err.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
        raise BackendError(f"{ENGINE} failed ({child.returncode}): {tail[0]}", permanent=True)
    progress.advance(len(lines), len(lines), "spoken")
    return answers


def _ratio(voice: CastVoice) -> float:
    return float(2 ** (voice.semitones / 12))


def _finished(
    samples: Samples,
    answers: list[dict[str, Any]],
    groups: Sequence[TokenGroup],
    voice: CastVoice,
    out: Path,
) -> Spoken:
    words: list[WordTiming] = []
    begun = 0
    for answer, group in zip(answers, groups, strict=True):
        ends = np.cumsum([0.0, *answer["steps"]]) * STEP_SAMPLES + begun
        for text, first, after in group.words:
            words.append(WordTiming(text, float(ends[first]), float(ends[after])))
        begun += answer["samples"]
    start, end = _audible(samples)
    ratio = _ratio(voice)
    sound = levelled(_faded(_resampled(samples[start:end], ratio)))
    write_wav(sound, path=out)
    seconds = sound.size / SAMPLE_RATE
    clock = MODEL_RATE * ratio
    timed = tuple(
        WordTiming(
            word.text,
            min(max(0.0, (word.start_seconds - start) / clock), seconds),
            min(max(0.0, (word.end_seconds - start) / clock), seconds),
        )
        for word in words
    )
    return Spoken(out, seconds, SAMPLE_RATE, timed, f"{ENGINE}, {voice.title}", TREATMENT)


def _audible(samples: Samples) -> tuple[int, int]:
    """Return where the voice begins and ends, with a little air; the predicted first step lies after its onset."""
    loud = np.flatnonzero(np.abs(samples) > AUDIBLE_SHARE * float(np.abs(samples).max(initial=0.0)))
    if not loud.size:
        raise BackendError(f"{ENGINE} gave no sound", permanent=True)
    start = max(0, int(loud[0]) - round(LEAD_SECONDS * MODEL_RATE))
    return start, min(samples.size, int(loud[-1]) + 1 + round(TAIL_SECONDS * MODEL_RATE))


def _resampled(samples: Samples, ratio: float) -> Samples:
    """Return 24 kHz samples at 48 kHz, higher by `ratio` and shorter by as much."""
    from scipy.signal import resample_poly

    factor = Fraction(SAMPLE_RATE / (MODEL_RATE * ratio)).limit_denominator(160)
    return np.asarray(resample_poly(samples, factor.numerator, factor.denominator), np.float32)


def _faded(samples: Samples) -> Samples:
    """Return the samples with both ends brought to silence, so that nothing clicks."""
    faded = samples.copy()
    edge = min(round(0.008 * SAMPLE_RATE), faded.size // 2)
    if edge:
        ramp = np.linspace(0.0, 1.0, edge, dtype=np.float32)
        faded[:edge] *= ramp
        faded[-edge:] *= ramp[::-1]
    return faded
