"""The finish of a picture: the steps its options name, in one fixed order, kept in the picture's parameters."""

from __future__ import annotations

from dataclasses import replace

from apexsite.kit.pixels import Bytes3
from renders.engine.drift.asked import asked_of
from renders.engine.finish.brightness import brightness
from renders.engine.finish.contrast import contrast
from renders.engine.finish.grain import grain
from renders.engine.finish.palette import palette
from renders.engine.finish.ranges import finish_checked
from renders.engine.finish.sharpen import sharpen
from renders.engine.imaging.base import ImageRequest, RenderedImage
from renders.engine.imaging.options import PictureOptions


def steps_of(options: PictureOptions) -> dict[str, float]:
    """Return the steps with their numbers, in order; tightness is a pull to the palette at least as strong."""
    steps = dict(options.finish)
    steps["palette"] = max(steps.get("palette", 0.0), options.tightness)
    return finish_checked(steps)


def finished(image: RenderedImage, request: ImageRequest) -> RenderedImage:
    """Return the picture after its finish, with the steps in `parameters["finish"]`; without any, as it came.

    The same picture, options and seed give the same bytes.
    """
    steps = steps_of(request.options)
    if not steps:
        return image
    pixels = image.pixels
    for name, amount in steps.items():
        pixels = _step(name, pixels, amount, request)
    return replace(image, pixels=pixels, parameters={**image.parameters, "finish": steps})


def _step(name: str, pixels: Bytes3, amount: float, request: ImageRequest) -> Bytes3:
    brief = request.brief
    if name == "palette":
        asked = asked_of(request.bible, time_of_day=brief.time_of_day, mood=brief.mood)
        return palette(pixels, amount, asked=asked)
    if name == "grain":
        return grain(pixels, amount, seed=request.seed)
    plain = {"brightness": brightness, "contrast": contrast, "sharpen": sharpen}
    return plain[name](pixels, amount)
