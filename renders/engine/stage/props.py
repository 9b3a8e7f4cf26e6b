"""What thing an insert shows, by its words: its name on the stage, where it lies, its colour, whether it is on."""

from __future__ import annotations

import re
from typing import Any

from apexsite.kit.errors import NotSupported, listed
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage

PROPS: tuple[tuple[str, str], ...] = (
    ("gavel", r"gavel|judge's hammer|sounding block"),
    ("photograph", r"photo(?:graph)?|polaroid|snapshot|portrait|picture|negative"),
    ("recorder", r"(?:tape|voice|cassette) ?(?:recorder|player|machine)|recorder|dictaphone|walkman|cassette|tape"),
    ("phone", r"(?:burner |mobile |cell ?|smart)?phone|mobile|handset|tablet"),
    ("envelope", r"envelope"),
    ("folder", r"(?:file |case )?(?:folder|file)|dossier|binder|evidence"),
    ("letter", r"letter|note|paper|sheet|page|document|contract|will|verdict|manuscript|script|telegram|receipt|list"),
    ("map", r"map|newspaper|paper's front page|blueprint|plan|chart"),
    ("card", r"(?:business |playing |credit |id )?card|(?:concert |train )?ticket|badge|licence"),
    ("book", r"(?:note|log|match|cheque|hymn|song|guide)?book|diary|journal|bible|ledger|passport|novel|album"),
    ("key", r"(?:brass |locker |car |house |skeleton )?key"),
    ("ring", r"(?:wedding |engagement )?ring"),
    ("knife", r"(?:kitchen |flick |pen)?knife|blade|dagger|letter opener"),
    ("coin", r"coin|penny|pennies|medal|medallion|token|locket"),
    ("watch", r"(?:wrist|pocket )?watch"),
    ("clock", r"(?:alarm )?clock"),
    ("lamp", r"(?:desk |table |reading )?lamp"),
    ("candle", r"candle|candlestick"),
    ("cup", r"(?:coffee|tea)?cup|mug|coffee|tea"),
    ("glass", r"glass|tumbler|whisky|whiskey|drink"),
    ("bottle", r"bottle|wine|flask"),
    ("flower", r"flower|rose|bouquet|lily|tulip|bloom"),
    ("hat", r"hat|fedora|cap"),
    ("glasses", r"glasses|spectacles|reading glasses|sunglasses"),
    ("box", r"(?:music |jewellery |jewelry |wooden |cigar )?box|chest|casket|steel case"),
    ("door", r"door ?(?:handle|knob|lock)?|handle|doorknob|lock|latch"),
    ("raindrop", r"rain ?drop|drop(?:let)?|puddle|ripple|rain"),
)  # fmt: skip
"""Names of things on the stage and the nouns that mean them, first match wins. House table: what scripts name most."""

COUNTED = re.compile(r"^(?:.*\b)?(?:piece|sheet|bunch|pair|stack|pile|set|scrap|cup full) of ")
HEAD_ENDS = re.compile(
    r"\s+(?:of|on|in|with|from|by|at|under|beside|near|inside|that|which|and|to|for|against)\b.*|[,;:.].*"
)

COLOURS: tuple[tuple[str, str], ...] = (
    ("#8E1A1E", r"red|crimson|scarlet"), ("#24406E", r"blue|navy"), ("#2C5A3A", r"green"),
    ("#17181B", r"black"), ("#EDEAE2", r"white|ivory"), ("#6A4426", r"brown|tan"), ("#D8B03A", r"yellow"),
    ("#C8963E", r"brass|bronze|copper"), ("#E8B548", r"gold(?:en)?"), ("#C4C8CE", r"silver|steel|chrome"),
    ("#7A7C80", r"gr[ea]y"),
)  # fmt: skip
GROUND = r"floor|ground|asphalt|pavement|sidewalk|gutter|street|road|grass|leaves|puddle|kerb|mud"
DOORWAY = r"doorway|doorstep|threshold|porch|step"
LIT = r"lit|alight|burn(?:s|ing)?|glow(?:s|ing)?|on|turns|turning|runs|running|lights up|flicker\w*|ring(?:s|ing)|buzz\w*|flash\w*|records?|recording|play(?:s|ing)?"
UNLIT = r"out|unlit|off|dead|dark|switched off|snuffed|stopped|silent"
LIT_BY_ITSELF = ("candle", "lamp")


def prop_named(words: str) -> str:
    """Return the stage's name of the thing that a phrase is about ("box of negatives" is a box), or nothing."""
    phrase = COUNTED.sub("", " ".join(words.lower().replace("-", " ").split()))
    head = HEAD_ENDS.sub("", phrase).strip(" .!?'\"")
    for name, nouns in PROPS:
        if re.search(rf"\b(?:{nouns})(?:e?s)?$", head):
            return name
    return ""


def prop_mentioned(action: str) -> str:
    """Return the thing of the stage that a sentence names first, or nothing."""
    found = [
        (match.start(), -len(match[0]), name)
        for name, nouns in PROPS
        if (match := re.search(rf"\b(?:{nouns})(?:e?s)?\b", action.lower()))
    ]
    return min(found)[2] if found else ""


def prop_of(brief: ShotBrief) -> dict[str, Any] | None:
    """Return the document of the thing an insert shows; None for an insert of hands, or a shot of another coverage.

    Raises `NotSupported` for a thing the stage does not have.
    """
    if brief.coverage is not Coverage.INSERT:
        return None
    name = prop_named(brief.prop) if brief.prop else prop_mentioned(brief.action)
    if not name:
        if brief.cast and not brief.prop:
            return None
        known = listed([known for known, _ in PROPS])
        raise NotSupported(
            f"the stage has no {brief.prop.lower() or 'thing for this insert'!r}; it has: {known}"
        )
    return {
        "name": name,
        "where": _where(brief),
        "colour": _colour(brief),
        "lit": _is_lit(brief, name),
    }


def _where(brief: ShotBrief) -> str:
    said = brief.action.lower()
    if re.search(rf"\b(?:{DOORWAY})\b", said):
        return "doorway"
    return "ground" if re.search(rf"\b(?:on|across|in|into|to) (?:the |a )?(?:\w+ )?(?:{GROUND})\b", said) else "table"  # fmt: skip


def _colour(brief: ShotBrief) -> str:
    """Return the colour that stands before the thing's own noun in its name, or nothing."""
    for colour, words in COLOURS:
        if re.search(rf"\b(?:{words})\b", brief.prop.lower()):
            return colour
    return ""


def _is_lit(brief: ShotBrief, name: str) -> bool:
    said = brief.action.lower()
    if re.search(rf"\b(?:{UNLIT})\b", said):
        return False
    return name in LIT_BY_ITSELF or bool(re.search(rf"\b(?:{LIT})\b", said))
