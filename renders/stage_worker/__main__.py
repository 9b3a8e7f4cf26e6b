# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage as a program: one JSON request a line on stdin, JSON lines on stdout, files into the folder named.

Request: `{"id": "…", "brief": {"schema": "apex.stage/1", …}}`. Answers carry the same id and an `event`:
`ready`, `progress`, `done` (files, meta) or `error` (code, message). An end of input ends the program.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any, TextIO

from apexsite.kit.errors import ApexError


def quiet_stdout() -> TextIO:
    """Return the real stdout; everything else that writes there (Blender does) goes to stderr from now on."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return answers


def answer(line: str, answers: TextIO) -> None:
    """Do one request and write its answers."""
    from renders.stage_worker.brief import read_brief
    from renders.stage_worker.job import run_job

    asked = "?"

    def tell(message: dict[str, Any]) -> None:
        answers.write(json.dumps({"id": asked, **message}) + "\n")
        answers.flush()

    try:
        request = json.loads(line)
        asked = str(request.get("id", "?"))
        tell(run_job(read_brief(request["brief"]), tell))
    except ApexError as error:
        tell({"event": "error", "code": error.code, "message": error.message})
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        tell({"event": "error", "code": "input", "message": f"request cannot be read: {error}"})
    except (LookupError, ArithmeticError, RuntimeError, OSError, MemoryError) as error:
        tell({"event": "error", "code": "backend", "message": str(error)})


def end_with_parent(*, every_s: float = 2.0) -> None:
    """Leave when whoever started this program is gone, even in the middle of a picture nobody waits for."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every_s)
        os._exit(4)

    threading.Thread(target=watch, daemon=True).start()


def main() -> int:
    """Answer requests until the input ends."""
    answers = quiet_stdout()
    end_with_parent()
    try:
        import bpy
    except ImportError as error:
        message = f"bpy cannot be loaded: {error}; `make stage` installs it"
        answers.write(
            json.dumps({"event": "error", "code": "not_available", "message": message}) + "\n"
        )
        return 3
    answers.write(json.dumps({"event": "ready", "blender": bpy.app.version_string}) + "\n")
    for line in sys.stdin:
        if line.strip():
            answer(line, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
