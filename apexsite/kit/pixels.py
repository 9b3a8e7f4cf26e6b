"""The picture convention: `uint8` or `float32` arrays H×W×3, sRGB-encoded, 0–255 or [0, 1]; and its door checks."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError

Bytes3 = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.unsignedinteger[Any]]
"""Codes of a plane: 8 bits in uint8, 10 bits in uint16."""
Floats3 = npt.NDArray[np.float32]

MOST_PIXELS = 120_000_000
"""Largest picture that is decoded. House choice: 10 K × 10 K stills pass, a 30 000 × 30 000 bomb does not."""


def require_picture(pixels: npt.NDArray[np.generic], *, name: str = "pixels") -> None:
    """Raise `InputError` unless the array is H×W×3 uint8, or float32, with at least one pixel."""
    if pixels.ndim != 3 or pixels.shape[2] != 3 or 0 in pixels.shape:
        raise InputError(f"{name} must have shape (H, W, 3), got {pixels.shape}")
    if pixels.dtype not in (np.uint8, np.float32):
        raise InputError(f"{name} must be uint8 or float32, got {pixels.dtype}")


def to_float(pixels: Bytes3) -> Floats3:
    """Return uint8 0–255 as float32 [0, 1], still sRGB-encoded."""
    return np.asarray(pixels, dtype=np.float32) / np.float32(255.0)


def to_bytes(pixels: Floats3) -> Bytes3:
    """Return float32 [0, 1] as uint8, rounded, values outside clipped."""
    return np.asarray(np.rint(np.clip(pixels, 0.0, 1.0) * 255.0), dtype=np.uint8)


def png_bytes(pixels: Bytes3) -> bytes:
    """Return a PNG of uint8 H×W×3; the same pixels give the same bytes."""
    from PIL import Image

    require_picture(pixels)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def jpeg_bytes(pixels: Bytes3, *, quality: int = 88) -> bytes:
    """Return a JPEG (4:4:4, quality 1–95) of uint8 H×W×3."""
    from PIL import Image

    require_picture(pixels)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality, subsampling=0)
    return buffer.getvalue()


def read_picture(source: Path | bytes) -> Bytes3:
    """Return the pixels of a PNG, JPEG or WebP as uint8 H×W×3, sRGB.

    Raises `InputError` when it is no picture of these kinds, is broken, or is larger than `MOST_PIXELS`.
    """
    from PIL import Image, UnidentifiedImageError

    name = source.name if isinstance(source, Path) else "picture"
    stream = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
    try:
        with stream, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(stream, formats=("PNG", "JPEG", "WEBP")) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise InputError(
                        f"{name} is {width}×{height}; at most {MOST_PIXELS // 1_000_000} megapixels are read"
                    )
                return np.asarray(image.convert("RGB"), dtype=np.uint8)
    except Image.DecompressionBombError as err:
        raise InputError(
            f"{name} is too large; at most {MOST_PIXELS // 1_000_000} megapixels are read"
        ) from err
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as err:
        raise InputError(f"{name} is not a readable PNG, JPEG or WebP picture: {err}") from err
