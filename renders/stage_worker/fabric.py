# SPDX-License-Identifier: GPL-3.0-or-later
"""Fabrics: wool, cotton, knit, silk, leather as materials on the cloth's rest coordinates."""

from __future__ import annotations

import bpy

from renders.stage_worker.shading import Shader, linear

FEEL: dict[str, tuple[float, float, float, float]] = {
    "wool": (0.86, 0.35, 900.0, 0.12),
    "cotton": (0.78, 0.15, 700.0, 0.10),
    "knit": (0.92, 0.45, 260.0, 0.45),
    "silk": (0.38, 0.25, 300.0, 0.04),
    "leather": (0.34, 0.0, 380.0, 0.20),
    "velvet": (0.9, 0.9, 600.0, 0.08),
}
"""Roughness, sheen, weave scale, bump. House choice, set by eye."""


def fabric(kind: str, colour: str) -> bpy.types.Material:
    """Return a fabric of a colour."""
    rough, sheen, scale, bump = FEEL[kind]
    shader = Shader(f"{kind} {colour}")
    rest = shader.attribute("rest").outputs["Vector"]
    shade = shader.noise(9.0, detail=3.0, where=rest)
    base = linear(colour)
    tint = shader.ramp(
        shade,
        [
            (0.3, (*tuple(c * 0.86 for c in base[:3]), 1)),
            (0.7, (*tuple(min(1, c * 1.08) for c in base[:3]), 1)),
        ],
    )
    shader.link(tint, shader.input("Base Color"))
    shader.set(roughness=rough, sheen_weight=sheen, sheen_roughness=0.5, specular_ior_level=0.25)
    folds = shader.noise(7.0, detail=2.0, where=shader.stretched(rest, (1.6, 1.6, 0.55)))
    weave = shader.math(
        "MULTIPLY", shader.noise(scale, detail=1.0, where=rest), 0.10 if kind != "knit" else 0.35
    )
    shader.bump(
        shader.math("ADD", shader.math("MULTIPLY", folds, 2.2), weave),
        strength=0.35 + bump,
        distance=0.004,
    )
    return shader.material
