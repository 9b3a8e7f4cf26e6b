"""The second criterion: composition against the intent of the bible: thirds, symmetry or centred."""

from __future__ import annotations

import numpy as np

from apexsite.kit.colour import Doubles
from renders.engine.scoring.card import Criterion, SubScore, mean_of
from renders.engine.scoring.lines import horizon_height, leading_share
from renders.engine.scoring.saliency import salient_point
from renders.engine.scoring.views import Views, ramp

PLACE_SPREAD = 0.11
"""How far off its place, as a share of the frame, a subject may be before the score falls to 0.6. House choice."""


def composition(views: Views, *, rule: str, subject: tuple[float, float] | None) -> Criterion:
    """Return placement by the rule, balance, leading lines and depth; under `symmetry` the mirror too."""
    point = subject or salient_point(views.light)
    mirror = mirror_likeness(views.lab)
    horizon = horizon_height(views.light)
    lead = leading_share(views.light, subject=point)
    depth = _depth(views.light)
    parts = [
        _placement(point, rule, horizon),
        SubScore("balance", *_balance(views.light, point, rule)),
        SubScore("leading_lines", ramp(lead, bad=-0.4, good=2.0), f"{lead:.1f} × chance"),
        SubScore("depth", ramp(depth, bad=-2, good=16), f"L* steps of {depth:.0f} between layers"),
    ]
    is_asked = rule == "symmetry"
    told = f"mirror likeness {mirror:.2f}" + ("" if is_asked else "; not asked for")
    parts.insert(0, SubScore("symmetry", mirror if is_asked else None, told))
    value = mean_of(parts)
    reason = _reason(point, subject is not None, horizon, mirror, rule, lead)
    return Criterion("composition", value, tuple(parts), reason)


def mirror_likeness(lab: Doubles) -> float:
    """Return how alike both halves are, 0–1: the mean over tiles of their mirrored likeness.

    Source: structural similarity (Wang et al. 2004) with one term, of the picture and its mirror image.
    """
    from scipy.ndimage import uniform_filter

    light = lab[..., 0]
    other = light[:, ::-1]
    mean_a, mean_b = uniform_filter(light, 9), uniform_filter(other, 9)
    var = uniform_filter(light**2, 9) - mean_a**2
    var_b = uniform_filter(other**2, 9) - mean_b**2
    cov = uniform_filter(light * other, 9) - mean_a * mean_b
    luminance = (2 * mean_a * mean_b + 9) / (mean_a**2 + mean_b**2 + 9)
    structure = (2 * cov + 27) / (var + var_b + 27)
    # By contrast, not by its square: one dark figure must not outvote the whole set.
    weight = np.sqrt(np.maximum(var + var_b, 0.0)) + 0.5
    return float(np.clip((luminance * structure * weight).sum() / weight.sum(), 0.0, 1.0))


def _placement(point: tuple[float, float], rule: str, horizon: float | None) -> SubScore:
    x, y = point
    if rule == "thirds":
        off = min(abs(x - 1 / 3), abs(x - 2 / 3))
        value = 0.75 * _near(off) + 0.25 * _near(min(abs(y - 1 / 3), abs(y - 2 / 3)))
        if horizon is not None:
            line = min(abs(horizon - 1 / 3), abs(horizon - 2 / 3))
            value = 0.8 * value + 0.2 * _near(line)
        return SubScore("thirds", value, f"subject at {x:.2f}, {y:.2f}")
    value = _near(abs(x - 0.5))
    if rule == "centred":
        value = 0.75 * value + 0.25 * _near(max(0.0, abs(y - 0.5) - 0.1))
    return SubScore("centring", value, f"subject at {x:.2f}, {y:.2f}")


def _near(distance: float) -> float:
    return float(np.exp(-(distance**2) / (2 * PLACE_SPREAD**2)))


def _balance(light: Doubles, point: tuple[float, float], rule: str) -> tuple[float, str]:
    """Return how close the centre of visual mass lies to the middle; under thirds it may lean with the subject."""
    mass = np.abs(light - np.median(light)) + 1.0
    columns = (np.arange(light.shape[1]) + 0.5) / light.shape[1]
    centre = float((mass.sum(axis=0) * columns).sum() / mass.sum())
    wanted = 0.5 + (0.25 * (point[0] - 0.5) if rule == "thirds" else 0.0)
    off = abs(centre - wanted)
    return float(np.exp(-(off**2) / (2 * 0.09**2))), f"visual mass centred at {centre:.2f}"


def _depth(light: Doubles) -> float:
    """Return the mean L* step between six bands from top to bottom and the spread within them."""
    bands = [float(np.median(band)) for band in np.array_split(light, 6, axis=0)]
    return float(np.abs(np.diff(bands)).mean() + 0.3 * light.std())


def _reason(
    point: tuple[float, float],
    is_known: bool,
    horizon: float | None,
    mirror: float,
    rule: str,
    lead: float,
) -> str:
    names = {1 / 3: "on the left third", 0.5: "on the centre line", 2 / 3: "on the right third"}
    place = min(names, key=lambda at: abs(point[0] - at))
    where = names[place]
    if abs(point[0] - place) > 0.07:
        where = "near the left edge" if point[0] < 0.3 else "near the right edge"
        if 0.33 < point[0] < 0.67:
            where = "between a third and the centre"
    words = f"{'subject' if is_known else 'strongest accent'} sits {where}"
    if horizon is not None:
        line = min((1 / 3, 0.5, 2 / 3), key=lambda at: abs(horizon - at))
        called = {1 / 3: "the upper third", 0.5: "mid-height", 2 / 3: "the lower third"}[line]
        words += f"; horizon {'near' if abs(horizon - line) < 0.08 else 'off'} {called}"
    if lead > 1.6:
        words += "; lines lead to it"
    if rule == "symmetry":
        words += f"; the halves mirror each other {'well' if mirror > 0.75 else 'only in part' if mirror > 0.45 else 'hardly'}"
    wanted = {"thirds": "the rule of thirds", "symmetry": "symmetry", "centred": "a centred frame"}
    return f"{words} ({wanted[rule]} is asked for)"
