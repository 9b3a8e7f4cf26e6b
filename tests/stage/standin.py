"""A program that speaks the stage's protocol and draws a grey card: stands in for it where what is tested is the asking.

Run as `python -m tests.stage.standin`; what the brief's `set_name` says, it does.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

GREY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGOIiopasGABA4QCACacBd11o/QyAAAAAElFTkSuQmCC"
)
HALF = GREY[:40]
FACE = {"eyes": [0.5, 0.4], "crown": [0.5, 0.2], "chin": [0.5, 0.6]}
CREPT: list[bytearray] = []
"""What a program that grows with every picture still holds."""
OUTSIDE = {"eyes": [1.4, 0.4], "crown": [1.4, 0.2], "chin": [1.4, 0.6]}


def say(**message: object) -> None:
    """Write one line."""
    print(json.dumps(message), flush=True)


def picture(brief: dict[str, Any], content: bytes = GREY) -> dict[str, str]:
    """Write the picture of a brief; returns the files made."""
    folder = Path(brief.get("folder") or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "picture.png").write_bytes(content)
    return {"picture": str(folder / "picture.png")}


def meta(brief: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a scene: the first face in frame, the others not; a set nobody has is a studio."""
    name = brief["set_name"]
    people = [
        {"key": player["key"], "mask": number, "face": FACE if number == 1 else OUTSIDE}
        for number, player in enumerate(brief.get("players", []), start=1)
    ]
    told = {"people": people, "camera": {}, "blender": "none", "brief": brief}
    return {"set": "studio" if "nowhere" in name else name, **told}


def called(port: int) -> str:
    """Return what came of calling a server of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=3):
            return "answered"
    except OSError as err:
        return f"refused: {err}"


def is_first(brief: dict[str, Any]) -> bool:
    """Say whether this is the first time a brief of this folder is drawn."""
    seen = Path(brief["folder"]).parent / "seen"
    if seen.exists():
        return False
    seen.touch()
    return True


def answer(number: str, brief: dict[str, Any]) -> None:
    """Do what the brief's set says."""
    wish = brief["set_name"]
    if wish == "hang":
        time.sleep(60)
    elif wish == "die":
        sys.exit(9)
    elif wish == "killed once" and is_first(brief):
        picture(brief, HALF)
        os.kill(os.getpid(), signal.SIGKILL)
    elif wish == "swell":
        held = bytearray(b"x" * 400_000_000)
        time.sleep(60)
        del held
    elif wish == "refuse":
        say(id=number, event="error", code="input", message="lens_mm=0 must be from 8 to 400")
    elif wish == "full disk":
        say(id=number, event="error", code="backend", message="No space left on device")
    elif wish == "half" or (wish == "half once" and is_first(brief)):
        say(id=number, event="done", files=picture(brief, HALF), meta=meta(brief))
    elif wish.startswith("call "):
        say(id=number, event="done", files={}, meta={"call": called(int(wish.split()[1]))})
    else:
        if wish == "creep":
            CREPT.append(bytearray(b"x" * 50_000_000))
        print("noise that is no message", flush=True)
        say(id=number, event="done", files=picture(brief), meta=meta(brief))


def main() -> None:
    """Answer until the input ends."""
    say(event="ready", blender="none")
    for line in sys.stdin:
        asked = json.loads(line)
        say(id=asked["id"], event="progress", step="build", share=0.2)
        answer(asked["id"], asked["brief"])


if __name__ == "__main__":
    main()
