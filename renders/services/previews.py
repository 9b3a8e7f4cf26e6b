"""A shot of a cut as it would be: the join before it and its move, small, in a moment, and nothing is stored."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from django.contrib.auth.models import AbstractUser

from apexsite.kit.errors import InputError, listed
from projects import access
from renders.engine.timeline.matches import with_matches
from renders.engine.timeline.model import Clip, Timeline
from renders.models import Cut
from renders.services.cuts import film_seed
from renders.services.films import timeline_of
from renders.services.grades import grades_of_cut
from renders.services.motionedits import depths_of
from renders.services.recuts import ClipEdit, edited_timeline

PREVIEW_WIDTH, DEEP_WIDTH = 480, 352
"""How wide a clip is; one whose frames are made of layers takes four times as long a pixel. House choices."""

LEAD_SECONDS, MOST_SECONDS = 1, 5
"""How much of the shot before is shown, and how much in all. House choices: a moment to look and to wait."""

_ONE_AT_A_TIME = Lock()
"""Two previews at once would each take twice as long, and a render is on the same cores."""


def shot_preview(
    *, user: AbstractUser, cut: Cut, edits: Sequence[ClipEdit], shot_code: str
) -> bytes:
    """Return an MP4 of a shot with the edits made: the end of the shot before it, the transition, the move.

    Raises `InputError` with the rule that an edit breaks, or for a shot that is not in the cut.
    """
    access.require(user, cut.episode.project, "view")
    edited = edited_timeline(timeline_of(cut), edits, depths=depths_of(cut))
    number = next((n for n, c in enumerate(edited.clips) if c.shot_code == shot_code), None)
    if number is None:
        names = listed(clip.shot_code for clip in edited.clips)
        raise InputError(f"shot={shot_code[:80]!r} is not in the cut; its shots are {names}")
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="apex-preview-") as name:
        part, first, frames = _part(edited, number, Path(name))
        part = with_matches(part, seed=film_seed(cut.episode.project))
        return _drawn(part, cut, first=first, frames=frames, out=Path(name) / "preview.mp4")


def _part(timeline: Timeline, number: int, folder: Path) -> tuple[Timeline, int, int]:
    """Return the shot, the one before and the one after as a small timeline; which frames of it to show."""
    clips = timeline.clips[max(0, number - 1) : number + 2]
    width = DEEP_WIDTH if any(clip.motion.is_deep for clip in clips) else PREVIEW_WIDTH
    height = max(2, round(width * timeline.height / timeline.width / 2) * 2)
    small = [
        replace(clip, picture=_small(clip, folder / f"{at}.png", width=width))
        for at, clip in enumerate(clips)
    ]
    small[0] = replace(small[0], transition_in="cut", transition_in_frames=0, match=None)
    part = replace(
        timeline, width=width, height=height, clips=tuple(small), markers=(),
        fade_in_frames=0, fade_out_frames=0,
    )  # fmt: skip
    start = part.starts()[1] if number else 0
    first = max(0, start - timeline.rate.frames_at(LEAD_SECONDS))
    end = start + timeline.clips[number].duration_frames
    return part, first, min(end - first, timeline.rate.frames_at(MOST_SECONDS))


def _small(clip: Clip, out: Path, *, width: int) -> Path:
    """Write a still at twice the preview's width, so that a close move still has its detail."""
    from PIL import Image

    with Image.open(clip.picture) as opened:
        opened.draft("RGB", (2 * width, 2 * width))
        picture = opened.convert("RGB")
        if picture.width > 2 * width:
            size = (2 * width, max(2, round(2 * width * picture.height / picture.width)))
            picture = picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
        picture.save(out, compress_level=1)
    return out


def _drawn(timeline: Timeline, cut: Cut, *, first: int, frames: int, out: Path) -> bytes:
    # The resampler brings a compiler with it; only who asks for a preview pays for that.
    from renders.engine.export.encode import COLOUR_TAGS, Encoder, frames_input
    from renders.engine.painting import FramePainter

    painter = FramePainter(
        timeline, grade=grades_of_cut(cut.document), seed=film_seed(cut.episode.project)
    )
    arguments = frames_input(width=timeline.width, height=timeline.height, rate=timeline.rate)
    arguments += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "24", *COLOUR_TAGS]
    arguments += ["-movflags", "+faststart", "-f", "mp4", str(out)]
    with Encoder(arguments) as encoder:
        for number in range(first, first + frames):
            encoder.write(painter.frame(number))
    return out.read_bytes()
