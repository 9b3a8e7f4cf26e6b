"""What a cut sounds like before it is rendered: which line is spoken when, by which voice, over which music."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from apexsite.kit.progress import Progress
from apexsite.kit.timecode import FrameRate
from characters.engine.profile import CharacterProfile
from characters.models import Character
from projects.models import Project, Shot
from renders.bridge import profile_of
from renders.engine.sound.recording import words_laid
from renders.engine.sound.speakers import PLAIN
from renders.engine.sound.voice import VoiceSettings, WordTiming
from renders.models import LineRecording
from renders.services.ledger import voice_for
from renders.services.speech import RECORDED, line_is_kept, lines_kept, voice_choice

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
    engine: str = PLAIN
    spoken_by: str = ""
    sha256: str = ""

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
            "engine": self.engine,
            "spoken_by": self.spoken_by,
            "sound": f"sha256:{self.sha256}",
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
            return voice_settings(profile_of(character))
    return NARRATOR


def voice_settings(profile: CharacterProfile) -> VoiceSettings:
    """Return how a person sounds."""
    return VoiceSettings(
        pitch=profile.voice_pitch,
        words_per_minute=profile.voice_words_per_minute,
        variant=profile.voice_variant,
    )


def lines_unspoken(project: Project, shots: Sequence[Shot]) -> list[str]:
    """Return the codes of the shots whose line has to be spoken before it can be played."""
    engine = voice_choice().engine
    return [
        shot.code
        for shot in shots
        if shot.dialogue.strip()
        and not line_is_kept(shot.dialogue, voice_of(project, shot.speaker), engine=engine)
    ]


def lines_of(
    project: Project, shots: Sequence[Shot], *, progress: Progress | None = None
) -> dict[str, PlannedLine]:
    """Return the spoken line of every shot that has one, timed by really speaking it."""
    spoken = [shot for shot in shots if shot.dialogue.strip()]
    if not spoken:
        return {}
    voices = [voice_of(project, shot.speaker) for shot in spoken]
    kept = lines_kept(
        [(shot.dialogue, voice) for shot, voice in zip(spoken, voices, strict=True)],
        engine=voice_for(project).engine,
        progress=progress,
    )
    lines = {
        shot.code: PlannedLine(
            shot_code=shot.code,
            text=shot.dialogue,
            voice=voice,
            seconds=line.seconds,
            speaker=shot.speaker,
            words=line.words,
            engine=line.engine,
            spoken_by=line.spoken_by,
            sha256=line.media.sha256,
        )
        for shot, voice, line in zip(spoken, voices, kept, strict=True)
    }
    recordings = LineRecording.objects.filter(shot__in=spoken).select_related("sound", "shot")
    for recording in recordings:
        code = recording.shot.code
        if recording.text == lines[code].text:
            lines[code] = recorded(lines[code], recording)
    return lines


def recorded(line: PlannedLine, recording: LineRecording) -> PlannedLine:
    """Return a line played from its recording; its words keep the voice's proportions."""
    return replace(
        line,
        seconds=recording.seconds,
        words=words_laid(line.words, seconds=recording.seconds),
        engine=RECORDED,
        spoken_by=f"recording {recording.file_name}",
        sha256=recording.sound.sha256,
    )
