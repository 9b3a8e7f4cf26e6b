"""Fountain text to a Screenplay: comments out first, the parse in a child process with a time limit, then scenes.

Source: the Fountain syntax (fountain.io/syntax); parser fountain-py 0.3.0, its faults mended around it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from apexsite.kit.errors import InputError
from projects.engine.script.assembly import SceneBuilder
from projects.engine.script.comments import Uncommented, without_comments
from projects.engine.script.headings import is_heading
from projects.engine.script.model import Screenplay

LIMIT_SECONDS = 5.0
"""Longest parse. House choice: 10 000 lines take well under a second."""

ROOT = Path(__file__).resolve().parents[3]
FOUNTAIN_ENDINGS = (".fountain", ".spmd")
COLON_SPEECH = re.compile(r"^[^\W\d_][\w .'’-]{0,30}:\s+\S")


def looks_like_fountain(text: str, *, name: str) -> bool:
    """Return whether a text is Fountain: by its name's ending, or by headings with cues on lines of their own."""
    if name.lower().endswith(FOUNTAIN_ENDINGS):
        return True
    lines = [line.strip() for line in text.split("\n")]
    first = next((index for index, line in enumerate(lines) if is_heading(line)), None)
    if first is None:
        return False
    lines = lines[first:]
    cues = 0
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        if not before and after and line.isupper() and not is_heading(line):
            cues += 1
    colons = sum(1 for line in lines if COLON_SPEECH.match(line))
    return cues >= colons


def parse_fountain(text: str, *, name: str) -> Screenplay:
    """Return the screenplay of a Fountain text.

    Raises `InputError` when a note or boneyard never closes and when the parse takes over `LIMIT_SECONDS`.
    """
    clean = without_comments(text, name=name)
    parsed = run_child(clean.text, name=name)
    builder = SceneBuilder()
    for element in parsed["elements"]:
        _take(builder, element, clean)
    metadata = parsed["metadata"]
    title = " ".join(str(metadata.get("title", "")).replace("*", "").replace("_", "").split())
    credit = " ".join(
        str(metadata[key]) for key in ("credit", "author", "authors") if metadata.get(key)
    )
    last_line = text.rstrip("\n").count("\n") + 1
    scenes = builder.scenes(last_line=last_line)
    return Screenplay(title or _title_from(name), scenes, " ".join(credit.split()))


def run_child(text: str, *, name: str, limit_seconds: float | None = None) -> dict[str, Any]:
    """Return fountain-py's elements of a text, parsed in a child process that is killed at the time limit."""
    limit = LIMIT_SECONDS if limit_seconds is None else limit_seconds
    command = [sys.executable, "-m", "projects.engine.script.fountain_child"]
    paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    try:
        done = subprocess.run(
            command,
            input=json.dumps({"text": text}).encode("utf-8"),
            capture_output=True,
            timeout=limit,
            check=False,
            cwd=ROOT,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{name or 'script'} took longer than {limit:g} s to read as Fountain; "
            "expected a script of scenes; look for long runs of *, _ or brackets"
        ) from None
    if done.returncode:
        tail = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise InputError(
            f"{name or 'script'} could not be read as Fountain: {''.join(tail) or 'no reason given'}"
        )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _take(builder: SceneBuilder, element: dict[str, Any], clean: Uncommented) -> None:
    kind = element["type"]
    text = str(element["text"])
    line = clean.true_line(int(element["line_number"]))
    last = clean.true_line(int(element["line_number"]) + text.count("\n"))
    metadata = element["metadata"]
    if kind == "scene_heading":
        builder.heading(text, line=line, label=str(metadata.get("scene_number", "")))
    elif kind in ("action", "centered"):
        builder.action(text, first_line=line, last_line=last)
    elif kind == "character":
        builder.cue(text, extension=str(metadata.get("extension") or ""), line=line)
    elif kind == "parenthetical":
        builder.parenthetical(text, line=line)
    elif kind == "dialogue":
        builder.speech(text, last_line=last)
    elif kind == "lyrics":
        builder.lyric(text, first_line=line, last_line=last)
    elif kind == "transition":
        builder.transition(text)
    elif kind == "dual_dialogue":
        for side in ("left", "right"):
            cue = metadata[f"{side}_character"]
            builder.cue(
                str(cue["text"]),
                extension=str(cue["metadata"].get("extension") or ""),
                line=clean.true_line(int(cue["line_number"])),
                is_dual=True,
            )
            for part in metadata[f"{side}_dialogue"]:
                _take(builder, part, clean)


def _title_from(name: str) -> str:
    stem = re.sub(r"[_\s-]+", " ", Path(name).stem).strip()
    return stem[:1].upper() + stem[1:] if stem else "Untitled"
