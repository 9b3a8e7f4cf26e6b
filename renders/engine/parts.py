"""A film's segments as parts of work: rendered by whoever takes them, here or in another process, joined by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apexsite.kit.errors import NotFound
from apexsite.kit.progress import Progress
from renders.engine.captions.burn import CaptionPainter
from renders.engine.export.profiles import Profile
from renders.engine.export.segments import (
    Draw,
    SegmentCache,
    Segments,
    is_whole,
    render_segments,
    segment_arguments,
    segment_suffix,
)
from renders.engine.export.spans import RenderSpan, render_spans
from renders.engine.painting import FramePainter

Offer = Callable[[Sequence[RenderSpan]], None]
"""Told once which segments have to be rendered, so that others may take some."""


def film_segments(
    painter: FramePainter,
    burner: CaptionPainter | None,
    profile: Profile,
    cache: SegmentCache,
    *,
    workers: int,
    progress: Progress,
    offer: Offer | None = None,
) -> Segments:
    """Return all segments of a film, rendering what the cache lacks and nobody else holds."""
    spans = _spans(painter, burner, profile)
    suffix = segment_suffix(profile)
    missing = [s for s in spans if not is_whole(cache.path(s.key, suffix), s.frames)]
    if offer is not None and len(missing) > 1:
        offer(missing)
    made = _rendered(spans, painter, burner, profile, cache, workers=workers, progress=progress)
    cache.tidy()
    return made


def film_part(
    painter: FramePainter,
    burner: CaptionPainter | None,
    profile: Profile,
    cache: SegmentCache,
    *,
    key: str,
    progress: Progress,
) -> bool:
    """Render one segment and return whether it was rendered here; one that is there, or held elsewhere, is left.

    Raises `NotFound` when the film has no such segment: it was asked for before something changed.
    """
    found = [span for span in _spans(painter, burner, profile) if span.key == key]
    if not found:
        raise NotFound(f"the film has no segment {key[:12]} any more")
    made = _rendered(
        found[:1], painter, burner, profile, cache, workers=1, progress=progress, waits=False
    )
    return made.rendered > 0


def _spans(
    painter: FramePainter, burner: CaptionPainter | None, profile: Profile
) -> list[RenderSpan]:
    arguments = segment_arguments(profile, rate=painter.timeline.rate)
    return render_spans(painter, arguments=arguments, captions=burner.track if burner else None)


def _rendered(
    spans: Sequence[RenderSpan],
    painter: FramePainter,
    burner: CaptionPainter | None,
    profile: Profile,
    cache: SegmentCache,
    *,
    workers: int,
    progress: Progress,
    waits: bool = True,
) -> Segments:
    timeline = painter.timeline
    first = [painter]

    def draw() -> Draw:
        try:
            own = first.pop()
        except IndexError:
            own = painter.again()
        words = (
            CaptionPainter(burner.track, width=burner.width, height=burner.height)
            if burner
            else None
        )
        return lambda number: (
            words.onto(own.frame(number), frame=number) if words else own.frame(number)
        )

    return render_segments(
        spans, cache=cache, draw=draw, raster=(timeline.width, timeline.height),
        rate=timeline.rate, profile=profile, progress=progress, workers=workers, waits=waits,
    )  # fmt: skip
