"""What must not be shown, by subject. `every` goes with all of them."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S4, Visual Accuracy.
S4 = "the product brief: blurriness, deformed faces or hands, unrealistic textures; wording: house choice"
HOUSE = "house choice: faults diffusion models are known for with this subject"

NEGATIVES = table(
    Term("every", "Every picture", "", S4,
         negative="blurry, out of focus, low quality, jpeg artifacts, watermark, text, signature"),
    Term("person", "One person", "", S4,
         negative="deformed face, asymmetrical eyes, plastic skin, extra limbs, duplicate person"),
    Term("hands", "Hands in sight", "", S4,
         negative="deformed hands, extra fingers, missing fingers, fused fingers"),
    Term("people", "Several people", "", S4,
         negative="deformed faces, cloned faces, merged bodies, extra limbs, extra people"),
    Term("place", "A place", "", HOUSE,
         negative="people, distorted architecture, crooked lines, floating objects"),
    Term("object", "An object", "", HOUSE,
         negative="people, deformed object, duplicate object, cluttered background"),
)  # fmt: skip
