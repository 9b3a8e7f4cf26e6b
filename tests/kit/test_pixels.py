"""Pictures at the door: junk, bombs and wrong shapes are refused with what is valid."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import png_bytes, read_picture, require_picture, to_bytes, to_float


def bomb(width: int, height: int) -> bytes:
    """Return a true PNG of a huge size whose rows are all zero: a few hundred kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    packer = zlib.compressobj(9)
    row = b"\0" * (width + 1)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def test_a_picture_comes_back_as_it_was_kept(tmp_path):
    pixels = np.random.default_rng(1).integers(0, 256, (9, 16, 3), dtype=np.uint8)
    assert (read_picture(png_bytes(pixels)) == pixels).all()


def test_the_same_pixels_are_the_same_bytes():
    pixels = np.full((9, 16, 3), 77, dtype=np.uint8)
    assert png_bytes(pixels) == png_bytes(pixels.copy())


def test_thirty_thousand_squared_is_refused_before_it_is_decoded():
    with pytest.raises(InputError, match="megapixels"):
        read_picture(bomb(30_000, 30_000))


@pytest.mark.parametrize("junk", [b"", b"<html></html>", b"\x89PNG\r\n\x1a\n" + b"x" * 50])
def test_what_is_no_picture_is_refused(junk):
    with pytest.raises(InputError, match="PNG, JPEG or WebP"):
        read_picture(junk)


def test_a_truncated_picture_is_refused():
    buffer = io.BytesIO()
    Image.fromarray(np.random.default_rng(2).integers(0, 256, (64, 64, 3), dtype=np.uint8)).save(
        buffer, "PNG"
    )
    with pytest.raises(InputError):
        read_picture(buffer.getvalue()[:2000])


def test_a_gif_is_refused_although_pillow_could_read_it():
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "GIF")
    with pytest.raises(InputError):
        read_picture(buffer.getvalue())


def test_bytes_to_floats_and_back_is_the_identity():
    pixels = np.arange(256, dtype=np.uint8).repeat(3).reshape(16, 16, 3)
    assert (to_bytes(to_float(pixels)) == pixels).all()


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 4), (0, 4, 3)])
def test_a_wrong_shape_is_named(shape):
    with pytest.raises(InputError, match="shape"):
        require_picture(np.zeros(shape, dtype=np.uint8))
