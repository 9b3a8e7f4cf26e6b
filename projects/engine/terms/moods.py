"""Moods: of a look and of its light, in words and in what a picture is measured by."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S1, Lighting Setups and Scene Style.
S1 = "name: the product brief; words and numbers: house choice"
LIST = "names: the moods read from scripts (projects/engine/lighting.py); words and numbers: house choice"

MOODS = table(
    Term("cinematic", "Cinematic", "cinematic mood", S1),
    Term("dramatic", "Dramatic", "dramatic mood, strong light and shade", S1, asks={"key": -5, "contrast": 24}),
    Term("intense", "Intense", "intense mood, strong shadows", S1, asks={"key": -6, "contrast": 25}),
    Term("tense", "Tense", "tense, held-breath mood", LIST, asks={"key": -6, "warmth": -2}),
    Term("eerie", "Eerie", "eerie, uneasy mood", LIST, asks={"key": -9, "warmth": -5}),
    Term("urgent", "Urgent", "urgent, restless mood", LIST, asks={"contrast": 22}),
    Term("tender", "Tender", "tender, intimate mood", LIST, asks={"key": 4, "warmth": 6}),
    Term("sad", "Sad", "sad, subdued mood", LIST, asks={"key": -5, "warmth": -4, "saturation": 15}),
    Term("joyful", "Joyful", "joyful, bright mood", LIST, asks={"key": 7, "warmth": 5, "saturation": 45}),
    Term("quiet", "Quiet", "quiet, still mood", LIST),
)  # fmt: skip
