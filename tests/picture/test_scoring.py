"""Scores fall as pictures get worse, defects are named, and composition is judged against its intent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter
from scipy.stats import spearmanr

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3, jpeg_bytes, read_picture
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from renders.engine.imaging.base import ImageRequest
from renders.engine.scoring import WEIGHTS, ScoreCard, score_picture
from renders.engine.scoring.noise import noise_sigma

HEIGHT, WIDTH = 216, 384


def scene(seed: int) -> Bytes3:
    """Return a made picture: sky gradient, ground, hills and boxes with shade, a face-like disc, fine detail."""
    rng = np.random.default_rng(seed)
    ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    top, low = rng.uniform(40, 110, 3), rng.uniform(130, 205, 3)
    picture = top + (low - top) * (ys / HEIGHT)[..., None]
    horizon = rng.integers(110, 160)
    ground = rng.uniform(40, 90, 3)
    shade = (0.8 + 0.5 * (ys - horizon) / HEIGHT)[..., None]
    picture = np.where((ys > horizon)[..., None], ground * shade, picture)
    for _ in range(9):
        x, y, w, h = rng.uniform(0, WIDTH), rng.uniform(50, HEIGHT), *rng.uniform(14, 60, 2)
        box = (np.abs(xs - x) < w / 2) & (np.abs(ys - y) < h)
        paint = rng.uniform(25, 235, 3) * (0.8 + 0.3 * xs / WIDTH)[..., None]
        picture = np.where(box[..., None], paint, picture)
    disc = (xs - WIDTH / 3) ** 2 + (ys - 90) ** 2 < 28**2
    light = (0.75 + 0.3 * (xs - WIDTH / 3 + 28) / 56)[..., None]
    picture = np.where(disc[..., None], np.array([214, 170, 130]) * light, picture)
    weave = (4 * np.sin(xs * 1.3) * np.sin(ys * 1.1))[..., None] * (ys > horizon)[..., None]
    return np.clip(np.rint(picture + weave), 0, 255).astype(np.uint8)


def blurred(picture: Bytes3, severity: int) -> Bytes3:
    sigma = (0.8, 1.3, 2.0, 3.0, 4.5)[severity - 1]
    soft = gaussian_filter(picture.astype(np.float32), (sigma, sigma, 0))
    return np.rint(soft).astype(np.uint8)


def noisy(picture: Bytes3, severity: int) -> Bytes3:
    sigma = (3, 6, 10, 16, 24)[severity - 1]
    noise = np.random.default_rng(severity).normal(0, sigma, picture.shape[:2])[..., None]
    return np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)


def squeezed(picture: Bytes3, severity: int) -> Bytes3:
    return read_picture(jpeg_bytes(picture, quality=(45, 30, 20, 12, 6)[severity - 1]))


def stepped(picture: Bytes3, severity: int) -> Bytes3:
    step = (2, 3, 5, 8, 12)[severity - 1]
    return (picture // step * step + step // 2).astype(np.uint8)


def exposed(picture: Bytes3, severity: int) -> Bytes3:
    light = (picture / 255.0) ** 2.2 * 2.0 ** (0.7 * severity)
    return np.rint(np.clip(light, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def dimmed(picture: Bytes3, severity: int) -> Bytes3:
    light = (picture / 255.0) ** 2.2 * 2.0 ** (-1.2 * severity)
    return np.rint(light ** (1 / 2.2) * 255).astype(np.uint8)


LADDERS: dict[str, tuple[str, Callable[[Bytes3, int], Bytes3]]] = {
    "blur": ("blur", blurred),
    "noise": ("noise", noisy),
    "jpeg": ("compression", squeezed),
    "banding": ("banding", stepped),
    "over": ("exposure", exposed),
    "under": ("exposure", dimmed),
}


def asked(rule: str = "thirds", grain: float = 0.0) -> ImageRequest:
    return ImageRequest(
        brief=ShotBrief(code="1A", place="ROOM", action="Nothing."),
        cast=(),
        bible=bible_from({"composition": {"rule": rule}, "film_grain": grain}),
        width=WIDTH,
        height=HEIGHT,
        seed=1,
    )


def part(card: ScoreCard, criterion: str, name: str) -> float:
    for found in card.criteria:
        for sub in found.sub_scores:
            if (found.name, sub.name) == (criterion, name) and sub.value is not None:
                return sub.value
    raise AssertionError(f"{criterion}.{name} is not on the card")


@pytest.mark.parametrize("sigma", [2, 5, 10, 20])
def test_noise_is_measured_within_five_percent_on_flats_and_edges(sigma: int) -> None:
    chart = np.full((256, 256), 90.0, np.float32)
    chart[:, 128:] = 160
    chart[100:150, 40:90] = 200
    chart += np.random.default_rng(3).normal(0, sigma, chart.shape).astype(np.float32)
    assert noise_sigma(chart) == pytest.approx(sigma, rel=0.05)


@pytest.mark.parametrize("ladder", LADDERS)
def test_a_sub_score_falls_with_the_severity_of_its_defect(ladder: str) -> None:
    name, spoil = LADDERS[ladder]
    for seed in range(4):
        picture = scene(seed)
        values = [part(score_picture(picture, request=asked()), "artifacts", name)]
        values += [
            part(score_picture(spoil(picture, s), request=asked()), "artifacts", name)
            for s in range(1, 6)
        ]
        # A bright picture may gain from a little less light; its ladder begins at the first step down.
        values = values[1:] if ladder == "under" else values
        assert -spearmanr(range(len(values)), values).statistic >= 0.95, (seed, values)


def test_the_right_defect_is_named_nine_times_of_ten() -> None:
    answers = []
    for name, spoil in LADDERS.values():
        for seed in range(5):
            for severity in (3, 4, 5):
                card = score_picture(spoil(scene(seed), severity), request=asked())
                answers.append((card.defect == name, name, severity, card.defect))
    wrong = [answer for answer in answers if not answer[0]]
    assert len(wrong) <= len(answers) // 10, wrong


def test_clean_pictures_have_no_named_defect() -> None:
    assert [score_picture(scene(s), request=asked()).defect for s in range(6)] == [""] * 6


def test_noise_that_the_bible_asks_for_is_no_defect() -> None:
    grainy = noisy(scene(1), 2)
    assert score_picture(grainy, request=asked()).defect == "noise"
    assert score_picture(grainy, request=asked(grain=0.5)).defect == ""


def test_a_symmetric_picture_wins_under_symmetry_and_loses_under_thirds() -> None:
    for seed in range(5):
        off = scene(seed)
        half = off[:, : WIDTH // 2]
        mirrored = np.concatenate([half, half[:, ::-1]], axis=1)
        values = {
            rule: [
                score_picture(p, request=asked(rule), subject=at).criteria[1].value
                for p, at in ((mirrored, (0.5, 0.42)), (off, (1 / 3, 0.42)))
            ]
            for rule in ("symmetry", "thirds", "centred")
        }
        assert values["symmetry"][0] > values["symmetry"][1]
        assert values["centred"][0] > values["centred"][1]
        assert values["thirds"][0] < values["thirds"][1]


def test_the_same_picture_gives_the_same_card() -> None:
    first, again = (score_picture(scene(2), request=asked()) for _ in range(2))
    assert first.to_document() == again.to_document()


def test_weights_sum_to_one_and_every_value_lies_between_0_and_1() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    card = score_picture(scene(0), request=asked())
    assert [c.name for c in card.criteria] == list(WEIGHTS)
    assert 0.0 <= card.total <= 1.0
    for criterion in card.criteria:
        for sub in criterion.sub_scores:
            assert sub.value is None or 0.0 <= sub.value <= 1.0


def test_prompt_adherence_is_absent_and_says_why() -> None:
    card = score_picture(scene(0), request=asked())
    absent = [s for c in card.criteria for s in c.sub_scores if s.value is None]
    assert [(s.name, s.measured) for s in absent] == [("prompt_adherence", "no model here")]


def test_a_picture_in_the_bibles_colours_is_nearer_to_it_than_a_green_one() -> None:
    own = np.zeros((64, 64, 3), np.uint8)
    own[:] = (0x2C, 0x3E, 0x50)
    green = np.zeros((64, 64, 3), np.uint8)
    green[:] = (0, 200, 0)
    scores = [part(score_picture(p, request=asked()), "style", "palette") for p in (own, green)]
    assert scores[0] > 0.9 > 0.3 > scores[1]


def test_a_subject_outside_the_frame_or_a_float_picture_is_refused() -> None:
    with pytest.raises(InputError, match="subject"):
        score_picture(scene(0), request=asked(), subject=(1.2, 0.5))
    with pytest.raises(InputError, match="uint8"):
        score_picture(scene(0).astype(np.float32), request=asked())  # type: ignore[arg-type]
