# SPDX-License-Identifier: GPL-3.0-or-later
"""StageBrief: the JSON a job comes in, read and checked. Numpy and kit only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apexsite.kit.documents import upgrade_document
from apexsite.kit.errors import InputError, listed
from characters.engine.human.cast import BodyCast
from characters.engine.human.needs import refuse_without
from renders.stage_worker.framing import Shot
from renders.stage_worker.propwish import PropWish

KIND, VERSION = "stage", 1
QUALITY_NAMES = ("sketch", "draft", "good")
OUTPUTS = ("picture", "depth", "masks", "normal", "blend")
MOST_PEOPLE = 8
TIMES_OF_DAY = ("dawn", "day", "dusk", "night")
LEAST_LIGHT, MOST_LIGHT = 0.05, 8.0


@dataclass(frozen=True, slots=True)
class Player:
    """One person of the shot: body, where they are (x, y, floor z), what they do, whom they look at.

    `look_at` is "camera", the key of another player, a point of the room, or nothing (straight ahead).
    """

    key: str
    body: BodyCast
    place: tuple[float, float, float] = (0.0, 0.0, 0.0)
    facing_degrees: float = 0.0
    pose: str = "stand"
    expression: str = "neutral"
    amount: float = 1.0
    look_at: str | tuple[float, float, float] | None = None
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse_without(self.pose, self.without)


@dataclass(frozen=True, slots=True)
class StageBrief:
    """All a picture is made from; the same brief gives the same picture on the same machine."""

    folder: Path
    players: tuple[Player, ...]
    shot: Shot
    set_name: str = "studio"
    time_of_day: str = "day"
    mood: str = "neutral"
    quality: str = "draft"
    width: int = 768
    height: int = 576
    light: float = 1.0
    seed: int = 1
    outputs: tuple[str, ...] = ("picture",)
    subject: int = 0
    prop: PropWish | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.quality not in QUALITY_NAMES:
            raise InputError(
                f"quality={self.quality!r} is not known; valid: {listed(QUALITY_NAMES)}"
            )
        if self.time_of_day not in TIMES_OF_DAY:
            raise InputError(
                f"time_of_day={self.time_of_day!r} is not known; valid: {listed(TIMES_OF_DAY)}"
            )
        if not LEAST_LIGHT <= self.light <= MOST_LIGHT:
            raise InputError(
                f"light={self.light:g} must be from {LEAST_LIGHT:g} to {MOST_LIGHT:g} times the mood's own; "
                "without light a picture is black"
            )
        for name in self.outputs:
            if name not in OUTPUTS:
                raise InputError(f"outputs={name!r} is not known; valid: {listed(OUTPUTS)}")
        if not (16 <= self.width <= 4096 and 16 <= self.height <= 4096):
            raise InputError(f"size={self.width}×{self.height} must be from 16 to 4096 a side")
        if len(self.players) > MOST_PEOPLE:
            raise InputError(
                f"players={len(self.players)} must be {MOST_PEOPLE} or fewer; crowds are not drawn by the stage"
            )
        if self.players and not 0 <= self.subject < len(self.players):
            raise InputError(f"subject={self.subject} must be from 0 to {len(self.players) - 1}")


def read_brief(document: Mapping[str, Any]) -> StageBrief:
    """Return the brief of a document (`apex.stage/1`). Raises `InputError` for anything it cannot read."""
    plain = upgrade_document(document, kind=KIND, version=VERSION, upgrades={})
    plain.pop("schema")
    _refuse_words(plain)
    try:
        players = tuple(_player(entry) for entry in plain.pop("players", ()))
        return StageBrief(
            folder=Path(plain.pop("folder")),
            players=players,
            shot=Shot(**plain.pop("shot", {})),
            outputs=tuple(plain.pop("outputs", ("picture",))),
            prop=PropWish(**wish) if (wish := plain.pop("prop", None)) else None,
            **plain,
        )
    except (TypeError, KeyError) as error:
        raise InputError(f"stage brief cannot be read: {error}") from error


NUMBERS = ("light", "width", "height", "seed", "subject")
SHOT_NUMBERS = ("lens_mm", "f_stop", "azimuth_degrees", "offset_x")


def _refuse_words(plain: Mapping[str, Any]) -> None:
    """Raise `InputError` for what should be a number and is none, by name."""
    shot = plain.get("shot", {})
    if not isinstance(shot, Mapping):
        raise InputError(f"shot={shot!r} must be an object with size, lens_mm and the like")
    given = {name: plain[name] for name in NUMBERS if name in plain}
    given |= {name: shot[name] for name in SHOT_NUMBERS if name in shot}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise InputError(f"{name}={value!r} must be a number")


def _player(entry: Mapping[str, Any]) -> Player:
    fields = dict(entry)
    look_at = fields.pop("look_at", None)
    return Player(
        body=BodyCast.from_document(fields.pop("body")),
        place=tuple(fields.pop("place", (0.0, 0.0, 0.0))),
        look_at=tuple(look_at) if isinstance(look_at, list) else look_at,
        **fields,
    )
