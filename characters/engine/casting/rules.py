"""Profile to body: explicit words first, then even draws from the person's own seed. Nothing is read from role or name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from apexsite.kit.colour import lab_of_srgb
from apexsite.kit.seeds import seed_mix
from characters.engine.casting import tables
from characters.engine.casting.faces import drawn_face, face_distance_mm, face_points
from characters.engine.casting.limits import refuse_unsupported
from characters.engine.human.cast import BodyCast, Hair, Skin, Wardrobe
from characters.engine.human.phenotype import Phenotype
from characters.engine.profile import CharacterProfile

APART_MM = 2.6
"""Faces of a cast nearer than this are drawn again. House choice: half of the usual distance of two drawn faces."""

ATTEMPTS = 10
GENDERS: dict[str, float] = {"female": 1.0, "male": 0.0}

Rules = dict[str, str]


def body_from_profile(
    profile: CharacterProfile,
    *,
    ancestry: Mapping[str, float] | None = None,
    taken: Sequence[BodyCast] = (),
) -> tuple[BodyCast, Rules]:
    """Return the body of a character and, for each part, the rule that gave it.

    `ancestry` (african, asian, caucasian, any sum above 0) outranks words; `taken` are the bodies of the rest of the
    cast, whose faces the new one keeps away from. Raises `NotSupported` for children, animals and crowds.
    """
    refuse_unsupported(profile)
    weights, ancestry_rule = _ancestry(profile, ancestry)
    weight, muscle = tables.BUILDS.get(profile.build, tables.BUILDS["average"])
    years = sum(profile.age_years) / 2
    gender = GENDERS.get(profile.gender, 0.5)
    phenotype = Phenotype(
        gender=gender,
        age=age_on_axis(years),
        muscle=muscle,
        weight=weight,
        height=float(np.clip((profile.height_cm - 145) / 60, 0.0, 1.0)),
        proportions=0.5,
        cupsize=0.5 if gender == 1.0 else 0.0,
        african=weights[0],
        asian=weights[1],
        caucasian=weights[2],
    )
    eyes, eyes_rule = _eyes(profile)
    hair, hair_rule = _hair(profile, years)
    wardrobe, wardrobe_rule = wardrobe_of(profile)
    body = BodyCast(
        phenotype=phenotype,
        height_cm=float(profile.height_cm),
        skin=_skin(profile, years),
        hair=hair,
        eye_colour=eyes,
        wardrobe=wardrobe,
    )
    body, face_rule = _apart(body, profile.key, taken)
    rules = {
        "ancestry": ancestry_rule,
        "age": f"middle of age_years={profile.age_years}",
        "gender": f"gender={profile.gender!r}",
        "build": f"build={profile.build!r}",
        "face": face_rule,
        "eyes": eyes_rule,
        "hair": hair_rule,
        "wardrobe": wardrobe_rule,
    }
    return body, rules


def bodies_of_cast(profiles: Sequence[CharacterProfile]) -> list[tuple[BodyCast, Rules]]:
    """Return bodies for a whole cast, in order, their faces kept apart."""
    made: list[tuple[BodyCast, Rules]] = []
    for profile in profiles:
        made.append(body_from_profile(profile, taken=[body for body, _ in made]))
    return made


def age_on_axis(years: float) -> float:
    """Return the age axis (young adult 2/3 at 25 years, old 1 at 90). Source: MakeHuman's age anchors."""
    return float(np.clip(2 / 3 + (years - 25.0) / 65.0 / 3.0, 0.63, 1.0))


def _ancestry(
    profile: CharacterProfile, given: Mapping[str, float] | None
) -> tuple[tuple[float, float, float], str]:
    if given is not None:
        found = (given.get("african", 0.0), given.get("asian", 0.0), given.get("caucasian", 0.0))
        return found, "given"
    text = profile.description.lower()
    for word, weights in tables.ANCESTRY_WORDS:
        if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text):
            return weights, f"description: {word!r}"
    rng = np.random.default_rng(seed_mix("ancestry", profile.key))
    drawn = rng.dirichlet((2.0, 2.0, 2.0)).round(4)
    return (float(drawn[0]), float(drawn[1]), float(drawn[2])), "drawn by seed, even over mixtures"


