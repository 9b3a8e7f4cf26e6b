"""One call of a pipeline: seeds by picture, progress by step, and a stop between two steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apexsite.kit.progress import Progress

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Order:
    """What one call draws: as many pictures as `seeds`, each with its own words, `seconds` for the second text encoder; `extra` is the family's own arguments.

    `starts` are start pictures at the raster drawn, one a seed, or none; `strength` is how much of them is redrawn.
    `faces` are the pictures of each identity slot, the same for all.
    """

    prompts: tuple[str, ...]
    seconds: tuple[str, ...]
    negatives: tuple[str, ...]
    seeds: tuple[int, ...]
    width: int
    height: int
    steps: int
    guidance: float
    starts: tuple[Image, ...] = ()
    strength: float = 1.0
    faces: tuple[tuple[Image, ...], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def part(self, first: int, count: int) -> Order:
        """Return the order of `count` of its pictures from `first` on."""
        cut = slice(first, first + count)
        return Order(
            self.prompts[cut],
            self.seconds[cut],
            self.negatives[cut],
            self.seeds[cut],
            self.width,
            self.height,
            self.steps,
            self.guidance,
            self.starts[cut],
            self.strength,
            self.faces,
            self.extra,
        )


@dataclass(slots=True)
class StepTeller:
    """Tells each finished step; a `Cancelled` from the listener ends the drawing before the next step."""

    progress: Progress
    steps_before: int = 0
    steps_total: int = 0

    def __call__(
        self, pipe: Any, step: int, timestep: Any, tensors: dict[str, Any]
    ) -> dict[str, Any]:
        """Answer diffusers' `callback_on_step_end`."""
        total = self.steps_total or int(pipe.num_timesteps)
        done = self.steps_before + step + 1
        try:
            self.progress.advance(done, total, f"step {done} of {total}")
        except BaseException:
            # Both ways at once: the flag for what still looks at it, the error so that nothing is decoded.
            pipe._interrupt = True
            raise
        return {}


def pictures_drawn(pipe: Any, order: Order, teller: StepTeller) -> Sequence[Image]:
    """Draw the pictures of an order in one call, RGB at the raster drawn.

    Each picture has a generator of its own on the processor, so a seed means the same starting noise on every GPU and at
    every place of a batch. Source: huggingface/diffusers#6233.
    """
    import torch

    arguments: dict[str, Any] = {
        "prompt": list(order.prompts),
        "prompt_2": list(order.seconds),
        "num_inference_steps": order.steps,
        "guidance_scale": order.guidance,
        "generator": [torch.Generator("cpu").manual_seed(seed) for seed in order.seeds],
        "callback_on_step_end": teller,
        "callback_on_step_end_tensor_inputs": [],
        **order.extra,
    }
    if any(order.negatives):
        arguments["negative_prompt"] = list(order.negatives)
    if order.starts:
        arguments |= {"image": list(order.starts), "strength": order.strength}
    else:
        arguments |= {"width": order.width, "height": order.height}
    if order.faces:
        arguments["ip_adapter_image"] = [list(slot) for slot in order.faces]
    try:
        made: Sequence[Image] = pipe(**arguments).images
    finally:
        pipe.maybe_free_model_hooks()
    return made
