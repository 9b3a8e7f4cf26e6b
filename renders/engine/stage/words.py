"""What a shot's words mean on the stage: pose, face, light. First match wins in every table."""

from __future__ import annotations

import re

from characters.engine.profile import CharacterProfile
from projects.engine.brief import ShotBrief
from projects.engine.framing import Setting, ShotSize, TimeOfDay

POSES: tuple[tuple[str, str], ...] = (
    ("hold_phone", r"phones?|telephone|calls"),
    ("kneel", r"kneels?|kneeling|crouch(?:es)?"),
    ("sit_at_desk", r"(?:writes|types|reads|sits|seated)\b.{0,30}\b(?:desk|table|bench)"),
    ("sit", r"sits?|sitting|seated|chair|armchair|sofa|couch"),
    ("stand", r"rising|rises|stands? up|gets up"),
    ("walk", r"walks?|walking|strides?|paces|runs?|running|crosses|enters|leaves"),
    ("point", r"points?|pointing|accuses"),
    ("lean", r"leans?|leaning|slumps?"),
    ("arms_crossed", r"arms (?:crossed|folded)|folds (?:his|her|their) arms"),
    ("reach", r"reaches|grabs|offers|hands over|takes the"),
    ("turn_away", r"turns away|with (?:his|her|their) back"),
)
"""Words of the action to a pose of the stage. House table."""

EXPRESSIONS: tuple[tuple[str, str], ...] = (
    ("angry", r"angr\w*|furi\w*|rage|fierce|menac\w*|hostil\w*|threat\w*|shouts?"),
    ("fearful", r"fear\w*|afraid|terrif\w*|horror|panic|scared|dread|trembl\w*"),
    ("sad", r"sad|grie\w+|sorrow|weep\w*|mourn\w*|lonel\w*|tears?|smile leaves|regret"),
    ("surprised", r"surpris\w*|astonish\w*|stunn\w*|amaz\w*|gasps?|shock\w*"),
    ("disgusted", r"disgust\w*|contempt|sneers?"),
    ("excited", r"excit\w*|thrilled|cheers?|overjoyed"),
    ("happy", r"smil\w*|happ\w*|laugh\w*|joy\w*|grins?|pleasant|warm(?:ly)?|cheerful"),
    ("confident", r"confident\w*|proud\w*|smug\w*|certain|sure|determined|stern|rising"),
    ("calm", r"calm\w*|quiet\w*|gentle|gently|serene|waits|listens|kind"),
)
"""Words to a face. House table over the ten emotions the stage knows; the seed's S0 names six of them."""

LIGHTS: tuple[tuple[str, str], ...] = (
    ("neon", r"neon"),
    ("noir", r"\bnoir\b"),
    ("horror", r"eerie|horror|terror|haunted"),
    ("golden", r"golden|sunset|magic hour|low warm|hopeful|candle\w*|fire\w*"),
    ("romance", r"tender|romantic|romance|love"),
    ("comedy", r"comedy|comic|bright and even|sitcom"),
    ("cold", r"cold|fluorescent|clinical|urgent|sombre|snow"),
    ("drama", r"tense|drama\w*|low practical|deep shadows"),
)
"""Words of light, mood and look to a mood of the stage. House table."""

F_STOPS: dict[ShotSize, float] = {
    ShotSize.ECU: 2.8,
    ShotSize.CU: 2.8,
    ShotSize.MCU: 2.8,
    ShotSize.MS: 4.0,
    ShotSize.MLS: 5.6,
    ShotSize.LS: 8.0,
    ShotSize.EWS: 11.0,
}
"""Aperture by size: a soft room behind a face, a sharp one in a wide. House choice."""

SPEAKING_SIZES = (ShotSize.MS, ShotSize.MLS, ShotSize.LS)


def pose_of(brief: ShotBrief, person: CharacterProfile) -> str:
    """Return the pose of a person: what the sentence that names them does, else speaking hands, else standing."""
    said = about(brief.action, person)
    for pose, words in POSES:
        if re.search(rf"\b(?:{words})\b", said):
            return pose
    if brief.speaker == person.key and brief.dialogue and brief.size in SPEAKING_SIZES:
        return "speak"
    return "stand"


def expression_of(brief: ShotBrief, person: CharacterProfile) -> str:
    """Return the face of a person: the sentence that names them, else their own usual one."""
    for text in (about(brief.action, person), person.expression.lower()):
        for expression, words in EXPRESSIONS:
            if re.search(rf"\b(?:{words})\b", text):
                return expression
    return "neutral"


def light_of(brief: ShotBrief, *, look: str) -> str:
    """Return the stage's mood: what the scene's light says, then its mood, then the look's words, then the hour."""
    for text in (brief.lighting, brief.mood, look):
        for mood, words in LIGHTS:
            if re.search(rf"\b(?:{words})\b", text.lower()):
                return mood
    if brief.time_of_day is TimeOfDay.NIGHT:
        return "night" if brief.setting is not Setting.INT else "drama"
    return "neutral"


def about(action: str, person: CharacterProfile, *, alone: bool = True) -> str:
    """Return the clauses of an action that name a person; where none does, all of it for somebody `alone`."""
    clauses = re.split(r"(?<=[.;!?])\s+|,\s+(?=[A-Z])", action)
    names = [word for word in person.name.lower().split() if len(word) > 2]
    said = [c for c in clauses if any(re.search(rf"\b{re.escape(n)}\b", c.lower()) for n in names)]
    return " ".join(said or (clauses if alone else ())).lower()
