"""The GPL worker stays a program of its own: nothing imports it, it imports next to nothing of ours."""

from __future__ import annotations

from tests.test_floors import ROOT, imports_of, modules

WORKER = "renders.stage_worker"


def test_the_studio_never_imports_the_worker_nor_blender() -> None:
    known = modules(ROOT)
    found = [
        f"{name} imports {imported}"
        for name, path in known.items()
        if not name.startswith(WORKER)
        for imported in imports_of(path, known)
        if imported.startswith(WORKER) or imported.split(".")[0] in ("bpy", "mathutils")
    ]
    assert found == []


def test_the_worker_imports_only_kit_and_the_human() -> None:
    known = modules(ROOT)
    ours = ("apexsite", "projects", "characters", "renders")
    allowed = ("apexsite.kit", "characters.engine.human", WORKER)
    found = [
        f"{name} imports {imported}"
        for name, path in known.items()
        if name.startswith(WORKER)
        for imported in imports_of(path, known)
        if imported.split(".")[0] in ours and not imported.startswith(allowed)
    ]
    assert found == []
