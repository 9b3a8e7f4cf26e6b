"""Colours of a sketch: plain RGB triples in [0, 1], and a scheme that pulls every material toward the bible's palette."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[float, float, float]


def parse_hex(text: str) -> Colour:
    """Return `#RRGGBB` as sRGB-encoded RGB in [0, 1]; a malformed string raises `ValueError`."""
    return (
        int(text[1:3], 16) / 255.0,
        int(text[3:5], 16) / 255.0,
        int(text[5:7], 16) / 255.0,
    )


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` moved toward `other` by `share` (0 to 1), in encoded values."""
    keep = 1.0 - share
    return (
        one[0] * keep + other[0] * share,
        one[1] * keep + other[1] * share,
        one[2] * keep + other[2] * share,
    )


def shade(colour: Colour, factor: float) -> Colour:
    """Return the colour times `factor`, clipped to [0, 1]."""
    return (
        min(1.0, colour[0] * factor),
        min(1.0, colour[1] * factor),
        min(1.0, colour[2] * factor),
    )


def multiply(one: Colour, other: Colour) -> Colour:
    """Return the product of two colours, clipped to [0, 1]: a surface under a coloured light."""
    return (
        min(1.0, one[0] * other[0]),
        min(1.0, one[1] * other[1]),
        min(1.0, one[2] * other[2]),
    )


def luma(colour: Colour) -> float:
    """Return the encoded luma of a colour. Source: ITU-R BT.709-6, item 3.2."""
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def chroma(colour: Colour) -> float:
    """Return the spread between the strongest and the weakest channel, 0 to 1."""
    return max(colour) - min(colour)


def at_luma(colour: Colour, target: float) -> Colour:
    """Return the colour's hue at another luma: darker by scaling, lighter by mixing white."""
    now = luma(colour)
    if now <= 1e-4:
        return (target, target, target)
    if target <= now:
        return shade(colour, target / now)
    share = (target - now) / max(1e-4, 1.0 - now)
    return mix(colour, (1.0, 1.0, 1.0), share)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Roles drawn from the bible: `base` for large surfaces, `light` for bright ones, `accent` for what should sing."""

    base: Colour
    light: Colour
    accent: Colour
    second: Colour

    def tint(self, natural: Colour, pull: float = 0.5) -> Colour:
        """Return a material's natural colour pulled toward the base hue, its luma kept."""
        return mix(natural, at_luma(self.base, luma(natural)), pull)

    def warm(self, natural: Colour, pull: float = 0.5) -> Colour:
        """Return a material's natural colour pulled toward the accent hue, its luma kept."""
        return mix(natural, at_luma(self.accent, luma(natural)), pull)


def scheme_from(palette: tuple[str, ...]) -> Scheme:
    """Return the roles of a palette of one or more `#RRGGBB` colours.

    The most chromatic colour is the accent, the lightest the light, and the first other one the base (house choice:
    the seed's bible lists the dominant colour first).
    """
    colours = [parse_hex(text) for text in palette]
    accent = max(colours, key=chroma)
    light = max(colours, key=luma)
    rest = [c for c in colours if c not in (accent, light)] or [colours[0]]
    base = rest[0]
    second = rest[1] if len(rest) > 1 else mix(base, accent, 0.5)
    return Scheme(base=base, light=light, accent=accent, second=second)
