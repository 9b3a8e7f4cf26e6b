# SPDX-License-Identifier: GPL-3.0-or-later
"""Strands as Blender hair curves, and the strands of brows, lashes and beard."""

from __future__ import annotations

import bpy
import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import Figure
from characters.engine.human.tables import people_tables
from characters.engine.human.topology import topology
from renders.stage_worker.shading import Shader, linear
from renders.stage_worker.skin import BODY_COUNT, beard_mask, hair_colour


def strand_material(colour: str, *, quality: str, name: str = "hair") -> bpy.types.Material:
    """Return hair: the hair BSDF for good pictures, a Principled sheen for drafts; colour varies by strand."""
    base = linear(colour)
    shader = Shader(name)
    if quality == "good":
        hair = shader.node("ShaderNodeBsdfHairPrincipled", parametrization="COLOR")
        hair.inputs["Color"].default_value = base
        hair.inputs["Roughness"].default_value = 0.34
        hair.inputs["Radial Roughness"].default_value = 0.5
        hair.inputs["Random Roughness"].default_value = 0.3
        shader.link(hair.outputs["BSDF"], shader.tree.nodes["Material Output"].inputs["Surface"])
        return shader.material
    info = shader.node("ShaderNodeHairInfo")
    vary = shader.ramp(
        info.outputs["Random"], [(0.0, (0.72, 0.72, 0.72, 1)), (1.0, (1.25, 1.22, 1.18, 1))]
    )
    shader.link(shader.mixed(1.0, base, vary, blend="MULTIPLY"), shader.input("Base Color"))
    shader.set(roughness=0.55, specular_ior_level=0.24, anisotropic=0.6)
    return shader.material


