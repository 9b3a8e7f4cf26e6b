"""CLIP's byte-pair encoder: how many of its 77 places a text takes. The vocabulary is read on the first count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

VOCABULARY = Path(__file__).parent / "data" / "bpe_simple_vocab_16e6.txt.gz"
PLACES = 77
"""Places of CLIP's text encoders, begin and end among them. Source: OpenAI CLIP, `context_length`."""
BEGIN, END = 49406, 49407
WORDS_AT_MOST = PLACES - 2
CONTRACTIONS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")
"""What is cut off before anything else, in this order. Source: OpenAI CLIP, simple_tokenizer.py."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces by id, and the order in which pairs are merged."""

    ids: dict[str, int]
    ranks: dict[tuple[str, str], int]
    letters: dict[int, str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read OpenAI's vocabulary: 256 bytes, 256 bytes at a word's end, 48,894 merges, begin and end."""
    import gzip

    lines = gzip.decompress(VOCABULARY.read_bytes()).decode("utf-8").split("\n")
    merges = [tuple(line.split()) for line in lines[1 : 49152 - 256 - 2 + 1]]
    letters = _letters_of_bytes()
    pieces = [*letters.values(), *(f"{letter}</w>" for letter in letters.values())]
    pieces += ["".join(pair) for pair in merges]
    ids = {piece: number for number, piece in enumerate(pieces)}
    ranks = {(first, second): rank for rank, (first, second) in enumerate(merges)}
    return Vocabulary(ids, ranks, letters)


def _letters_of_bytes() -> dict[int, str]:
    """Return a printable letter for every byte. Source: OpenAI CLIP, `bytes_to_unicode`."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {
        **{byte: chr(byte) for byte in shown},
        **{byte: chr(256 + place) for place, byte in enumerate(hidden)},
    }


def token_ids(text: str) -> list[int]:
    """Return the ids of a text without begin and end, as CLIP's tokenizer gives them. Not shortened."""
    known = vocabulary()
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().lower()
    return [known.ids[piece] for word in _words(folded) for piece in _pieces(word)]


def tokens_count(text: str) -> int:
    """Return how many places a text takes, without begin and end."""
    return len(token_ids(text))


def _words(text: str) -> list[str]:
    """Split into contractions, runs of letters, single digits and runs of other signs. Source: CLIP's pattern."""
    words: list[str] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        end = at + next((len(c) for c in CONTRACTIONS if text.startswith(c, at)), 0)
        if end == at:
            kind = _kind(text[at])
            end += 1
            while kind != "N" and end < len(text) and _kind(text[end]) == kind:
                end += 1
        words.append(text[at:end])
        at = end
    return words


def _kind(letter: str) -> str:
    """Return L for a letter, N for a digit, a space for a space and S for any other sign."""
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)[0]
    return kind if kind in "LN" else "S"


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    """Return a word's pieces: its bytes, merged pair by pair, the pair learnt first before others."""
    known = vocabulary()
    letters = [known.letters[byte] for byte in word.encode("utf-8")]
    parts = [*letters[:-1], f"{letters[-1]}</w>"]
    while len(parts) > 1:
        pairs = set(pairwise(parts))
        best = min(pairs, key=lambda pair: known.ranks.get(pair, 1 << 30))
        if best not in known.ranks:
            break
        parts = _merged(parts, best)
    return tuple(parts)


def _merged(parts: list[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    at = 0
    while at < len(parts):
        if at + 1 < len(parts) and (parts[at], parts[at + 1]) == pair:
            merged.append(parts[at] + parts[at + 1])
            at += 2
        else:
            merged.append(parts[at])
            at += 1
    return merged
