"""Which of Kokoro's voices, or which blend of two, a person's voice is; how much higher, how much faster."""

from __future__ import annotations

from dataclasses import dataclass

from renders.engine.sound.voice import VoiceSettings


@dataclass(frozen=True, slots=True)
class CastVoice:
    """Shares of voices (they add to 1), the accent's phonemes, semitones up, and speed against the voice's own."""

    shares: tuple[tuple[str, float], ...]
    is_british: bool
    semitones: float
    speed: float

    @property
    def title(self) -> str:
        """Return the voice in words, such as "Heart" or "Heart with Emma"."""
        return " with ".join(name.partition("_")[2].capitalize() for name, _ in self.shares)


SHARES: dict[str, tuple[tuple[str, float], ...]] = {
    "f1": (("af_heart", 1.0),),
    "f2": (("bf_emma", 1.0),),
    "f3": (("af_bella", 1.0),),
    "f4": (("af_heart", 0.5), ("bf_emma", 0.5)),
    "f5": (("af_bella", 0.5), ("bf_emma", 0.5)),
    "m1": (("am_michael", 1.0),),
    "m2": (("bm_george", 1.0),),
    "m3": (("am_fenrir", 1.0),),
    "m4": (("am_michael", 0.5), ("bm_george", 0.5)),
    "m5": (("am_fenrir", 0.5), ("bm_george", 0.5)),
    "m6": (("am_michael", 0.5), ("am_fenrir", 0.5)),
    "m7": (("bm_george", 0.6), ("am_fenrir", 0.2), ("am_michael", 0.2)),
}
"""A voice for each variant a character may have, so that nobody's choice is lost with the engine. Six shipped voices,
chosen by the grades of Kokoro's VOICES.md; the rest are means of their style vectors. House choice."""

MIDDLE_PITCH = {"f": 60, "m": 34}
"""Middle of the pitches drawn for women's and men's voices; there a voice is left at its own height."""
PITCH_PER_SEMITONE, MOST_SEMITONES = 12.0, 1.5
OWN_WORDS_PER_MINUTE = 165
SLOWEST, FASTEST = 0.6, 1.6
"""House choices: beyond them the voices stumble."""


def cast_voice(settings: VoiceSettings) -> CastVoice:
    """Return Kokoro's voice for a person's settings; a variant it has no voice for goes by pitch.

    >>> cast_voice(VoiceSettings(pitch=60, variant="f4")).title
    'Heart with Emma'
    """
    variant = settings.variant
    if variant not in SHARES:
        kind = variant[:1] if variant[:1] in MIDDLE_PITCH else "f" if settings.pitch >= 47 else "m"
        variant = f"{kind}1"
    shares = SHARES[variant]
    semitones = (settings.pitch - MIDDLE_PITCH[variant[0]]) / PITCH_PER_SEMITONE
    if not settings.variant:
        semitones = 0.0
    return CastVoice(
        shares=shares,
        is_british=shares[0][0].startswith("b"),
        semitones=max(-MOST_SEMITONES, min(MOST_SEMITONES, semitones)),
        speed=max(SLOWEST, min(FASTEST, settings.words_per_minute / OWN_WORDS_PER_MINUTE)),
    )
