"""Recorded lines: kept beside their file, played in place of the voice, taken back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import StateError
from projects import access
from projects.events import event_record
from projects.models import Shot
from renders.engine.sound.recording import read_recording
from renders.engine.sound.wav import write_wav
from renders.models import LineRecording
from renders.services.media import media_keep_bytes


def recording_upload(*, user: AbstractUser, shot: Shot, content: bytes, name: str) -> LineRecording:
    """Keep a recording of the shot's line in place of the one there may be; the same file twice is the one there is.

    Raises `StateError` where nobody speaks in the shot, `InputError` for a file that is no whole, audible line.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    if not shot.dialogue.strip():
        raise StateError(f"nobody speaks in shot {shot.code}; give it a line first")
    label = name.strip()[:200] or "the file"
    found = read_recording(content, name=label)
    with tempfile.TemporaryDirectory(prefix="apex-recording-") as folder:
        path = Path(folder) / "line.wav"
        write_wav(found.samples, path=path)
        sound = media_keep_bytes(path.read_bytes(), content_type="audio/wav")
    original = media_keep_bytes(content, content_type="application/octet-stream")
    values = {
        "text": shot.dialogue,
        "sound": sound,
        "original": original,
        "file_name": label,
        "seconds": found.seconds,
        "facts": {
            "codec": found.codec,
            "channels": found.channels,
            "rate_hz": found.rate_hz,
            "file_seconds": round(found.file_seconds, 3),
        },
        "uploaded_by": user,
    }
    with transaction.atomic():
        Shot.objects.select_for_update().get(pk=shot.pk)
        standing = LineRecording.objects.filter(shot=shot).first()
        if standing and standing.original_id == original.pk and standing.text == shot.dialogue:
            return standing
        recording, _ = LineRecording.objects.update_or_create(shot=shot, defaults=values)
        event_record(
            project, "line.recorded", shot, actor=user,
            payload={"code": shot.code, "file": label, "seconds": round(found.seconds, 2)},
        )  # fmt: skip
    return recording


@transaction.atomic
def recording_remove(*, user: AbstractUser, shot: Shot) -> None:
    """Take the shot's recording back, so that the voice speaks again; where there is none nothing happens."""
    project = shot.scene.episode.project
    access.require(user, project, "make")
    count, _ = LineRecording.objects.filter(shot=shot).delete()
    if count:
        event_record(project, "line.unrecorded", shot, actor=user, payload={"code": shot.code})
