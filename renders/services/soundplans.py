"""What a cut sounds like before it is rendered: which line is spoken when, by which voice, over which music."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from apexsite.kit.progress import NullProgress
from apexsite.kit.timecode import FrameRate
from characters.models import Character
from projects.models import Project, Shot
from renders.bridge import profile_of
from renders.engine.sound.voice import SpokenLine, VoiceSettings, WordTiming, speak_all

LEAD_IN_FRAMES = 5
TAIL_FRAMES = 7
"""Air before and after a line, so that no word touches a cut. House choice, about a fifth of a second."""

NARRATOR = VoiceSettings(pitch=38, words_per_minute=158, variant="m3")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of speech: which shot, how long it takes to say."""

    shot_code: str
    text: str
    voice: VoiceSettings
    seconds: float
    speaker: str = ""
    words: tuple[WordTiming, ...] = ()

    def needed_frames(self, rate: FrameRate) -> int:
        """Return the frames a shot must last to hold the line with its air."""
        return LEAD_IN_FRAMES + math.ceil(Fraction(self.seconds) * rate.fps) + TAIL_FRAMES

    def to_document(self, *, start_frame: int) -> dict[str, Any]:
        """Return the line as plain JSON values, placed in the cut."""
        return {
            "shot": self.shot_code,
            "text": self.text,
            "speaker": self.speaker,
            "start_frame": start_frame,
            "seconds": round(self.seconds, 4),
            "words": [
                [word.text, round(word.start_seconds, 4), round(word.end_seconds, 4)]
                for word in self.words
            ],
            "voice": {
                "pitch": self.voice.pitch,
                "words_per_minute": self.voice.words_per_minute,
                "variant": self.voice.variant,
            },
        }


def voice_of(project: Project, speaker: str) -> VoiceSettings:
    """Return the voice of a speaker by key or name; who is not cast speaks as the narrator."""
    wanted = speaker.casefold().strip()
    for character in Character.objects.filter(project=project):
        if wanted in (character.key.casefold(), character.name.casefold()):
            profile = profile_of(character)
            return VoiceSettings(
                pitch=profile.voice_pitch,
                words_per_minute=profile.voice_words_per_minute,
                variant=profile.voice_variant,
            )
    return NARRATOR


def lines_of(project: Project, shots: Sequence[Shot]) -> dict[str, PlannedLine]:
    """Return the spoken line of every shot that has one, timed by really speaking it."""
    spoken = [shot for shot in shots if shot.dialogue.strip()]
    if not spoken:
        return {}
    voices = [voice_of(project, shot.speaker) for shot in spoken]
    with tempfile.TemporaryDirectory(prefix="apex-voice-") as folder:
        results = speak_all(
            [
                SpokenLine(name=shot.code, text=shot.dialogue, voice=voice)
                for shot, voice in zip(spoken, voices, strict=True)
            ],
            folder=Path(folder),
            progress=NullProgress(),
        )
    return {
        shot.code: PlannedLine(
            shot.code, shot.dialogue, voice, result.seconds, shot.speaker, result.words
        )
        for shot, voice, result in zip(spoken, voices, results, strict=True)
    }
