"""Pictures spoiled by known amounts: what the scores are held to, in the tests and in `make bench WHAT=pictures`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from apexsite.kit.pixels import Bytes3, jpeg_bytes, read_picture

HEIGHT, WIDTH = 216, 384
SEVERITIES = (1, 2, 3, 4, 5)

PHOTOGRAPHS: tuple[str, ...] = (
    "astronaut.png",
    "camera.png",
    "chelsea.png",
    "coffee.png",
    "coins.png",
    "ihc.png",
    "moon.png",
    "motorcycle_left.png",
    "motorcycle_right.png",
    "rocket.jpg",
)
"""Photographs that lie in scikit-image's wheel. Its textures (brick, grass, gravel) are one surface each, its clock is
moved on purpose and its galaxies are stars over noise: no frames of a film."""

MADE = 14


def scene(seed: int, *, height: int = HEIGHT, width: int = WIDTH) -> Bytes3:
    """Return a made picture: sky gradient, ground, hills and boxes with shade, a face-like disc, fine detail."""
    rng = np.random.default_rng(seed)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float64)
    top, low = rng.uniform(40, 110, 3), rng.uniform(130, 205, 3)
    picture = top + (low - top) * (ys / height)[..., None]
    horizon = height * rng.integers(110, 160) / HEIGHT
    ground = rng.uniform(40, 90, 3)
    shade = (0.8 + 0.5 * (ys - horizon) / height)[..., None]
    picture = np.where((ys > horizon)[..., None], ground * shade, picture)
    unit = height / HEIGHT
    for _ in range(9):
        x, y, w, h = rng.uniform(0, width), rng.uniform(50, HEIGHT) * unit, *rng.uniform(14, 60, 2)
        box = (np.abs(xs - x) < w * unit / 2) & (np.abs(ys - y) < h * unit)
        paint = rng.uniform(25, 235, 3) * (0.8 + 0.3 * xs / width)[..., None]
        picture = np.where(box[..., None], paint, picture)
    disc = (xs - width / 3) ** 2 + (ys - 90 * unit) ** 2 < (28 * unit) ** 2
    light = (0.75 + 0.3 * (xs - width / 3 + 28) / 56)[..., None]
    picture = np.where(disc[..., None], np.array([214, 170, 130]) * light, picture)
    weave = (4 * np.sin(xs * 1.3) * np.sin(ys * 1.1))[..., None] * (ys > horizon)[..., None]
    return np.clip(np.rint(picture + weave), 0, 255).astype(np.uint8)


@cache
def photograph(name: str) -> Bytes3:
    """Return a photograph of scikit-image's wheel, uint8 H×W×3 as it came."""
    import skimage

    with Image.open(Path(skimage.__file__).parent / "data" / name) as opened:
        return np.asarray(opened.convert("RGB"), dtype=np.uint8)


def pictures() -> Iterator[tuple[str, Bytes3]]:
    """Yield all pictures by name: those made here, then the photographs."""
    for seed in range(MADE):
        yield f"made {seed}", scene(seed)
    for name in PHOTOGRAPHS:
        yield name, photograph(name)


def blurred(picture: Bytes3, severity: int) -> Bytes3:
    """Blur by a sigma of 0.8 to 4.5 pixels."""
    sigma = (0.8, 1.3, 2.0, 3.0, 4.5)[severity - 1]
    soft = gaussian_filter(picture.astype(np.float32), (sigma, sigma, 0))
    return np.rint(soft).astype(np.uint8)


def noisy(picture: Bytes3, severity: int) -> Bytes3:
    """Add grey noise with a sigma of 3 to 24 codes."""
    sigma = (3, 6, 10, 16, 24)[severity - 1]
    noise = np.random.default_rng(severity).normal(0, sigma, picture.shape[:2])[..., None]
    return np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)


def squeezed(picture: Bytes3, severity: int) -> Bytes3:
    """Encode as JPEG of quality 45 down to 6."""
    return read_picture(jpeg_bytes(picture, quality=(45, 30, 20, 12, 6)[severity - 1]))


def stepped(picture: Bytes3, severity: int) -> Bytes3:
    """Keep only every 2nd to 12th code, as 7 to 4½ bits would."""
    step = (2, 3, 5, 8, 12)[severity - 1]
    return (picture // step * step + step // 2).astype(np.uint8)


def exposed(picture: Bytes3, severity: int) -> Bytes3:
    """Open by 0.7 to 3.5 stops."""
    light = (picture / 255.0) ** 2.2 * 2.0 ** (0.7 * severity)
    return np.rint(np.clip(light, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def dimmed(picture: Bytes3, severity: int) -> Bytes3:
    """Close by 1.2 to 6 stops."""
    light = (picture / 255.0) ** 2.2 * 2.0 ** (-1.2 * severity)
    return np.rint(light ** (1 / 2.2) * 255).astype(np.uint8)


LADDERS: dict[str, tuple[str, Callable[[Bytes3, int], Bytes3]]] = {
    "blur": ("blur", blurred),
    "noise": ("noise", noisy),
    "jpeg": ("compression", squeezed),
    "banding": ("banding", stepped),
    "over": ("exposure", exposed),
    "under": ("exposure", dimmed),
}
"""By name: the sub-score it must lower, and how a picture is spoiled by a severity of 1 to 5."""
