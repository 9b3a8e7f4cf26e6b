"""The nearest everyday name of a colour, by how different colours look (CIEDE2000)."""

from __future__ import annotations

from functools import lru_cache

NAMES: dict[str, str] = {
    "black": "#0B0B0C", "ink": "#101B33", "midnight blue": "#1B2A4A", "navy": "#1F2F4F",
    "slate": "#2C3E50", "steel blue": "#4A6A85", "blue": "#2F5597", "sky": "#87B5D9",
    "ice": "#D8E6EC", "deep teal": "#16505A", "teal": "#1C7C84", "turquoise": "#45B5AA",
    "forest": "#23402B", "green": "#3E6B48", "moss": "#6B6B3A", "sage": "#9CAF88",
    "lime": "#A8C64A", "mustard": "#B8912F", "gold": "#D9A92B", "yellow": "#F1D302",
    "sand": "#C8B79A", "cream": "#E9E1CF", "bone": "#E2D9C6", "white": "#F4F4F2",
    "light grey": "#C9CDD2", "grey": "#8E9196", "dark grey": "#5E5C5B", "charcoal": "#36393F", "amber": "#E08A2E",
    "orange": "#D06A28", "rust": "#8A4B2C", "brick": "#A3472A", "red": "#C0392B",
    "coral": "#E74C3C", "crimson": "#8E1F33", "wine": "#5A1B2A", "blood": "#8B0000",
    "rose": "#D98CA3", "pink": "#F4B6C2", "magenta": "#D81E8C", "plum": "#5B3A77",
    "violet": "#7D5BA6", "lavender": "#B9A7D6", "dark brown": "#3B2A20", "brown": "#6A4A34",
    "tan": "#BE8556", "camel": "#C68A5E", "peach": "#F0C9A8", "blush": "#FDBCB4", "beige": "#E0C9A6",
}  # fmt: skip
"""Source: house list, the words of costume and set departments, spread so that neighbours differ plainly."""


@lru_cache(maxsize=2048)
def colour_name(hex_colour: str) -> str:
    """Return the name nearest to `#RRGGBB`."""
    import numpy as np

    from apexsite.kit.colour import delta_e_2000, lab_of_srgb

    known = np.array([_rgb(value) for value in NAMES.values()])
    differences = delta_e_2000(lab_of_srgb(known), lab_of_srgb(np.array([_rgb(hex_colour)])))
    return list(NAMES)[int(np.argmin(differences))]


def _rgb(hex_colour: str) -> tuple[float, float, float]:
    digits = hex_colour.lstrip("#")
    return (int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:6], 16) / 255)
