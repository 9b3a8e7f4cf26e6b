# SPDX-License-Identifier: GPL-3.0-or-later
"""Materials of the sets: wood, plaster, marble, brick, asphalt, leather, glass, foliage, light."""

from __future__ import annotations

import bpy

from renders.stage_worker.shading import Shader, linear


def wood(
    colour: str, *, dark: float = 0.45, roughness: float = 0.32, along: str = "z"
) -> bpy.types.Material:
    """Return polished wood with grain along an axis of the object."""
    shader = Shader(f"wood {colour}")
    scale = {"x": (0.6, 9, 9), "y": (9, 0.6, 9), "z": (9, 9, 0.6)}[along]
    where = shader.stretched(shader.coordinates("Object"), scale)
    grain = shader.noise(1.6, detail=6.0, where=where, rough=0.6)
    base = linear(colour)
    deep = (*tuple(c * dark for c in base[:3]), 1.0)
    tint = shader.ramp(
        grain, [(0.32, deep), (0.5, base), (0.72, (*tuple(c * 1.15 for c in base[:3]), 1.0))]
    )
    shader.link(tint, shader.input("Base Color"))
    shader.set(roughness=roughness, coat_weight=0.25, coat_roughness=0.15)
    shader.bump(grain, strength=0.12, distance=0.002)
    return shader.material


def plaster(colour: str, *, roughness: float = 0.85) -> bpy.types.Material:
    """Return painted plaster with faint clouds."""
    shader = Shader(f"plaster {colour}")
    base = linear(colour)
    cloud = shader.noise(1.3, detail=5.0)
    tint = shader.ramp(cloud, [(0.3, (*tuple(c * 0.88 for c in base[:3]), 1.0)), (0.7, base)])
    shader.link(tint, shader.input("Base Color"))
    shader.set(roughness=roughness, specular_ior_level=0.25)
    shader.bump(shader.noise(90.0, detail=3.0), strength=0.08, distance=0.002)
    return shader.material


def marble(colour: str = "#B9B2A6") -> bpy.types.Material:
    """Return polished stone with veins."""
    shader = Shader("marble")
    base = linear(colour)
    vein = shader.noise(2.2, detail=9.0, rough=0.68)
    tint = shader.ramp(
        vein,
        [
            (0.40, (*tuple(c * 0.45 for c in base[:3]), 1.0)),
            (0.52, base),
            (0.8, (*tuple(min(1, c * 1.25) for c in base[:3]), 1.0)),
        ],
    )
    shader.link(tint, shader.input("Base Color"))
    shader.set(roughness=0.22)
    return shader.material


def brick(
    colour: str = "#6B4034", mortar: str = "#4A4540", *, scale: float = 3.2
) -> bpy.types.Material:
    """Return a brick wall; bricks lie level on walls along x or y."""
    shader = Shader("brick")
    places = shader.node("ShaderNodeSeparateXYZ")
    shader.link(shader.coordinates("Object"), places.inputs[0])
    together = shader.node("ShaderNodeCombineXYZ")
    shader.link(shader.math("ADD", places.outputs[0], places.outputs[1]), together.inputs[0])
    shader.link(places.outputs[2], together.inputs[1])
    bricks = shader.node("ShaderNodeTexBrick")
    shader.link(together.outputs[0], bricks.inputs["Vector"])
    bricks.inputs["Scale"].default_value = scale
    bricks.inputs["Mortar Size"].default_value = 0.012
    base = linear(colour)
    bricks.inputs["Color1"].default_value = base
    bricks.inputs["Color2"].default_value = (*tuple(c * 0.6 for c in base[:3]), 1.0)
    bricks.inputs["Mortar"].default_value = linear(mortar)
    shader.link(bricks.outputs["Color"], shader.input("Base Color"))
    shader.set(roughness=0.85)
    shader.bump(bricks.outputs["Fac"], strength=-0.5, distance=0.008)
    return shader.material


def wet_asphalt() -> bpy.types.Material:
    """Return a street after rain: dark, with puddles like mirrors."""
    shader = Shader("asphalt")
    puddle = shader.noise(0.42, detail=4.0)
    shader.link(
        shader.ramp(puddle, [(0.42, (0.03, 0.03, 0.03, 1)), (0.58, (0.38, 0.38, 0.38, 1))]),
        shader.input("Roughness"),
    )
    shader.set(base_color=(0.018, 0.019, 0.021, 1), specular_ior_level=0.6)
    shader.bump(shader.noise(60.0, detail=4.0), strength=0.10, distance=0.003)
    return shader.material


def ground(colour: str, other: str, *, scale: float = 1.4, bump: float = 0.6) -> bpy.types.Material:
    """Return earth, grass or leaves: two colours in noise, rough."""
    shader = Shader(f"ground {colour}")
    cloud = shader.noise(scale, detail=8.0, rough=0.65)
    shader.link(
        shader.ramp(cloud, [(0.38, linear(colour)), (0.62, linear(other))]),
        shader.input("Base Color"),
    )
    shader.set(roughness=0.95, specular_ior_level=0.15)
    shader.bump(shader.noise(14.0, detail=8.0), strength=bump, distance=0.05)
    return shader.material


def leather(colour: str) -> bpy.types.Material:
    """Return leather."""
    shader = Shader(f"leather {colour}")
    shader.set(base_color=linear(colour), roughness=0.38, specular_ior_level=0.45)
    shader.bump(shader.noise(220.0, detail=3.0), strength=0.12, distance=0.002)
    return shader.material


def cloth(colour: str) -> bpy.types.Material:
    """Return upholstery or a curtain."""
    shader = Shader(f"cloth {colour}")
    base = linear(colour)
    weave = shader.noise(4.0, detail=4.0)
    shader.link(
        shader.ramp(weave, [(0.3, (*tuple(c * 0.8 for c in base[:3]), 1.0)), (0.7, base)]),
        shader.input("Base Color"),
    )
    shader.set(roughness=0.95, sheen_weight=0.4, specular_ior_level=0.1)
    shader.bump(shader.noise(420.0, detail=1.0), strength=0.15, distance=0.002)
    return shader.material
