"""An artist's own picture: read, checked, turned upright, brought to sRGB, cropped to the film's shape."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3
from renders.engine.imaging.base import Capabilities

if TYPE_CHECKING:
    from PIL.Image import Image

UPLOAD = Capabilities(
    name="upload",
    title="Your own picture",
    tier="any",
    is_deterministic=True,
    needs_network=False,
    licence="the uploader's own; not stated",
    is_commercial=False,
    most_pixels=60_000_000,
)
"""What an artist's own picture is as an engine: any fidelity, no words read, its licence told by nobody."""
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF")
MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = UPLOAD.most_pixels
LEAST_SIDE = 64
"""House choices: what a camera or a painting program saves, and what two cores score in a second."""


@dataclass(frozen=True, slots=True)
class UploadedPicture:
    """Pixels uint8 H×W×3 sRGB, and what was done to them: the file's format and size, the crop (x, y, w, h)."""

    pixels: Bytes3
    file_format: str
    file_width: int
    file_height: int
    crop: tuple[int, int, int, int]
    had_profile: bool

    @property
    def is_cropped(self) -> bool:
        """Return whether something of the picture was cut away."""
        lost = self.file_width - self.crop[2], self.file_height - self.crop[3]
        return max(lost) > 1


def read_upload(content: bytes, *, name: str, width: int, height: int) -> UploadedPicture:
    """Return an uploaded file as a picture of the shape width:height, cropped at its centre.

    Raises `InputError` for what is no picture (whatever its name says), too large, too small, or moving.
    """
    import numpy as np

    if len(content) > MOST_BYTES:
        raise InputError(
            f"{name} has {len(content)} bytes; at most {MOST_BYTES // 1024**2} MB are taken"
        )
    picture, file_format = _opened(content, name)
    upright, had_profile = _plain(picture)
    crop = _centred(upright.width, upright.height, Fraction(width, height))
    x, y, w, h = crop
    pixels = np.asarray(upright.crop((x, y, x + w, y + h)), dtype=np.uint8)
    return UploadedPicture(pixels, file_format, upright.width, upright.height, crop, had_profile)


def _opened(content: bytes, name: str) -> tuple[Image, str]:
    from PIL import Image, UnidentifiedImageError

    valid = ", ".join(FORMATS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise InputError(
                    f"{name} is {picture.width}×{picture.height}; "
                    f"at most {MOST_PIXELS // 10**6} million pixels are taken"
                )
            if min(picture.size) < LEAST_SIDE:
                raise InputError(
                    f"{name} is {picture.width}×{picture.height}; "
                    f"each side must be {LEAST_SIDE} pixels or more"
                )
            picture.load()
    except UnidentifiedImageError as err:
        raise InputError(f"{name} is not a picture; valid are {valid} files") from err
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as err:
        raise InputError(f"{name} is broken and could not be read: {err}") from err
    return picture, str(picture.format)


def _plain(picture: Image) -> tuple[Image, bool]:
    """Return the picture upright, opaque, in sRGB, and whether it carried a colour profile of its own."""
    from PIL import Image, ImageCms, ImageOps

    upright = ImageOps.exif_transpose(picture)
    profile = picture.info.get("icc_profile")
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        # What is see-through stands on middle grey, the surround it will be judged in.
        rgba = upright.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, (46, 46, 46, 255))
        upright = Image.alpha_composite(ground, rgba).convert("RGB")
    elif upright.mode.startswith("I;16") or upright.mode == "I":
        upright = upright.point(lambda value: value / 257).convert("L")
    if profile and upright.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(upright, source, srgb, outputMode="RGB")
            if made is not None:
                return made, True
        except (ImageCms.PyCMSError, OSError):
            # A broken profile says nothing of the colours; the numbers are taken as sRGB, as browsers do.
            return upright.convert("RGB"), False
    return upright.convert("RGB"), False


def _centred(width: int, height: int, shape: Fraction) -> tuple[int, int, int, int]:
    """Return the largest centred window of a shape, as (x, y, width, height) with even sides for the film's chroma."""
    kept_width = min(width, round(height * shape))
    kept_height = min(height, round(width / shape))
    kept_width, kept_height = kept_width // 2 * 2, kept_height // 2 * 2
    return (width - kept_width) // 2, (height - kept_height) // 2, kept_width, kept_height
