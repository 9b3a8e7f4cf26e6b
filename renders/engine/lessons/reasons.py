"""The reasons a picture is rejected for, as data: what each is called, by which key it is given, what it teaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apexsite.kit.errors import InputError, listed


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `key` is stored, `hotkey` gives it in the review room, `says` is what the next batch will be.

    `finish` are steps after drawing, `steps` more rounds for engines that draw in rounds, `tightness` how much closer to
    the look; `words` and `negative` go into prompts; `avoid` names what an engine that places things by hand does otherwise.
    """

    key: str
    label: str
    hotkey: str
    says: str
    finish: Mapping[str, float] = field(default_factory=dict)
    steps: int = 0
    tightness: float = 0.0
    words: str = ""
    negative: str = ""
    avoid: str = ""


REASONS: dict[str, Reason] = {
    reason.key: reason
    for reason in (
        Reason(
            "too_dark", "too dark", "1", "brighter",
            finish={"brightness": 0.3}, words="bright, well exposed", negative="underexposed, dark",
        ),
        Reason(
            "too_bright", "too bright", "2", "darker",
            finish={"brightness": -0.3}, words="low key, held highlights", negative="overexposed, washed out",
        ),
        Reason(
            "framing", "wrong framing", "3", "framed otherwise",
            words="balanced framing, subject where the composition asks for it", negative="cropped head, badly framed",
            avoid="across",
        ),
        Reason(
            "person", "wrong person", "4", "closer to the cast",
            words="the same person as described, true likeness", negative="different person, changed face",
        ),
        Reason(
            "place", "wrong place", "5", "closer to the place",
            words="in exactly the place described", negative="different location",
        ),
        Reason(
            "light", "wrong light", "6", "lit from the other side",
            words="light as the scene describes it", negative="flat light", avoid="light_side",
        ),
        Reason(
            "look", "look off", "7", "closer to the look",
            tightness=0.3, words="one palette, one film look", negative="inconsistent style",
        ),
        Reason(
            "blurred", "blurred", "8", "sharper",
            finish={"sharpen": 0.35}, steps=10, words="sharp focus", negative="blurry, out of focus",
        ),
        Reason(
            "noisy", "noisy", "9", "cleaner",
            finish={"grain": -1.0}, steps=10, words="clean image", negative="noise, grain, speckles",
        ),
        Reason(
            "artefacts", "artefacts, hands", "0", "drawn with more care",
            steps=15, words="natural hands, natural face",
            negative="deformed hands, extra fingers, distorted face, artefacts",
        ),
        Reason(
            "cluttered", "cluttered", "u", "plainer",
            words="plain, uncluttered background", negative="clutter, busy background",
        ),
        Reason(
            "action", "not what happens", "h", "closer to what happens",
            words="the action plainly seen", negative="posing for the camera",
        ),
    )
}  # fmt: skip
"""Source: the list, the words and the sizes of the changes are house choices; the names of finishing steps are S4's."""

CHOICES = [(reason.key, reason.label) for reason in REASONS.values()]


def reasons_checked(keys: Iterable[str]) -> tuple[str, ...]:
    """Return reasons once each in the list's order; raises `InputError` for one that is not on it."""
    given = list(keys)
    for key in given:
        if key not in REASONS:
            raise InputError(f"reason={key!r} must be one of {listed(REASONS)}")
    return tuple(key for key in REASONS if key in given)


def reasons_said(keys: Iterable[str]) -> str:
    """Return reasons in words, as a verdict tells them."""
    return ", ".join(REASONS[key].label for key in keys if key in REASONS)
