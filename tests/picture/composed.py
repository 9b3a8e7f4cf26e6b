"""Rendered frames whose composition is known: a figure on or off the thirds, halves that mirror each other or do not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from apexsite.kit.pixels import Bytes3

HEIGHT, WIDTH = 216, 384


def thirds_scene(seed: int, *, good: bool) -> Bytes3:
    """Return a room with furniture and one person: on a vertical third, or at the centre or an edge."""
    rng = np.random.default_rng([seed, good])
    x = float(rng.choice([1 / 3, 2 / 3])) + float(rng.uniform(-0.03, 0.03))
    if not good:
        x = float(rng.choice([0.5, 0.1, 0.9])) + float(rng.uniform(-0.04, 0.04))
    return _grained(_person(_room(rng), rng, x), rng)


def mirror_scene(seed: int, *, good: bool) -> Bytes3:
    """Return a set and a person in its middle: one half the other's mirror image but for light and grain, or not."""
    rng = np.random.default_rng([seed, good])
    room = _room(rng)
    if good:
        half = room.crop((0, 0, WIDTH // 2, HEIGHT))
        room.paste(half.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (WIDTH // 2, 0))
    return _grained(_person(room, rng, 0.5), rng)


def palette_chart(seed: int) -> tuple[Bytes3, npt.NDArray[np.float64]]:
    """Return a grained picture of five colours in unequal fields, and the colours (5, 3) from 0 to 255."""
    rng = np.random.default_rng([seed, 7])
    hues = np.array([[40, 50, 70], [120, 140, 150], [200, 170, 120], [150, 60, 50], [70, 110, 60]])
    colours = hues + rng.uniform(-25, 25, hues.shape)
    edges = np.cumsum([0.0, 0.34, 0.24, 0.18, 0.14]) * WIDTH
    fields = np.searchsorted(edges[1:], np.arange(WIDTH), side="right")
    picture = np.repeat(colours[fields][None], HEIGHT, axis=0)
    picture = picture + rng.normal(0, 3, picture.shape)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8), colours


def area_under(good: Sequence[float], bad: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often a good one beats a bad one, ties counted half."""
    a, b = np.array(good)[:, None], np.array(bad)[None]
    return float(((a > b) + 0.5 * (a == b)).mean())


def _room(rng: np.random.Generator) -> Image.Image:
    tone = rng.uniform(70, 150, 3)
    fall = (
        np.linspace(1.1, 0.8, HEIGHT)[:, None, None] * np.linspace(0.95, 1.05, WIDTH)[None, :, None]
    )
    plane = Image.fromarray(np.clip(tone * fall, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(plane)
    floor = int(HEIGHT * rng.uniform(0.66, 0.78))
    draw.rectangle((0, floor, WIDTH, HEIGHT), fill=tuple(int(v) for v in tone * 0.72))
    for _ in range(6):
        x, y = rng.uniform(0, WIDTH), rng.uniform(20, floor)
        w, h = rng.uniform(14, 46, 2)
        paint = tuple(int(v) for v in np.clip(tone * rng.uniform(0.78, 1.2), 0, 255))
        draw.rectangle((x - w / 2, y - h / 2, x + w / 2, y + h / 2), fill=paint)
    return plane.filter(ImageFilter.GaussianBlur(1.2))


def _person(room: Image.Image, rng: np.random.Generator, x: float) -> Image.Image:
    draw = ImageDraw.Draw(room)
    at, head = x * WIDTH, rng.uniform(13, 19)
    top = HEIGHT * rng.uniform(0.26, 0.38)
    coat = tuple(int(v) for v in rng.uniform(15, 55, 3))
    skin = tuple(int(v) for v in np.array([226, 184, 150]) * rng.uniform(0.85, 1.05))
    shoulder = top + head * 2.2
    draw.polygon(
        [
            (at - head * 1.7, shoulder + head * 0.7),
            (at - head * 0.9, shoulder),
            (at + head * 0.9, shoulder),
            (at + head * 1.7, shoulder + head * 0.7),
            (at + head * 1.3, HEIGHT * 0.97),
            (at - head * 1.3, HEIGHT * 0.97),
        ],
        fill=coat,
    )
    draw.ellipse((at - head * 0.8, top, at + head * 0.8, top + head * 2.1), fill=skin)
    draw.pieslice(
        (at - head * 0.85, top - 3, at + head * 0.85, top + head * 1.4), 180, 360, fill=coat
    )
    return room.filter(ImageFilter.GaussianBlur(0.6))


def _grained(picture: Image.Image, rng: np.random.Generator) -> Bytes3:
    plane = np.asarray(picture, dtype=np.float64)
    plane = plane + rng.normal(0, 1.5, plane.shape[:2])[..., None]
    return np.clip(np.rint(plane), 0, 255).astype(np.uint8)
