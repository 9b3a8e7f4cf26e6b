"""Lines spoken aloud by eSpeak NG, which runs as a child program: 48 kHz mono WAV and the time of every word."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from apexsite.kit.errors import BackendError, InputError
from apexsite.kit.progress import NullProgress, Progress
from apexsite.kit.registry import Availability
from renders.engine.sound.treatment import TREATMENT, treated
from renders.engine.sound.wav import SAMPLE_RATE, Samples, read_sound, write_wav

ENGINE = "espeak-ng (plain voice)"
LANGUAGE = "en-us"
BRITISH = "en"
TREE = Path(__file__).resolve().parents[3]
REMEDY = "make install TIER=core"
TAIL_SECONDS = 0.12
"""Sound kept after the last audible sample; the rest of eSpeak's silence is cut. House choice."""

AUDIBLE_SHARE = 0.01
"""Share of the loudest sample above which there is voice (−40 dB). House choice."""


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How a person sounds: pitch 0–99, words a minute 80–450, and the name of an eSpeak variant such as `f3`."""

    pitch: int = 50
    words_per_minute: int = 165
    variant: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.pitch <= 99:
            raise InputError(f"pitch={self.pitch} must be from 0 to 99")
        if not 80 <= self.words_per_minute <= 450:
            raise InputError(f"words_per_minute={self.words_per_minute} must be from 80 to 450")
        if self.variant and not self.variant.replace("-", "").replace("_", "").isalnum():
            raise InputError(f"variant={self.variant!r} must be a variant's name such as f3 or m2")


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line to speak; `name` becomes the file's name."""

    name: str
    text: str
    voice: VoiceSettings


@dataclass(frozen=True, slots=True)
class WordTiming:
    """A word as written and when it sounds, in seconds from the file's start."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """A spoken line: 48 kHz mono 16-bit WAV, its length, its words, and what was done to the sound."""

    path: Path
    seconds: float
    sample_rate: int
    words: tuple[WordTiming, ...]
    engine: str = ENGINE
    treatment: str = TREATMENT


def voice_availability() -> Availability:
    """Say whether the plain voice can run here."""
    if importlib.util.find_spec("espeakng_loader") is None:
        return Availability(False, "the eSpeak NG package is not installed", REMEDY)
    return Availability(True)


def speak(text: str, *, voice: VoiceSettings, out: Path, timeout_seconds: float = 20) -> Spoken:
    """Speak one text into `out`. Raises like `speak_all`."""
    line = SpokenLine(name=out.stem, text=text, voice=voice)
    return _speak([line], [out], NullProgress(), timeout_seconds)[0]


def speak_all(
    lines: Sequence[SpokenLine],
    folder: Path,
    progress: Progress,
    *,
    timeout_seconds_per_line: float = 20,
) -> tuple[Spoken, ...]:
    """Speak many lines, each in a child of its own, into `folder/<name>.wav`; the answers stand in the lines' order.

    Raises `InputError` for an empty text or a name used twice, `NotAvailable` when eSpeak NG is not installed and
    `BackendError` when it fails, for instance for a variant it does not have.
    """
    if not lines:
        return ()
    names = [line.name for line in lines]
    if len(set(names)) != len(names):
        raise InputError(f"names of lines must differ, got {', '.join(names)}")
    paths = [folder / f"{name}.wav" for name in names]
    return tuple(_speak(lines, paths, progress, timeout_seconds_per_line * len(lines)))


def _speak(
    lines: Sequence[SpokenLine], paths: Sequence[Path], progress: Progress, timeout_seconds: float
) -> list[Spoken]:
    for line in lines:
        if not any(character.isalnum() for character in line.text):
            raise InputError(f"text={line.text!r} of line {line.name} must hold a word to speak")
    spoken = []
    for index, (line, path) in enumerate(zip(lines, paths, strict=True)):
        progress.advance(index, len(lines), f"speaking {line.name}")
        # A child for each line: the library carries hidden state from one line into the next one's sound.
        answer = _run_child([line], [path], timeout_seconds / len(lines))[0]
        spoken.append(_finished(line.text, path, answer["words"]))
    progress.advance(len(lines), len(lines), "spoken")
    return spoken


def _run_child(
    lines: Sequence[SpokenLine], paths: Sequence[Path], timeout_seconds: float
) -> list[dict[str, Any]]:
    asked = [
        {
            "text": line.text,
            "path": str(path.resolve()),
            "voice": f"{LANGUAGE}+{line.voice.variant}" if line.voice.variant else LANGUAGE,
            "pitch": line.voice.pitch,
            "words_per_minute": line.voice.words_per_minute,
        }
        for line, path in zip(lines, paths, strict=True)
    ]
    return _answers({"lines": asked}, timeout_seconds)


def phonemes_of(
    phrases: Sequence[tuple[str, bool]], *, timeout_seconds: float = 60
) -> tuple[str, ...]:
    """Return eSpeak's phonemes of phrases, each with whether it is British; in IPA, `^` ties two signs of one sound."""
    asked = [
        {"text": text, "voice": BRITISH if is_british else LANGUAGE} for text, is_british in phrases
    ]
    return tuple(row["phonemes"] for row in _answers({"phrases": asked}, timeout_seconds))


