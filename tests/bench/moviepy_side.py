"""MoviePy at its best (stills graded beforehand, plates of noise made once) or as it is usually written (all per frame).

Run: `python -m tests.bench.moviepy_side best|usual OUT WIDTH HEIGHT FPS FRAMES_A_SHOT MIXED_FRAMES NOISE STILL…`
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import numpy as np

PLATES = 8

Picture = np.ndarray
Paint = Callable[[Picture], Picture]


def light_of(width: int, height: int) -> np.ndarray:
    """Return a vignette's gains, float32 H×W×1."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    return (np.exp(-0.075 * (x * x + y * y)))[..., None]


def best(width: int, height: int, noise: float) -> Paint:
    """Return what a smart user lays over each frame: whole numbers, plates made once."""
    rng = np.random.default_rng(1)
    gain = np.round(light_of(width, height) * 256).astype(np.uint16)
    plates = [
        np.round(rng.normal(0, noise, (height, width, 1))).astype(np.int16) for _ in range(PLATES)
    ]
    turn = [0]

    def paint(frame: Picture) -> Picture:
        turn[0] += 1
        shaded = (frame * gain >> 8).astype(np.int16)
        shaded += plates[turn[0] % PLATES]
        return np.clip(shaded, 0, 255, out=shaded).astype(np.uint8)

    return paint


def usual(width: int, height: int, noise: float) -> Paint:
    """Return what a tutorial does to each frame: exposure, white balance, contrast, saturation, vignette, noise in floats."""
    rng = np.random.default_rng(1)
    gain = light_of(width, height)

    def paint(frame: Picture) -> Picture:
        picture = (frame.astype(np.float64) / 255.0) ** 2.2
        picture *= 2**0.1 * np.array([1.03, 1.0, 0.96])
        picture = np.clip(picture, 0, 1) ** (1 / 2.2)
        picture = (picture - 0.5) * 1.08 + 0.5
        luma = picture @ np.array([0.2126, 0.7152, 0.0722])
        picture = luma[..., None] + 1.05 * (picture - luma[..., None])
        picture = picture * gain + rng.normal(0, noise / 255, (height, width, 1))
        return (np.clip(picture, 0, 1) * 255).astype(np.uint8)

    return paint


def main(arguments: list[str]) -> None:
    """Render the stills as shots with a slow zoom and a crossfade between each two."""
    from apexsite.kit.ffmpeg import ffmpeg_path

    os.environ["IMAGEIO_FFMPEG_EXE"] = ffmpeg_path()
    from moviepy import CompositeVideoClip, ImageClip, vfx

    way, out, stills = arguments[0], arguments[1], arguments[8:]
    width, height, fps, frames, mixed, noise = (float(number) for number in arguments[2:8])
    size, length, fade = (int(width), int(height)), frames / fps, mixed / fps
    clips = []
    for number, path in enumerate(stills):
        still = ImageClip(path)
        cover = max(size[0] / still.w, size[1] / still.h)
        shown = length if number == len(stills) - 1 else length + fade
        moved = still.with_duration(shown).resized(lambda t, c=cover: c * (1.05 + 0.1 * t / length))
        shot = CompositeVideoClip([moved.with_position("center")], size=size, bg_color=(0, 0, 0))
        shot = shot.with_duration(shown).with_start(number * length)
        clips.append(shot.with_effects([vfx.CrossFadeIn(fade)]) if number else shot)
    film = CompositeVideoClip(clips, size=size).with_duration(len(stills) * length)
    paint = {"best": best, "usual": usual}[way](*size, noise)
    film.image_transform(paint).write_videofile(
        out, fps=fps, codec="libx264", preset="medium", audio=False, logger=None,
        ffmpeg_params=["-crf", "18", "-pix_fmt", "yuv420p", "-g", str(int(2 * fps))],
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
