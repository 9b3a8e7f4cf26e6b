"""What is asked of the model: options checked against its profile, texts, faces, start pictures; and the record of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apexsite.kit.errors import RequestRefused
from renders.engine.imaging.base import START, ImageRequest
from renders.engine.imaging.diffusion.memory import peak_mb, ways_wanted
from renders.engine.imaging.diffusion.places import fingerprint
from renders.engine.imaging.diffusion.profiles import ModelProfile
from renders.engine.imaging.diffusion.sizes import brought_to, covering_crop, nearest_size
from renders.engine.imaging.diffusion.words import FLUX_PIECES, Texts, texts_of

if TYPE_CHECKING:
    from PIL.Image import Image

    from renders.engine.imaging.diffusion.ladder import Climbed
    from renders.engine.imaging.diffusion.loop import Order
    from renders.engine.imaging.diffusion.pipeline import Loaded
    from renders.engine.imaging.options import PictureOptions

TIGHTER_GUIDANCE = 2.0
"""What full tightness adds to guidance: from 5 to 7, the top of what SDXL's kin are made for. House choice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch as the model is asked it; `left_out` says in words what of the request the model has no part for."""

    profile: ModelProfile
    texts: tuple[Texts, ...]
    seeds: tuple[int, ...]
    size: tuple[int, int]
    wanted: tuple[int, int]
    steps: int
    guidance: float
    strength: float
    starts: tuple[Image, ...]
    faces: dict[str, tuple[Image, ...]]
    loras: tuple[tuple[str, float], ...]
    is_tiled: bool
    left_out: tuple[str, ...]

    @property
    def steps_drawn(self) -> int:
        """Return how many steps are taken: a start picture skips the first ones."""
        return int(self.steps * self.strength) if self.starts else self.steps

    def order_at(self, width: int, height: int) -> Order:
        """Return the call's order at a raster."""
        from renders.engine.imaging.diffusion.loop import Order

        is_flux = self.profile.family == "flux"
        return Order(
            prompts=tuple(text.prompt for text in self.texts),
            seconds=tuple(text.second for text in self.texts),
            negatives=tuple(t.negative if self.profile.takes_negative else "" for t in self.texts),
            seeds=self.seeds,
            width=width,
            height=height,
            steps=self.steps,
            guidance=self.guidance,
            starts=tuple(brought_to(start, (width, height)) for start in self.starts),
            strength=self.strength,
            faces=tuple(self.faces.values()),
            extra={"max_sequence_length": FLUX_PIECES} if is_flux else {},
        )


def refuse_wrong_options(profile: ModelProfile, request: ImageRequest) -> None:
    """Raise `RequestRefused` for options outside what the model is made for, before anything is loaded."""
    options = request.options
    least, most = profile.steps_range
    if options.steps is not None and not least <= options.steps <= most:
        raise RequestRefused(f"steps={options.steps}: {profile.title} takes from {least} to {most}")
    low, high = profile.guidance_range
    if options.guidance is not None and not low <= options.guidance <= high:
        raise RequestRefused(
            f"guidance={options.guidance:g}: {profile.title} takes from {low:g} to {high:g}"
        )
    starts = [shown for shown in request.references if shown.of == START]
    if len(starts) > 1:
        raise RequestRefused(f"{len(starts)} start pictures: a picture starts from one at most")
    strength = profile.strength if options.strength is None else options.strength
    if starts and int(steps_of(profile, options) * strength) < 1:
        raise RequestRefused(
            f"strength={strength:g} of {steps_of(profile, options)} steps redraws nothing; more is needed for one step"
        )


def asked_of(loaded: Loaded, requests: Sequence[ImageRequest]) -> Asked:
    """Return what the model is asked, its LoRAs, adapter and pipeline made ready for it."""
    from renders.engine.imaging.diffusion.identity import (
        ADAPTER,
        adapter_fitted,
        adapter_remedy,
        adapter_weights,
        faces_by_person,
        picture_of,
        refuse_with_slicing,
    )
    from renders.engine.imaging.diffusion.lora import loras_mixed, loras_of
    from renders.engine.imaging.diffusion.pipeline import as_kind

    request, profile = requests[0], loaded.found.profile
    options = request.options
    left_out: list[str] = []
    loras = loras_of(loaded.found, options.loras)
    people = faces_by_person(request.references, [person.key for person in request.cast])
    if people and (profile.family != "sdxl" or adapter_weights() is None):
        why = (
            f"{ADAPTER} is not here: {adapter_remedy()}"
            if profile.family == "sdxl"
            else "it has no adapter"
        )
        left_out.append(f"reference pictures of {', '.join(people)}: {why}")
        people = {}
    refuse_with_slicing(loaded, tuple(people))
    starts = tuple(
        picture_of(shown) for one in requests for shown in one.references if shown.of == START
    )
    as_kind(loaded, "start" if starts else "words")
    adapter_fitted(loaded, len(people), tightness=options.tightness)
    loras_mixed(loaded, loras)
    left_out += _left_out(profile, request, people)
    return Asked(
        profile=profile,
        texts=tuple(texts_of(one, family=profile.family) for one in requests),
        seeds=tuple(one.seed for one in requests),
        size=nearest_size(profile.sizes, request.width, request.height),
        wanted=(request.width, request.height),
        steps=steps_of(profile, options),
        guidance=guidance_of(profile, options.guidance, options.tightness),
        strength=profile.strength if options.strength is None else options.strength,
        starts=starts,
        faces={key: tuple(picture_of(one) for one in shown) for key, shown in people.items()},
        loras=loras,
        is_tiled="tiling" in ways_wanted(),
        left_out=tuple(left_out),
    )


