"""Where a shot can be cut in two: its sentences in order, and how its length is shared between the halves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apexsite.kit.errors import InputError

SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+[\"”’')]*|$)\s*")


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a cut: what happens, what is said, how long it lasts."""

    action: str
    dialogue: str
    duration_frames: int


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, none of them empty; joined with spaces they are its words again."""
    return [part.strip() for part in SENTENCE.findall(" ".join(text.split())) if part.strip()]


def cut_points(action: str, dialogue: str) -> list[str]:
    """Return the sentences a shot can be cut after; what is said comes after what happens."""
    return [*sentences(action), *sentences(dialogue)][:-1]


def cut_in_two(
    action: str, dialogue: str, *, duration_frames: int, after: int
) -> tuple[Half, Half]:
    """Return both halves when the first `after` sentences stay in the first; 0 halves the length and keeps all words.

    The length is shared by letters, at least one frame each. Raises `InputError` where there is nothing to cut.
    """
    if duration_frames < 2:
        raise InputError(f"a shot of {duration_frames} frame cannot be cut in two; 2 are needed")
    seen, said = sentences(action), sentences(dialogue)
    if after == 0:
        first = duration_frames - duration_frames // 2
        return Half(action, dialogue, first), Half(action, "", duration_frames - first)
    if not 1 <= after < len(seen) + len(said):
        raise InputError(
            f"after={after} must be from 1 to {max(0, len(seen) + len(said) - 1)}, "
            "the sentences with another one after them"
        )
    kept, gone = seen[:after], seen[after:]
    spoken = max(0, after - len(seen))
    letters = [len(part) for part in [*seen, *said]]
    share = sum(letters[:after]) / max(1, sum(letters))
    frames = min(duration_frames - 1, max(1, round(duration_frames * share)))
    return (
        Half(" ".join(kept), " ".join(said[:spoken]), frames),
        # Where only words spoken go on, the picture goes on too: the same thing is seen.
        Half(" ".join(gone) or action, " ".join(said[spoken:]), duration_frames - frames),
    )
