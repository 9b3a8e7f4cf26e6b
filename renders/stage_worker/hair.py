# SPDX-License-Identifier: GPL-3.0-or-later
"""Hair of the head: guide strands grown over the skull by a style's comb field, children between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import bpy
import numpy as np
from mathutils.bvhtree import BVHTree

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import Figure
from characters.engine.human.tables import people_tables
from characters.engine.human.topology import topology
from renders.stage_worker.accessories import BRIM_Z
from renders.stage_worker.skin import BODY_COUNT, hair_colour, scalp_mask
from renders.stage_worker.strands import (
    at,
    carried_strands,
    scattered,
    strand_material,
    strands_object,
)

Field = Callable[[np.ndarray, np.ndarray, float], np.ndarray]
STEPS = 16
PART_X = 0.030
CLOTH_M = 0.015
"""How far below the neck hair keeps off the skin, for what is worn there."""


@dataclass(frozen=True, slots=True)
class Style:
    """Length over template roots (metres), direction over (points, template roots, share grown), and feel."""

    length: Callable[[np.ndarray], np.ndarray]
    field: Field
    lift: float = 0.25
    inertia: float = 1.2
    distance: float = 0.006
    cut_z: float | None = None
    hug: float = 0.8
    hug_above: float = 0.700
    clump: float = 0.5
    frizz: float = 0.002
    count: int = 8000
    radius: float = 0.00034


def _top(root: np.ndarray) -> np.ndarray:
    """Return 1 on top of the head, 0 at the ears and below."""
    return np.clip((root[:, 2] - 0.765) / 0.045, 0, 1)


def _vector(x: object, y: object, z: object, like: np.ndarray) -> np.ndarray:
    return np.stack(
        [np.broadcast_to(np.asarray(v, float), (len(like),)) for v in (x, y, z)], axis=1
    )


def _part(root: np.ndarray) -> np.ndarray:
    return np.where(root[:, 0] > PART_X, 1.0, -1.0)


def _short(p: np.ndarray, root: np.ndarray, t: float) -> np.ndarray:
    top = _top(root)
    side = _part(root)
    front = np.clip((-0.075 - root[:, 1]) / 0.04, 0, 1)
    over = _vector(side * 0.55, 0.55 - 0.35 * front, -0.45 + 0.35 * front, p)
    down = _vector(0, 0.40, -0.9, p)
    return over * top[:, None] + down * (1 - top[:, None])


def _swept(p: np.ndarray, root: np.ndarray, t: float) -> np.ndarray:
    top = _top(root)
    return _vector(np.sign(root[:, 0]) * 0.08, 1.0, -0.05 - 0.55 * (1 - top), p)


def _falling(p: np.ndarray, root: np.ndarray, t: float) -> np.ndarray:
    side = _part(root)
    high = np.clip((p[:, 2] - 0.765) / 0.05, 0, 1)
    behind = np.clip((root[:, 1] + 0.01) / 0.04, 0, 1)
    sideways = side * 0.95 * (1 - behind) + np.clip(root[:, 0] / 0.05, -1, 1) * 0.30 * behind
    over = _vector(sideways, 0.25 + 0.75 * behind, -0.25, p)
    inward = np.clip((np.abs(p[:, 0]) - 0.085) / 0.03, 0, 1) * np.clip(
        (0.66 - p[:, 2]) / 0.05, 0, 1
    )
    drop = _vector(side * 0.05 - 0.9 * np.sign(p[:, 0]) * inward, 0.12 * (1 - t), -1.0, p)
    return over * high[:, None] + drop * (1 - high[:, None])


def _towards(target: tuple[float, float, float]) -> Field:
    def field(p: np.ndarray, root: np.ndarray, t: float) -> np.ndarray:
        return np.array(target) - p

    return field


def _tail(p: np.ndarray, root: np.ndarray, t: float) -> np.ndarray:
    tie = np.array([0.0, 0.098, 0.775])
    far = np.linalg.norm(tie - p, axis=1)
    passed = (t > 0.42) | (far < 0.018)
    hang = _vector(root[:, 0] * 1.2, 0.28 * (1 - t), -1.0, p)
    return np.where(passed[:, None], hang, (tie - p) / np.maximum(far, 1e-6)[:, None])


def _curly(p: np.ndarray, root: np.ndarray, t: float) -> np.ndarray:
    out = root - np.array([0.0, -0.03, 0.735])
    out = out / np.linalg.norm(out, axis=1, keepdims=True)
    return out + _vector(0, 0, -0.25 * t, p)


def _still(value: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda root: np.full(len(root), value)


STYLES: dict[str, Style] = {
    "buzz": Style(
        _still(0.004),
        _curly,
        lift=1.0,
        distance=0.0,
        hug=0.0,
        clump=0.0,
        frizz=0.0003,
        count=26000,
        radius=0.00020,
    ),
    "short": Style(
        lambda r: 0.013 + 0.040 * _top(r),
        _short,
        lift=0.42,
        inertia=0.5,
        distance=0.010,
        hug=0.6,
        frizz=0.0015,
        clump=0.35,
        count=11000,
    ),
    "swept": Style(
        lambda r: 0.026 + 0.080 * _top(r),
        _swept,
        lift=0.45,
        inertia=0.6,
        distance=0.011,
        hug=0.6,
        clump=0.4,
        frizz=0.0013,
        count=11000,
    ),
    "bob": Style(
        _still(0.30), _falling, lift=0.30, inertia=0.6, distance=0.014, cut_z=0.612, count=11000
    ),
    "long": Style(
        _still(0.46), _falling, lift=0.28, inertia=0.6, distance=0.014, cut_z=0.40, count=11000
    ),
    "bun": Style(
        _still(0.19),
        _towards((0.0, 0.105, 0.790)),
        lift=0.2,
        inertia=0.5,
        distance=0.005,
        frizz=0.0008,
        count=10000,
    ),
    "ponytail": Style(
        _still(0.40),
        _tail,
        lift=0.2,
        inertia=0.5,
        distance=0.006,
        frizz=0.0012,
        hug_above=0.74,
        count=10000,
    ),
    "curly": Style(
        _still(0.058),
        _curly,
        lift=1.0,
        distance=0.004,
        hug=0.0,
        clump=0.75,
        frizz=0.0,
        count=12000,
        radius=0.00030,
    ),
}


class Skull:
    """The shaped head at rest in template size, to grow hair on."""

    def __init__(self, cast: BodyCast, person: Figure) -> None:
        tables = people_tables()
        template = tables.template[:BODY_COUNT].astype(np.float64)
        head = template[:, 2] > 0.70
        own = person.rest.vertices[:BODY_COUNT].astype(np.float64)
        self.size = float(np.ptp(own[head], axis=0).mean() / np.ptp(template[head], axis=0).mean())
        self.shift = own[head].mean(axis=0) - self.size * template[head].mean(axis=0)
        self.points = (own - self.shift) / self.size
        self.template = template
        faces = topology().faces("body")
        near = (template[faces][:, :, 2] > 0.30).all(axis=1)
        self.tree = BVHTree.FromPolygons(self.points.tolist(), faces[near].tolist())
        self.faces = faces
        self.mask = scalp_mask(template, cast.hair.receding)

    def pushed(self, points: np.ndarray, distance: np.ndarray, hug: np.ndarray) -> np.ndarray:
        """Return points at least `distance` above the body; `hug` (0 to 1) draws those higher back down to it."""
        out = points.copy()
        for i, point in enumerate(points):
            place, normal, _, _ = self.tree.find_nearest(point.tolist())
            gap = point - np.array(place)
            signed = float(gap @ np.array(normal))
            if signed < distance[i]:
                out[i] = point + np.array(normal) * (distance[i] - signed)
            elif hug[i] > 0:
                out[i] = point - gap * hug[i] * (1 - distance[i] / max(signed, 1e-9))
        return out

    def unscaled(self, strands: np.ndarray) -> np.ndarray:
        """Return strands in the body's own size."""
        return strands * self.size + self.shift