def steps_of(profile: ModelProfile, options: PictureOptions) -> int:
    """Return the number of steps: what was given, else the profile's and those asked for over it, at most what it takes."""
    if options.steps is not None:
        return options.steps
    return max(profile.steps, min(profile.steps + options.more_steps, profile.steps_range[1]))


def guidance_of(profile: ModelProfile, given: float | None, tightness: float) -> float:
    """Return the guidance: what was given or the profile's, raised by tightness, never over what the model takes."""
    base = profile.guidance if given is None else given
    return min(base + TIGHTER_GUIDANCE * tightness, profile.guidance_range[1])


def _left_out(profile: ModelProfile, request: ImageRequest, people: dict[str, Any]) -> list[str]:
    left = []
    if not profile.takes_negative:
        left.append(
            f"what it must not show stands in the last sentence: {profile.title} reads no negative prompt "
            "(true_cfg_scale is 1)"
        )
    more = request.options.more_steps
    drawn = steps_of(profile, request.options) - profile.steps
    if request.options.steps is None and drawn < more:
        left.append(
            f"{more - drawn} of {more} more steps: {profile.title} takes at most {profile.steps_range[1]}"
        )
    keys = {person.key for person in request.cast}
    others = sorted(
        {one.of for one in request.references if one.of != START and one.of not in keys}
    )
    left += [f"the reference picture of {other}: no adapter for it" for other in others]
    has_start = any(one.of == START for one in request.references)
    if request.options.strength is not None and not has_start:
        left.append("strength: there is no start picture")
    return left


def _lora_told(path: Path, scale: float) -> dict[str, Any]:
    return {"file": path.name, "scale": scale, "fingerprint": fingerprint(path)}


def record_of(loaded: Loaded, asked: Asked, climbed: Climbed, number: int) -> dict[str, Any]:
    """Return a picture's parameters for the recipe: everything chosen, plain JSON values."""
    import torch

    way, text, profile = climbed.way, asked.texts[number], asked.profile
    return {
        "model": profile.id,
        "model_title": profile.title,
        "licence": profile.licence,
        "is_commercial": profile.is_commercial,
        "weights": {"name": loaded.found.path.name, "fingerprint": loaded.fingerprint},
        "pipeline": type(loaded.pipe).__name__,
        "scheduler": profile.scheduler,
        "scheduler_settings": dict(profile.scheduler_settings),
        "steps": asked.steps,
        "steps_drawn": asked.steps_drawn,
        "guidance": asked.guidance,
        "strength": asked.strength if asked.starts else None,
        "prompt": text.prompt,
        "prompt_2": text.second,
        "prompt_tokens": text.tokens,
        "negative": text.negative if profile.takes_negative else "",
        "dropped": [{"part": part, "words": words} for part, words in text.dropped],
        "drawn_at": [way.width, way.height],
        "trained_size": list(asked.size),
        "crop": list(covering_crop(way.width, way.height, asked.wanted)),
        "sized_to": list(asked.wanted),
        "loras": [_lora_told(Path(path), scale) for path, scale in asked.loras],
        "faces": {key: len(shown) for key, shown in asked.faces.items()},
        "device": loaded.device,
        "dtype": loaded.dtype,
        "memory": {
            "vae_slicing": True,
            "vae_tiling": way.is_tiled,
            "offload": loaded.is_offloaded,
            "attention_slicing": loaded.is_sliced,
            "peak_mb": peak_mb(torch, loaded.device),
        },
        "rungs": list(climbed.rungs),
        "batch": {"index": number, "of": len(asked.seeds), "together": way.together},
        "seed": asked.seeds[number],
        "left_out": list(asked.left_out),
        "software": dict(loaded.software),
    }
