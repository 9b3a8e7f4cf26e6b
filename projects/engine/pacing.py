"""How long shots last: speech and reading time in frames, splitting of long speeches, fitting to a length."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate

WORDS_PER_SECOND = 2.6
"""Speech tempo. Source: house choice; 156 words a minute, the middle of conversational English (140–170)."""

HANDLE_SECONDS = 0.6
"""Picture before and after speech together. House choice."""

READING_WORDS_PER_SECOND = 4.5
ACTION_BASE_SECONDS = 1.2
"""An action takes its base and its reading time. House choice."""

SHORTEST_SECONDS = 1.6
LONGEST_SECONDS = 8.0
SHORTEST_ESTABLISHING_SECONDS = 2.6
SPLIT_WORDS = int((LONGEST_SECONDS - HANDLE_SECONDS) * WORDS_PER_SECOND)
"""Most words one shot can speak within the longest shot: 19."""


def speech_seconds(text: str) -> float:
    """Return how long a text takes to say, with handles; 0 for no words."""
    words = len(text.split())
    return words / WORDS_PER_SECOND + HANDLE_SECONDS if words else 0.0


def action_seconds(text: str) -> float:
    """Return how long an action plays."""
    return ACTION_BASE_SECONDS + len(text.split()) / READING_WORDS_PER_SECOND


def split_speech(text: str, *, most_words: int = SPLIT_WORDS) -> list[str]:
    """Return a speech in pieces of at most `most_words` words, cut at sentences, then clauses, then words."""
    if len(text.split()) <= most_words:
        return [text] if text.split() else []
    for pattern in (r"(?<=[.!?…])[\"'”’)]*\s+", r"(?<=[,;:—–])\s+"):
        parts = [part for part in re.split(pattern, text) if part.strip()]
        if len(parts) > 1:
            pieces = [
                piece for part in parts for piece in split_speech(part, most_words=most_words)
            ]
            return _joined(pieces, most_words)
    words = text.split()
    count = -(-len(words) // most_words)
    size = -(-len(words) // count)
    return [" ".join(words[start : start + size]) for start in range(0, len(words), size)]


def _joined(pieces: list[str], most_words: int) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if joined and len(joined[-1].split()) + len(piece.split()) <= most_words:
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined


def frames_for(seconds: float, *, rate: FrameRate) -> int:
    """Return seconds as frames within the shortest and longest shot."""
    return rate.frames_at(min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS))


def fit_frames(
    durations: Sequence[int], *, floors: Sequence[int], ceiling: int, target_frames: int
) -> list[int]:
    """Return durations (frames) scaled to sum to `target_frames`, none under its floor or over the ceiling.

    When the bounds do not reach the target the nearest reachable length is returned. Raises `InputError` for a target under 1.
    """
    if target_frames < 1:
        raise InputError(f"target_frames={target_frames} must be 1 or more")
    fitted = list(durations)
    for _ in range(len(fitted) + 1):
        gap = target_frames - sum(fitted)
        free = [
            index
            for index, value in enumerate(fitted)
            if (value < ceiling if gap > 0 else value > floors[index])
        ]
        if not gap or not free:
            break
        weight = sum(fitted[index] for index in free)
        for index in free:
            wanted = fitted[index] + int(gap * fitted[index] / weight)
            fitted[index] = min(max(wanted, floors[index]), ceiling)
    return _last_frames(fitted, floors=floors, ceiling=ceiling, target_frames=target_frames)


def _last_frames(
    fitted: list[int], *, floors: Sequence[int], ceiling: int, target_frames: int
) -> list[int]:
    gap = target_frames - sum(fitted)
    step = 1 if gap > 0 else -1
    while gap:
        moved = False
        for index, value in enumerate(fitted):
            if gap and (value < ceiling if step > 0 else value > floors[index]):
                fitted[index] += step
                gap -= step
                moved = True
        if not moved:
            break
    return fitted
