# SPDX-License-Identifier: GPL-3.0-or-later
"""Depth, normals and masks in a render of their own: one sample, no blur, no light, files written by the compositor.

Everything wears one plain material meanwhile: nothing here depends on colour, and shading was most of the cost. What is
seen through (a pane) counts as there, and normals are those of the surface without its bumps.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np

from characters.engine.human.figure import Figure
from renders.stage_worker.camera import View


@dataclass(frozen=True, slots=True)
class Range:
    """Depth 0 in the file is `near_m`, 65535 is `far_m`, linear, along the camera's axis."""

    near_m: float
    far_m: float


def depth_range(view: View, people: tuple[Figure, ...]) -> Range:
    """Return a range that begins before the nearest person and ends 12 m behind the farthest; round the focus when nobody is there."""
    place, axis = np.array(view.place), np.array(view.aim) - np.array(view.place)
    axis = axis / np.linalg.norm(axis)
    focus = float((np.array(view.focus) - place) @ axis)
    far = [float(((p.vertices - place) @ axis).max()) for p in people] or [focus]
    near = [float(((p.vertices - place) @ axis).min()) for p in people] or [focus / 4]
    return Range(max(0.05, min(near) - 0.3), max(far) + 12.0)


def render_passes(folder: Path, wanted: tuple[str, ...], span: Range) -> dict[str, Path]:
    """Write `depth.png` (16-bit grey), `masks.png` (grey value = number of the person), `normal.png` (camera space)."""
    scene = bpy.context.scene
    layer = bpy.context.view_layer
    layer.use_pass_z = layer.use_pass_object_index = layer.use_pass_normal = True
    scene.camera.data.dof.use_dof = False
    scene.cycles.samples = 1
    scene.cycles.use_denoising = scene.cycles.use_adaptive_sampling = False
    scene.cycles.max_bounces = 0
    layer.material_override = _flat()
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    source = tree.nodes.new("CompositorNodeRLayers")
    tree.links.new(
        source.outputs["Image"], tree.nodes.new("CompositorNodeComposite").inputs["Image"]
    )
    made = {}
    if "depth" in wanted:
        made["depth"] = _written(
            tree, _mapped(tree, source.outputs["Depth"], span), folder, "depth", "16", "BW"
        )
    if "masks" in wanted:
        share = _maths(tree, "DIVIDE", source.outputs["IndexOB"], 255.0)
        made["masks"] = _written(tree, share, folder, "masks", "8", "BW")
    if "normal" in wanted:
        made["normal"] = _written(
            tree, _camera_normals(tree, source.outputs["Normal"]), folder, "normal", "16", "RGB"
        )
    scene.render.filepath = str(folder / "flat.png")
    bpy.ops.render.render(write_still=False)
    scene.use_nodes = False
    layer.material_override = None
    for name, target in made.items():
        (folder / f"{name}0001.png").replace(target)
    return made


def _flat() -> bpy.types.Material:
    """Return a material that costs nothing to shade and lights nothing."""
    flat = bpy.data.materials.new("flat")
    flat.use_nodes = True
    tree = flat.node_tree
    tree.nodes.clear()
    end = tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(tree.nodes.new("ShaderNodeEmission").outputs[0], end.inputs["Surface"])
    flat.cycles.emission_sampling = "NONE"
    return flat


def _maths(
    tree: bpy.types.NodeTree, operation: str, one: bpy.types.NodeSocket, other: float
) -> bpy.types.NodeSocket:
    node = tree.nodes.new("CompositorNodeMath")
    node.operation = operation
    tree.links.new(one, node.inputs[0])
    node.inputs[1].default_value = other
    return node.outputs[0]


def _mapped(
    tree: bpy.types.NodeTree, depth: bpy.types.NodeSocket, span: Range
) -> bpy.types.NodeSocket:
    moved = _maths(tree, "SUBTRACT", depth, span.near_m)
    share = _maths(tree, "DIVIDE", moved, span.far_m - span.near_m)
    return _maths(tree, "MINIMUM", _maths(tree, "MAXIMUM", share, 0.0), 1.0)


def _camera_normals(tree: bpy.types.NodeTree, normal: bpy.types.NodeSocket) -> bpy.types.NodeSocket:
    """Return world normals turned into the camera's axes, -1…1 packed as 0…1."""
    rows = np.array(bpy.context.scene.camera.matrix_world.to_3x3()).T
    apart = tree.nodes.new("CompositorNodeSeparateXYZ")
    tree.links.new(normal, apart.inputs[0])
    together = tree.nodes.new("CompositorNodeCombineXYZ")
    for axis in range(3):
        parts = [_maths(tree, "MULTIPLY", apart.outputs[k], float(rows[axis, k])) for k in range(3)]
        total = parts[0]
        for part in parts[1:]:
            node = tree.nodes.new("CompositorNodeMath")
            tree.links.new(total, node.inputs[0])
            tree.links.new(part, node.inputs[1])
            total = node.outputs[0]
        tree.links.new(
            _maths(tree, "ADD", _maths(tree, "MULTIPLY", total, 0.5), 0.5), together.inputs[axis]
        )
    return together.outputs[0]


def _written(
    tree: bpy.types.NodeTree,
    source: bpy.types.NodeSocket,
    folder: Path,
    name: str,
    bits: str,
    mode: str,
) -> Path:
    node = tree.nodes.new("CompositorNodeOutputFile")
    node.base_path = str(folder)
    node.format.file_format = "PNG"
    node.format.color_depth, node.format.color_mode = bits, mode
    node.file_slots[0].path = name
    node.file_slots[0].save_as_render = False
    tree.links.new(source, node.inputs[0])
    bpy.context.scene.frame_set(1)
    return folder / f"{name}.png"
