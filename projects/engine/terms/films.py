"""Film stocks and cameras by the look they stand for. One look names one of them: product brief S0's default text mixed two."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S0, film_style.
S0 = "names: the product brief; words: its prompt, one stock a row; grain: house choice"

FILM_STOCKS = table(
    Term("kodak_portra", "Kodak Portra 400", "Kodak Portra 400 film grain, soft warm skin tones", S0,
         asks={"grain": 0.18, "warmth": 3}),
    Term("canon", "Canon", "Canon colour science, clean digital image, natural skin tones", S0,
         asks={"grain": 0.04}),
    Term("sony_fx3", "Sony FX3", "Sony FX3 colour grading, wide dynamic range", S0,
         asks={"grain": 0.05, "contrast": 19}),
    Term("fuji", "Fuji", "Fujifilm colours, fine film grain, soft greens", S0,
         asks={"grain": 0.14, "saturation": 35}),
)  # fmt: skip
