"""The final tier's local engine: SDXL and its kin, and FLUX, drawn by diffusers from weights on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from apexsite.kit.errors import BackendError, InputError, NotAvailable, RequestRefused
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from renders.engine.imaging.base import Capabilities, ImageRequest, RenderedImage
from renders.engine.imaging.diffusion.asked import Asked, asked_of, record_of, refuse_wrong_options
from renders.engine.imaging.diffusion.places import availability, found_model
from renders.engine.imaging.diffusion.profiles import profile_of, profiles

if TYPE_CHECKING:
    from renders.engine.imaging.diffusion.ladder import Climbed, Way
    from renders.engine.imaging.diffusion.loop import Order
    from renders.engine.imaging.diffusion.pipeline import Loaded

ENGINE = "sdxl"
VERSION = "1"
LEDGER_DEFAULT = "sdxl-base-1.0"
MOST_REFERENCES = 4
"""A start picture and a face of each of three people."""
BLACK = 2
"""A picture with nothing brighter is no picture: SDXL's VAE in fp16 gives such ones. House choice, of 255."""


class SdxlBackend:
    """Draws with a local diffusion model; the same request, weights, device and libraries give the same bytes."""

    @property
    def capabilities(self) -> Capabilities:
        """Say what the engine can do with the model it draws with when none is named, here or not.

        A studio's own model is in no ledger: `model_id` is empty then, and its licence is what its profile says.
        """
        try:
            profile = found_model("").profile
        except (NotAvailable, InputError):
            profile = profile_of(LEDGER_DEFAULT)
        return Capabilities(
            name=ENGINE,
            title="SDXL and kin on this machine",
            tier="final",
            is_deterministic=True,
            needs_network=False,
            licence=profile.licence,
            is_commercial=profile.is_commercial,
            most_pixels=8192 * 8192,
            dialect="prose" if profile.family == "flux" else "clip",
            sizes=profile.sizes,
            most_references=MOST_REFERENCES,
            takes_negative=profile.takes_negative,
            takes_start=True,
            draws_in_steps=True,
            seed="exact",
            model_id=profile.id if profile.id in profiles() else "",
        )

    def availability(self) -> Availability:
        """Say whether libraries and weights are here; loads nothing."""
        return availability()

    def render(self, request: ImageRequest, progress: Progress) -> RenderedImage:
        """Draw one picture.

        Raises `NotAvailable` without libraries or weights, `RequestRefused` for options the model has no part for,
        `OutOfMemory` after the last rung of the ladder, `BackendError` when a model breaks, `Cancelled` between two steps.
        """
        return self.render_batch([request], progress)[0]

    def render_batch(
        self, requests: Sequence[ImageRequest], progress: Progress, *, together: int = 1
    ) -> list[RenderedImage]:
        """Draw several pictures that share size and options, `together` of them through the model at once.

        At one at a time each has the very bytes it has alone. Together they start from the same noise as alone, but sums
        run in another order: pixels differ by a level or so, which the recipe's `batch` tells.
        """
        from renders.engine.imaging.diffusion.ladder import Way
        from renders.engine.imaging.diffusion.warm import WARM

        first = requests[0]
        shared = [(r.width, r.height, r.options, r.references) for r in requests]
        if any(one != shared[0] for one in shared):
            raise RequestRefused("the pictures of a batch must share size, options and references")
        try:
            found = found_model(first.options.model)
        except InputError as err:
            raise RequestRefused(err.message) from err
        refuse_wrong_options(found.profile, first)
        with WARM.held(found, progress) as loaded:
            asked = asked_of(loaded, requests)
            way = Way(*asked.size, together=together, is_tiled=asked.is_tiled)
            climbed = _drawn(loaded, asked, way, progress)
            return [
                _finished(loaded, asked, climbed, request, number)
                for number, request in enumerate(requests)
            ]


def _drawn(loaded: Loaded, asked: Asked, way: Way, progress: Progress) -> Climbed:
    """Draw all pictures of a batch, on the ladder."""
    import torch

    from renders.engine.imaging.diffusion.ladder import climbed
    from renders.engine.imaging.diffusion.memory import clean, peak_reset

    peak_reset(torch, loaded.device)

    def draw(way: Way) -> Sequence[Any]:
        return _by_way(loaded, asked, way, progress)

    try:
        return climbed(
            draw,
            way,
            can_offload=loaded.device == "cuda" and not loaded.is_offloaded,
            clean=lambda: clean(torch),
        )
    except (RuntimeError, ValueError, TypeError, AttributeError, IndexError) as err:
        raise BackendError(f"{loaded.found.profile.title} broke: {err}", permanent=True) from err


def _by_way(loaded: Loaded, asked: Asked, way: Way, progress: Progress) -> Sequence[Any]:
    from renders.engine.imaging.diffusion.loop import StepTeller, pictures_drawn
    from renders.engine.imaging.diffusion.pipeline import placed

    if way.is_offloaded and not loaded.is_offloaded:
        placed(loaded, is_offloaded=True)
    vae = loaded.pipe.vae
    vae.enable_tiling() if way.is_tiled else vae.disable_tiling()
    order: Order = asked.order_at(way.width, way.height)
    made: list[Any] = []
    per_call = asked.steps_drawn
    calls = -(-len(order.seeds) // way.together)
    for number in range(calls):
        teller = StepTeller(progress, number * per_call, calls * per_call)
        part = order.part(number * way.together, way.together)
        made += pictures_drawn(loaded.pipe, part, teller)
    return made


def _finished(
    loaded: Loaded, asked: Asked, climbed: Climbed, request: ImageRequest, number: int
) -> RenderedImage:
    """Bring a drawn picture to the raster asked for, with the story of its making."""
    import numpy as np

    from renders.engine.imaging.diffusion.sizes import brought_to

    drawn = climbed.pictures[number]
    pixels = np.asarray(drawn, dtype=np.uint8)
    if pixels.max() <= BLACK:
        raise BackendError(
            f"{loaded.found.profile.title} gave a black picture: its decoder ran over in {loaded.dtype}",
            permanent=True,
        )
    sized = brought_to(drawn.convert("RGB"), (request.width, request.height))
    parameters = record_of(loaded, asked, climbed, number)
    return RenderedImage(np.asarray(sized, dtype=np.uint8), ENGINE, VERSION, parameters)
