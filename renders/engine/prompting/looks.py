"""Phrases of a prompt from the look: light, camera, composition, director, film, quality, palette, elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from projects.engine.bible import DEFAULTS, StyleBible
from projects.engine.brief import ShotBrief
from projects.engine.colour_names import colour_name
from projects.engine.framing import ShotSize
from projects.engine.terms import Term, Terms, term_of

Phrase = tuple[str, str, str]
"""Name of the part, its words, and where they come from."""

LIGHT_ROLES = ("key", "fill", "rim", "background")
DEFAULT_STYLE, DEFAULT_REALISM, DEFAULT_SHARPNESS = "photorealistic", "ultra", 8
"""Source: seed S0, Parameter Controls."""
LENS_TOLERANCE_MM = 2


class Look:
    """A bible read with the tables at hand."""

    def __init__(self, bible: StyleBible, terms: Terms) -> None:
        self.bible = bible
        self.document: Mapping[str, Any] = bible.document
        self.terms = terms
        self.preset = self.named("presets", self.document.get("preset"))

    def named(self, table: str, name: object) -> Term | None:
        """Return the row a name stands for."""
        return term_of(self.terms, table, name) if name not in (None, "") else None

    def chosen(self, table: str, field: str) -> Term | None:
        """Return the row a field names. A preset's comes in its place where the field stands at the schema's default."""
        given = self.document.get(field)
        brought = self.preset.asks.get("defaults", {}).get(table) if self.preset else ""
        if brought and given in ("", None, DEFAULTS.get(field)):
            given = brought
        return self.named(table, given)

    @property
    def style(self) -> Term:
        """Return the template: photorealistic or artistic."""
        found = self.named("templates", self.document.get("image_style"))
        return found or self.terms["templates"][DEFAULT_STYLE]

    @property
    def realism(self) -> Term:
        """Return how real pictures are to look."""
        return self.chosen("realism", "realism_level") or self.terms["realism"][DEFAULT_REALISM]

    def light(self, brief: ShotBrief) -> Iterator[Phrase]:
        """Yield the scene's own light, the lights by role, and the style of light."""
        if brief.lighting:
            yield "light", brief.lighting, "brief"
        setup = self.document.get("lighting") or {}
        for role in LIGHT_ROLES:
            term = self.named("lights", setup.get(role))
            if term:
                yield f"light_{role}", term.words, _table("lights", term)
        mood = setup.get("mood")
        if mood:
            term = self.named("moods", mood)
            words = f"{term.title.lower()} light" if term else f"{mood} light"
            yield "light_mood", words, _table("moods", term) if term else "bible"
        yield "light_style", self._overall("lighting_style"), "bible"

    def camera(self, brief: ShotBrief) -> Iterator[Phrase]:
        """Yield the lens and what the exposure does to the picture."""
        nearest = min(
            (row for row in self.terms["lenses"].values() if "mm" in row.asks),
            key=lambda row: abs(float(row.asks["mm"]) - brief.lens_mm),
            default=None,
        )
        if nearest and abs(float(nearest.asks["mm"]) - brief.lens_mm) <= LENS_TOLERANCE_MM:
            yield "lens", nearest.words, _table("lenses", nearest)
        else:
            yield "lens", f"{brief.lens_mm}mm lens", "brief"
        exposure = self.document.get("exposure") or {}
        for name, table in (
            ("aperture", "apertures"),
            ("iso", "isos"),
            ("shutter_speed", "shutters"),
        ):
            given = str(exposure.get(name) or "")
            if given:
                term = self.named(table, given.lower().removeprefix("iso").strip(" s"))
                words, source = (term.words, _table(table, term)) if term else (given, "bible")
                yield name, words if term or name != "iso" else f"ISO {given}", source

    def composition(self) -> Iterator[Phrase]:
        """Yield the rule pictures are judged by, leading lines and depth of field where they are asked for."""
        rows = self.terms["compositions"]
        asked = self.document["composition"]
        rule = rows.get(self.bible.composition_rule)
        if rule:
            yield "composition", rule.words, _table("compositions", rule)
        if asked.get("leading_lines"):
            yield "leading_lines", rows["leading_lines"].words, "table:compositions/leading_lines"
        depth = str(asked.get("depth_of_field") or "")
        if depth in rows:
            yield "depth_of_field", rows[depth].words, f"table:compositions/{depth}"

    def style_of(self) -> Iterator[Phrase]:
        """Yield director, genre, preset, film stock and the look's own words."""
        for name, table, field in (
            ("director", "directors", "director"),
            ("genre", "genres", "genre"),
            ("preset", "presets", "preset"),
            ("film_stock", "film_stocks", "film_stock"),
        ):
            term = self.chosen(table, field)
            given = self.document.get(field)
            if term:
                yield name, term.words, _table(table, term)
            elif given:
                yield name, str(given).replace("_", " "), "bible"
        yield "style", self._overall("visual_style"), "bible"
        yield "grading", self._overall("color_grading"), "bible"

    def quality(self) -> Iterator[Phrase]:
        """Yield the template's words, realism and sharpness; an artistic picture is asked for no realism."""
        style = self.style
        yield "quality", style.words, _table("templates", style)
        if style.key != DEFAULT_STYLE:
            return
        rest = self.realism.words.partition(", ")[2]
        if rest:
            yield "realism", rest, _table("realism", self.realism)
        level = self.document.get("sharpness") or DEFAULT_SHARPNESS
        sharp = self.named("sharpness", round(float(level)))
        if sharp:
            yield "sharpness", sharp.words, _table("sharpness", sharp)

    def human(self, *, size: ShotSize, has_hands: bool, is_close: bool) -> Iterator[Phrase]:
        """Yield what makes people look human, as far as the frame shows it; none for an artistic picture."""
        if self.style.key != DEFAULT_STYLE or size is ShotSize.EWS:
            return
        rows = self.terms["humans"]
        wanted = {"skin": True, "symmetry": is_close, "eyes": is_close, "proportions": has_hands}
        for key, is_wanted in wanted.items():
            if is_wanted and key in rows:
                yield f"human_{key}", rows[key].words, _table("humans", rows[key])

    def palette(self) -> Iterator[Phrase]:
        """Yield the colours by everyday names. What people call a colour is no look, so their names are not used."""
        names = dict.fromkeys(colour_name(colour) for colour in self.bible.palette)
        yield "palette", f"palette of {', '.join(names)}", "bible"

    def elements(self) -> Iterator[tuple[str, str, str, float]]:
        """Yield further elements, the heaviest first; one of no weight is not asked for."""
        rows = [
            row for row in self.document.get("elements") or () if float(row.get("weight", 1)) > 0
        ]
        for row in sorted(rows, key=lambda row: -float(row.get("weight", 1))):
            words = f"{row['value']} {row['name']}".replace("_", " ")
            yield f"element_{row['name']}", words, "bible", min(2.0, float(row.get("weight", 1)))

    def moods(self, brief: ShotBrief) -> Iterator[Phrase]:
        """Yield the scene's mood, or the look's where the scene has none."""
        mood = brief.mood or self.bible.mood
        term = self.named("moods", mood)
        if term:
            yield "mood", term.words, _table("moods", term)
        elif mood:
            yield "mood", f"{mood} mood", "brief" if brief.mood else "bible"

    def _overall(self, key: str) -> str:
        return str(self.document["overall_style"].get(key) or "")


def _table(name: str, term: Term | None) -> str:
    return f"table:{name}/{term.key}" if term else "bible"
