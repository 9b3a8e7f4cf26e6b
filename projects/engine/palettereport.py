"""The colours of a picture held against the colours of its look: for each the nearest one, ΔE2000, and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apexsite.kit.colour import Doubles, delta_e_2000, lab_of_hex
from apexsite.kit.maincolours import MainColour, main_colours
from apexsite.kit.pixels import Bytes3
from projects.engine.bible import StyleBible
from projects.engine.biblesheet import names_of
from projects.engine.colour_names import colour_name

STEPS: tuple[tuple[float, str], ...] = (
    (1.0, "the same to the eye"),
    (2.0, "all but the same"),
    (5.0, "close"),
    (10.0, "near"),
    (20.0, "another shade"),
)
"""Up to this ΔE2000 it is called so; beyond, "another colour".

Source: the first two after Mokrzycki, Tatol, "Colour difference ΔE - A survey", Machine Graphics & Vision 20 (2011);
the others are house choices, made on pairs of paint chips.
"""
FAR = "another colour"
JOINS = {
    "the same to the eye": " as ", "all but the same": " as ", "close": " to ", "near": " ",
    "another shade": ", nearest ", FAR: ", nearest ",
}  # fmt: skip
SHADE = 6.0
"""ΔE2000 with lightness left out, up to which a colour is a lighter or darker one of the other. House choice."""
SKIN_REACH = 14.0
"""ΔE2000 with lightness counted a third, up to which a colour may be lit or shaded skin. House choice: the three tones
of the seed lie 9 to 12 apart from each other."""
SKIN_HUES_DEGREES = (20.0, 85.0)
"""CIELAB hues of skin. Source: Xiao et al., "Characterising the variations in ethnic skin colours", Skin Res. Technol.
23 (2017): means of 48° to 66° over four groups; widened by house choice for coloured light."""
LEAST_SKIN_CHROMA = 14.0
SKIN_DARKER, SKIN_LIGHTER = 30.0, 12.0
"""Below this chroma a brown is wood or shade; and L* may lie this much below the darkest and above the lightest tone.
House choices: the means of Xiao et al. have chroma 17 to 22; a shadow side two stops down loses about 30 of L*."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A main colour of the picture and the colour of the look nearest to it; `is_skin` when it is held against skin."""

    colour: str
    name: str
    share: float
    nearest: str
    nearest_name: str
    delta_e: float
    words: str
    is_skin: bool

    @property
    def said(self) -> str:
        """Return it with the colour it is held against: `close to slate`."""
        if self.words.startswith("a "):
            return self.words
        return f"{self.words}{JOINS[self.words]}{self.nearest_name}"

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON has it, shares and differences rounded."""
        return {
            "colour": self.colour,
            "name": self.name,
            "share": round(self.share, 4),
            "nearest": self.nearest,
            "nearest_name": self.nearest_name,
            "delta_e_2000": round(self.delta_e, 2),
            "words": self.words,
            "is_skin": self.is_skin,
        }


@dataclass(frozen=True, slots=True)
class PaletteReport:
    """All pairs, the largest share first, and the mean ΔE2000 by share; skin stands apart. None where there is none."""

    pairs: tuple[Pair, ...]
    mean_delta_e: float | None
    skin_delta_e: float | None

    @property
    def sentence(self) -> str:
        """Return the whole in one sentence."""
        if self.mean_delta_e is None:
            return "All of its main colours are skin."
        said = f"Its colours lie ΔE {self.mean_delta_e:.1f} from the look's: {_words(self.mean_delta_e)}"
        far = [pair for pair in self.pairs if not pair.is_skin and pair.delta_e > STEPS[-1][0]]
        if far:
            worst = max(far, key=lambda pair: pair.share)
            said += f"; furthest in sight is {worst.name}, {worst.share:.0%} of the picture"
        return f"{said}."

    def to_document(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        means = {"mean_delta_e_2000": self.mean_delta_e, "skin_delta_e_2000": self.skin_delta_e}
        return {
            "colours": [pair.to_document() for pair in self.pairs],
            **{key: None if mean is None else round(mean, 2) for key, mean in means.items()},
            "sentence": self.sentence,
        }


def palette_report(pixels: Bytes3, *, bible: StyleBible, with_people: bool = True) -> PaletteReport:
    """Return how the main colours of a uint8 H×W×3 picture lie to a look's palette.

    Colours of skin are exempt from the palette and held against the skin tones, unless nobody is in the picture.
    """
    return report_of(main_colours(pixels), bible=bible, with_people=with_people)


def report_of(
    found: Sequence[MainColour], *, bible: StyleBible, with_people: bool = True
) -> PaletteReport:
    """Return the report of main colours found already."""
    names = names_of(bible.document)
    palette = list(bible.palette)
    tones = list(bible.document["color_palette"]["skin_tones"])
    pairs = []
    for main in found:
        lab = np.array(main.lab)
        is_skin = with_people and _is_skin(lab, lab_of_hex(palette), lab_of_hex(tones))
        wanted = tones if is_skin else palette
        differences = delta_e_2000(lab, lab_of_hex(wanted))
        index = int(differences.argmin())
        delta_e, near = float(differences[index]), wanted[index]
        known = names.get(near.upper()) or colour_name(near)
        words = _against(lab, lab_of_hex([near])[0], delta_e, known)
        pairs.append(
            Pair(
                main.colour,
                colour_name(main.colour),
                main.share,
                near,
                known,
                delta_e,
                words,
                is_skin,
            )
        )
    return PaletteReport(
        tuple(pairs),
        _mean([pair for pair in pairs if not pair.is_skin]),
        _mean([pair for pair in pairs if pair.is_skin]),
    )


def _mean(pairs: Sequence[Pair]) -> float | None:
    whole = sum(pair.share for pair in pairs)
    return sum(pair.share * pair.delta_e for pair in pairs) / whole if whole else None


def _is_skin(lab: Doubles, palette: Doubles, tones: Doubles) -> bool:
    chroma = float(np.hypot(lab[1], lab[2]))
    hue = float(np.degrees(np.arctan2(lab[2], lab[1]))) % 360.0
    least, most = SKIN_HUES_DEGREES
    dark, light = tones[:, 0].min() - SKIN_DARKER, tones[:, 0].max() + SKIN_LIGHTER
    if chroma < LEAST_SKIN_CHROMA or not least <= hue <= most or not dark <= lab[0] <= light:
        return False
    to_skin, to_palette = _shaded(lab, tones, part=2 / 3), float(delta_e_2000(lab, palette).min())
    # A colour the look itself asks for is no skin, however like it.
    return to_skin <= SKIN_REACH and to_palette > STEPS[1][0] and to_skin < to_palette


def _shaded(lab: Doubles, others: Doubles, *, part: float = 1.0) -> float:
    """Return the least ΔE2000 to others that took over a part of the colour's lightness."""
    lit = others.copy()
    lit[:, 0] += (lab[0] - lit[:, 0]) * part
    return float(delta_e_2000(lab, lit).min())


def _against(lab: Doubles, near: Doubles, delta_e: float, name: str) -> str:
    if delta_e > STEPS[2][0] and _shaded(lab, near[None]) <= SHADE:
        return f"a {'lighter' if lab[0] > near[0] else 'darker'} {name}"
    return _words(delta_e)


def _words(delta_e: float) -> str:
    return next((words for most, words in STEPS if delta_e <= most), FAR)
