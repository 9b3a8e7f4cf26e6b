"""A program that speaks the stage's protocol without drawing: stands in for it where what is tested is the asking.

Run as `python -m tests.stage.standin`; what the brief's `set_name` says, it does.
"""

from __future__ import annotations

import json
import socket
import sys
import time


def say(**message: object) -> None:
    """Write one line."""
    print(json.dumps(message), flush=True)


def called(port: int) -> str:
    """Return what came of calling a server of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=3):
            return "answered"
    except OSError as err:
        return f"refused: {err}"


def main() -> None:
    """Answer until the input ends."""
    say(event="ready", blender="none")
    held = []
    for line in sys.stdin:
        asked = json.loads(line)
        number, wish = asked["id"], asked["brief"]["set_name"]
        say(id=number, event="progress", step="build", share=0.2)
        if wish == "hang":
            time.sleep(60)
        elif wish == "die":
            sys.exit(9)
        elif wish == "swell":
            held.append(bytearray(b"x" * 400_000_000))
            time.sleep(60)
        elif wish == "refuse":
            say(id=number, event="error", code="input", message="lens_mm=0 must be from 8 to 400")
        elif wish == "full disk":
            say(id=number, event="error", code="backend", message="No space left on device")
        elif wish.startswith("call "):
            say(id=number, event="done", files={}, meta={"call": called(int(wish.split()[1]))})
        else:
            print("noise that is no message", flush=True)
            say(id=number, event="done", files={"picture": "/p.png"}, meta={"set": wish})


if __name__ == "__main__":
    main()
