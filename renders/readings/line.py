"""What a shot's page says of its line: the recording there is, and whether it still fits the words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from projects.models import Episode, Shot
from renders.models import LineRecording


@dataclass(frozen=True, slots=True)
class LineReading:
    """The recording of a line, if any; `version` changes when the line sounds otherwise."""

    recording: LineRecording | None
    is_current: bool
    version: str


def line_of(shot: Shot) -> LineReading:
    """Return the reading of a shot's line."""
    recording = LineRecording.objects.select_related("sound").filter(shot=shot).first()
    is_current = recording is not None and recording.text == shot.dialogue
    version = recording.sound.sha256[:12] if recording and is_current else str(len(shot.dialogue))
    return LineReading(recording, is_current, version)


def recordings_of(episode: Episode) -> QuerySet[LineRecording]:
    """Return the recorded lines of a film."""
    rows = LineRecording.objects.filter(shot__scene__episode=episode)
    return rows.select_related("shot", "uploaded_by")
