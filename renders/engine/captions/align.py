"""A line as it is written, with the times at which its words were heard: punctuation kept, nothing lost."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from renders.engine.captions.model import TimedWord


def written_words(
    text: str, heard: Sequence[tuple[str, float, float]], *, seconds: float, at_seconds: float = 0.0
) -> tuple[TimedWord, ...]:
    """Return the text's words, split at spaces, each timed by the words heard as (word, start, end).

    A voice may report two words as one or drop a dash: letters are counted on both sides, and a word begins where
    its first letter is heard. What has no letter (a lone dash) goes to the word before it. Without anything heard
    the words are spread over `seconds` by their length. `at_seconds` is when the line begins.

    >>> [w.text for w in written_words("Of the law - yes!", [("Of the", 0, 1), ("law", 1, 2), ("yes", 3, 4)], seconds=4)]
    ['Of', 'the', 'law -', 'yes!']
    """
    tokens = _tokens(text)
    if not tokens:
        return ()
    ends = list(itertools.accumulate(_letters(token) or 1 for token in tokens))
    heard_letters = [_letters(word) or 1 for word, _, _ in heard]
    heard_ends = list(itertools.accumulate(heard_letters))
    # Numbers are heard in more letters than they are written; then both sides are laid over each other.
    scale = heard_ends[-1] / ends[-1] if heard else 0.0
    words, letter = [], 0
    for token, end in zip(tokens, ends, strict=True):
        if heard:
            start_at = _time(letter * scale, heard, heard_ends, is_start=True)
            end_at = _time(end * scale, heard, heard_ends, is_start=False)
        else:
            start_at, end_at = seconds * letter / ends[-1], seconds * end / ends[-1]
        words.append(TimedWord(token, at_seconds + start_at, at_seconds + max(start_at, end_at)))
        letter = end
    return tuple(words)


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for word in text.split():
        if tokens and not _letters(word):
            tokens[-1] = f"{tokens[-1]} {word}"
        else:
            tokens.append(word)
    return tokens


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _time(
    letter: float,
    heard: Sequence[tuple[str, float, float]],
    ends: Sequence[int],
    *,
    is_start: bool,
) -> float:
    """Return when a letter's place is passed: inside a heard word in proportion, at its rim its own start or end."""
    before = 0
    for (_, start, end), after in zip(heard, ends, strict=True):
        is_inside = letter < after - 1e-6 if is_start else letter <= after + 1e-6
        if is_inside:
            return start + (end - start) * (letter - before) / (after - before)
        before = after
    return heard[-1][2]
