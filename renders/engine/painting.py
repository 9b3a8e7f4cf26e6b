"""One frame of the film from the timeline: which stills, which windows, which mix, drawn as 4:2:0 planes of 8 or 10 bits."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError, listed
from apexsite.kit.pixels import Codes, Floats3, read_picture, to_float
from apexsite.kit.seeds import seed_mix
from projects.engine.framing import CameraMove
from renders.engine.deepclips import DeepClips
from renders.engine.grading.colourspace import Planes, planes_of
from renders.engine.grading.grain import noise_offsets, noise_plates
from renders.engine.grading.stills import FilmGrades
from renders.engine.grading.vignette import vignette_sides
from renders.engine.motion.easing import curve_named
from renders.engine.motion.moves import placed_window
from renders.engine.motion.resample import Drawn, Finish, draw_plane
from renders.engine.motion.streak import draw_streaked
from renders.engine.motion.taps import Axis, Taps, chroma_axis, luma_axis, taps_of
from renders.engine.motion.window import WHOLE
from renders.engine.timeline.matches import clip_window, seen_frames
from renders.engine.timeline.model import Timeline
from renders.engine.transitions.base import IN_PLACE, Mix, Placement, fade_gain
from renders.engine.transitions.registry import TRANSITIONS

DEPTHS: dict[int, type[np.uint8] | type[np.uint16]] = {8: np.uint8, 10: np.uint16}

STILLS_HELD = 2
"""Stills in memory at once: a transition needs two."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One clip in one frame: its number, its frame counted from its own start, its weight and place in the mix.

    With a `streak` there are two layers, the later clip first, and the camera swings from the other to it.
    """

    clip: int
    frame: int
    weight: float
    placed: Placement = IN_PLACE
    streak: tuple[float, float] | None = None


def layers_at(timeline: Timeline, frame: int) -> tuple[tuple[Layer, ...], float]:
    """Return the one or two layers of a film's frame and its brightness, fades and dips included."""
    starts = timeline.starts()
    index = max(number for number, start in enumerate(starts) if start <= frame)
    clip, local = timeline.clips[index], frame - starts[index]
    mix = Mix(before=0.0, after=1.0)
    if index and local < clip.transition_in_frames and clip.transition_in in TRANSITIONS:
        kind = TRANSITIONS[clip.transition_in]
        mix = kind.draw(
            frame=local,
            duration_frames=clip.transition_in_frames,
            curve=curve_named(clip.transition_curve or kind.curve),
            match=clip.match,
        )
    gain = mix.gain * fade_gain(
        frame=frame,
        duration_frames=timeline.duration_frames,
        fade_in=timeline.fade_in_frames,
        fade_out=timeline.fade_out_frames,
    )
    layers = [Layer(index, local, mix.after, mix.after_at, mix.streak)] if mix.after else []
    if mix.before:
        before = timeline.clips[index - 1].duration_frames + local
        layers.append(Layer(index - 1, before, mix.before, mix.before_at, mix.streak))
    return tuple(layers), gain


