"""Rows of a check about what is seen and heard: black, standstill, repeats, cuts, levels, flashes, silence."""

from __future__ import annotations

import statistics

from renders.engine.export.expected import (
    Span,
    black_spans,
    dark_spans,
    hard_cuts,
    moving_spans,
    outside,
)
from renders.engine.export.flash import MOST_FLASHES
from renders.engine.export.rows import QcRow
from renders.engine.export.watch import FilmWatch, Stretch
from renders.engine.timeline.model import Timeline

GRACE_FRAMES = 2
"""Frames of black outside fades and dips that are let pass: coding blurs their edge. House choice."""

STANDING_SECONDS = 1.0
"""A standstill this long fails where the camera should move. House choice."""

SILENT_SECONDS = 5.0
"""A silence this long fails; shorter ones are told. House choice: music or room tone should run on."""

MOST_OUT_OF_RANGE = 0.01
"""Share of samples of a frame that may lie outside the legal range. Source: EBU R103, 1 % of the active picture."""

MOST_INTERLACED = 0.5
"""Share of frames that may look interlaced: a detector takes fine texture that moves for lines. House choice."""

CUT_REACH, CUT_CLEAR = 12, 3.0
"""How far a lost cut is looked for, in frames, and how much larger than its neighbours a change must be to be one."""

REPEAT_SHARE, REPEAT_MOTION, REPEAT_EDGE = 0.2, 1.0, 6
"""A frame repeats when it changes by less than this share of its neighbours, and they by at least so many codes. Near
a shot's ends, where moves begin gently and coders settle, nothing can be told. House choice, measured."""


def seen_rows(watch: FilmWatch, timeline: Timeline) -> list[QcRow]:
    """Return the rows about the picture."""
    flashes, at = watch.flashes
    found = f"{flashes} from frame {at}" if flashes else "none"
    return [
        _black(watch, timeline),
        _standing(watch, timeline),
        _repeats(watch, timeline),
        _cuts(watch, timeline),
        QcRow(
            "levels outside the legal range",
            f"at most {MOST_OUT_OF_RANGE:.0%} of a frame",
            f"{watch.out_of_range:.2%}",
            watch.out_of_range <= MOST_OUT_OF_RANGE,
        ),
        QcRow(
            "interlaced frames",
            "none, progressive",
            str(watch.interlaced_frames),
            watch.interlaced_frames <= MOST_INTERLACED * max(1, watch.decoded_frames),
        ),
        QcRow(
            "flashes in a second (pre-check, not certified)",
            f"at most {MOST_FLASHES}",
            found,
            flashes <= MOST_FLASHES,
        ),
    ]


def silence_row(watch: FilmWatch) -> QcRow:
    """Return the row about silence."""
    silent = [stretch for stretch in watch.stretches if stretch.kind == "silence"]
    long = [s for s in silent if s.end_seconds - s.start_seconds >= SILENT_SECONDS]
    return QcRow("silence", f"none of {SILENT_SECONDS:g} s", _listed(silent), not long)


def _black(watch: FilmWatch, timeline: Timeline) -> QcRow:
    spans = [(s, _span(s, timeline)) for s in watch.stretches if s.kind == "black"]
    allowed = black_spans(timeline)
    wrong = [pair for pair in spans if outside(pair[1], allowed) > GRACE_FRAMES]
    if wrong:
        allowed += dark_spans(timeline)
        wrong = [pair for pair in wrong if outside(pair[1], allowed) > GRACE_FRAMES]
    shown = wrong or spans
    return QcRow(
        "black stretches",
        "only in fades, dips and black pictures",
        _listed([stretch for stretch, _ in shown]),
        not wrong,
    )


def _standing(watch: FilmWatch, timeline: Timeline) -> QcRow:
    frozen = [stretch for stretch in watch.stretches if stretch.kind == "freeze"]
    least = timeline.rate.frames_at(STANDING_SECONDS)
    moving = moving_spans(timeline)
    wrong = [s for s in frozen if any(_span(s, timeline).shared(m) >= least for m in moving)]
    return QcRow(
        "standing stretches",
        "only where the camera stands",
        _listed(wrong or frozen),
        not wrong,
    )


def _repeats(watch: FilmWatch, timeline: Timeline) -> QcRow:
    moving = moving_spans(timeline)
    steps = watch.changes
    found = [
        number
        for number in range(2, len(steps) - 1)
        if min(steps[number - 1], steps[number + 1]) >= REPEAT_MOTION
        and any(s.start + REPEAT_EDGE <= number < s.end - REPEAT_EDGE for s in moving)
        and steps[number] <= REPEAT_SHARE * min(steps[number - 1], steps[number + 1])
    ]
    shown = ", ".join(map(str, found[:8])) + (" …" if len(found) > 8 else "")
    return QcRow(
        "repeated frames", "none", f"{len(found)}: {shown}" if found else "none", not found
    )


def _cuts(watch: FilmWatch, timeline: Timeline) -> QcRow:
    late = []
    for code, frame in hard_cuts(timeline):
        place = _cut_near(watch.small_changes, frame)
        if place is not None and place != frame:
            late.append(
                f"{code} {abs(place - frame)} frames {'late' if place > frame else 'early'}"
            )
    name = "hard cuts where the cut has them"
    return QcRow(name, "every one", ", ".join(late) or "every one", not late)


def _cut_near(steps: tuple[float, ...], frame: int) -> int | None:
    """Return the frame of the one clear jump near a cut, or None where the two pictures are too alike to tell."""
    low, high = max(1, frame - CUT_REACH), min(len(steps), frame + CUT_REACH + 1)
    near = steps[low:high]
    if len(near) < 4:
        return None
    top, rest = max(near), sorted(near)[:-1]
    if top < 1.0 or top < CUT_CLEAR * max(rest[-1], statistics.median(rest)):
        return None
    return low + near.index(top)


def _span(stretch: Stretch, timeline: Timeline) -> Span:
    rate = timeline.rate
    return Span(rate.frames_at(stretch.start_seconds), rate.frames_at(stretch.end_seconds))


def _listed(stretches: list[Stretch]) -> str:
    return ", ".join(f"{s.start_seconds:.2f}–{s.end_seconds:.2f} s" for s in stretches) or "none"
