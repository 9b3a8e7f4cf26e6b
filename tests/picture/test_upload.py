"""Pictures people bring: what is taken, how it is brought to the film's shape, what is refused."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from apexsite.kit.errors import InputError
from renders.engine.imaging.upload import read_upload


def file_of(picture: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    """Return a picture as a file's bytes."""
    out = io.BytesIO()
    picture.save(out, file_format, **options)
    return out.getvalue()


def read(content: bytes, name: str = "frame.png"):
    """Read a file for a film of 16:9."""
    return read_upload(content, name=name, width=1920, height=1080)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_the_four_formats_are_taken(file_format):
    picture = read(file_of(Image.new("RGB", (320, 180), (200, 90, 40)), file_format))
    assert picture.pixels.shape == (180, 320, 3)
    assert np.abs(picture.pixels[90, 160].astype(int) - (200, 90, 40)).max() <= 3
    assert not picture.is_cropped


def test_a_picture_of_another_shape_is_cropped_at_its_centre_and_said_to_be():
    wide = Image.new("RGB", (600, 180))
    wide.paste((0, 255, 0), (140, 0, 460, 180))
    picture = read(file_of(wide))
    assert picture.crop == (140, 0, 320, 180)
    assert picture.is_cropped
    assert (picture.pixels == (0, 255, 0)).all()


def test_a_sideways_photograph_stands_upright():
    sideways = Image.new("RGB", (180, 320))
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = read(file_of(sideways, "JPEG", exif=exif), "photo.jpg")
    assert (picture.file_width, picture.file_height) == (320, 180)


def test_what_is_see_through_stands_on_grey():
    picture = read(file_of(Image.new("RGBA", (320, 180), (255, 0, 0, 0))))
    assert (picture.pixels == 46).all()


def test_a_colour_profile_is_applied_not_dropped():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile whose red is sRGB's green and the other way round: a red file shows green.
    swapped = srgb.replace(b"rXYZ", b"tXYZ", 1).replace(b"gXYZ", b"rXYZ", 1)
    swapped = swapped.replace(b"tXYZ", b"gXYZ", 1)
    picture = read(file_of(Image.new("RGB", (320, 180), (255, 0, 0)), icc_profile=swapped))
    assert picture.had_profile
    assert picture.pixels[90, 160].tolist()[1] > 250 > 5 > picture.pixels[90, 160].tolist()[0]


def test_a_picture_of_sixteen_bits_keeps_its_tones():
    ramp = np.tile(np.linspace(0, 65535, 320).astype(np.uint16), (180, 1))
    picture = read(file_of(Image.fromarray(ramp)))
    assert abs(int(picture.pixels[0, 160, 0]) - 128) <= 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><script>alert(1)</script></html>", "is not a picture"),
        (b"", "is not a picture"),
        (file_of(Image.new("RGB", (320, 180)))[:200], "broken"),
        (file_of(Image.new("RGB", (320, 20))), "64 pixels or more"),
        (b"GIF89a" + bytes(100), "is not a picture"),
    ],
)
def test_what_is_no_usable_picture_is_refused_in_words(content, words):
    with pytest.raises(InputError, match=words):
        read(content)


def test_a_picture_that_would_fill_the_memory_is_refused_by_its_head():
    head = file_of(Image.new("L", (20_000, 4_000)))
    with pytest.raises(InputError, match=r"million pixels|broken"):
        read(head)
