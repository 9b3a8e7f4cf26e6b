"""A line cut into phrases at its punctuation, and phrases into the token groups a voice speaks in one go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from renders.engine.sound.letters import NUMBERS, kokoro_letters

MARKS = re.compile(r"([;:,.!?…]+(?=[\s\"”’')]|$)|\s[-–—]+\s|—|…|[\"“”()])")
"""Marks that are heard. A point in 3.50 and the hyphen in a word are none."""
GOOD_LENGTH, MOST_LENGTH = 260, 500
"""Letters of sound after which a group ends at the next mark, and at the next word. The model reads 510 at most."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between two marks, and the mark that follows them ("" at the end of a line without one)."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class SoundedWord:
    """A word, or several that sound as one, in Kokoro's letters, with the mark heard after it."""

    text: str
    letters: str
    mark: str


@dataclass(frozen=True, slots=True)
class TokenGroup:
    """What is spoken in one go: numbers of letters, 0 at both ends, and where each word's letters lie in it."""

    tokens: tuple[int, ...]
    words: tuple[tuple[str, int, int], ...]


def phrases_of(text: str) -> tuple[Phrase, ...]:
    """Return a line's phrases in order; words are never lost, marks are one character.

    >>> phrases_of("No - not 3.50, sir!")
    (Phrase(text='No', mark='—'), Phrase(text='not 3.50', mark=','), Phrase(text='sir', mark='!'))
    """
    phrases: list[Phrase] = []
    for part in MARKS.split(" ".join(text.split())):
        if part is None or not part.strip():
            continue
        if not MARKS.fullmatch(part):
            phrases.append(Phrase(part.strip(), ""))
        elif phrases:
            mark = "—" if part.strip()[0] in "-–—" else _mark(part.strip())
            if not phrases[-1].mark and mark:
                phrases[-1] = Phrase(phrases[-1].text, mark)
    return tuple(phrase for phrase in phrases if any(c.isalnum() for c in phrase.text))


def _mark(marks: str) -> str:
    """Return the strongest of several marks; brackets and quotes are not heard."""
    if "..." in marks:
        return "…"
    return next((mark for mark in "?!….;:," if mark in marks), "")


def sounded_words(
    phrases: Sequence[Phrase], phonemes: Sequence[str], *, is_british: bool
) -> tuple[SoundedWord, ...]:
    """Return the words of all phrases with their letters; `phonemes` are eSpeak's, one string a phrase.

    Where eSpeak joins words ("of the") or spells a number out, what belongs together is kept as one.
    """
    words: list[SoundedWord] = []
    for phrase, sound in zip(phrases, phonemes, strict=True):
        letters = [kokoro_letters(part, is_british=is_british) for part in sound.split()]
        # The voices were taught to say "I" with weight; eSpeak's is so slight that it is lost.
        letters = ["ˌI" if part == "I" else part for part in letters if part]
        written = phrase.text.split()
        if not letters:
            continue
        pairs = paired(written, letters)
        for at, (word, part) in enumerate(pairs):
            words.append(SoundedWord(word, part, phrase.mark if at == len(pairs) - 1 else ""))
    return tuple(words)


def paired(written: Sequence[str], heard: Sequence[str]) -> list[tuple[str, str]]:
    """Return written and heard words side by side, one to one where that fits, joined where it does not.

    Of all ways to lay one to three written words on one heard or one written on several heard words, the one whose
    lengths agree best.

    >>> paired(["of", "the", "law"], ["əvðə", "lɔ"])
    [('of the', 'əvðə'), ('law', 'lɔ')]
    """
    if len(written) == len(heard):
        return list(zip(written, heard, strict=True))
    scale = sum(map(_size, heard)) / max(1, sum(map(_size, written)))
    steps = [(1, 1), (2, 1), (3, 1), *((1, count) for count in range(2, 16))]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for at in range(len(written) + 1):
        for on in range(len(heard) + 1):
            ways = []
            for words, sounds in steps:
                before = (at - words, on - sounds)
                if before not in best:
                    continue
                text = sum(map(_size, written[at - words : at])) * scale
                sound = sum(map(_size, heard[on - sounds : on]))
                cost = (text - sound) ** 2 + 2.0 * (words + sounds - 2)
                ways.append((best[before][0] + cost, (words, sounds)))
            if ways:
                best[at, on] = min(ways)
    at, on = len(written), len(heard)
    if (at, on) not in best:
        return [(" ".join(written), " ".join(heard))]
    pairs = []
    while at or on:
        words, sounds = best[at, on][1]
        pairs.append((" ".join(written[at - words : at]), " ".join(heard[on - sounds : on])))
        at, on = at - words, on - sounds
    return pairs[::-1]


def _size(word: str) -> int:
    # A digit is written as one sign and spoken as about four.
    return sum(4 if c.isdigit() else c.isalnum() for c in word if c not in "ˈˌː") or 1


def token_groups(words: Sequence[SoundedWord]) -> tuple[TokenGroup, ...]:
    """Return the words in groups the model can read, broken at marks where there are any."""
    groups: list[TokenGroup] = []
    tokens: list[int] = [0]
    places: list[tuple[str, int, int]] = []
    for word in words:
        numbers = [NUMBERS[letter] for letter in word.letters][:MOST_LENGTH]
        if len(tokens) + len(numbers) + 3 > MOST_LENGTH and places:
            groups.append(TokenGroup((*tokens, 0), tuple(places)))
            tokens, places = [0], []
        if len(tokens) > 1:
            tokens.append(NUMBERS[" "])
        places.append((word.text, len(tokens), len(tokens) + len(numbers)))
        tokens += numbers
        if word.mark:
            tokens.append(NUMBERS[word.mark])
        if word.mark and len(tokens) > GOOD_LENGTH:
            groups.append(TokenGroup((*tokens, 0), tuple(places)))
            tokens, places = [0], []
    if places:
        groups.append(TokenGroup((*tokens, 0), tuple(places)))
    return tuple(groups)
