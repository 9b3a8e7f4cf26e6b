"""The control chart laid out: lines, dots and words with their places in pixels, for whichever pen draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from renders.engine.drift.baseline import Baseline
from renders.engine.drift.ewma import Step, ewma

LEFT, RIGHT, TOP, BOTTOM = 44, 20, 28, 74
HEADING = 22
"""Pixels more above a chart that carries its own heading."""
HEIGHT = 340
LEAST_STEP, MOST_STEP = 24.0, 64.0
"""Pixels from shot to shot: below the least codes touch, above the most a short film looks torn. House choice."""
USUAL_WIDTH = 1180
LEAST_TOP = 0.4
"""Least top of the scale, so that a calm film looks calm. House choice: twice the starting alarm."""


@dataclass(frozen=True, slots=True)
class Point:
    """One shot of the episode, in order: its picture's distance, and how it stands."""

    code: str
    scene: int
    distance: float
    verdict: str
    number: int = 1
    link: str = ""
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `role` names its pen."""

    role: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    role: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A shot's mark: `approved` filled, `waiting` hollow, `alarm` a diamond."""

    role: str
    x: float
    y: float
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place; `anchor` is start, middle or end, `turn` degrees."""

    role: str
    x: float
    y: float
    text: str
    anchor: str = "middle"
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn, in the order of drawing."""

    width: float
    height: float
    title: str
    marks: tuple[Line | Box | Dot | Words, ...] = field(default_factory=tuple)


def chart_of(
    points: Sequence[Point], baseline: Baseline, *, title: str = "", heading: str = ""
) -> Chart:
    """Return the chart of an episode's shots in order, with the limit, the moving average and its own limit.

    `title` is for those who do not see it; `heading` is written into a chart that stands in a file of its own.
    """
    step = min(MOST_STEP, max(LEAST_STEP, (USUAL_WIDTH - LEFT - RIGHT) / max(1, len(points))))
    width = max(USUAL_WIDTH if len(points) > 12 else 640, round(LEFT + RIGHT + step * len(points)))
    steps = ewma([p.distance for p in points], mean=baseline.mean, sigma=baseline.sigma)
    scale = _Scale(points, steps, baseline, width, step)
    scale.ceiling += HEADING if heading else 0
    scale.floor += HEADING if heading else 0
    marks: list[Line | Box | Dot | Words] = [
        *_ground(scale, baseline),
        *_scenes(points, scale),
        *_averages(steps, scale),
        *_shots(points, baseline, scale),
    ]
    if heading:
        marks.append(Words("heading", LEFT, 18, heading, "start"))
    height = HEIGHT + (HEADING if heading else 0)
    return Chart(width, height, title or heading, tuple(marks))


class _Scale:
    """Where a shot's number and a distance lie."""

    def __init__(
        self,
        points: Sequence[Point],
        steps: Sequence[Step],
        baseline: Baseline,
        width: float,
        step: float,
    ) -> None:
        highest = max(
            [baseline.limit, *(p.distance for p in points), *(s.upper or 0 for s in steps)],
            default=0.0,
        )
        self.top = min(1.0, max(LEAST_TOP, -(-highest * 1.08 // 0.1) * 0.1))
        self.width, self.step = width, step
        self.right = width - RIGHT
        self.ceiling, self.floor = TOP, HEIGHT - BOTTOM

    def x(self, index: int) -> float:
        return round(LEFT + self.step * (index + 0.5), 1)

    def y(self, distance: float) -> float:
        return round(
            self.floor - min(distance, self.top) / self.top * (self.floor - self.ceiling), 1
        )


def _ground(scale: _Scale, baseline: Baseline) -> list[Line | Box | Dot | Words]:
    limit = scale.y(baseline.limit)
    marks: list[Line | Box | Dot | Words] = [
        Box("over", LEFT, scale.ceiling, scale.right - LEFT, limit - scale.ceiling)
    ]
    for tenth in range(round(scale.top * 10) + 1):
        y = scale.y(tenth / 10)
        marks.append(Line("grid", ((LEFT, y), (scale.right, y))))
        marks.append(Words("axis", LEFT - 8, y + 4, f"{tenth / 10:.1f}", "end"))
    marks.append(Line("limit", ((LEFT, limit), (scale.right, limit))))
    marks.append(Words("limit-words", LEFT + 6, limit - 6, f"limit {baseline.limit:.2f}", "start"))
    return marks


def _scenes(points: Sequence[Point], scale: _Scale) -> list[Line | Words]:
    marks: list[Line | Words] = []
    before: int | None = None
    for index, point in enumerate(points):
        if point.scene != before:
            x = LEFT + scale.step * index
            marks.append(Line("scene", ((x, scale.ceiling - 14), (x, scale.floor))))
            marks.append(Words("scene-words", x + 5, scale.ceiling - 5, str(point.scene), "start"))
        before = point.scene
    return marks


def _averages(steps: Sequence[Step], scale: _Scale) -> list[Line | Words]:
    lines: list[Line | Words] = []
    upper = [(scale.x(i), scale.y(s.upper)) for i, s in enumerate(steps) if s.upper is not None]
    if upper:
        lines.append(Line("upper", tuple(upper)))
    if steps:
        lines.append(
            Line("average", tuple((scale.x(i), scale.y(s.average)) for i, s in enumerate(steps)))
        )
    for index in range(1, len(steps)):
        if steps[index].is_out:
            ends = tuple((scale.x(i), scale.y(steps[i].average)) for i in (index - 1, index))
            lines.append(Line("wander", ends))
    return lines


def _shots(points: Sequence[Point], baseline: Baseline, scale: _Scale) -> list[Line | Dot | Words]:
    marks: list[Line | Dot | Words] = []
    for index, point in enumerate(points):
        x, y = scale.x(index), scale.y(point.distance)
        is_alarm = point.distance > baseline.limit
        role = "alarm" if is_alarm else "approved" if point.verdict == "approved" else "waiting"
        marks.append(Line(f"stem-{role}", ((x, scale.floor), (x, y))))
        told = "; ".join(point.issues) or "on the look"
        title = f"{point.code} · {point.distance:.2f} · {point.verdict}: {told}"
        marks.append(Dot(f"{role} {point.verdict}" if is_alarm else role, x, y, title, point.link))
        turned = "code-alarm" if is_alarm else "code"
        marks.append(Words(turned, x + 4, scale.floor + 12, point.code, "end", -60.0))
    return marks
