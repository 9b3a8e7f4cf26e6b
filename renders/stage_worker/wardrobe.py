# SPDX-License-Identifier: GPL-3.0-or-later
"""Clothes cut from the mesh's helper body and skirt, worn by the same bones as the person."""

from __future__ import annotations

import bpy
import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import Figure
from characters.engine.human.tables import people_tables
from characters.engine.human.topology import topology
from renders.stage_worker.cutting import Cloth
from renders.stage_worker.fabric import fabric
from renders.stage_worker.garments import along_arm, folds
from renders.stage_worker.lap import is_seated, laid_on_lap
from renders.stage_worker.meshes import compact, mesh_object, smoothed, vertex_normals
from renders.stage_worker.patterns import hides, pieces_of
from renders.stage_worker.tailoring import Piece
from renders.stage_worker.trimmings import sewn_on

TEMPLATE, WORN, NORMAL = slice(0, 3), slice(3, 6), slice(6, 9)


def block(person: Figure, group: str, *, flat_chest: float, rounds: int) -> Cloth:
    """Return a helper part in the room, smoothed as cloth over a body is; `flat_chest` 1 spans the breasts."""
    template = people_tables().template
    used, quads = compact(person.vertices, topology().faces(group))
    own, worn = template[used].astype(np.float64), person.vertices[used].astype(np.float64)
    chest = (
        np.exp(-(((own[:, 2] - 0.40) / 0.10) ** 2))
        * (own[:, 1] < -0.02)
        * (np.abs(own[:, 0]) < 0.2)
    )
    hand = (along_arm(own) > 1.9) | (own[:, 2] > 0.60)
    worn = smoothed(worn, quads, rounds=rounds, keep=hand.astype(float))
    worn = smoothed(worn, quads, rounds=int(14 * flat_chest), keep=1 - chest)
    if group == "helper-skirt":
        if is_seated(person):
            worn = laid_on_lap(own, worn, person)
        worn = smoothed(worn, quads, rounds=3)
    normals = vertex_normals(worn, quads)
    values = np.concatenate([own, worn, normals], axis=1)
    return Cloth(values, quads.tolist())


def tailored(cloth: Cloth, piece: Piece) -> Cloth:
    """Return the piece cut out of a block: refined, clipped by each of its edges."""
    for limit in piece.limits:
        coarse = limit(cloth.values[:, TEMPLATE])
        cloth = Cloth(
            cloth.values, [f for f in cloth.faces if max(coarse[i] for i in f) > -0.02]
        ).packed()
    if piece.fine:
        cloth = cloth.finer()
    for limit in piece.limits:
        cloth = cloth.clipped(limit(cloth.values[:, TEMPLATE]))
    return cloth


FOLDS = {"wool": 0.8, "cotton": 1.0, "knit": 0.7, "silk": 0.9}
"""How deep a fabric folds; leather does not."""


CLINGS = 0.4
"""Share of its stand-off that a skirt keeps on somebody's lap. House choice."""


def worn_piece(
    cloth: Cloth, piece: Piece, material: bpy.types.Material, *, on_lap: bool = False
) -> list[bpy.types.Object]:
    """Return a piece with its buttons: pushed out, folded where limbs bend it, given thickness, smoothed."""
    template = cloth.values[:, TEMPLATE]
    normal = cloth.values[:, NORMAL]
    normal = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    away = piece.offset(template)
    if on_lap and piece.block == "skirt":
        low = np.clip((0.10 - template[:, 2]) / 0.2, 0, 1)
        away = away * (1 - (1 - CLINGS) * low)
    if piece.block == "tights":
        away = away + FOLDS.get(piece.cloth, 0.0) * folds(template)
    points = cloth.values[:, WORN] + normal * away[:, None]
    thing = mesh_object(
        piece.name, points, cloth.faces, material=material, vectors={"rest": template}
    )
    if piece.thick > 0:
        modifier = thing.modifiers.new("thick", "SOLIDIFY")
        modifier.thickness, modifier.offset = piece.thick, -1.0
        modifier.use_rim = True
    modifier = thing.modifiers.new("smooth", "SUBSURF")
    modifier.levels = modifier.render_levels = 1
    return [thing, *sewn_on(piece.buttons, template, points, normal)]


def build_wardrobe(cast: BodyCast, person: Figure) -> list[bpy.types.Object]:
    """Return all clothes of a person."""
    male = float(cast.phenotype.gender < 0.5)
    blocks = {
        "tights": block(person, "helper-tights", flat_chest=0.5 + 0.5 * male, rounds=3),
        "skirt": block(person, "helper-skirt", flat_chest=0.0, rounds=4),
    }
    made = []
    for piece in pieces_of(cast.wardrobe):
        cloth = tailored(blocks[piece.block], piece)
        if cloth.faces:
            made += worn_piece(
                cloth, piece, fabric(piece.cloth, piece.colour), on_lap=is_seated(person)
            )
    return made


def bare_faces(cast: BodyCast) -> np.ndarray:
    """Return the body's faces that no cloth hides."""
    faces = topology().faces("body")
    hidden = hides(cast.wardrobe, people_tables().template[:13380].astype(np.float64))
    return faces[~hidden[faces].all(axis=1)]
