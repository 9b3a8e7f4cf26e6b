"""A program that speaks the stage's protocol without drawing: stands in for it where what is tested is the asking.

Run as `python -m tests.stage.standin`; what the brief's `set_name` says, it does.
"""

from __future__ import annotations

import json
import sys
import time


def say(**message: object) -> None:
    """Write one line."""
    print(json.dumps(message), flush=True)


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
        else:
            print("noise that is no message", flush=True)
            say(id=number, event="done", files={"picture": "/p.png"}, meta={"set": wish})


if __name__ == "__main__":
    main()
