"""Scores fall as pictures get worse, defects are named, and composition is judged against its intent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3, jpeg_bytes, read_picture
from characters.engine.profile import CharacterProfile
from projects.engine.bible import bible_from
from renders.engine.imaging.options import PictureOptions
from renders.engine.scoring import WEIGHTS, score_picture
from renders.engine.scoring.artifacts import artifacts, quality_of
from renders.engine.scoring.fingerprint import fingerprint
from renders.engine.scoring.quantised import coding_scale
from renders.engine.scoring.views import views_of
from tests.picture.distorted import LADDERS, WIDTH, blurred, dimmed, exposed, noisy, scene
from tests.picture.held import asked, part

MARA = CharacterProfile(key="mara", name="Mara")


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


def test_what_cannot_be_measured_is_absent_and_says_why() -> None:
    card = score_picture(scene(0), request=asked())
    absent = {s.name: s.measured for c in card.criteria for s in c.sub_scores if s.value is None}
    mirror = absent.pop("symmetry")
    assert mirror.endswith("not asked for")
    assert absent == {
        "prompt_adherence": "no model here",
        "quality": "no model here",
        "mood": "no mood is asked for that is known",
        "difference": "the only variant",
    }


def test_faces_of_a_cast_are_absent_without_a_landmark_model() -> None:
    request = replace(asked(), brief=replace(asked().brief, cast=("mara",)), cast=(MARA,))
    names = {
        s.name: s.value for s in score_picture(scene(0), request=request).criteria[3].sub_scores
    }
    assert names["faces"] is None


def test_a_black_frame_scores_nothing_and_is_named() -> None:
    black = np.zeros((90, 160, 3), np.uint8)
    black[3, 3] = 255
    card = score_picture(black, request=asked())
    assert (card.defect, card.total) == ("black frame", 0.0)
    night = (scene(2) * 0.12).astype(np.uint8)
    assert score_picture(night, request=asked()).defect != "black frame"


def test_the_same_frame_again_is_named_a_duplicate_of_which_variant() -> None:
    others = {1: fingerprint(scene(5)), 2: fingerprint(scene(6))}
    again = score_picture(noisy(scene(6), 1), request=asked(grain=1.0), others=others)
    assert again.defect == "duplicate"
    assert "Nearly the same as variant 2" in again.reason
    assert score_picture(scene(7), request=asked(), others=others).defect == ""


def test_grain_that_a_person_asks_for_after_drawing_is_no_defect() -> None:
    options = PictureOptions(finish={"grain": 0.6})
    grainy = noisy(scene(1), 2)
    assert score_picture(grainy, request=replace(asked(), options=options)).defect == ""


def test_a_cast_over_the_greys_costs_colour_balance_unless_the_hour_is_that_warm() -> None:
    clean = np.repeat(np.linspace(40, 220, 96).astype(np.uint8)[None, :, None], 54, axis=0)
    neutral = np.repeat(clean, 3, axis=2)
    green = neutral.copy()
    green[..., 1] = np.minimum(255, green[..., 1] + 34)
    values = [
        part(score_picture(p, request=asked()), "aesthetic", "colour_balance")
        for p in (neutral, green)
    ]
    assert values[0] > 0.9 > 0.6 > values[1]


def test_light_and_mood_are_judged_by_the_words_that_ask_for_them() -> None:
    dark, bright = dimmed(scene(1), 1), exposed(scene(1), 1)
    for mood, better, worse in (("grim, dark", dark, bright), ("joyful, bright", bright, dark)):
        request = replace(asked(), brief=replace(asked().brief, mood=mood))
        values = [part(score_picture(p, request=request), "style", "mood") for p in (better, worse)]
        assert values[0] > values[1], mood
    flat, hard = (
        np.repeat(np.linspace(*ends, 96).astype(np.uint8)[None, :, None], 54, axis=0).repeat(3, 2)
        for ends in ((105, 150), (4, 250))
    )
    for words, better, worse in (
        ("flat light", flat, hard),
        ("hard noir light", hard, flat),
    ):
        request = replace(asked(), brief=replace(asked().brief, lighting=words))
        values = [
            part(score_picture(p, request=request), "style", "lighting") for p in (better, worse)
        ]
        assert values[0] > values[1], words


def test_a_director_brings_the_rule_a_frame_is_judged_by() -> None:
    bible = bible_from({"director": "wes_anderson", "composition": {"rule": ""}})
    card = score_picture(scene(0), request=replace(asked(), bible=bible))
    names = {s.name: s.value for s in card.criteria[1].sub_scores}
    assert names["symmetry"] is not None and "thirds" not in names
    assert "symmetry is asked for" in card.criteria[1].reason


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
