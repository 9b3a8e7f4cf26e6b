"""Directors: what their pictures are known for, in words and in what a picture is judged by."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S1, Director Styles.
S1 = "words: the product brief; composition and numbers: house choice from published stills"

DIRECTORS = table(
    Term(
        "wes_anderson", "Wes Anderson",
        "in the style of Wes Anderson, symmetrical composition, vibrant pastels, whimsical details", S1,
        asks={"composition_rule": "symmetry", "key": 8, "contrast": 16, "warmth": 6, "saturation": 50, "lenses": [35, 24]},
    ),
    Term(
        "christopher_nolan", "Christopher Nolan",
        "in the style of Christopher Nolan, IMAX composition, natural lighting, technical precision", S1,
        asks={"composition_rule": "centred", "contrast": 22, "warmth": -3, "saturation": 22, "lenses": [50, 35]},
    ),
    Term(
        "guillermo_del_toro", "Guillermo del Toro",
        "in the style of Guillermo del Toro, gothic elements, rich colours, practical lighting", S1,
        asks={"composition_rule": "thirds", "key": -8, "contrast": 21, "warmth": 6, "saturation": 45, "lenses": [24, 35]},
    ),
    Term(
        "david_fincher", "David Fincher",
        "in the style of David Fincher, precise framing, cool tones, meticulously crafted", S1,
        asks={"composition_rule": "thirds", "key": -8, "contrast": 20, "warmth": -8, "saturation": 18, "lenses": [35, 50]},
    ),
)  # fmt: skip
