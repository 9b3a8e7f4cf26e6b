"""Composition: how a frame is divided, in words, and the rule its pictures are judged by."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S1, Composition Rules.
S1 = "names: the product brief; words: house choice"

COMPOSITIONS = table(
    Term("thirds", "Rule of thirds", "rule of thirds composition", S1, asks={"composition_rule": "thirds"}),
    Term("symmetry", "Symmetry", "symmetrical composition", S1, asks={"composition_rule": "symmetry"}),
    Term("centred", "Centred", "centred composition", "house choice", asks={"composition_rule": "centred"}),
    Term("leading_lines", "Leading lines", "leading lines drawing the eye to the subject", S1, asks={"leading_lines": True}),
    Term("shallow", "Shallow depth of field", "shallow depth of field", S1, asks={"depth_of_field": "shallow"}),
    Term("deep", "Deep focus", "deep focus, everything sharp", "house choice", asks={"depth_of_field": "deep"}),
)  # fmt: skip
