"""What could draw pictures of a tier that nothing draws here, and what stands between; read from the engines themselves."""

from __future__ import annotations

from dataclasses import dataclass

from renders.engine.imaging import BACKENDS


@dataclass(frozen=True, slots=True)
class Way:
    """A way to get pictures: what it is, what it needs, and whether this version speaks to it."""

    title: str
    words: str
    state: str


KINDS: tuple[tuple[str, str, str], ...] = (
    ("comfyui", "Your ComfyUI", "A server of yours that runs a workflow for each shot."),
    (
        "hosted",
        "A hosted model, with your key",
        "Paid by the picture; the cost stands on each card.",
    ),
    (
        "gpu",
        "A worker with a graphics card",
        "Another machine that takes the heavy jobs from the same queue.",
    ),
)


def ways_to_connect(tier: str) -> list[Way]:
    """Return the ways to have a tier drawn, each with what its engine says of itself here."""
    said: dict[str, str] = {}
    for name, backend in BACKENDS:
        if backend.capabilities.tier == tier:
            available = backend.availability()
            said[name] = (
                "Connected."
                if available.is_available
                else f"{available.reason}: {available.remedy}"
            )
    return [
        Way(
            title,
            words,
            next(
                (state for name, state in said.items() if name.startswith(kind)),
                "This version does not speak to one yet.",
            ),
        )
        for kind, title, words in KINDS
    ]
