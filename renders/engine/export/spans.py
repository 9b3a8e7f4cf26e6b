"""A cut divided into spans that are rendered alone: each shot, and each transition by itself, with the key of each.

The key is a hash of all that the span's frames depend on: pictures by content, windows, grades, seeds, captions, the
encoder's arguments and version, and the code that draws. The same key means the same bytes.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.store import file_sha256
from renders.engine.captions.model import CaptionTrack
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Timeline

DRAWING = (
    "captions", "grading", "motion", "timeline", "transitions", "export", "painting.py", "deepclips.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RenderSpan:
    """Frames from `start` up to, not with, `end`; `name` is the shot's code, with "→" before it for its transition."""

    name: str
    start: int
    end: int
    key: str

    @property
    def frames(self) -> int:
        """Return its length."""
        return self.end - self.start


def ranges_of(timeline: Timeline) -> list[tuple[str, int, int]]:
    """Return name, start and end of every span, in order and without gaps."""
    ranges = []
    for clip, start in zip(timeline.clips, timeline.starts(), strict=True):
        end, mixed = start + clip.duration_frames, start + clip.transition_in_frames
        if mixed > start:
            ranges.append((f"→{clip.shot_code}", start, min(mixed, end)))
        if end > mixed:
            ranges.append((clip.shot_code, mixed, end))
    return ranges


def render_spans(
    painter: FramePainter, *, arguments: Sequence[str], captions: CaptionTrack | None
) -> list[RenderSpan]:
    """Return the spans of a painter's timeline with their keys. `captions` are those drawn into the picture."""
    timeline = painter.timeline
    pictures: dict[Path, str] = {}
    general = [
        code_stamp(), ffmpeg_version(), *arguments,
        str(timeline.rate), str(timeline.width), str(timeline.height),
    ]  # fmt: skip
    spans = []
    for name, start, end in ranges_of(timeline):
        digest = hashlib.sha256("\n".join(general).encode())
        for frame in range(start, end):
            shown = captions.at(frame) if captions is not None else None
            digest.update(f"\n{painter.depends_on(frame)} {shown}".encode())
            for picture in painter.pictures_of(frame):
                if picture not in pictures:
                    pictures[picture] = file_sha256(picture)
                digest.update(pictures[picture].encode())
        spans.append(RenderSpan(name, start, end, digest.hexdigest()))
    return spans


@functools.cache
def code_stamp() -> str:
    """Return a hash of the code that draws: after an upgrade nothing old is taken for new."""
    engine = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for name in DRAWING:
        place = engine / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache
def ffmpeg_version() -> str:
    """Return the first line of `ffmpeg -version`."""
    return run_ffmpeg(["-version"]).decode("utf-8", "replace").partition("\n")[0]
