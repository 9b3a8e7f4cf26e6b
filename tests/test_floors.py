"""The house stands: imports point down or left, engines know no Django, files stay small, nothing goes in circles."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WINGS = {"projects": 1, "characters": 2, "renders": 3}
OUTSIDE = ("django", "rest_framework", "channels", "django_q", "asgiref")
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
DOORS = ("api", "web", "admin", "consumers", "management", "routing", "live")


def floor_of(parts: tuple[str, ...]) -> int:
    """Return the floor of a module inside its wing: engine 0, rows 1, rules 2, logic 3, tasks 4, doors 5."""
    room = parts[1] if len(parts) > 1 else ""
    if room == "engine":
        return 0
    if room in ("models", "apps", "migrations"):
        return 1
    if room in ("access", "events", "states", "verdicts"):
        return 2
    if room in ("services", "selectors", "readings", "bridge", "progress"):
        return 3
    if room == "tasks":
        return 4
    return 5 if room in DOORS else 0


def place_of(module: str) -> tuple[int, int] | None:
    """Return (wing, floor) of one of our modules; the ground is (0, 0), the roof (9, 9)."""
    parts = tuple(module.split("."))
    if parts[0] == "apexsite":
        if len(parts) > 1 and parts[1] == "kit":
            return (0, 0)
        return (0, 1) if len(parts) > 1 and parts[1] == "base" else (9, 9)
    return (WINGS[parts[0]], floor_of(parts)) if parts[0] in WINGS else None


def modules(root: Path) -> dict[str, Path]:
    """Return every module of the house by its dotted name."""
    found = {}
    for top in (*WINGS, "apexsite"):
        for path in sorted((root / top).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(p for p in parts if p != "__init__")] = path
    return found


def imports_of(path: Path, known: dict[str, Path]) -> set[str]:
    """Return what a file imports, in full names; `from a import b` counts as a.b where that is a module."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                names.add(full if full in known else node.module)
    return names


def faults(root: Path) -> list[str]:
    """Return every import that points up or right, and every piece of Django below the line."""
    known = modules(root)
    found = []
    for name, path in known.items():
        here = place_of(name)
        assert here is not None
        for imported in sorted(imports_of(path, known)):
            is_pure = here == (0, 0) or name.split(".")[1:2] == ["engine"]
            if is_pure and imported.split(".")[0] in OUTSIDE:
                found.append(f"{name} imports {imported}: no Django below the line")
            there = place_of(imported)
            if there is None or (there[0] == 0 and here[0] == 0 and there <= here):
                continue
            if there == (9, 9) and here != (9, 9):
                found.append(f"{name} imports {imported}: nobody imports the roof")
            elif there[0] > here[0] or (there[1] > here[1] and here != (9, 9)):
                found.append(f"{name} imports {imported}: imports point down or left")
    return found


def test_imports_point_down_or_left_and_engines_know_no_django() -> None:
    assert faults(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("renders/engine/x.py", "import django"),
        ("apexsite/kit/x.py", "from rest_framework import views"),
        ("projects/services/x.py", "from characters.models import Character"),
        ("renders/services/x.py", "from renders.tasks import work"),
        ("projects/models/x.py", "from projects.services.shots import shot_update"),
        ("renders/web/x.py", "from apexsite.urls import urlpatterns"),
    ],
)
def test_a_planted_fault_is_caught(tmp_path: Path, file: str, line: str) -> None:
    for path in modules(ROOT).values():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("", encoding="utf-8")
    target = tmp_path / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(line, encoding="utf-8")
    assert len(faults(tmp_path)) == 1


def test_no_module_stands_in_a_circle() -> None:
    known = modules(ROOT)
    graph = {}
    for name, path in known.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [n for n in ast.iter_child_nodes(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
        names = set()
        for node in top:
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif node.module:
                full = {f"{node.module}.{alias.name}" for alias in node.names}
                names |= {n for n in full if n in known} or {node.module}
        graph[name] = {n for n in names if n in known and n != name}
    graphlib.TopologicalSorter(graph).prepare()


def test_files_and_functions_stay_small() -> None:
    too_long = []
    for name, path in modules(ROOT).items():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LONGEST_FILE:
            too_long.append(f"{name}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    too_long.append(f"{name}.{node.name}: {length} lines")
    assert too_long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, path in modules(ROOT).items()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
