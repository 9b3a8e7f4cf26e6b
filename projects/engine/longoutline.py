"""A long outline: scenes of varied places from tables and a seed, fitted to exactly the shots asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeVar

import numpy as np

from apexsite.kit.errors import NotSupported
from apexsite.kit.seeds import seed_mix
from apexsite.kit.timecode import FrameRate
from projects.engine.genres import AGES, NAMES, Genre
from projects.engine.turns import ENTRIES, EXCHANGES, LOOKS, PROP_SHOWN, QUESTIONS, STANDS
from projects.engine.writing.styletable import TABLE
from projects.engine.writing.wish import ScriptWish

Card = TypeVar("Card")
ASKING = ("documentary", "news")
"""Styles whose people are asked questions."""
PASSES = 12
SHOTS_OF_AN_EXCHANGE = 3
"""Speeches A, B, A, at least. The fit measures, and takes away again what was too much."""
CAST = 4


@dataclass(slots=True)
class _Scene:
    """A scene being built: `kept` always stays, `more` is what was added to reach its length."""

    heading: str
    a: str
    b: str
    wanted: int
    kept: list[str]
    more: list[str] = field(default_factory=list)
    end: list[str] = field(default_factory=list)

    def blocks(self) -> list[str]:
        return [self.heading, *self.kept, *self.more, *self.end]


def long_outline(wish: ScriptWish, *, genre: Genre, style: str, page: str) -> str:
    """Return a Fountain text of `wish.scenes` scenes that breaks down into exactly `wish.shots` shots.

    The same wish gives the same text. Raises `NotSupported` when the scenes asked for cannot hold so few shots.
    """
    rng = np.random.default_rng(seed_mix("long outline", wish.topic, style, wish.seed))
    deck = _Deck(rng, genre, style, wish.topic)
    scenes = [deck.scene(index, wish) for index in range(wish.scenes)]
    for _ in range(PASSES):
        text = "\n\n".join([page, *(block for scene in scenes for block in scene.blocks())]) + "\n"
        counts = shots_in(text)
        gaps = [scene.wanted - count for scene, count in zip(scenes, counts, strict=True)]
        if not any(gaps):
            return text
        for scene, gap in zip(scenes, gaps, strict=True):
            deck.fit(scene, gap)
    raise NotSupported(
        f"scenes={wish.scenes} of shots={wish.shots} in style={style!r} cannot be filled exactly; "
        "ask for fewer scenes or a few shots more"
    )


def shots_in(text: str) -> list[int]:
    """Return how many shots each scene of a Fountain text breaks down into."""
    from projects.engine.script import parse_and_break_down

    made = parse_and_break_down(text.encode(), name="outline.fountain", rate=FrameRate.parse(24))
    return [len(scene.shots) for scene in made.scenes]


class _Deck:
    """Deals places, people and words without repeats, as long as there are any."""

    def __init__(self, rng: np.random.Generator, genre: Genre, style: str, topic: str) -> None:
        self.genre, self.topic, self.rng = genre, topic, rng
        names = [NAMES[int(index)] for index in rng.permutation(len(NAMES))[:CAST]]
        roles = genre.roles[int(rng.integers(len(genre.roles)))]
        others = ("a stranger in a plain coat", "an old friend with tired eyes")
        self.people = [
            (name, f"{' '.join(name)} ({AGES[int(rng.integers(len(AGES)))]}), {role}")
            for name, role in zip(names, (*roles, *others), strict=True)
        ]
        self.met: set[str] = set()
        talk = QUESTIONS if style in ASKING else EXCHANGES
        own = islice(self._dealt(genre.exchanges), len(genre.exchanges))
        self.exchanges = chain(own, self._dealt(talk))
        self.entries, self.looks = self._dealt(ENTRIES), self._dealt(LOOKS)
        self.props, self.shown = self._dealt(genre.props), self._dealt(PROP_SHOWN)
        self.stands = self._dealt(STANDS)
        self.openings = dict(genre.openings)
        places = [*self.openings, *genre.meetings, *TABLE.get(style, {"places": []})["places"]]
        self.places = _apart(list(dict.fromkeys(places)))

    def scene(self, index: int, wish: ScriptWish) -> _Scene:
        """Return a scene with as few words as it can have."""
        share, rest = divmod(wish.shots, wish.scenes)
        wanted = share + (index < rest)
        is_last = index == wish.scenes - 1 and index > 0
        (a, _), (b, _) = self._pair(index)
        first = next(iter(self.openings))
        heading = first if index == 0 or is_last else self._place(index)
        if is_last:
            heading = heading.rsplit(" - ", 1)[0] + " - LATER"
        scene = _Scene(heading, a[0], b[0], wanted, [])
        if index == 0:
            voice = self.genre.voice_overs[int(self.rng.integers(len(self.genre.voice_overs)))]
            scene.kept = [self.openings[first], f"{a[0]} (V.O.)\n{self._said(voice, scene)}"]
        elif is_last and wanted > 1:
            ending, line = self.genre.endings[int(self.rng.integers(len(self.genre.endings)))]
            who = scene.b if "{b}" in ending else scene.a
            scene.end = [self._said(ending, scene), f"{who}\n{self._said(line, scene)}"]
        if not scene.kept and len(scene.end) < wanted:
            scene.kept = [self._said(next(self.entries), scene)]
        if wanted > 2:
            scene.kept += self._introduced(index)
        if wanted > SHOTS_OF_AN_EXCHANGE and index % 3 == 1 and not is_last:
            scene.kept.append(self._prop(scene))
        return scene

    def fit(self, scene: _Scene, gap: int) -> None:
        """Add or take away words of a scene towards its length in shots."""
        if gap >= SHOTS_OF_AN_EXCHANGE:
            lines = next(self.exchanges)
            names = (scene.a, scene.b, scene.a)
            scene.more += [
                f"{n}\n{self._said(w, scene)}" for n, w in zip(names, lines, strict=True)
            ]
        elif gap >= 2 and not any(_shows(block) for block in scene.more):
            scene.more.append(self._prop(scene))
        elif gap > 0:
            scene.more += [self._said(next(self.looks), scene) for _ in range(gap)]
        elif gap < 0 and (scene.more or scene.end):
            (scene.more or scene.end).pop()
        elif gap < 0 and len(scene.kept) > 1:
            scene.kept.pop()

    def _prop(self, scene: _Scene) -> str:
        return self._said(next(self.shown).replace("{prop}", next(self.props)), scene)

    def _introduced(self, index: int) -> list[str]:
        told = []
        for name, words in self._pair(index):
            if name[0] not in self.met:
                self.met.add(name[0])
                told.append(f"{words}, {next(self.stands)}.")
        return [" ".join(told)] if told else []

    def _pair(self, index: int) -> Sequence[tuple[tuple[str, str], str]]:
        pairs = ((0, 1), (0, 1), (0, 2), (1, 3), (0, 3), (1, 2))
        first, second = pairs[index % len(pairs)]
        return self.people[first], self.people[second]

    def _place(self, index: int) -> str:
        times = ("DAY", "DUSK", "NIGHT", "DAWN")
        others = self.places[1:]
        heading = others[(index - 1) % len(others)]
        if index - 1 < len(others):
            return heading
        # A place seen before is seen at another time of day.
        place, was = heading.rsplit(" - ", 1)
        lap = (index - 1) // len(others)
        return (
            f"{place} - {times[(times.index(was) + lap) % len(times)] if was in times else 'NIGHT'}"
        )

    def _said(self, words: str, scene: _Scene) -> str:
        fill = {"a": scene.a.capitalize(), "b": scene.b.capitalize(), "topic": self.topic}
        made = words.format(**fill)
        return made[:1].upper() + made[1:]

    def _dealt(self, cards: Sequence[Card]) -> Iterator[Card]:
        while True:
            yield from (cards[int(index)] for index in self.rng.permutation(len(cards)))


def _shows(block: str) -> bool:
    return "\n" not in block and block.rstrip(".").rsplit("the ", 1)[-1].isupper()


def _apart(places: list[str]) -> list[str]:
    # The same room twice in a row, a few hours apart, reads as one scene.
    ordered: list[str] = []
    left = list(places)
    while left:
        room = ordered[-1].rsplit(" - ", 1)[0] if ordered else ""
        following = next((p for p in left if p.rsplit(" - ", 1)[0] != room), left[0])
        left.remove(following)
        ordered.append(following)
    return ordered
