"""Lines spoken once and kept: the sound, when its words are heard, and who spoke it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import NotFound
from apexsite.kit.progress import NullProgress, Progress
from renders.engine.sound.speakers import (
    PLAIN,
    VERSIONS,
    Choice,
    choose_engine,
    speak_lines,
)
from renders.engine.sound.voice import ENGINE as PLAIN_TITLE
from renders.engine.sound.voice import Spoken, SpokenLine, VoiceSettings, WordTiming
from renders.models import KeptSample, Media
from renders.services.media import content_store, media_keep_bytes, media_path

SOUND, WORDS = "speech", "speech-words"
RECORDED = "recorded"

LINES_AT_ONCE = 8
"""Lines spoken in one go and then kept: little is lost when a worker stops, and a voice is loaded seldom. House choice."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A spoken line in the store. `engine` is its id, `spoken_by` the name people read."""

    text: str
    media: Media
    seconds: float
    words: tuple[WordTiming, ...]
    engine: str
    spoken_by: str

    @property
    def path(self) -> Path:
        """Return where its WAV lies."""
        return media_path(self.media)


def voice_choice() -> Choice:
    """Return who speaks on this machine."""
    return choose_engine(Path(settings.APEX_MODELS_ROOT), online=settings.APEX_ONLINE_VOICE)


def lines_kept(
    lines: Sequence[tuple[str, VoiceSettings]], *, engine: str, progress: Progress | None = None
) -> list[KeptLine]:
    """Return each text spoken by its voice, from the store where it was spoken before.

    The others are spoken a few at a time and kept at once: who is stopped goes on from there.
    """
    keys = [_key(text, voice, engine) for text, voice in lines]
    found = {key: line for key in set(keys) if (line := _found(key, engine)) is not None}
    missing = {key: line for key, line in zip(keys, lines, strict=True) if key not in found}
    asked = [SpokenLine(name=key, text=text, voice=voice) for key, (text, voice) in missing.items()]
    for first in range(0, len(asked), LINES_AT_ONCE):
        told = _Counted(progress or NullProgress(), first, len(asked))
        found |= _speak(asked[first : first + LINES_AT_ONCE], engine, told)
    return [found[key] for key in keys]


def line_is_kept(text: str, voice: VoiceSettings, *, engine: str) -> bool:
    """Say whether a line is in the store already."""
    return _found(_key(text, voice, engine), engine) is not None


def _speak(lines: Sequence[SpokenLine], engine: str, progress: Progress) -> dict[str, KeptLine]:
    models = Path(settings.APEX_MODELS_ROOT)
    with tempfile.TemporaryDirectory(prefix="apex-voice-") as folder:
        spoken = speak_lines(lines, Path(folder), progress, engine=engine, models=models)
        return {
            line.name: _keep(line.name, line.text, said, engine)
            for line, said in zip(lines, spoken, strict=True)
        }


class _Counted:
    """A part of the lines counted among all of them."""

    def __init__(self, progress: Progress, first: int, total: int) -> None:
        self.progress, self.first, self.total = progress, first, total

    def advance(self, done: int, total: int, message: str = "") -> None:
        """Tell how many of all lines are spoken."""
        at = min(self.first + done, self.total)
        self.progress.advance(at, self.total, f"line {min(at + 1, self.total)} of {self.total}")


def speech_files(speech: Sequence[dict[str, Any]]) -> list[Path]:
    """Return the sound of each line of a cut: the very file it was timed by, else the same line spoken again.

    Raises `NotAvailable` where a line's engine cannot run here, `NotFound` where a recording is gone.
    """
    paths: list[Path] = []
    for line in speech:
        try:
            paths.append(content_store().open_path(line.get("sound", "").removeprefix("sha256:")))
        except NotFound:
            if line.get("engine") == RECORDED:
                raise
            voice = VoiceSettings(**line["voice"])
            (kept,) = lines_kept([(line["text"], voice)], engine=line.get("engine", PLAIN))
            paths.append(kept.path)
    return paths


def voices_in(speech: Sequence[dict[str, Any]]) -> str:
    """Return the names of all voices of a cut, for the record of how its film was made."""
    return "; ".join(dict.fromkeys(line.get("spoken_by") or PLAIN_TITLE for line in speech))


def _key(text: str, voice: VoiceSettings, engine: str) -> str:
    return document_hash(["speech", engine, VERSIONS.get(engine, 0), text, asdict(voice)])


def _found(key: str, engine: str) -> KeptLine | None:
    rows = {
        row.kind: row.media
        for row in KeptSample.objects.filter(
            key__in=[key, document_hash([key, WORDS])]
        ).select_related("media")
    }
    if SOUND not in rows or WORDS not in rows:
        return None
    try:
        media_path(rows[SOUND])
        said = json.loads(media_path(rows[WORDS]).read_text(encoding="utf-8"))
    except NotFound:
        return None
    words = tuple(WordTiming(*word) for word in said["words"])
    return KeptLine(said["text"], rows[SOUND], said["seconds"], words, engine, said["spoken_by"])


def _keep(key: str, text: str, spoken: Spoken, engine: str) -> KeptLine:
    document = {
        "text": text,
        "seconds": spoken.seconds,
        "words": [[word.text, word.start_seconds, word.end_seconds] for word in spoken.words],
        "spoken_by": spoken.engine,
    }
    sound = media_keep_bytes(spoken.path.read_bytes(), content_type="audio/wav")
    words = media_keep_bytes(
        json.dumps(document, ensure_ascii=False).encode(), content_type="application/json"
    )
    KeptSample.objects.update_or_create(key=key, defaults={"kind": SOUND, "media": sound})
    KeptSample.objects.update_or_create(
        key=document_hash([key, WORDS]), defaults={"kind": WORDS, "media": words}
    )
    return KeptLine(text, sound, spoken.seconds, spoken.words, engine, spoken.engine)
