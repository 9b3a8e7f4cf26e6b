"""Genres of a look: light, contrast and colour. The outline writer's genres are another table."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S1, Film Genres.
S1 = "words: the product brief; numbers: house choice"

GENRES = table(
    Term(
        "noir", "Film noir",
        "film noir, high contrast, dramatic shadows, chiaroscuro lighting", S1,
        asks={"key": -10, "contrast": 26, "saturation": 12},
    ),
    Term(
        "sci_fi", "Science fiction",
        "science fiction, neon lights, volumetric lighting, futuristic colour palette", S1,
        asks={"key": -4, "contrast": 22, "warmth": -6},
    ),
    Term(
        "horror", "Horror",
        "horror, low-key lighting, harsh shadows, ominous atmosphere", S1,
        asks={"key": -14, "contrast": 20, "warmth": -4},
    ),
    Term(
        "thriller", "Thriller",
        "thriller, high contrast, directional lighting, tense composition", S1,
        asks={"key": -6, "contrast": 24, "warmth": -3},
    ),
    Term(
        "romance", "Romance",
        "romance, soft warm lighting, golden hour", S1,
        asks={"key": 5, "contrast": 15, "warmth": 9},
    ),
    Term(
        "action", "Action",
        "action film, dynamic lighting, vibrant colours, wide action framing", S1,
        asks={"contrast": 23, "saturation": 55, "lenses": [24, 35]},
    ),
    Term(
        "courtroom_drama", "Courtroom drama",
        "courtroom drama, window light on wood panelling, restrained colours, composed framing",
        # In the brief: S0, --style courtroom_drama.
        "name: the product brief; words and numbers: house choice",
        asks={"contrast": 18, "saturation": 22, "warmth": 3, "lenses": [50, 85]},
    ),
    Term(
        "documentary", "Documentary",
        "documentary film, available light, unposed, natural colours",
        "name: a style of the outline writer; words and numbers: house choice",
        asks={"contrast": 17, "saturation": 25, "lenses": [35, 50]},
    ),
)  # fmt: skip
