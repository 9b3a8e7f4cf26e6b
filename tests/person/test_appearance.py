"""Looks from words: what is said wins, what is drawn says so, a cast is told apart."""

from __future__ import annotations

from collections import Counter

import pytest

from apexsite.kit.errors import InputError
from characters.engine.appearance import profile_from_words, profiles_of_cast
from characters.engine.profile import HAIR_STYLES, CharacterProfile


def look(
    description: str = "", *, key: str = "p_1", role: str = "", personality: str = ""
) -> tuple[CharacterProfile, dict[str, str]]:
    return profile_from_words(
        key=key, name="P", role=role, personality=personality, description=description
    )


@pytest.mark.parametrize(
    ("personality", "age"),
    [
        ("experienced and calm", (50, 70)),
        ("authoritative", (50, 70)),
        ("young", (18, 25)),
        ("confident", (35, 50)),
        ("", (30, 45)),
    ],
)
def test_ages_follow_the_seed_table(personality: str, age: tuple[int, int]) -> None:
    profile, rules = look(personality=personality)
    assert profile.age_years == age
    assert rules["age_years"].startswith("S0")


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("a judge (50s)", (50, 59)),
        ("late 30s", (37, 39)),
        ("aged 34", (34, 34)),
        ("a man (61)", (61, 61)),
    ],
)
def test_an_age_in_words_wins_over_the_table(words: str, age: tuple[int, int]) -> None:
    assert look(words, personality="young")[0].age_years == age


@pytest.mark.parametrize(
    ("personality", "expression"),
    [
        ("stern", "serious, determined"),
        ("nervous", "worried, tense"),
        ("confident", "confident, composed"),
        ("defensive", "defensive, guarded"),
        ("", "neutral, professional"),
    ],
)
def test_expressions_follow_the_seed_table(personality: str, expression: str) -> None:
    assert look(personality=personality)[0].expression == expression


@pytest.mark.parametrize(
    ("role", "clothing"),
    [
        ("Judge", "black judicial robes"),
        ("prosecutor", "professional business suit, formal attire"),
        ("defendant", "formal courtroom attire"),
        ("clown", "professional attire"),
    ],
)
def test_clothing_follows_the_seed_table(role: str, clothing: str) -> None:
    assert look(role=role)[0].clothing == clothing


def test_explicit_words_win() -> None:
    profile, rules = look("a tall bald woman with dark skin in a red coat", role="judge")
    assert profile.hair_style == "bald"
    assert profile.gender == "female"
    assert profile.skin_colour == "#553422"
    assert profile.wardrobe_colour == "#A32A2E"
    assert profile.clothing == "red coat"
    assert profile.height_cm == 188
    for field in ("hair_style", "gender", "skin_colour", "wardrobe_colour", "clothing"):
        assert rules[field].startswith("description:"), field


def test_hair_words_give_colour_and_style() -> None:
    profile, _ = look("silver hair in a bun")
    assert (profile.hair_colour, profile.hair_style) == ("#C9CDD2", "bun")
    assert look("long red hair")[0].hair_style == "long"
    assert look("a grey beard")[0].hair_colour == "#8E9196"


def test_a_long_coat_is_not_long_hair() -> None:
    styles = {look("a long coat", key=f"k{n}")[1]["hair_style"] for n in range(4)}
    assert all(rule.startswith("drawn") for rule in styles)


def test_role_and_name_never_decide_gender_or_skin() -> None:
    judge, rules = look(role="judge")
    nurse, _ = look(role="nurse")
    assert (judge.gender, judge.skin_colour) == (nurse.gender, nurse.skin_colour)
    assert "even over 2" in rules["gender"]
    assert "even over 6" in rules["skin_colour"]


def test_draws_are_even() -> None:
    people = [look(key=f"person_{n}")[0] for n in range(600)]
    genders = Counter(person.gender for person in people)
    skins = Counter(person.skin_colour for person in people)
    assert all(240 < count < 360 for count in genders.values())
    assert len(skins) == 6
    assert all(65 < count < 135 for count in skins.values())


def test_every_table_field_says_its_rule() -> None:
    _, rules = look("a judge")
    assert set(rules) == {
        "age_years",
        "gender",
        "build",
        "height_cm",
        "skin_colour",
        "hair_colour",
        "hair_style",
        "expression",
        "clothing",
        "wardrobe_colour",
        "voice_pitch",
        "voice_words_per_minute",
        "voice_variant",
    }
    assert all(rules.values())


def test_the_same_key_looks_the_same_and_another_does_not() -> None:
    assert look(key="judge_abc123") == look(key="judge_abc123")
    assert look(key="judge_abc123")[0].profile_hash != look(key="judge_abc124")[0].profile_hash


def test_a_new_word_leaves_the_other_drawn_fields_alone() -> None:
    plain, _ = look()
    dressed, _ = look("in a red coat")
    assert (plain.skin_colour, plain.hair_style, plain.gender) == (
        dressed.skin_colour,
        dressed.hair_style,
        dressed.gender,
    )


def test_a_cast_differs_in_wardrobe_and_voice() -> None:
    cast = profiles_of_cast([{"key": f"p_{n}", "name": f"P{n}"} for n in range(5)])
    profiles = [profile for profile, _ in cast]
    assert len({profile.wardrobe_colour for profile in profiles}) == 5
    assert len({profile.voice_variant for profile in profiles}) == 5
    assert len({profile.profile_hash for profile in profiles}) == 5
    assert all(profile.hair_style in HAIR_STYLES for profile in profiles)


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(InputError, match="key"):
        look(key="")
