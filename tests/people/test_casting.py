"""Casting: words and seeds to bodies; deterministic, explicit, even-handed, and clear about whom it cannot draw."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from apexsite.kit.errors import InputError, NotSupported
from characters.engine.appearance import profile_from_words, profiles_of_cast
from characters.engine.casting.faces import face_distance_mm, face_points
from characters.engine.casting.rules import (
    APART_MM,
    age_on_axis,
    bodies_of_cast,
    body_from_profile,
    wardrobe_of,
)
from characters.engine.human.cast import HAIR, BodyCast
from characters.engine.profile import HAIR_STYLES, CharacterProfile


def profile(key: str = "p1", **fields: object) -> CharacterProfile:
    return CharacterProfile(key=key, name=str(fields.pop("name", "Ada")), **fields)


def test_the_same_profile_gives_the_same_body_and_another_key_another_face() -> None:
    one, again = body_from_profile(profile()), body_from_profile(profile())
    assert one == again
    other, _ = body_from_profile(profile("p2"))
    assert other.changes != one[0].changes


def test_a_body_goes_to_json_and_back() -> None:
    body, _ = body_from_profile(profile(description="tall man in a hat, blue eyes, beard"))
    text = json.dumps(body.to_document(), sort_keys=True)
    back = BodyCast.from_document(json.loads(text))
    assert back == body
    assert json.dumps(back.to_document(), sort_keys=True) == text


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"schema": "apex.body/9"}, "newer"),
        ({"height_cm": 20}, "height_cm=20"),
        ({"nose": 3}, "nose"),
        ({"hair": {"style": "mohawk"}}, "mohawk"),
    ],
)
def test_documents_that_make_no_body_are_refused(change: dict[str, object], word: str) -> None:
    with pytest.raises(InputError, match=word):
        BodyCast.from_document({**BodyCast().to_document(), **change})


def test_every_hair_style_of_the_profile_can_be_worn() -> None:
    assert set(HAIR_STYLES) <= set(HAIR)


def test_role_and_name_change_nothing_of_the_body() -> None:
    plain = profile(role="", name="Ada")
    roles = ["judge", "nurse", "criminal", "cleaner", "CEO", "terrorist", "maid"]
    names = ["Aisha", "Chen", "Olaf", "José"]
    expected, _ = body_from_profile(plain)
    for role, name in itertools.product(roles, names):
        assert body_from_profile(profile(role=role, name=name))[0] == expected


def test_ancestry_is_explicit_or_an_even_draw() -> None:
    given, rules = body_from_profile(profile(), ancestry={"asian": 1.0})
    assert given.phenotype.asian == 1.0 and rules["ancestry"] == "given"
    said, rules = body_from_profile(profile(description="a west african man"))
    assert said.phenotype.african == 1.0 and "west african" in rules["ancestry"]
    drawn = [body_from_profile(profile(f"k{i}"))[0].phenotype for i in range(150)]
    means = np.array([[p.african, p.asian, p.caucasian] for p in drawn]).mean(axis=0)
    assert np.all(np.abs(means - 1 / 3) < 0.06)


def test_skin_colour_does_not_choose_the_face() -> None:
    dark, _ = body_from_profile(profile(skin_colour="#46291B"))
    pale, _ = body_from_profile(profile(skin_colour="#F6DCC8"))
    assert dark.phenotype == pale.phenotype and dark.changes == pale.changes


def test_age_runs_from_young_adult_to_old() -> None:
    assert age_on_axis(25) == pytest.approx(2 / 3)
    assert age_on_axis(90) == 1.0
    lines = [body_from_profile(profile(age_years=(y, y)))[0].skin.lines for y in (20, 45, 80)]
    assert lines == sorted(lines) and lines[0] == 0.0 and lines[2] == 1.0


def test_a_cast_of_eight_can_be_told_apart() -> None:
    people = [{"key": f"c{i}", "name": f"N{i}", "role": "", "personality": ""} for i in range(8)]
    bodies = [body for body, _ in bodies_of_cast([p for p, _ in profiles_of_cast(people)])]
    points = [face_points(body) for body in bodies]
    nearest = min(face_distance_mm(a, b) for a, b in itertools.combinations(points, 2))
    assert nearest >= APART_MM


def test_a_newcomer_with_a_taken_face_is_drawn_again_and_told() -> None:
    first, _ = body_from_profile(profile("twin"))
    second, rules = body_from_profile(profile("twin"), taken=[first])
    assert second.changes != first.changes
    assert "told apart" in rules["face"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"age_years": (6, 9)}, "children"),
        ({"description": "a small girl in a red coat"}, "children"),
        ({"description": "an old dog that limps"}, "animals"),
        ({"role": "the crowd"}, "crowds"),
        ({"name": "Crowd"}, "crowds"),
    ],
)
def test_children_animals_and_crowds_are_refused_clearly(
    fields: dict[str, object], word: str
) -> None:
    with pytest.raises(NotSupported, match=f"{word} are not supported") as caught:
        body_from_profile(profile(**fields))
    assert "storyboard" in caught.value.message


@pytest.mark.parametrize(
    "description",
    [
        "a woman with a dog",
        "an old man, father of a boy",
        "dog trainer in her 40s",
        "a man of 82, white beard",
        "her 20s, girlish laugh",
    ],
)
def test_grown_people_near_such_words_are_drawn(description: str) -> None:
    drawn, _ = profile_from_words(
        key="x", name="Lee", role="", personality="", description=description
    )
    assert body_from_profile(drawn)[0].height_cm > 130


@pytest.mark.parametrize(
    ("clothing", "outfit"),
    [
        ("black judicial robes", "robe"),
        ("professional business suit, formal attire", "suit"),
        ("grey hoodie", "knit"),
        ("red evening gown", "evening_dress"),
        ("ink-blue coat", "coat"),
        ("professional attire", "suit"),
        ("white t-shirt", "tshirt"),
        ("something odd", "shirt"),
    ],
)
def test_words_of_clothing_choose_the_outfit(clothing: str, outfit: str) -> None:
    wardrobe, rule = wardrobe_of(profile(clothing=clothing))
    assert wardrobe.outfit == outfit
    assert rule


def test_glasses_hat_and_beard_come_from_words_only() -> None:
    plain, _ = body_from_profile(profile(clothing="shirt"))
    assert plain.wardrobe.accessories == () and plain.hair.beard == "none"
    said, _ = body_from_profile(profile(description="bearded, in glasses and a hat"))
    assert {"glasses", "hat"} <= set(said.wardrobe.accessories) and said.hair.beard == "full"
