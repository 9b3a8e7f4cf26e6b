# SPDX-License-Identifier: GPL-3.0-or-later
"""One person as objects: skin, eyes, mouth, hair, clothes, each marked with the person's number for masks."""

from __future__ import annotations

import bpy
import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import BODY_COUNT, Figure
from characters.engine.human.tables import people_tables
from characters.engine.human.topology import topology
from renders.stage_worker.accessories import build_accessories
from renders.stage_worker.eyes import build_eyes, build_mouth
from renders.stage_worker.hair import build_hair
from renders.stage_worker.meshes import compact, mesh_object, vertex_normals
from renders.stage_worker.skin import line_height, skin_colours, skin_material
from renders.stage_worker.strands import build_face_hair
from renders.stage_worker.wardrobe import bare_faces, build_wardrobe


def build_skin(cast: BodyCast, person: Figure, *, quality: str) -> bpy.types.Object:
    """Return the visible skin as one object."""
    template = people_tables().template[:BODY_COUNT]
    used, faces = compact(person.vertices, bare_faces(cast))
    lips = topology().masks["lips"][used]
    grey = {
        "wet": np.repeat(lips[:, None], 4, axis=1),
        "lines": np.repeat(line_height(template)[used][:, None], 4, axis=1),
    }
    return mesh_object(
        "skin",
        person.vertices[used],
        faces,
        material=skin_material(cast, quality=quality),
        colours={"tint": skin_colours(cast)[used], **grey},
        vectors={"rest": template[used]},
        subdivide=1 if quality == "sketch" else 2,
    )


def build_person(
    cast: BodyCast, person: Figure, *, index: int, quality: str, seed: int
) -> list[bpy.types.Object]:
    """Return all objects of one person; `index` from 1 is their number in the masks."""
    normals = vertex_normals(
        person.rest.vertices[:BODY_COUNT].astype(np.float64), topology().faces("body")
    )
    made = [build_skin(cast, person, quality=quality)]
    made += build_eyes(cast, person)
    made += build_mouth(person)
    made += build_face_hair(cast, person, normals, quality=quality, seed=seed)
    made += build_hair(cast, person, normals, quality=quality, seed=seed)
    made += build_wardrobe(cast, person)
    made += build_accessories(cast, person)
    for thing in made:
        thing.pass_index = index
    return made
