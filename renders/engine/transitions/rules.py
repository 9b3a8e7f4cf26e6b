"""What makes a transition impossible, each with the name of the rule it breaks."""

from __future__ import annotations

from apexsite.kit.errors import InputError, listed
from renders.engine.motion.easing import CURVES
from renders.engine.transitions.registry import TRANSITION_KINDS, TRANSITIONS


def require_transition(
    kind: str,
    *,
    frames: int,
    curve: str,
    shot: str,
    shot_frames: int,
    handle_frames: int | None,
    free_before_frames: int | None,
    lead_frames: int = 0,
) -> None:
    """Raise `InputError` with the rule's name unless a transition of `frames` can lead into a shot.

    `lead_frames` of them lie before the cut, as in lists from desks that centre transitions; ours begin at it.
    `handle_frames` is how far the picture before goes on after its cut (None: a still, for ever).
    `free_before_frames` is how much of the shot before its own transition leaves (None: there is no shot before).

    >>> require_transition("dip", frames=4, curve="", shot="B", shot_frames=9, handle_frames=None, free_before_frames=8)
    """
    head = f"transition_in={kind!r} of shot {shot}"
    if kind not in TRANSITION_KINDS:
        raise InputError(f"{head} must be one of {', '.join(TRANSITION_KINDS)} (rule: known kind)")
    if curve and curve not in CURVES:
        raise InputError(
            f"{head}: curve={curve!r} must be one of {listed(CURVES)} (rule: known curve)"
        )
    if kind == "cut":
        if frames:
            raise InputError(f"{head} has {frames} frames, a cut has 0 (rule: a cut has no length)")
        return
    _require_length(head, frames, TRANSITIONS[kind].least_frames, shot_frames)
    if free_before_frames is None:
        raise InputError(f"{head} has no shot before it (rule: nothing before)")
    if lead_frames > free_before_frames:
        raise InputError(
            f"{head} begins {lead_frames} frames before the cut, where the transition before it leaves "
            f"{free_before_frames} (rule: overlap)"
        )
    if handle_frames is not None and frames - lead_frames > handle_frames:
        raise InputError(
            f"{head} of {frames} frames needs {frames - lead_frames} after the cut of the shot before, "
            f"which has {handle_frames} (rule: handles too short)"
        )


def _require_length(head: str, frames: int, least: int, shot_frames: int) -> None:
    if frames < least:
        raise InputError(f"{head} of {frames} frames must have {least} or more (rule: too short)")
    if frames > shot_frames:
        raise InputError(
            f"{head} of {frames} frames is longer than the shot ({shot_frames}) "
            "(rule: longer than a shot)"
        )
