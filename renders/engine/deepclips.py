"""Clips with depth or an open shutter: each of their frames is made of light, then drawn on like a still."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Floats3
from renders.engine.grading.colourspace import Planes, planes_of
from renders.engine.motion.deep import coded, draw_light, light_of, shutter_times
from renders.engine.motion.layers import (
    LEAST_LAYERS,
    MOST_LAYERS,
    DepthLayer,
    depth_layers,
    flat_layer,
)
from renders.engine.motion.parallax import cover_zoom, layer_window, spread
from renders.engine.motion.window import Window
from renders.engine.timeline.matches import clip_window, seen_frames
from renders.engine.timeline.model import Timeline

Light = npt.NDArray[np.float32]

CLIPS_HELD = 2
"""Clips whose layers are in memory at once: a transition needs two."""

STEP_PIXELS = 2.0
"""Most that two neighbouring layers move apart: less than is seen as a double edge. House choice, looked at."""

STRAY = 0.005
"""Share of the nearest and of the farthest pixels that does not set the range. House choice: strands, a gap in a wall."""

SPARE = 1.25
"""How much wider than the film a layer is kept. House choice: room for the moves, no more memory than that."""


class DeepClips:
    """Makes frames of a timeline's deep clips; `graded` returns the graded still of a clip by its number."""

    def __init__(self, timeline: Timeline, *, graded: Callable[[int], Floats3], seed: int) -> None:
        self.timeline = timeline
        self._graded, self._seed = graded, seed
        self._layers: OrderedDict[int, tuple[DepthLayer, ...]] = OrderedDict()
        self._covers: dict[int, float] = {}
        self._frames: OrderedDict[tuple[int, int], Planes] = OrderedDict()

    def planes(self, number: int, frame: int) -> Planes:
        """Return a clip's frame at the film's raster, counted from the clip's own start."""
        key = (number, frame)
        if key not in self._frames:
            while len(self._frames) >= CLIPS_HELD:
                self._frames.popitem(last=False)
            self._frames[key] = planes_of(self._frame(number, frame))
        return self._frames[key]

    def windows(self, number: int, frame: float) -> tuple[Window, ...]:
        """Return each layer's window at a frame, or between two."""
        if number not in self._covers:
            last = max(seen_frames(self.timeline, number) - 1, 1)
            self._covers[number] = cover_zoom(lambda way: self._seen_from(number, way * last))
        cover = self._covers[number]
        return tuple(
            Window(w.centre_x, w.centre_y, w.zoom * cover) for w in self._seen_from(number, frame)
        )

    def _frame(self, number: int, frame: int) -> Floats3:
        width, height = self.timeline.width, self.timeline.height
        layers, motion = self._of(number), self.timeline.clips[number].motion
        open_at, close_at = (self.windows(number, frame + half) for half in (-0.5, 0.5))
        travel = max(spread(a, b) for a, b in zip(open_at, close_at, strict=True))
        times = shutter_times(frame, degrees=motion.shutter_degrees, travel_pixels=travel * width)
        light = np.zeros((3, height, width), np.float32)
        for time in times:
            light += draw_light(layers, self.windows(number, time), width=width, height=height)
        return coded(light / np.float32(len(times)))

    def _seen_from(self, number: int, frame: float) -> tuple[Window, ...]:
        if self.timeline.clips[number].motion.depth is None:
            return (self._base(number, frame),)
        return self._apart(number, frame, [layer.nearness for layer in self._of(number)])

    def _base(self, number: int, frame: float) -> Window:
        return clip_window(self.timeline, number, frame=frame, seed=self._seed)

    def _apart(self, number: int, frame: float, depths: Sequence[float]) -> tuple[Window, ...]:
        """Return the windows of some depths at a frame, before the picture is made to cover the frame."""
        clip = self.timeline.clips[number]
        last = max(seen_frames(self.timeline, number) - 1, 1)
        base, first, end = (self._base(number, at) for at in (frame, 0, last))
        gone = (base.zoom - first.zoom) / ((end.zoom - first.zoom) or 1.0)
        focus, parallax = clip.motion.focus, clip.motion.parallax
        return tuple(
            layer_window(clip.move, base, nearness=depth, focus=focus, parallax=parallax, way=gone)
            for depth in depths
        )

    def _count(self, number: int) -> int:
        """Return how many layers it takes for neighbours to lie at most `STEP_PIXELS` apart at the move's ends."""
        last = max(seen_frames(self.timeline, number) - 1, 1)
        most = max(spread(*self._apart(number, at, (0.0, 1.0))) for at in (0, last))
        wanted = math.ceil(most * self.timeline.width / STEP_PIXELS) + 1
        return min(max(wanted, LEAST_LAYERS), MOST_LAYERS)

    def _of(self, number: int) -> tuple[DepthLayer, ...]:
        if number not in self._layers:
            while len(self._layers) >= CLIPS_HELD:
                self._layers.popitem(last=False)
            self._layers[number] = self._made(number)
        self._layers.move_to_end(number)
        return self._layers[number]

    def _made(self, number: int) -> tuple[DepthLayer, ...]:
        clip = self.timeline.clips[number]
        light = light_of(self._graded(number))
        depth = None
        if clip.motion.depth is not None:
            depth = read_depth(
                clip.motion.depth,
                shape=light.shape[:2],
                shot=clip.shot_code,
                metres=(clip.motion.depth_near_m, clip.motion.depth_far_m),
            )
        widest = SPARE * max(
            self.timeline.width, self.timeline.height * light.shape[1] / light.shape[0]
        )
        if light.shape[1] > widest:
            size = round(widest), round(widest * light.shape[0] / light.shape[1])
            light = np.stack([_reduced(light[..., c], size) for c in range(3)], axis=-1)
            depth = None if depth is None else _reduced(depth, size)
        if depth is None:
            return flat_layer(light)
        motion = clip.motion
        return depth_layers(
            light,
            depth,
            count=self._count(number),
            focus=motion.focus,
            aperture=motion.aperture,
        )