def strands_object(
    name: str, points: np.ndarray, material: bpy.types.Material, *, radius: float, tip: float = 0.25
) -> bpy.types.Object:
    """Return hair curves of points (strands × steps × 3, metres); radius falls to `tip` of it at the ends."""
    count, steps, _ = points.shape
    curves = bpy.data.hair_curves.new(name)
    curves.add_curves([steps] * count)
    curves.attributes["position"].data.foreach_set(
        "vector", np.ascontiguousarray(points, np.float32).ravel()
    )
    layer = curves.attributes.get("radius") or curves.attributes.new("radius", "FLOAT", "POINT")
    profile = radius * (1 - (1 - tip) * np.linspace(0, 1, steps) ** 2)
    layer.data.foreach_set("value", np.tile(profile, count).astype(np.float32))
    curves.materials.append(material)
    thing = bpy.data.objects.new(name, curves)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def scattered(
    faces: np.ndarray,
    template: np.ndarray,
    weight: np.ndarray,
    count: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Return quads and bilinear weights (count × 4) of points scattered evenly where `weight` is high."""
    a, b, c, d = (template[faces[:, i]] for i in range(4))
    area = np.linalg.norm(np.cross(c - a, d - b), axis=1) * weight[faces].mean(axis=1)
    chosen = rng.choice(len(faces), size=count, p=area / area.sum())
    u, v = rng.random((2, count))
    share = np.stack([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], axis=1)
    keep = rng.random(count) < (share * weight[faces[chosen]]).sum(axis=1) * 1.2
    return faces[chosen][keep], share[keep]


def at(values: np.ndarray, quads: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return values at scattered points."""
    return (values[quads] * share[..., None]).sum(axis=1)


def brow_strands(
    cast: BodyCast, person: Figure, normals: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return the brows' strands at rest (strands × 5 × 3)."""
    template = people_tables().template[:BODY_COUNT].astype(np.float64)
    x, y, z = np.abs(template[:, 0]), template[:, 1], template[:, 2]
    middle = np.interp(
        x, [0.008, 0.022, 0.040, 0.052, 0.060], [0.7475, 0.7505, 0.7545, 0.7520, 0.7455]
    )
    half = (
        np.interp(x, [0.007, 0.012, 0.035, 0.060], [0.0012, 0.0040, 0.0034, 0.0008])
        * cast.hair.brows
    )
    mask = np.exp(-(((z - middle) / np.maximum(half, 1e-4)) ** 2)) * np.clip(
        (x - 0.008) / 0.004, 0, 1
    )
    mask = mask * np.clip((0.060 - x) / 0.004, 0, 1) * (y < -0.09)
    faces = topology().faces("body")
    faces = faces[(mask[faces] > 0.02).any(axis=1)]
    quads, share = scattered(faces, template, mask, 1500, rng)
    roots, place = at(person.rest.vertices, quads, share), at(template, quads, share)
    outward = at(normals, quads, share)
    side = np.sign(place[:, :1])
    rise = np.interp(np.abs(place[:, 0]), [0.008, 0.025, 0.045, 0.060], [0.95, 0.45, -0.05, -0.45])
    along = np.concatenate([side, np.full_like(side, 0.25), rise[:, None]], axis=1)
    along += rng.normal(0, 0.07, along.shape)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    length = person.scale * rng.uniform(0.0045, 0.0070, (len(roots), 1))
    t = np.linspace(0, 1, 5)[None, :, None]
    lift = 0.05 * outward[:, None] * np.sin(np.pi * 0.6 * t)
    return (
        roots[:, None]
        + length[:, None] * (along[:, None] * t + lift + 0.03 * outward[:, None] * (t > 0))
        + 0.0001 * outward[:, None]
    )


def lash_strands(person: Figure, rng: np.random.Generator) -> np.ndarray:
    """Return lashes at rest, from the helper strips: root edge to tip edge, upper lid denser (strands × 5 × 3)."""
    quads = topology().faces("lashes")
    rest = person.rest.vertices
    strands = []
    for quad in quads:
        points = rest[quad]
        eye = rest[
            np.unique(
                topology().faces("helper-l-eye" if points[:, 0].mean() > 0 else "helper-r-eye")
            )
        ].mean(axis=0)
        reach = np.linalg.norm(points - eye, axis=1)
        order = np.argsort(reach)
        near, far = points[order[:2]], points[order[2:]]
        if abs(float(near[0, 0] - far[0, 0])) > abs(float(near[0, 0] - far[1, 0])):
            far = far[::-1]
        upper = points[:, 2].mean() > eye[2] + 0.001
        for u in rng.random(2 if upper else 1):
            root, tip = near[0] + u * (near[1] - near[0]), far[0] + u * (far[1] - far[0])
            t = np.linspace(0, 1, 5)[:, None]
            grown = root + (tip - root) * t * (0.62 if upper else 0.4)
            grown[:, 2] += (0.0011 if upper else -0.0003) * t[:, 0] ** 2
            strands.append(grown)
    return np.array(strands)


def beard_strands(
    cast: BodyCast, person: Figure, normals: np.ndarray, rng: np.random.Generator
) -> np.ndarray | None:
    """Return stubble, moustache or beard at rest, or None."""
    kind = cast.hair.beard
    if kind == "none":
        return None
    template = people_tables().template[:BODY_COUNT].astype(np.float64)
    mask = beard_mask(template, topology().masks["lips"][:BODY_COUNT].astype(np.float64))
    if kind == "moustache":
        mask = (
            mask * np.clip((template[:, 2] - 0.664) / 0.002, 0, 1) * (np.abs(template[:, 0]) < 0.03)
        )
    faces = topology().faces("body")
    faces = faces[(mask[faces] > 0.05).any(axis=1)]
    count, length = {"stubble": (5000, 0.0022), "moustache": (1400, 0.011), "full": (6500, 0.016)}[
        kind
    ]
    quads, share = scattered(faces, template, mask, count, rng)
    roots, outward = at(person.rest.vertices, quads, share), at(normals, quads, share)
    side = np.sign(roots[:, :1])
    down = np.concatenate([0.35 * side, np.full_like(side, -0.1), np.full_like(side, -1.0)], axis=1)
    grow = (
        down * (0.35 if kind == "stubble" else 0.85)
        + 0.55 * outward
        + rng.normal(0, 0.16, roots.shape)
    )
    grow /= np.linalg.norm(grow, axis=1, keepdims=True)
    length = length * person.scale * rng.uniform(0.6, 1.1, (len(roots), 1, 1))
    t = np.linspace(0, 1, 5)[None, :, None]
    return roots[:, None] + length * (grow[:, None] * t + 0.25 * outward[:, None] * t * (1 - t))


def carried_strands(person: Figure, strands: np.ndarray, bone: str = "head") -> np.ndarray:
    """Return strands at rest carried with a bone into the room."""
    flat = person.carried(strands.reshape(-1, 3).astype(np.float32), bone)
    return flat.reshape(strands.shape)


def darker(colour: str, share: float = 0.62) -> str:
    """Return a colour with its sRGB numbers scaled: brows and beards are darker than the head's hair."""
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * share):02X}" for i in (1, 3, 5))


def build_face_hair(
    cast: BodyCast, person: Figure, normals: np.ndarray, *, quality: str, seed: int
) -> list[bpy.types.Object]:
    """Return brows, lashes and beard."""
    rng = np.random.default_rng(seed)
    own = hair_colour(cast)
    dark = strand_material(darker(own), quality="draft", name="brow")
    lash = strand_material("#120C0A", quality="draft", name="lash")
    made = [
        strands_object(
            "brows",
            carried_strands(person, brow_strands(cast, person, normals, rng)),
            dark,
            radius=0.00007 * (1.0 if quality == "good" else 1.3),
        ),
        strands_object(
            "lashes", carried_strands(person, lash_strands(person, rng)), lash, radius=0.00007
        ),
    ]
    beard = beard_strands(cast, person, normals, rng)
    if beard is not None:
        made.append(strands_object("beard", carried_strands(person, beard), dark, radius=0.00019))
    return made
