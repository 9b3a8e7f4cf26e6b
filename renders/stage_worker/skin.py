# SPDX-License-Identifier: GPL-3.0-or-later
"""Skin: colour painted at the vertices from masks of the rest mesh, noise on rest coordinates, pores as bump."""

from __future__ import annotations

import bpy
import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.tables import people_tables
from characters.engine.human.topology import topology
from renders.stage_worker.shading import Shader, linear

BODY_COUNT = 13380


def _near(
    template: np.ndarray, place: tuple[float, float, float], radius: tuple[float, float, float]
) -> np.ndarray:
    """Return 1 at a place of the template, falling to 0 at about twice the radius; both sides of the face."""
    folded = template.copy()
    folded[:, 0] = np.abs(folded[:, 0])
    return np.exp(-(((folded - place) / radius) ** 2).sum(axis=1))


def _mixed(base: np.ndarray, colour: np.ndarray, share: np.ndarray) -> np.ndarray:
    return base * (1 - share[:, None]) + colour * share[:, None]


def skin_colours(cast: BodyCast) -> np.ndarray:
    """Return linear RGBA for each skin vertex: blush, lips, lids, nails, stubble and scalp under hair."""
    template = people_tables().template[:BODY_COUNT].astype(np.float64)
    masks = {name: mask[:BODY_COUNT].astype(np.float64) for name, mask in topology().masks.items()}
    tone = np.array(linear(cast.skin.colour)[:3])
    grey = float(tone @ (0.2126, 0.7152, 0.0722))
    tone = np.clip(grey + 1.04 * (tone - grey), 0.004, 0.95)
    colour = np.tile(tone, (BODY_COUNT, 1))
    depth = float(tone.mean())
    blood = tone * np.array([1.02, 0.60, 0.55])
    blush = 0.55 * _near(template, (0.043, -0.125, 0.694), (0.020, 0.03, 0.016))
    blush += 0.5 * _near(template, (0.0, -0.165, 0.694), (0.011, 0.02, 0.010))
    blush += 0.35 * masks["ears"] + 0.25 * _near(template, (0.0, -0.15, 0.628), (0.02, 0.02, 0.01))
    colour = _mixed(colour, blood, np.clip(blush * cast.skin.blush * 1.3, 0, 0.7))
    shade = tone * np.array([0.80, 0.68, 0.66])
    under = _near(template, (0.030, -0.135, 0.7155), (0.016, 0.02, 0.006))
    colour = _mixed(colour, shade, np.clip(under * (0.25 + 0.4 * cast.skin.lines), 0, 0.6))
    colour = _mixed(colour, shade * 0.92, 0.45 * masks["eyelids"])
    female = 1.0 if cast.phenotype.gender > 0.5 else 0.0
    lips = tone * np.array([0.86, 0.46, 0.46]) + np.array([0.02, 0.0, 0.0]) * (depth > 0.2)
    colour = _mixed(colour, lips, masks["lips"] * (0.55 + 0.25 * female))
    colour = _mixed(colour, np.array([0.16, 0.03, 0.03]), masks["mouth"])
    colour = _mixed(colour, tone * np.array([1.08, 0.9, 0.88]), 0.5 * masks["nails"])
    hair = np.array(linear(hair_colour(cast))[:3])
    if cast.hair.beard in ("stubble", "full"):
        colour = _mixed(
            colour,
            tone * np.array([0.58, 0.57, 0.60]) + hair * 0.15,
            0.42 * beard_mask(template, masks["lips"]),
        )
    elif cast.phenotype.gender < 0.5:
        colour = _mixed(
            colour, tone * np.array([0.80, 0.80, 0.84]), 0.35 * beard_mask(template, masks["lips"])
        )
    if cast.hair.style != "bald":
        share = 0.93 if cast.hair.style != "buzz" else 0.80
        colour = _mixed(
            colour, hair * 0.6 + tone * 0.06, share * scalp_mask(template, cast.hair.receding)
        )
    return np.concatenate([colour, np.ones((BODY_COUNT, 1))], axis=1).astype(np.float32)


def hair_colour(cast: BodyCast) -> str:
    """Return the hair's colour as #RRGGBB, greyed."""
    own = np.array([int(cast.hair.colour[i : i + 2], 16) for i in (1, 3, 5)], float)
    mixed = own + cast.hair.grey * (np.array([186, 186, 184.0]) - own)
    return "#" + "".join(f"{round(v):02X}" for v in mixed)


def hairline(template: np.ndarray, receding: float) -> np.ndarray:
    """Return the height of the hairline on the template for each point, metres, by its azimuth from the face."""
    centre = np.array([0.0, -0.045])
    azimuth = np.abs(np.degrees(np.arctan2(template[:, 0], -(template[:, 1] - centre[1]))))
    at = [0, 25, 40, 56, 66, 76, 86, 94, 104, 125, 150, 180]
    front = 0.801 + 0.016 * receding
    temple = 0.797 + 0.032 * receding
    heights = [
        front,
        front + 0.001,
        temple,
        0.768,
        0.742,
        0.712,
        0.706,
        0.735,
        0.720,
        0.682,
        0.660,
        0.652,
    ]
    return np.interp(azimuth, at, heights)


