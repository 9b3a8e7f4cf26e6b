"""A person's look and voice from words: explicit words first, then S0's tables, then a draw from the person's own seed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from apexsite.kit.seeds import seed_mix
from characters.engine import appearance_tables as tables
from characters.engine.profile import HAIR_STYLES, CharacterProfile

Ruled = tuple[str, str]


def profile_from_words(
    *,
    key: str,
    name: str,
    role: str,
    personality: str,
    description: str,
    taken_wardrobe: Iterable[str] = (),
    taken_variants: Iterable[str] = (),
) -> tuple[CharacterProfile, dict[str, str]]:
    """Return the profile and, for each field of it, the rule that gave its value.

    Order of rules: words of the description, S0's table on personality and role, a draw from the seed of `key`. Gender and
    skin come from explicit words or the draw, never from a role or a name. `taken_wardrobe` (#RRGGBB) and `taken_variants`
    are those of the rest of the cast: draws avoid them while others are left. Raises `InputError` for an empty key.
    """
    reader = _Reader(key, description)
    age, age_rule = reader.age(personality)
    gender, gender_rule = reader.gender()
    style, style_rule = reader.hair_style()
    hair, hair_rule = reader.hair_colour(sum(age) / 2)
    found: dict[str, Ruled] = {
        "skin_colour": reader.skin(),
        "build": reader.listed("build", tables.BUILDS, default="average"),
        "expression": _table(
            tables.EXPRESSIONS, personality, tables.DEFAULT_EXPRESSION, "personality"
        ),
        "clothing": reader.clothing(role),
        "wardrobe_colour": reader.wardrobe(taken_wardrobe),
        "voice_variant": reader.variant(gender, taken_variants),
    }
    height, height_rule = reader.height()
    low, high = tables.VOICE_PITCHES[gender]
    profile = CharacterProfile(
        key=key,
        name=name,
        role=role,
        personality=personality,
        description=description,
        age_years=age,
        gender=gender,
        height_cm=height,
        hair_colour=hair,
        hair_style=style,
        voice_pitch=low + reader.draw("voice_pitch", high - low + 1),
        voice_words_per_minute=148 + 4 * reader.draw("voice_words_per_minute", 10),
        **{field: value for field, (value, _) in found.items()},
    )
    rules = {field: rule for field, (_, rule) in found.items()}
    rules |= {"age_years": age_rule, "gender": gender_rule, "height_cm": height_rule}
    rules |= {"hair_style": style_rule, "hair_colour": hair_rule}
    rules["voice_pitch"] = f"drawn by seed, {low} to {high} for {gender}"
    rules["voice_words_per_minute"] = "drawn by seed, 148 to 184 in steps of 4"
    return profile, rules


class _Reader:
    """Reads one description; every draw has its own stream, so that one new word changes one field only."""

    def __init__(self, key: str, description: str) -> None:
        self.key = key
        self.text = " ".join(description.lower().split())

    def draw(self, field: str, count: int) -> int:
        """Return an index from 0 to `count` - 1, even, fixed by key and field."""
        return int(np.random.default_rng(seed_mix("look", self.key, field)).integers(count))

    def age(self, personality: str) -> tuple[tuple[int, int], str]:
        """Return the band of years: "50s", "aged 34", "late 30s", else S0's table."""
        found = re.search(r"\b(?:(early|mid|late)[ -])?([1-9]0)s\b", self.text)
        if found:
            low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(found[1] or "", (0, 9))
            decade = int(found[2])
            return (decade + low, decade + high), f"description: {found[0]!r}"
        found = re.search(
            r"\b(?:aged?|is)\s+(\d{1,2})\b|\b(\d{1,2})[- ]years?[- ]old\b|\((\d{1,2})\)", self.text
        )
        if found:
            years = int(next(group for group in found.groups() if group))
            return (years, years), f"description: {found[0]!r}"
        both = f"{personality} {self.text}"
        for words, band in tables.AGE_BANDS:
            word = _first(words, both.lower())
            if word:
                return band, f"S0 age table: {word!r}"
        return tables.DEFAULT_AGE, "S0 age table: default"

    def gender(self) -> Ruled:
        """Return the gender that words name, else an even draw."""
        for gender, words in tables.GENDER_WORDS:
            word = _first(words, self.text)
            if word:
                return gender, f"description: {word!r}"
        count = len(tables.DRAWN_GENDERS)
        return tables.DRAWN_GENDERS[self.draw("gender", count)], f"drawn by seed, even over {count}"

    def skin(self) -> Ruled:
        """Return the skin tone that words name, else an even draw over six."""
        names = "|".join(sorted(tables.SKIN_COLOURS, key=len, reverse=True))
        found = re.search(rf"\b({names})[ -](?:skin(?:ned)?|complexion)\b", self.text)
        if found:
            return tables.SKIN_COLOURS[found[1]], f"description: {found[0]!r}"
        count = len(tables.DRAWN_SKIN)
        return tables.DRAWN_SKIN[
            self.draw("skin_colour", count)
        ], f"drawn by seed, even over {count} tones"

    def hair_style(self) -> Ruled:
        """Return the hair style that words name, else a draw over all but bald."""
        hair_words = re.sub(
            rf"\b(?:short|long|cropped)\s+(?:[\w-]+ )?(?:{tables.GARMENTS})\b", " ", self.text
        )
        for style, words in tables.HAIR_STYLE_WORDS:
            word = _first(words, hair_words)
            if word:
                return style, f"description: {word!r}"
        found = re.search(r"\b(long|short)\b(?: [\w-]+){0,2} hair\b", hair_words)
        if found:
            return found[1], f"description: {found[0]!r}"
        drawn = HAIR_STYLES[1:]
        return drawn[self.draw("hair_style", len(drawn))], f"drawn by seed, even over {len(drawn)}"

    def hair_colour(self, age_middle: float) -> Ruled:
        """Return the hair colour that words name, else a draw; from 55 on a draw over silver, white and grey."""
        names = "|".join(tables.HAIR_COLOURS)
        found = re.search(
            rf"\b({names})(?:[ -][\w-]+)?[ -](?:hair(?:ed)?|beard|curls|bun|bob|ponytail)\b",
            self.text,
        )
        found = found or re.search(r"\b(blonde?|ginger|auburn)\b", self.text)
        if found:
            return tables.HAIR_COLOURS[found[1]], f"description: {found[0]!r}"
        choices = tables.OLD_DRAWN_HAIR if age_middle >= 55 else tables.DRAWN_HAIR
        word = choices[self.draw("hair_colour", len(choices))]
        return tables.HAIR_COLOURS[word], f"drawn by seed, even over {', '.join(choices)}"

    def listed(
        self, field: str, table: Sequence[tuple[str, tuple[str, ...]]], *, default: str
    ) -> Ruled:
        """Return the value whose words the description holds, else the default."""
        for value, words in table:
            word = _first(words, self.text)
            if word:
                return value, f"description: {word!r}"
        return default, f"house default {field}"

    def height(self) -> tuple[int, str]:
        """Return the height in cm: a number, a word, else a draw from 160 to 186."""
        found = re.search(r"\b(1[3-9]\d|2[0-2]\d)\s?cm\b", self.text)
        if found:
            return int(found[1]), f"description: {found[0]!r}"
        for height, words in tables.HEIGHTS:
            word = _first(words, self.text)
            if word:
                return height, f"description: {word!r}"
        return 160 + self.draw("height_cm", 27), "drawn by seed, even over 160 to 186"

    def clothing(self, role: str) -> Ruled:
        """Return the garment that the description names, else S0's table by role."""
        found = re.search(rf"\b((?:[\w-]+ ){{0,2}}(?:{tables.GARMENTS}))\b", self.text)
        if found:
            words = re.sub(
                r"^(?:(?:in|with|and|a|an|the|her|his|their|wearing|of|over|hair)\b ?)+",
                "",
                found[1],
            )
            return words, f"description: {words!r}"
        return _table(tables.CLOTHING, f"{role} {self.text}", tables.DEFAULT_CLOTHING, "role")

    def wardrobe(self, taken: Iterable[str]) -> Ruled:
        """Return the colour of a named garment, else a drawn one that nobody else of the cast wears."""
        names = "|".join(re.escape(name) for name in tables.COLOURS)
        found = re.search(rf"\b({names})(?:[ -][\w-]+)?[ -](?:{tables.GARMENTS})\b", self.text)
        if found:
            return tables.COLOURS[found[1]], f"description: {found[0]!r}"
        value = self.free_draw("wardrobe_colour", tables.DRAWN_WARDROBE, taken)
        return value, f"drawn by seed over {len(tables.DRAWN_WARDROBE)} colours, free ones first"

    def variant(self, gender: str, taken: Iterable[str]) -> Ruled:
        """Return an espeak variant for the gender that nobody else of the cast has."""
        choices = tables.VOICE_VARIANTS[gender]
        value = self.free_draw("voice_variant", choices, taken)
        return value, f"drawn by seed over {', '.join(choices)}, free ones first"

    def free_draw(self, field: str, choices: Sequence[str], taken: Iterable[str]) -> str:
        """Return a drawn choice, leaving out those taken while others are left."""
        used = set(taken)
        free = [choice for choice in choices if choice not in used] or list(choices)
        return free[self.draw(field, len(free))]


def profiles_of_cast(
    people: Sequence[Mapping[str, str]],
) -> list[tuple[CharacterProfile, dict[str, str]]]:
    """Return profiles for a whole cast, in order, no wardrobe colour or voice variant drawn twice while others are left.

    Each mapping holds `profile_from_words`' key, name, role, personality and description.
    """
    made: list[tuple[CharacterProfile, dict[str, str]]] = []
    for person in people:
        made.append(
            profile_from_words(
                key=person["key"],
                name=person["name"],
                role=person.get("role", ""),
                personality=person.get("personality", ""),
                description=person.get("description", ""),
                taken_wardrobe=[profile.wardrobe_colour for profile, _ in made],
                taken_variants=[profile.voice_variant for profile, _ in made],
            )
        )
    return made


def _first(words: Iterable[str], text: str) -> str:
    return next(
        (word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)), ""
    )


def _table(
    table: Sequence[tuple[tuple[str, ...], str]], text: str, default: str, source: str
) -> Ruled:
    for words, value in table:
        word = _first(words, text.lower())
        if word:
            return value, f"S0 table by {source}: {word!r}"
    return default, f"S0 table by {source}: default"
