# SPDX-License-Identifier: GPL-3.0-or-later
"""One job: build the scene of a brief, render what it asks for, say what was made."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import bpy
import numpy as np

from characters.engine.human.figure import Figure, face_landmarks
from renders.stage_worker.brief import StageBrief
from renders.stage_worker.passes import depth_range, render_passes
from renders.stage_worker.picture import render_picture
from renders.stage_worker.scene import Built, build_scene, clear

Tell = Callable[[dict[str, Any]], None]


def run_job(brief: StageBrief, tell: Tell) -> dict[str, Any]:
    """Return the job's answer: files by kind and the picture's record (`meta`). Files land in the brief's folder."""
    brief.folder.mkdir(parents=True, exist_ok=True)
    try:
        return _made(brief, tell)
    finally:
        clear()  # a program that waits must not hold the last picture's scene


def _made(brief: StageBrief, tell: Tell) -> dict[str, Any]:
    started, used = time.perf_counter(), time.process_time()
    tell({"event": "progress", "step": "build", "share": 0.0})
    built = build_scene(brief)
    ready = time.perf_counter()
    tell({"event": "progress", "step": "render", "share": 0.2})
    files: dict[str, str] = {}
    if "picture" in brief.outputs:
        target = brief.folder / "picture.png"
        render_picture(target)
        files["picture"] = str(target)
    if "blend" in brief.outputs:
        target = brief.folder / "shot.blend"
        bpy.ops.file.pack_all()
        bpy.ops.wm.save_as_mainfile(filepath=str(target), compress=True, copy=True)
        files["blend"] = str(target)
    meta = described(brief, built)
    data = tuple(name for name in ("depth", "masks", "normal") if name in brief.outputs)
    if data:
        tell({"event": "progress", "step": "passes", "share": 0.9})
        span = depth_range(built.view, built.people)
        files |= {name: str(path) for name, path in render_passes(brief.folder, data, span).items()}
        meta["depth_m"] = {"near": span.near_m, "far": span.far_m}
    done = time.perf_counter()
    meta["seconds"] = {
        "build": round(ready - started, 3),
        "render": round(done - ready, 3),
        "cpu": round(
            time.process_time() - used, 3
        ),  # of all cores, so twice the time of two free ones
    }
    return {"event": "done", "files": files, "meta": meta}


def described(brief: StageBrief, built: Built) -> dict[str, Any]:
    """Return the record of a picture: set, camera, people with where their faces are in the frame."""
    view = built.view
    people = []
    for number, (player, person) in enumerate(
        zip(brief.players, built.people, strict=True), start=1
    ):
        people.append({"key": player.key, "mask": number, "face": face_in_frame(person, brief)})
    return {
        "set": built.set_name,
        "set_asked": brief.set_name,
        "camera": {
            "place": list(view.place),
            "aim": list(view.aim),
            "lens_mm": view.lens_mm,
            "f_stop": view.f_stop,
            "lens_asked_mm": brief.shot.lens_mm,
            "aside_degrees": view.aside_degrees,
            "clear": view.clear,
            "matrix": [list(row) for row in bpy.context.scene.camera.matrix_world],
        },
        "people": people,
        "blender": bpy.app.version_string,
    }


def face_in_frame(person: Figure, brief: StageBrief) -> dict[str, list[float]]:
    """Return eyes, crown, chin as shares of the frame (x from left, y from top)."""
    from bpy_extras.object_utils import world_to_camera_view
    from mathutils import Vector

    scene = bpy.context.scene
    out = {}
    for name, point in face_landmarks(person).items():
        seen = world_to_camera_view(scene, scene.camera, Vector(np.asarray(point, float)))
        out[name] = [round(float(seen.x), 5), round(1.0 - float(seen.y), 5)]
    return out
