"""The music under a cut and its beats: found in a file or known of Apex's own bed, at the tempo somebody asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from apexsite.kit.errors import InputError
from apexsite.kit.seeds import seed_from_name
from projects.models import Episode, Shot
from renders.bridge import current_bible
from renders.engine.sound.music import beat_times, tempo_for_mood
from renders.engine.sound.musicfile import require_music
from renders.engine.timeline.beats import find_beats, scaled_beats
from renders.models import Cut

FACTORS = {"half": 0.5, "as it is": 1.0, "double": 2.0}
MOST_OFFSET_MS = 2000


@dataclass(frozen=True, slots=True)
class BeatWish:
    """What somebody sets by hand: every second beat, every beat or two for one, and all beats later or earlier.

    `tempo` of "" leaves the octave of a file to the tracker.
    """

    tempo: str = ""
    offset_ms: int = 0

    def __post_init__(self) -> None:
        if self.tempo and self.tempo not in FACTORS:
            raise InputError(f"tempo={self.tempo!r} must be one of {', '.join(FACTORS)}")
        if abs(self.offset_ms) > MOST_OFFSET_MS:
            raise InputError(
                f"offset_ms={self.offset_ms} must be from −{MOST_OFFSET_MS} to {MOST_OFFSET_MS}"
            )

    @property
    def factor(self) -> float | None:
        """Return the factor of the tempo, or None where the tracker decides."""
        return FACTORS.get(self.tempo)

    def to_document(self) -> dict[str, Any]:
        """Return what is kept with the cut."""
        return {"tempo": self.tempo, "offset_ms": self.offset_ms}


def standing_wish(episode: Episode, tier: str) -> BeatWish:
    """Return what the newest cut of this tier was built with."""
    newest = Cut.objects.filter(episode=episode, tier=tier).order_by("-version").first()
    return BeatWish(**(newest.document.get("music", {}).get("wish", {}) if newest else {}))


def music_plan(
    episode: Episode, shots: Sequence[Shot], music: Path | None, wish: BeatWish
) -> dict[str, Any]:
    """Return what is played under a cut and where its beats lie, in frames, with how far each is off."""
    rate = episode.project.rate
    if music is not None:
        require_music(music)
        grid = find_beats(
            music,
            rate=rate,
            tempo_factor=wish.factor,
            offset_seconds=wish.offset_ms / 1000,
        )
        return {
            "source": "file",
            "path": str(music),
            "tempo_bpm": grid.tempo_bpm,
            "beats": "found" if grid.beats_frames else "none found: lengths as planned",
            "confidence": round(grid.confidence, 4),
            "tempo_factor": grid.tempo_factor,
            "wish": wish.to_document(),
            "beats_frames": list(grid.beats_frames) or None,
            "beat_confidences": [round(confidence, 4) for confidence in grid.confidences],
            "beat_residuals_frames": [
                round(residual * float(rate.fps), 4) for residual in grid.residuals_seconds
            ],
        }
    mood = current_bible(episode.project).document["mood"] or shots[0].scene.mood or "tense"
    mood, tempo_bpm = tempo_for_mood(mood)
    longest = 2 * sum(shot.duration_frames for shot in shots) / rate.fps + 30
    known = beat_times(tempo_bpm=tempo_bpm, seconds=float(longest))
    moved = (
        [
            Fraction(beat).limit_denominator(10**9) + Fraction(wish.offset_ms, 1000)
            for beat in scaled_beats([float(beat) for beat in known], wish.factor or 1.0)
        ]
        if wish != BeatWish()
        else known
    )
    beats = [beat for beat in moved if beat >= 0]
    frames = [rate.frames_at(beat) for beat in beats]
    return {
        "source": "apex bed",
        "mood": mood,
        "tempo_bpm": str(tempo_bpm),
        "seed": seed_from_name(f"{episode.project.name}/{episode.number}/music"),
        "beats": "known exactly",
        "wish": wish.to_document(),
        "beats_frames": frames,
        "beat_residuals_frames": [
            round(float(frame - Fraction(beat) * rate.fps), 4)
            for frame, beat in zip(frames, beats, strict=True)
        ],
    }
