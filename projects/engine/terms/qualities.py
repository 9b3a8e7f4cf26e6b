"""How real and how sharp: realism levels, sharpness 1–10, and the templates of photoreal and artistic pictures."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S0, realism_level.
S0 = "names: the product brief; words: house choice in the manner of its prompt"

REALISM = table(
    Term("high", "High", "realistic, natural detail", S0),
    Term("ultra", "Ultra", "ultra-realistic, 8k resolution", S0),
    Term("photoreal", "Photoreal", "photograph, indistinguishable from reality, raw photo", S0),
)

_SHARPNESS = (
    "very soft focus, dreamlike haze",
    "soft focus",
    "gently soft image",
    "slightly soft image",
    "natural sharpness",
    "clear image",
    "crisp image",
    "sharp focus",
    "very sharp focus, fine detail",
    "extremely sharp focus, razor-fine detail",
)

SHARPNESS = table(
    *(
        Term(
            str(level),
            f"{level} of 10",
            words,
            # In the brief: S0, sharpness.
            "scale and default 8: the product brief; words: house choice",
            asks={"level": level},
        )
        for level, words in enumerate(_SHARPNESS, 1)
    )
)

TEMPLATES = table(
    Term(
        "photorealistic", "Photorealistic",
        "cinematic lighting, natural lighting and exposure",
        # In the brief: S0, Ultra-Realistic Prompts, and S4, Output Characteristics.
        "the product brief",
        negative="cartoon, anime, illustration, 3d render, unrealistic textures",
    ),
    Term(
        "artistic", "Artistic",
        "stylised digital painting, expressive brushwork, dramatic light",
        # In the brief: S0, Artistic Style.
        "the product brief (named, not worded there); words: house choice",
        negative="photograph",
    ),
)  # fmt: skip
"""Which of the two is `image_style`. Source: product brief S0, CHARACTER_IMAGE_STYLE."""