def _eyes(profile: CharacterProfile) -> tuple[str, str]:
    names = "|".join(tables.EYE_COLOURS)
    found = re.search(rf"\b({names})(?:[ -]eyes|[ -]eyed)\b", profile.description.lower())
    if found:
        return tables.EYE_COLOURS[found[1]], f"description: {found[0]!r}"
    rng = np.random.default_rng(seed_mix("eyes", profile.key))
    word = tables.DRAWN_EYES[int(rng.integers(len(tables.DRAWN_EYES)))]
    return tables.EYE_COLOURS[word], f"drawn by seed, even over {', '.join(tables.DRAWN_EYES)}"


def _skin(profile: CharacterProfile, years: float) -> Skin:
    rgb = [int(profile.skin_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    light = float(lab_of_srgb(rgb)[0])
    return Skin(
        colour=profile.skin_colour.upper(),
        freckles=0.8 if "freckle" in profile.description.lower() else 0.0,
        blush=round(float(np.clip(0.15 + (light - 40.0) / 150.0, 0.15, 0.45)), 3),
        lines=round(float(np.clip((years - 32.0) / 40.0, 0.0, 1.0)), 3),
    )


def _hair(profile: CharacterProfile, years: float) -> tuple[Hair, str]:
    text = profile.description.lower()
    beard = next(
        (
            kind
            for kind, words in (
                ("stubble", r"stubble|unshaven"),
                ("moustache", r"moustache|mustache"),
                ("full", r"beard|bearded"),
            )
            if re.search(rf"\b(?:{words})\b", text)
        ),
        "none",
    )
    receding = 0.8 if re.search(r"\b(?:receding|balding|thinning)\b", text) else 0.0
    rng = np.random.default_rng(seed_mix("brows", profile.key))
    hair = Hair(
        style=profile.hair_style,
        colour=profile.hair_colour.upper(),
        receding=receding,
        beard=beard,
        brows=round(
            float(rng.uniform(0.75, 1.2)) * (0.8 if profile.gender == "female" else 1.0), 3
        ),
    )
    return hair, f"hair_style={profile.hair_style!r}; beard and hairline from words only"


def wardrobe_of(profile: CharacterProfile) -> tuple[Wardrobe, str]:
    """Return outfit, colours and accessories from the words of clothing and description."""
    text = profile.clothing.lower()
    outfit, rule = "shirt", "no garment word: shirt"
    for name, words in tables.OUTFIT_WORDS:
        hit = next((w for w in words if re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", text)), "")
        if hit:
            outfit, rule = name, f"clothing: {hit!r}"
            break
    both = f"{text} {profile.description.lower()}"
    colour = profile.wardrobe_colour.upper()
    if outfit == "robe" and "black" in text:
        colour = "#15151A"
    worn = [
        name
        for name, words in (
            ("tie", r"tie|necktie"),
            ("glasses", r"glasses|spectacles|bespectacled"),
            ("hat", r"hat|fedora|trilby"),
        )
        if re.search(rf"\b(?:{words})\b", both)
    ]
    rng = np.random.default_rng(seed_mix("accents", profile.key))
    if outfit == "suit" and "tie" not in worn and rng.random() < 0.5:
        worn.insert(0, "tie")
    accent = ("#6E1F28", "#1F3A5F", "#3F4F3A", "#5B3A77", "#8A6A2A")[int(rng.integers(5))]
    second = ("#F2F0EA", "#DCE4EC", "#E9E2D4")[int(rng.integers(3))]
    return Wardrobe(outfit, colour, second, accent, tuple(worn)), rule


def _apart(body: BodyCast, key: str, taken: Sequence[BodyCast]) -> tuple[BodyCast, str]:
    """Return the body with the first drawn face that keeps its distance, or the farthest of those drawn."""
    others = [face_points(other) for other in taken]
    best, best_mm = body, -1.0
    for attempt in range(ATTEMPTS):
        drawn = replace(body, changes=drawn_face(key, attempt=attempt))
        if not others:
            return drawn, "drawn by seed"
        own = face_points(drawn)
        nearest = min(face_distance_mm(own, other) for other in others)
        if nearest >= APART_MM:
            told = "drawn by seed" if attempt == 0 else f"draw {attempt + 1}, to be told apart"
            return drawn, f"{told}; {nearest:.1f} mm from the nearest face"
        if nearest > best_mm:
            best, best_mm = drawn, nearest
    return best, f"farthest of {ATTEMPTS} draws; {best_mm:.1f} mm from the nearest face"
