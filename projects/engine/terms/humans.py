"""Human realism: what a picture of people is asked for beside their looks, by how much of them it shows."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S4, Human Realism.
S4 = "the product brief; wording: house choice"
# In the brief: S0, Ultra-Realistic Prompts.
S0 = "the product brief"

HUMANS = table(
    Term("skin", "Skin and face", "natural skin texture, detailed facial features", S0),
    Term("symmetry", "Facial symmetry", "natural facial symmetry", S4),
    Term("proportions", "Hands and body", "correct hand and body proportions", S4),
    Term("eyes", "Eyes", "sharp focus on eyes", S0),
)
