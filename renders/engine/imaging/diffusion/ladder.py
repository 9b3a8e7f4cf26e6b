"""When memory runs out: the same picture in smaller ways, one rung after another, each told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apexsite.kit.errors import OutOfMemory
from renders.engine.imaging.diffusion.memory import is_out_of_memory
from renders.engine.imaging.diffusion.sizes import lower_size

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """How an order is drawn: raster, how many together, VAE in tiles, model offloaded."""

    width: int
    height: int
    together: int = 1
    is_tiled: bool = False
    is_offloaded: bool = False


@dataclass(frozen=True, slots=True)
class Climbed:
    """The pictures, the way they were drawn at last, and the rungs on the way in words."""

    pictures: Sequence[Image]
    way: Way
    rungs: tuple[str, ...]


def rungs(way: Way, *, can_offload: bool) -> Iterator[tuple[str, Way]]:
    """Yield ever smaller ways with their names: tile the VAE, offload, halve the batch to one, lower the raster.

    Source: the order of the costs, least first: tiles change hardly a pixel, a lower raster changes the picture. House choice.
    """
    if not way.is_tiled:
        way = replace(way, is_tiled=True)
        yield "VAE in tiles", way
    if can_offload and not way.is_offloaded:
        way = replace(way, is_offloaded=True)
        yield "model offloaded to main memory", way
    while way.together > 1:
        way = replace(way, together=(way.together + 1) // 2)
        yield f"{way.together} at once", way
    while (lower := lower_size(way.width, way.height)) is not None:
        way = replace(way, width=lower[0], height=lower[1])
        yield f"drawn at {lower[0]}×{lower[1]}", way


def climbed(
    draw: Callable[[Way], Sequence[Image]],
    way: Way,
    *,
    can_offload: bool,
    clean: Callable[[], None],
) -> Climbed:
    """Draw, and again in a smaller way for as long as memory runs out; raises `OutOfMemory` after the last rung."""
    taken: list[str] = []
    ladder = rungs(way, can_offload=can_offload)
    while True:
        try:
            return Climbed(draw(way), way, tuple(taken))
        except (RuntimeError, MemoryError) as err:
            if not is_out_of_memory(err):
                raise
            why = str(err).splitlines()[0] if str(err) else type(err).__name__
        # Outside the except: the error's traceback would keep the tensors alive.
        clean()
        name, next_way = next(ladder, ("", None))
        if next_way is None:
            raise OutOfMemory(
                f"the picture does not fit into memory at {way.width}×{way.height}: {why}; tried: "
                f"{', '.join(taken) or 'nothing smaller is left'}",
                rungs=tuple(taken),
            )
        log.warning("out of memory (%s): trying %s", why, name)
        taken.append(name)
        way = next_way
