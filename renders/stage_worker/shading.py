# SPDX-License-Identifier: GPL-3.0-or-later
"""Shader building blocks: a Principled material and a few nodes put on it by name."""

from __future__ import annotations

import bpy
import numpy as np


def linear(colour: str) -> tuple[float, float, float, float]:
    """Return linear RGBA of #RRGGBB. Source: IEC 61966-2-1."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return (float(light[0]), float(light[1]), float(light[2]), 1.0)


class Shader:
    """One material's node tree with short words for what is used often."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.bsdf = self.tree.nodes["Principled BSDF"]

    def node(self, kind: str, **values: object) -> bpy.types.Node:
        """Return a new node; keyword names are its properties."""
        made = self.tree.nodes.new(kind)
        for key, value in values.items():
            setattr(made, key, value)
        return made

    def link(self, source: bpy.types.NodeSocket, target: bpy.types.NodeSocket) -> None:
        """Join two sockets."""
        self.tree.links.new(source, target)

    def set(self, **values: object) -> Shader:
        """Set inputs of the Principled node; `_` stands for a space: `base_color`, `roughness`."""
        for key, value in values.items():
            wanted = key.replace("_", " ").lower()
            socket = next(s for s in self.bsdf.inputs if s.name.lower() == wanted)
            socket.default_value = value
        return self

    def input(self, name: str) -> bpy.types.NodeSocket:
        """Return an input of the Principled node by its shown name."""
        return self.bsdf.inputs[name]

    def attribute(self, name: str) -> bpy.types.Node:
        """Return the node that reads a point attribute."""
        return self.node("ShaderNodeAttribute", attribute_name=name)

    def noise(
        self,
        scale: float,
        *,
        detail: float = 2.0,
        where: bpy.types.NodeSocket | None = None,
        rough: float = 0.5,
    ) -> bpy.types.NodeSocket:
        """Return a noise factor 0 to 1 at `where` (object coordinates when not given)."""
        made = self.node("ShaderNodeTexNoise")
        made.inputs["Scale"].default_value = scale
        made.inputs["Detail"].default_value = detail
        made.inputs["Roughness"].default_value = rough
        self.link(where or self.coordinates("Object"), made.inputs["Vector"])
        return made.outputs["Fac"]

    def coordinates(self, kind: str) -> bpy.types.NodeSocket:
        """Return texture coordinates: Object, Generated, Normal…"""
        return self.node("ShaderNodeTexCoord").outputs[kind]

    def stretched(
        self,
        where: bpy.types.NodeSocket,
        scale: tuple[float, float, float],
        *,
        rotation: tuple[float, float, float] = (0, 0, 0),
    ) -> bpy.types.NodeSocket:
        """Return coordinates scaled and turned (radians)."""
        made = self.node("ShaderNodeMapping")
        made.inputs["Scale"].default_value = scale
        made.inputs["Rotation"].default_value = rotation
        self.link(where, made.inputs["Vector"])
        return made.outputs["Vector"]

    def ramp(
        self,
        factor: bpy.types.NodeSocket,
        stops: list[tuple[float, tuple[float, float, float, float]]],
    ) -> bpy.types.NodeSocket:
        """Return a colour from a ramp."""
        made = self.node("ShaderNodeValToRGB")
        band = made.color_ramp
        while len(band.elements) < len(stops):
            band.elements.new(0.5)
        for element, (at, colour) in zip(band.elements, stops, strict=True):
            element.position, element.color = at, colour
        self.link(factor, made.inputs["Fac"])
        return made.outputs["Color"]

    def mixed(
        self, factor: object, one: object, other: object, *, blend: str = "MIX"
    ) -> bpy.types.NodeSocket:
        """Return a colour mix; each of the three is a socket or a plain value."""
        made = self.node("ShaderNodeMix", data_type="RGBA", blend_type=blend)
        for socket, value in (
            (made.inputs[0], factor),
            (made.inputs[6], one),
            (made.inputs[7], other),
        ):
            if isinstance(value, bpy.types.NodeSocket):
                self.link(value, socket)
            else:
                socket.default_value = value
        return made.outputs[2]

    def math(self, operation: str, one: object, other: object = 0.0) -> bpy.types.NodeSocket:
        """Return a maths node's result."""
        made = self.node("ShaderNodeMath", operation=operation)
        for socket, value in zip(made.inputs[:2], (one, other), strict=True):
            if isinstance(value, bpy.types.NodeSocket):
                self.link(value, socket)
            else:
                socket.default_value = float(value)
        return made.outputs[0]

    def bump(
        self, height: bpy.types.NodeSocket, *, strength: float, distance: float = 0.01
    ) -> None:
        """Put a bump on the Principled node's normal."""
        made = self.node("ShaderNodeBump")
        made.inputs["Strength"].default_value = strength
        made.inputs["Distance"].default_value = distance
        self.link(height, made.inputs["Height"])
        self.link(made.outputs["Normal"], self.bsdf.inputs["Normal"])


def plain(
    name: str, colour: str, *, roughness: float = 0.6, metallic: float = 0.0, **more: object
) -> bpy.types.Material:
    """Return a one-colour material."""
    shader = Shader(name)
    shader.set(base_color=linear(colour), roughness=roughness, metallic=metallic, **more)
    return shader.material


def glow(name: str, colour: str, strength: float) -> bpy.types.Material:
    """Return a material that gives light."""
    shader = Shader(name)
    shader.set(base_color=(0, 0, 0, 1), emission_color=linear(colour), emission_strength=strength)
    return shader.material