def _answers(
    document: dict[str, list[dict[str, Any]]], timeout_seconds: float
) -> list[dict[str, Any]]:
    voice_availability().require()
    count = sum(len(rows) for rows in document.values())
    try:
        done = subprocess.run(
            [sys.executable, "-m", "renders.engine.sound.espeak_child"],
            input=json.dumps(document).encode(),
            capture_output=True,
            timeout=timeout_seconds,
            cwd=TREE,
            check=False,
        )
    except subprocess.TimeoutExpired as err:
        raise BackendError(
            f"eSpeak NG took longer than {timeout_seconds:g} s for {count} lines",
            permanent=False,
        ) from err
    answers = [json.loads(line) for line in done.stdout.decode().splitlines() if line.strip()]
    if done.returncode or len(answers) != count:
        tail = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
        raise BackendError(f"eSpeak NG failed ({done.returncode}): {tail[0]}", permanent=True)
    return answers


def _finished(text: str, path: Path, events: list[dict[str, Any]]) -> Spoken:
    raw = read_sound(path)[:, 0]
    loud = np.flatnonzero(np.abs(raw) > AUDIBLE_SHARE * float(np.abs(raw).max(initial=0.0)))
    if not loud.size:
        raise BackendError(f"eSpeak NG gave no sound for {text[:60]!r}", permanent=True)
    kept = min(raw.size, int(loud[-1]) + 1 + round(TAIL_SECONDS * SAMPLE_RATE))
    samples = treated(raw[:kept])
    words = _words(text, events, loud, kept)
    write_wav(samples, path=path)
    return Spoken(path, samples.size / SAMPLE_RATE, SAMPLE_RATE, words)


def _words(
    text: str, events: list[dict[str, Any]], loud: Any, length: int
) -> tuple[WordTiming, ...]:
    """Return the words with their ends at the last audible sample before the next word begins."""
    starts = [min(round(event["seconds"] * SAMPLE_RATE), length - 1) for event in events]
    words = []
    for index, event in enumerate(events):
        begin = starts[index]
        limit = starts[index + 1] if index + 1 < len(starts) else length
        last = int(np.searchsorted(loud, limit)) - 1
        end = int(loud[last]) + 1 if last >= 0 else limit
        end = end if end > begin else max(limit, begin + 1)
        # eSpeak speaks "of the" as one event; the text up to the next event keeps every written word.
        at = int(event["at"])
        following = int(events[index + 1]["at"]) if index + 1 < len(events) else len(text)
        written = text[at : max(following, at + int(event["length"]))].strip(' ,.;:!?—-"\n\t')
        words.append(WordTiming(written, begin / SAMPLE_RATE, end / SAMPLE_RATE))
    return tuple(words)


def samples_of(spoken: Spoken) -> Samples:
    """Return the samples of a spoken line, float32 mono at 48 kHz."""
    return read_sound(spoken.path)[:, 0]
