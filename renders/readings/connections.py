"""What could draw pictures of a tier that nothing draws here, and what stands between; read from the engines themselves."""

from __future__ import annotations

from dataclasses import dataclass

from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import Capabilities
from renders.services.engines import engine_availability, engines_of


@dataclass(frozen=True, slots=True)
class Way:
    """A way to get pictures: what it is, what it needs, and whether this version speaks to it."""

    title: str
    words: str
    state: str


MISSING: tuple[tuple[str, str, str], ...] = (
    ("comfyui", "Your ComfyUI", "A server of yours that runs a workflow for each shot."),
)
"""Ways asked for that have no engine yet."""


def ways_to_connect(tier: str) -> list[Way]:
    """Return the ways to have a tier drawn, each with what is to be set for it here."""
    ways = []
    for name in engines_of(tier):
        can, found = BACKENDS.get(name).capabilities, engine_availability(name)
        state = "Connected." if found.is_available else f"Set: {found.remedy}."
        ways.append(Way(can.title, _words(can), state))
    ways += [
        Way(title, words, "This version does not speak to one yet.")
        for name, title, words in MISSING
        if name not in BACKENDS and ways
    ]
    return ways


def _words(can: Capabilities) -> str:
    if not can.needs_network:
        return "Drawn on this machine, without a bill."
    bill = f"about {can.cost_cents} ct a picture" if can.cost_cents else "billed by whoever runs it"
    return f"Asked over the network, {bill}; each picture's receipt stands on its shot."