def read_depth(
    path: object, *, shape: Sequence[int], shot: str, metres: tuple[float, float] = (0.0, 0.0)
) -> Light:
    """Return a grey picture as nearness, float32 [0, 1], at the still's shape; 8 or 16 bits are taken.

    With `metres` it holds distances between these two, near black and far white, as the previz stage writes them. Raises `InputError` for what is no grey picture, or one of another shape (more than a pixel off its ratio).
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(str(path)) as opened:
            opened.load()
            held = np.asarray(opened)
    except (OSError, UnidentifiedImageError) as err:
        raise InputError(f"depth of shot {shot} cannot be read as a picture: {err}") from err
    if held.ndim != 2 or held.dtype not in (np.uint8, np.uint16, np.int32):
        raise InputError(f"depth of shot {shot} must be a grey picture of 8 or 16 bits")
    most = 255.0 if held.dtype == np.uint8 else 65535.0
    depth: Light = np.clip(held.astype(np.float32) / np.float32(most), 0.0, 1.0).astype(np.float32)
    if any(metres):
        depth = nearness_of(depth, near_m=metres[0], far_m=metres[1])
    if abs(held.shape[1] * shape[0] - held.shape[0] * shape[1]) > max(*shape, *held.shape):
        raise InputError(
            f"depth of shot {shot} is {held.shape[1]}×{held.shape[0]}, its still {shape[1]}×{shape[0]}: "
            "they must have one shape"
        )
    if held.shape != tuple(shape[:2]):
        depth = _reduced(depth, (shape[1], shape[0]))
    return depth


def nearness_of(share: Light, *, near_m: float, far_m: float) -> Light:
    """Return nearness, 1 for the nearest of a picture to 0 for its farthest, of distances from `near_m` to `far_m`.

    `share` says how far on the way between the two each pixel lies. Nearness is even in the inverse distance, as a moving
    camera sees things move apart, and spans what the picture holds but for `STRAY` at either end: a file may begin
    far before the first thing. Source: pinhole camera. Raises `InputError` where all is equally far.
    """
    inverse = 1.0 / (near_m + share.astype(np.float64) * (far_m - near_m))
    farthest, nearest = np.quantile(inverse, (STRAY, 1.0 - STRAY))
    if not nearest > farthest:
        farthest, nearest = float(inverse.min()), float(inverse.max())
    if not nearest > farthest:
        raise InputError(
            f"depth holds one distance only, {1.0 / nearest:.2f} m; nothing can move apart"
        )
    nearness = (inverse - farthest) / (nearest - farthest)
    return np.asarray(np.clip(nearness, 0.0, 1.0), np.float32)


def _reduced(plane: Light, size: tuple[int, int]) -> Light:
    from PIL import Image

    resized = Image.fromarray(plane).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(np.clip(np.asarray(resized, np.float32), 0.0, 1.0), np.float32)
