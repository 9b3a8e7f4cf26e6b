"""Scores fall as pictures get worse, defects are named, and composition is judged against its intent."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3, jpeg_bytes, read_picture
from renders.engine.scoring import WEIGHTS, score_picture
from renders.engine.scoring.artifacts import artifacts, quality_of
from renders.engine.scoring.quantised import coding_scale
from renders.engine.scoring.views import views_of
from tests.picture.distorted import LADDERS, WIDTH, blurred, noisy, scene
from tests.picture.held import asked, part


@pytest.mark.parametrize("ladder", LADDERS)
def test_a_sub_score_falls_with_the_severity_of_its_defect(ladder: str) -> None:
    name, spoil = LADDERS[ladder]
    for seed in range(2):
        picture = scene(seed)
        values = [part(score_picture(picture, request=asked()), "artifacts", name)]
        values += [
            part(score_picture(spoil(picture, s), request=asked()), "artifacts", name)
            for s in range(1, 6)
        ]
        # A bright picture may gain from a little less light; its ladder begins at the first step down.
        values = values[1:] if ladder == "under" else values
        assert -spearmanr(range(len(values)), values).statistic >= 0.95, (seed, values)


def test_clean_pictures_have_no_named_defect() -> None:
    assert [score_picture(scene(s), request=asked()).defect for s in range(6)] == [""] * 6


def test_noise_that_the_bible_asks_for_is_no_defect() -> None:
    grainy = noisy(scene(1), 2)
    assert score_picture(grainy, request=asked()).defect == "noise"
    assert score_picture(grainy, request=asked(grain=0.5)).defect == ""


def shallow(picture: Bytes3, *, sharp: slice) -> Bytes3:
    """Return a picture that is sharp in some columns and soft elsewhere."""
    soft = blurred(picture, 5)
    soft[:, sharp] = picture[:, sharp]
    return soft


def test_a_shallow_focus_is_no_blur_while_the_subject_is_sharp() -> None:
    near = shallow(scene(3), sharp=slice(60, 220))
    assert artifacts(views_of(near), film_grain=0)[1] == ""
    on_subject, elsewhere = (0.2, 0.1, 0.5, 0.9), (0.65, 0.1, 0.95, 0.9)
    assert artifacts(views_of(near), film_grain=0, subject_box=on_subject)[1] == ""
    assert artifacts(views_of(near), film_grain=0, subject_box=elsewhere)[1] == "blur"


def test_the_quality_of_a_jpeg_is_read_from_the_picture() -> None:
    for quality in (90, 75, 50, 25, 10):
        coded = read_picture(jpeg_bytes(scene(2), quality=quality))
        assert quality_of(coding_scale(views_of(coded).luma)) == pytest.approx(quality, abs=3)
    assert coding_scale(views_of(scene(2)).luma) == 0.0


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
