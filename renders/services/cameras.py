"""One shot's camera in a cut: its move, keys, shutter and depth, all other shots as they are."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from apexsite.kit.errors import InputError, listed
from renders.models import Cut
from renders.services.interchange import timeline_of_document
from renders.services.motionedits import MotionEdit
from renders.services.recuts import ClipEdit, cut_edit


def camera_edits(
    cut: Cut, *, shot_code: str, move: str | None, motion: MotionEdit
) -> list[ClipEdit]:
    """Return all shots of a cut as edits of which one moves its camera; raises `InputError` for a shot it has not."""
    codes = [clip.shot_code for clip in timeline_of_document(cut).clips]
    if shot_code not in codes:
        raise InputError(
            f"shot={shot_code[:80]!r} is not in the cut; its shots are {listed(codes)}"
        )
    return [
        ClipEdit(code, move=move, motion=motion) if code == shot_code else ClipEdit(code)
        for code in codes
    ]


def camera_edit(
    *, user: AbstractUser, cut: Cut, shot_code: str, move: str | None = None, motion: MotionEdit
) -> Cut:
    """Store the cut with one shot's camera moved otherwise; the same again is the version there is.

    Raises `InputError` with the rule that is broken, `StateError` when somebody stored a newer version meanwhile.
    """
    edits = camera_edits(cut, shot_code=shot_code, move=move, motion=motion)
    return cut_edit(user=user, cut=cut, edits=edits)
