"""The course of a share over choices as an SVG that stretches: its interval as a band, chance as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from renders.engine.scoring.agreement import Share

WIDTH, HEIGHT = 1000, 240
MOST_POINTS = 240
"""Points a line is drawn with; more than pixels of a small screen are not seen. House choice."""


def course_chart(course: Sequence[Share], *, chance: float, answers: Sequence[bool]) -> SafeString:
    """Return the chart of a share after each choice; y runs from 0 at the foot to 1 at the top.

    Without letters, so that it may be stretched: the page writes them beside it. Ticks at the foot are the choices.
    """
    if not course:
        return SafeString("")
    kept = _thinned(len(course))
    high = [_point(at, course[at].high, len(course)) for at in kept]
    low = [_point(at, course[at].low, len(course)) for at in reversed(kept)]
    line = [_point(at, course[at].value, len(course)) for at in kept]
    if len(course) == 1:
        # One choice is a point; drawn as a level line it can be seen.
        high, low, line = (_level(part[0]) for part in (high, low[::-1], line))
        low.reverse()
    ticks = "".join(_tick(at, is_hit, len(answers)) for at, is_hit in enumerate(answers))
    level = HEIGHT * (1 - chance)
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '<g class="grid">{}</g><polygon class="band" points="{}"/>'
        '<line class="chance" x1="0" x2="{}" y1="{}" y2="{}"/>'
        '<polyline class="course" points="{}"/><g class="ticks">{}</g></svg>',
        WIDTH,
        HEIGHT + 16,
        mark_safe("".join(f'<line x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>' for y in _grid())),  # noqa: S308 — numbers of our own
        " ".join((*high, *low)),
        WIDTH,
        f"{level:.1f}",
        f"{level:.1f}",
        " ".join(line),
        mark_safe(ticks),  # noqa: S308 — numbers of our own
    )


def _grid() -> list[int]:
    return [round(HEIGHT * share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]


def _thinned(count: int) -> list[int]:
    if count <= MOST_POINTS:
        return list(range(count))
    return sorted({round(n * (count - 1) / (MOST_POINTS - 1)) for n in range(MOST_POINTS)})


def _across(at: int, count: int) -> float:
    return WIDTH * (at + 0.5) / count


def _point(at: int, value: float, count: int) -> str:
    return f"{_across(at, count):.1f},{HEIGHT * (1 - value):.1f}"


def _level(point: str) -> list[str]:
    y = point.split(",")[1]
    return [f"0,{y}", f"{WIDTH},{y}"]


def _tick(at: int, is_hit: bool, count: int) -> str:
    width = min(10.0, 0.7 * WIDTH / count)
    x = _across(at, count) - width / 2
    # Told apart by height too, not by colour alone.
    top, tall = (HEIGHT + 2, 14) if is_hit else (HEIGHT + 10, 6)
    kind = "hit" if is_hit else "miss"
    return f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{tall}"/>'