def scalp_mask(template: np.ndarray, receding: float = 0.0) -> np.ndarray:
    """Return 1 on the scalp, 0 below the hairline, with a soft edge of some millimetres."""
    above = (template[:, 2] - hairline(template, receding)) / 0.010
    mask = np.clip(above * 0.5 + 0.5, 0, 1)
    ears = topology().masks["ears"][: len(template)] if len(template) == BODY_COUNT else 0.0
    return mask * (template[:, 2] > 0.6) * (1 - np.clip(np.asarray(ears) * 2, 0, 1))


def beard_mask(template: np.ndarray, lips: np.ndarray) -> np.ndarray:
    """Return 1 where a beard grows: upper lip, chin, jaw up to the ear."""
    x, y, z = np.abs(template[:, 0]), template[:, 1], template[:, 2]
    top = np.interp(
        x,
        [0.0, 0.012, 0.03, 0.045, 0.058, 0.068, 0.075],
        [0.6785, 0.678, 0.668, 0.666, 0.680, 0.712, 0.72],
    )
    face = np.clip((top - z) / 0.006 + 0.3, 0, 1) * np.clip((z - 0.598) / 0.02, 0, 1)
    front = np.clip((-0.068 - y) / 0.012 + 0.5, 0, 1)
    return face * front * (1 - np.clip(lips * 1.6, 0, 1)) * (x < 0.08)


def line_height(template: np.ndarray) -> np.ndarray:
    """Return the depth (0 to 1) of age lines: forehead, crow's feet, nose to mouth, between the brows."""
    x, y, z = np.abs(template[:, 0]), template[:, 1], template[:, 2]
    front = np.clip((-0.10 - y) / 0.02, 0, 1)
    waves = sum(
        np.exp(-(((z - h - 0.10 * (x - 0.02) ** 2 * 10) / 0.0022) ** 2))
        for h in (0.770, 0.780, 0.790)
    )
    forehead = waves * np.clip((0.045 - x) / 0.012, 0, 1)
    fold_x = np.interp(z, [0.648, 0.668, 0.690], [0.034, 0.031, 0.019])
    fold = (
        np.exp(-(((x - fold_x) / 0.003) ** 2))
        * np.clip((z - 0.646) / 0.01, 0, 1)
        * np.clip((0.692 - z) / 0.008, 0, 1)
    )
    feet = sum(np.exp(-(((z - 0.728 - k * (x - 0.047)) / 0.0016) ** 2)) for k in (-0.5, 0.0, 0.5))
    feet = feet * np.clip((x - 0.049) / 0.004, 0, 1) * np.clip((0.066 - x) / 0.006, 0, 1)
    frown = np.exp(-(((x - 0.007) / 0.0016) ** 2)) * np.exp(-(((z - 0.745) / 0.010) ** 2))
    return np.clip(forehead + fold + feet + frown, 0, 1) * front


def skin_material(cast: BodyCast, *, quality: str) -> bpy.types.Material:
    """Return the skin's material; it reads the attributes `tint` and `rest`."""
    shader = Shader("skin")
    tint = shader.attribute("tint").outputs["Color"]
    rest = shader.attribute("rest").outputs["Vector"]
    low = shader.noise(28.0, detail=3.0, where=rest)
    mottled = shader.mixed(
        shader.math("MULTIPLY", low, 0.35),
        tint,
        shader.mixed(1.0, tint, (0.94, 0.82, 0.80, 1), blend="MULTIPLY"),
    )
    if cast.skin.freckles > 0:
        spots = shader.noise(330.0, detail=1.0, where=rest)
        mask = shader.ramp(spots, [(0.60, (0, 0, 0, 1)), (0.68, (1, 1, 1, 1))])
        share = shader.math("MULTIPLY", mask, 0.5 * cast.skin.freckles)
        mottled = shader.mixed(
            share, mottled, shader.mixed(1.0, tint, (0.62, 0.42, 0.32, 1), blend="MULTIPLY")
        )
    shader.link(mottled, shader.input("Base Color"))
    wet = shader.attribute("wet")
    rough = shader.math(
        "SUBTRACT",
        shader.math("ADD", shader.math("MULTIPLY", shader.noise(60.0, where=rest), 0.16), 0.42),
        shader.math("MULTIPLY", wet.outputs["Fac"], 0.16),
    )
    shader.link(rough, shader.input("Roughness"))
    shader.set(specular_ior_level=0.36)
    if quality != "sketch":
        shader.set(
            subsurface_weight=0.22 if quality == "good" else 0.14,
            subsurface_radius=(1.0, 0.35, 0.2),
            subsurface_scale=0.009,
        )
    pores = shader.math("MULTIPLY", shader.noise(900.0, detail=2.0, where=rest), 0.55)
    lines = shader.math(
        "MULTIPLY", shader.attribute("lines").outputs["Fac"], -3.2 * cast.skin.lines
    )
    shader.bump(shader.math("ADD", pores, lines), strength=0.34, distance=0.0007)
    return shader.material