def grown(
    style: Style,
    skull: Skull,
    quads: np.ndarray,
    share: np.ndarray,
    normals: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return guides in template size (guides × STEPS × 3)."""
    root = at(skull.points, quads, share)
    normal = at(normals, quads, share)
    length = style.length(root) * rng.uniform(0.88, 1.08, len(root))
    strands = [root]
    high = 0.25 + 0.75 * _top(root)
    rise = (style.lift * np.where(style.lift < 1, high, 1.0))[:, None]
    direction = rise * normal + (1 - rise) * _unit(style.field(root, root, 0.0))
    point = root.copy()
    for step in range(1, STEPS):
        t = step / (STEPS - 1)
        wanted = _unit(style.field(point, root, t)) + rng.normal(0, 0.03, root.shape)
        direction = _unit(style.inertia * direction + wanted)
        layer = (
            style.distance * high * (0.4 + 0.6 * min(1.0, t * 4)) * rng.uniform(0.5, 1.3, len(root))
        )
        moved = point + direction * (length / (STEPS - 1))[:, None]
        layer = layer + CLOTH_M * np.clip((0.615 - moved[:, 2]) / 0.09, 0, 1)
        hug = style.hug * np.clip((moved[:, 2] - style.hug_above) / 0.03, 0, 1)
        moved = skull.pushed(moved, layer, hug)
        direction = _unit(moved - point)
        point = moved
        strands.append(point)
    return np.stack(strands, axis=1)


def _unit(values: np.ndarray) -> np.ndarray:
    return values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)


def cut_below(strands: np.ndarray, height: float, rng: np.random.Generator) -> np.ndarray:
    """Return strands resampled to end at a height (with a ragged edge of some millimetres)."""
    out = strands.copy()
    steps = strands.shape[1]
    for i, strand in enumerate(strands):
        edge = height + rng.normal(0, 0.006)
        below = np.flatnonzero(strand[:, 2] < edge)
        if len(below) and below[0] > 1:
            at_steps = np.linspace(0, below[0], steps)
            for axis in range(3):
                out[i, :, axis] = np.interp(at_steps, np.arange(steps), strand[:, axis])
    return out


def children(
    style: Style, guides: np.ndarray, roots: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return strands between the three nearest guides on the same side of the parting, clumped and frizzed."""
    start = guides[:, 0]
    near, far = roots.astype(np.float32), start.astype(np.float32)
    apart = (near**2).sum(1)[:, None] - 2 * near @ far.T + (far**2).sum(1)[None]
    apart = np.sqrt(np.maximum(apart, 0))
    other = (roots[:, None, 0] > PART_X) != (start[None, :, 0] > PART_X)
    apart = apart + 0.05 * other * (roots[:, None, 1] < 0.0)
    nearest = np.argpartition(apart, 3, axis=1)[:, :3]
    order = np.argsort(np.take_along_axis(apart, nearest, axis=1), axis=1)
    nearest = np.take_along_axis(nearest, order, axis=1)
    weight = 1 / np.maximum(np.take_along_axis(apart, nearest, axis=1), 0.0008) ** 1.6
    weight /= weight.sum(axis=1, keepdims=True)
    local = guides - start[:, None]
    shape = (local[nearest] * weight[:, :, None, None]).sum(axis=1)
    strands = roots[:, None] + shape
    t = np.linspace(0, 1, STEPS)[None, :, None]
    strands = strands + style.clump * t**1.5 * 0.6 * (guides[nearest[:, 0]] - strands)
    wave = rng.normal(0, 1, (len(roots), 1, 3)) * t + rng.normal(0, 0.35, strands.shape)
    return strands + style.frizz * np.clip(t * 4, 0, 1) * wave


def coiled(strands: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return strands turned into coils: curls for the curly style."""
    count, steps, _ = strands.shape
    fine = np.linspace(0, steps - 1, 40)
    low = np.floor(fine).astype(int).clip(0, steps - 2)
    share = (fine - low)[None, :, None]
    line = strands[:, low] * (1 - share) + strands[:, low + 1] * share
    along = _unit(strands[:, -1] - strands[:, 0])
    side = _unit(np.cross(along, rng.normal(0, 1, (count, 3))))
    other = np.cross(along, side)
    turn = np.linspace(0, 2 * np.pi * 4.2, 40)[None, :, None] + rng.uniform(0, 6.28, (count, 1, 1))
    wide = (
        0.0062
        * np.clip(np.linspace(0, 4, 40), 0, 1)[None, :, None]
        * rng.uniform(0.7, 1.2, (count, 1, 1))
    )
    return line + wide * (np.cos(turn) * side[:, None] + np.sin(turn) * other[:, None])


def bun_strands(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return the knot itself, in template size: strands wound round a flattened ball."""
    t = np.linspace(0, 1, STEPS)
    tilt = rng.normal(0, 0.45, (count, 1))
    phase = rng.uniform(0, 6.28, (count, 1))
    ring = rng.uniform(0.018, 0.033, (count, 1))
    angle = phase + 4.0 * t[None]
    high = (
        rng.uniform(-1, 1, (count, 1))
        * np.sqrt(np.clip(1 - ((ring - 0.018) / 0.018) ** 2, 0, 1))
        * 0.019
    )
    x, z = ring * np.cos(angle), ring * np.sin(angle)
    y = high + tilt * 0.010 * np.cos(angle)
    return np.stack([x, y + 0.112, z + 0.792], axis=2)


def build_hair(
    cast: BodyCast, person: Figure, normals: np.ndarray, *, quality: str, seed: int
) -> list[bpy.types.Object]:
    """Return the hair of the head; nothing for bald."""
    if cast.hair.style == "bald":
        return []
    style = STYLES[cast.hair.style]
    skull = Skull(cast, person)
    rng = np.random.default_rng(seed)
    faces = skull.faces[(skull.mask[skull.faces] > 0.05).any(axis=1)]
    guides = grown(
        style,
        skull,
        *scattered(faces, skull.template, skull.mask, 800 if quality == "good" else 500, rng),
        normals,
        rng,
    )
    share = {"sketch": 0.35, "draft": 0.6, "good": 1.0}[quality]
    quads, weights = scattered(faces, skull.template, skull.mask, int(style.count * share), rng)
    strands = children(style, guides, at(skull.points, quads, weights), rng)
    if style.cut_z is not None:
        strands = cut_below(strands, style.cut_z, rng)
    if cast.hair.style == "curly":
        strands = coiled(strands, rng)
    if cast.hair.style == "bun":
        strands = np.concatenate([strands, bun_strands(rng, int(1500 * share))])
    if "hat" in cast.wardrobe.accessories:
        strands = strands[strands[:, 0, 2] < BRIM_Z - 0.012]
        strands[:, :, 2] = np.minimum(strands[:, :, 2], BRIM_Z - 0.004)
    material = strand_material(hair_colour(cast), quality=quality)
    thick = style.radius * {"sketch": 1.7, "draft": 1.35, "good": 1.0}[quality]
    return [
        strands_object(
            "hair", carried_strands(person, skull.unscaled(strands)), material, radius=thick
        )
    ]
