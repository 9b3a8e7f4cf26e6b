"""What light and lens do to the finished painting: key falloff, vignette, bloom, split tone, weather streaks, paper grain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from apexsite.kit.pixels import Bytes3, Floats3
from renders.engine.imaging.sketch.light import Light
from renders.engine.imaging.sketch.palette import Colour, Scheme, at_luma

if TYPE_CHECKING:
    from PIL import Image


def light_map(width: int, height: int, light: Light) -> Floats3:
    """Return float32 H×W×3 factors: brighter toward the key side and above, cooler away from it (house choice)."""
    x = np.linspace(-1.0, 1.0, width, dtype=np.float32)[None, :]
    y = np.linspace(-1.0, 1.0, height, dtype=np.float32)[:, None]
    toward = 0.5 + 0.5 * np.tanh(1.3 * (x * light.side - 0.30 * y))
    low = 1.0 - 0.62 * light.contrast
    level = (low + (1.16 - low) * toward)[..., None] * np.float32(light.exposure)
    key, shadow = np.asarray(light.key), np.asarray(at_luma(light.shadow, 0.75))
    tint = shadow + (key - shadow) * (0.35 + 0.65 * toward[..., None])
    return np.asarray(level * tint, dtype=np.float32)


def relight(image: Image.Image, light: Light) -> Image.Image:
    """Return the set under its light."""
    from PIL import Image as pil

    pixels = np.asarray(image, dtype=np.float32)
    lit = pixels * _spread(light, image.width, image.height)
    return pil.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def _spread(light: Light, width: int, height: int) -> Floats3:
    from PIL import Image as pil

    small = light_map(96, 54, light)
    planes = [
        np.asarray(pil.fromarray(small[..., c]).resize((width, height), pil.Resampling.BILINEAR))
        for c in range(3)
    ]
    return np.stack(planes, axis=-1)


def finish(image: Image.Image, light: Light, scheme: Scheme, rng: np.random.Generator) -> Bytes3:
    """Return the painting with bloom, split tone, vignette and paper grain, uint8 H×W×3."""
    from PIL import Image as pil
    from PIL import ImageChops, ImageFilter

    width, height = image.size
    unit = min(width, height)
    quarter = image.resize((max(1, width // 4), max(1, height // 4)), pil.Resampling.BOX)
    glare = quarter.point([max(0, round((v - 150) * 0.75)) for v in range(256)] * 3)
    glare = glare.filter(ImageFilter.GaussianBlur(max(0.8, unit * 0.009)))
    glare = glare.resize((width, height), pil.Resampling.BILINEAR)
    bloomed = ImageChops.screen(image, glare)
    x = np.asarray(bloomed, dtype=np.float32) * np.float32(1 / 255)
    grey = (x @ np.asarray([0.2126, 0.7152, 0.0722], dtype=np.float32))[..., None]
    dark = np.asarray(at_luma(scheme.base, 0.22), dtype=np.float32)
    pale = np.asarray(at_luma(scheme.light, 0.86), dtype=np.float32)
    toned = dark * (grey * 4.2 * (1 - grey)) * (1 - grey) + pale * grey * grey + grey * (1 - grey)
    x += (toned - x) * np.float32(0.17)
    x *= _vignette(width, height, light.vignette)
    x += _grain(width, height, rng)
    return np.asarray(np.clip(x * 255.0 + 0.5, 0, 255), dtype=np.uint8)


def _vignette(width: int, height: int, depth: float) -> Floats3:
    x = np.linspace(-1.0, 1.0, width, dtype=np.float32)[None, :]
    y = np.linspace(-1.0, 1.0, height, dtype=np.float32)[:, None]
    r2 = x * x * 0.75 + y * y * 0.62
    return np.asarray((1.0 - np.float32(depth * 0.52) * r2 * r2**0.3)[..., None], dtype=np.float32)


def _grain(width: int, height: int, rng: np.random.Generator) -> Floats3:
    from PIL import Image as pil

    def noise(scale: float) -> Floats3:
        w, h = max(2, round(width / scale)), max(2, round(height / scale))
        raw = rng.standard_normal((h, w), dtype=np.float32)
        big = pil.fromarray(raw).resize((width, height), pil.Resampling.BICUBIC)
        return np.asarray(big, dtype=np.float32)

    cell = max(1.0, min(width, height) / 620)
    paper = noise(cell) * np.float32(0.011) + noise(cell * 5) * np.float32(0.006)
    return paper[..., None]


def fall_of_weather(
    image: Image.Image, words: str, light: Light, rng: np.random.Generator
) -> Image.Image:
    """Return the picture with rain streaks, snow flakes or fog laid over it, as the words say."""
    import re

    from PIL import Image as pil
    from PIL import ImageDraw, ImageFilter

    width, height = image.size
    if re.search(r"fog|mist|haze|smoke", words, re.I):
        share = np.linspace(0.18, 0.62, height, dtype=np.float32)
        waves = 1.0 + 0.25 * np.sin(np.linspace(0, 7, width) + rng.uniform(0, 6))
        mask = np.clip(share[:, None] * waves[None, :] * 255, 0, 255).astype(np.uint8)
        tone: Colour = at_luma(light.haze, 0.3 if light.is_night else 0.78)
        image = image.copy()
        image.paste(tuple(round(c * 255) for c in tone), (0, 0), pil.fromarray(mask))
    is_snow = bool(re.search(r"snow|blizzard", words, re.I))
    if not is_snow and not re.search(r"rain|storm|drizzle|downpour", words, re.I):
        return image
    veil = pil.new("L", image.size, 0)
    draw = ImageDraw.Draw(veil)
    for layer in range(3):
        near = (0.5, 1.0, 2.0)[layer]
        count = (260, 150, 34)[layer] if not is_snow else (260, 130, 36)[layer]
        xs, ys = rng.uniform(-0.1, 1.1, count) * width, rng.uniform(-0.15, 1.0, count) * height
        for x, y in zip(xs, ys, strict=True):
            if is_snow:
                r = height * 0.0032 * near * rng.uniform(0.6, 1.3)
                draw.ellipse((x - r, y - r, x + r, y + r), fill=(150, 185, 130)[layer])
            else:
                long = height * 0.055 * near * rng.uniform(0.6, 1.3)
                draw.line(
                    (x, y, x - long * 0.14, y + long),
                    fill=(60, 80, 48)[layer],
                    width=max(1, round(height * 0.0013 * near)),
                )
    veil = veil.filter(ImageFilter.GaussianBlur(height * (0.0016 if is_snow else 0.0007)))
    tint = at_luma(light.rim, 0.85)
    image = image.copy()
    image.paste(tuple(round(c * 255) for c in tint), (0, 0), veil)
    return image