class FramePainter:
    """Draws any frame of a timeline, each alone and always the same; holds the last stills it graded."""

    def __init__(
        self,
        timeline: Timeline,
        *,
        grade: Mapping[str, Any] | FilmGrades,
        film_grain: float = 0.0,
        seed: int,
        depth: int = 8,
    ) -> None:
        """`grade` is stage 1 for all shots, with `film_grain` beside it, or all four stages for each shot."""
        if depth not in DEPTHS:
            raise InputError(f"depth={depth} must be one of {listed(DEPTHS)}")
        self._codes = DEPTHS[depth]
        self.timeline = timeline
        self.seconds_prepare = 0.0
        self._seed = seed
        if not isinstance(grade, FilmGrades):
            grade = FilmGrades.read(grade, film_grain=film_grain)
        self.grades = grade
        self._most_grain = max(self.grades.of(c.shot_code)["film_grain"] for c in timeline.clips)
        self._plates = noise_plates(
            width=timeline.width, height=timeline.height, film_grain=self._most_grain, seed=seed
        )
        self._hashes = {c.shot_code: grade.of(c.shot_code).grade_hash for c in timeline.clips}
        self._stills: OrderedDict[tuple[Path, str], Planes] = OrderedDict()
        self._deep = DeepClips(timeline, graded=self._graded, seed=seed)

    def frame(self, number: int) -> Codes:
        """Return frame `number`: Y, Cb, Cr one after the other, BT.709 limited, chroma left-sited.

        Its codes are uint8 at 8 bits and uint16 at 10, each rounded once, from the 16 bits of the stills, with dither.
        """
        width, height = self.timeline.width, self.timeline.height
        size, half = width * height, (width // 2) * (height // 2)
        out = np.empty(size + 2 * half, self._codes)
        y = out[:size].reshape(height, width)
        cb = out[size : size + half].reshape(height // 2, width // 2)
        cr = out[size + half :].reshape(height // 2, width // 2)
        layers, gain = layers_at(self.timeline, number)
        placed = [(self._still(layer), self._axes(layer), layer.weight) for layer in layers]
        luma = tuple(
            Drawn(still.y, *_taps(axes, still.y.shape, y.shape), weight)
            for still, axes, weight in placed
        )
        self._draw(luma, layers, finish=self._finish(layers, plane=0, gain=gain), out=y)
        halves = [
            (_taps(_halved(axes), still.cb.shape, cb.shape), still, weight)
            for still, axes, weight in placed
        ]
        blue = tuple(Drawn(still.cb, *taps, weight) for taps, still, weight in halves)
        red = tuple(Drawn(still.cr, *taps, weight) for taps, still, weight in halves)
        self._draw(blue, layers, finish=self._finish(layers, plane=1, gain=gain), out=cb)
        self._draw(red, layers, finish=self._finish(layers, plane=2, gain=gain), out=cr)
        return out

    def again(self) -> FramePainter:
        """Return another painter of the same frames, for another thread; both read the same noise."""
        other = copy.copy(self)
        other._stills = OrderedDict()
        other._deep = DeepClips(self.timeline, graded=other._graded, seed=self._seed)
        return other

    def depends_on(self, number: int) -> str:
        """Return all that a frame depends on but the pictures' pixels, as text: the same text, the same frame."""
        layers, gain = layers_at(self.timeline, number)
        parts: list[object] = [self._seed, self._most_grain, gain, self._codes.__name__]
        for layer in layers:
            clip = self.timeline.clips[layer.clip]
            window = clip_window(self.timeline, layer.clip, frame=layer.frame, seed=self._seed)
            parts += [layer.frame, layer.weight, layer.placed, layer.streak, window]
            parts += [clip.shot_code, clip.move, self._hashes[clip.shot_code]]
            if clip.motion.is_deep:
                # Sub-frames and layers are seen from all along the move; depth counts by its content, below.
                parts += [replace(clip.motion, depth=None), seen_frames(self.timeline, layer.clip)]
        return repr(parts)

    def pictures_of(self, number: int) -> list[Path]:
        """Return the pictures a frame is drawn from, in the order of its layers, each followed by its depth."""
        layers, _ = layers_at(self.timeline, number)
        clips = [self.timeline.clips[layer.clip] for layer in layers]
        files = [path for clip in clips for path in (clip.picture, clip.motion.depth)]
        return [path for path in files if path is not None]

    def _draw(
        self,
        drawn: tuple[Drawn, ...],
        layers: tuple[Layer, ...],
        *,
        finish: Finish,
        out: Codes,
    ) -> None:
        streak = layers[0].streak
        if streak is None:
            draw_plane(drawn, finish=finish, out=out)
            return
        to_left = self.timeline.clips[layers[0].clip].move is CameraMove.PAN_LEFT
        draw_streaked(drawn[1], drawn[0], path=streak, to_left=to_left, finish=finish, out=out)

    def _still(self, layer: Layer) -> Planes:
        clip = self.timeline.clips[layer.clip]
        if clip.motion.is_deep:
            return self._deep.planes(layer.clip, layer.frame)
        key = (clip.picture, self._hashes[clip.shot_code])
        if key not in self._stills:
            began = perf_counter()
            while len(self._stills) >= STILLS_HELD:
                self._stills.popitem(last=False)
            self._stills[key] = planes_of(self._graded(layer.clip))
            self.seconds_prepare += perf_counter() - began
        self._stills.move_to_end(key)
        return self._stills[key]

    def _graded(self, number: int) -> Floats3:
        """Return a clip's graded still."""
        clip = self.timeline.clips[number]
        pixels = to_float(read_picture(clip.picture))
        return self.grades.graded(pixels, shot_code=clip.shot_code)

    def _axes(self, layer: Layer) -> tuple[Axis, Axis]:
        """Return the rows' and the columns' axis of a layer's window over its still, which it covers."""
        if self.timeline.clips[layer.clip].motion.is_deep:
            window = WHOLE  # its frame is made already
        else:
            window = clip_window(self.timeline, layer.clip, frame=layer.frame, seed=self._seed)
        if layer.placed is not IN_PLACE:
            window = placed_window(
                window,
                scale=layer.placed.scale,
                shift_x=layer.placed.shift_x,
                shift_y=layer.placed.shift_y,
            )
        tall, wide = self._still(layer).y.shape
        shape = min(wide / self.timeline.width, tall / self.timeline.height)
        cover_wide, cover_tall = shape * self.timeline.width, shape * self.timeline.height
        length_x, length_y = cover_wide / window.zoom, cover_tall / window.zoom
        start_x = (wide - cover_wide) / 2 + window.centre_x * cover_wide - length_x / 2
        start_y = (tall - cover_tall) / 2 + window.centre_y * cover_tall - length_y / 2
        return (
            luma_axis(start=start_y, length=length_y, samples=self.timeline.height),
            luma_axis(start=start_x, length=length_x, samples=self.timeline.width),
        )

    def _mixed(self, layers: tuple[Layer, ...], name: str) -> float:
        """Return a number of stage 4 that lies on the frame, mixed as its layers are."""
        clips = self.timeline.clips
        values = [self.grades.of(clips[layer.clip].shot_code)[name] for layer in layers]
        if len(set(values)) == 1:
            return values[0]
        weights = [layer.weight for layer in layers]
        return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)

    def _finish(self, layers: tuple[Layer, ...], *, plane: int, gain: float) -> Finish:
        # Grain counts from the shot's own start: a shot moved in the film keeps its frames, and what is rendered of it.
        code = self.timeline.clips[layers[0].clip].shot_code
        grain_y, grain_x, dither_y, dither_x = noise_offsets(
            frame=layers[0].frame, seed=seed_mix(self._seed, plane, code)
        )
        is_luma = plane == 0
        grain = self._mixed(layers, "film_grain") / (self._most_grain or 1.0)
        width, height = self.timeline.width, self.timeline.height
        sides: dict[str, npt.NDArray[np.float32]] = {}
        if vignette := self._mixed(layers, "vignette"):
            tall, wide = (height, width) if is_luma else (height // 2, width // 2)
            rows, columns = vignette_sides(height=tall, width=wide, amount=vignette)
            sides = {"shade_rows": rows, "shade_columns": columns}
        return Finish(
            zero=16.0 if is_luma else 128.0,
            least=16.0,
            most=235.0 if is_luma else 240.0,
            gain=gain,
            grain=self._plates.grain,
            grain_codes=self._plates.grain_codes * grain if is_luma else 0.0,
            grain_at=(grain_y, grain_x),
            dither=self._plates.dither,
            dither_at=(dither_y, dither_x),
            **sides,
        )


def _halved(axes: tuple[Axis, Axis]) -> tuple[Axis, Axis]:
    rows, columns = axes
    return chroma_axis(rows, is_left_sited=False), chroma_axis(columns, is_left_sited=True)


def _taps(
    axes: tuple[Axis, Axis], source: tuple[int, ...], out: tuple[int, ...]
) -> tuple[Taps, Taps]:
    rows, columns = axes
    return (
        taps_of(rows, samples=out[0], limit=source[0]),
        taps_of(columns, samples=out[1], limit=source[1]),
    )
