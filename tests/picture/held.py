"""The figures the scores are held to, measured: for `test_scores_held.py` and `make bench WHAT=pictures`."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.stats import kendalltau, spearmanr

from apexsite.kit.colour import delta_e_2000, lab_of_srgb
from apexsite.kit.pixels import Bytes3, jpeg_bytes, read_picture
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from renders.engine.imaging.base import ImageRequest
from renders.engine.scoring import ScoreCard, score_picture
from renders.engine.scoring.artifacts import artifacts
from renders.engine.scoring.noise import noise_sigma
from renders.engine.scoring.palette import main_colours
from renders.engine.scoring.views import views_of
from tests.picture.composed import area_under, mirror_scene, palette_chart, thirds_scene
from tests.picture.distorted import LADDERS, SEVERITIES, pictures

SPEARMAN, NAMED, SIGMA, AUC, TAU, DELTA_E, SECONDS = 0.95, 0.90, 0.05, 0.95, 0.95, 1.0, 0.7

VISIBLE_FROM: dict[str, int] = {
    "blur": 3,
    "noise": 2,
    "jpeg": 2,
    "banding": 4,
    "over": 3,
    "under": 3,
}
"""From which severity a viewer sees the defect in most pictures: blur of two pixels, noise of 6 codes, JPEG of quality 30,
every eighth code (a photograph's own grain hides less), two stops over, three and a half under. House choice."""

SIGMAS = (2, 3, 5, 8, 12, 16, 20)


@dataclass(slots=True)
class Ladders:
    """Order and names found on all ladders. `order` is Spearman's coefficient by ladder and picture."""

    order: dict[str, dict[str, float]] = field(default_factory=dict)
    named: dict[str, list[bool]] = field(default_factory=dict)
    visible: list[bool] = field(default_factory=list)
    clean: dict[str, str] = field(default_factory=dict)


def asked(rule: str = "thirds", grain: float = 0.0) -> ImageRequest:
    """Return a request whose look asks for a composition and for grain."""
    return ImageRequest(
        brief=ShotBrief(code="1A", place="ROOM", action="Nothing."),
        cast=(),
        bible=bible_from({"composition": {"rule": rule}, "film_grain": grain}),
        width=384,
        height=216,
        seed=1,
    )


def part(card: ScoreCard, criterion: str, name: str) -> float:
    """Return a present sub-score."""
    for found in card.criteria:
        for sub in found.sub_scores:
            if (found.name, sub.name) == (criterion, name) and sub.value is not None:
                return sub.value
    raise AssertionError(f"{criterion}.{name} is not on the card")


def ladder_figures() -> Ladders:
    """Spoil all pictures in all ways and measure: about 700 pictures.

    Names are counted on pictures that have no named defect before they are spoiled.
    """
    found = Ladders()
    for name, picture in pictures():
        found.clean[name] = artifacts(views_of(picture), film_grain=0)[1]
        for ladder, (sub_score, spoil) in LADDERS.items():
            values = []
            for severity in SEVERITIES:
                technical, defect = artifacts(views_of(spoil(picture, severity)), film_grain=0)
                values += [s.value for s in technical.sub_scores if s.name == sub_score]
                if severity >= VISIBLE_FROM[ladder] and not found.clean[name]:
                    found.visible.append(defect == sub_score)
                    found.named.setdefault(ladder, []).append(defect == sub_score)
            order = -spearmanr(SEVERITIES, values).statistic
            found.order.setdefault(ladder, {})[name] = float(order)
    return found


def chart(seed: int) -> np.ndarray:
    """Return flats of five tones with edges between them, float32 from 0 to 255."""
    rng = np.random.default_rng(seed)
    plane = np.full((256, 256), rng.uniform(80, 110), np.float32)
    plane[:, 128:] = rng.uniform(140, 165)
    plane[100:150, 40:90] = rng.uniform(170, 190)
    plane[180:220, 150:240] = rng.uniform(70, 90)
    ys, xs = np.mgrid[:256, :256]
    plane[(xs - 190) ** 2 + (ys - 70) ** 2 < 35**2] = rng.uniform(110, 130)
    return plane


def noise_errors() -> dict[int, float]:
    """Return the largest relative error of noise by its sigma, over three charts of 8-bit codes."""
    return {sigma: max(_noise_error(sigma, seed) for seed in range(3)) for sigma in SIGMAS}


def _noise_error(sigma: int, seed: int) -> float:
    plane = chart(seed) + np.random.default_rng([seed, sigma]).normal(0, sigma, (256, 256))
    codes = np.clip(np.rint(plane), 0, 255).astype(np.float32)
    return abs(noise_sigma(codes) / sigma - 1.0)


def composition_areas(count: int = 24) -> dict[str, float]:
    """Return the area under the curve of thirds and of symmetry; nobody tells the score where the subject is."""
    areas = {}
    for rule, made in (("thirds", thirds_scene), ("symmetry", mirror_scene)):
        good, bad = (
            [
                part(
                    score_picture(made(seed, good=is_good), request=asked(rule)),
                    "composition",
                    rule,
                )
                for seed in range(count)
            ]
            for is_good in (True, False)
        )
        areas[rule] = area_under(good, bad)
    return areas


def ranking_tau() -> float:
    """Return Kendall's tau of the ranking of all pictures and of them as JPEG of quality 95."""
    before, after = [], []
    for _, picture in pictures():
        before.append(score_picture(picture, request=asked()).total)
        after.append(score_picture(_coded(picture), request=asked()).total)
    return float(kendalltau(before, after).statistic)


def _coded(picture: Bytes3) -> Bytes3:
    return read_picture(jpeg_bytes(picture, quality=95))


def palette_error(count: int = 8) -> float:
    """Return the largest CIEDE2000 between a colour of a chart and the nearest main colour found."""
    worst = 0.0
    for seed in range(count):
        picture, colours = palette_chart(seed)
        found, _ = main_colours(views_of(picture).lab)
        true = lab_of_srgb(colours / 255.0)
        worst = max(worst, float(delta_e_2000(true[:, None], found[None]).min(axis=1).max()))
    return worst
