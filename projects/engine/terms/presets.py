"""Presets: a whole way of filming under one name. What a look sets itself comes before its preset."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S0, Style Presets.
S0 = "names: the product brief; words and defaults: house choice"

PRESETS = table(
    Term(
        "cinematic", "Cinematic",
        "cinematic film still, anamorphic framing, motivated light", S0,
        asks={"defaults": {"film_stocks": "kodak_portra", "realism": "ultra"}, "depth_of_field": "shallow"},
    ),
    Term(
        "documentary", "Documentary",
        "documentary photograph, available light, handheld, unposed", S0,
        asks={"defaults": {"film_stocks": "canon", "realism": "photoreal"}, "depth_of_field": "deep"},
        negative="studio backdrop, posed smile",
    ),
    Term(
        "news", "News",
        "television news frame, even light, neutral colour, everything in focus", S0,
        asks={"defaults": {"film_stocks": "sony_fx3", "realism": "high"}, "depth_of_field": "deep", "contrast": 15},
        negative="film grain, heavy vignette",
    ),
)  # fmt: skip
