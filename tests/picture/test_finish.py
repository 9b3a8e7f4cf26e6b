"""The finish: sharpen, contrast, brightness, seeded grain, and the pull to a bible's palette."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from apexsite.kit.colour import lab_of_srgb
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3, png_bytes
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import TimeOfDay
from renders.engine.drift.asked import Asked, asked_of
from renders.engine.drift.shades import shaded_distance
from renders.engine.finish.brightness import brightness
from renders.engine.finish.contrast import contrast
from renders.engine.finish.grain import grain
from renders.engine.finish.palette import palette
from renders.engine.finish.sharpen import sharpen
from renders.engine.finish.steps import finished, steps_of
from renders.engine.imaging.base import ImageRequest, RenderedImage
from renders.engine.imaging.options import PictureOptions

GREEN = bible_from({"color_palette": {"primary_colors": ["#1B3A2F", "#7FA08A", "#D9C58B"]}})
REQUEST = ImageRequest(ShotBrief("s1", "office", "They talk"), (), GREEN, 96, 64, 7)


def asked() -> Asked:
    return asked_of(GREEN, time_of_day=TimeOfDay.DAY)


@pytest.fixture
def picture() -> Bytes3:
    """Return a scene of flat colours with edges, 64×96."""
    pixels = np.full((64, 96, 3), 96, np.uint8)
    pixels[:32, :48] = (150, 40, 160)
    pixels[32:, 48:] = (60, 70, 170)
    pixels[20:44, 30:60] = (190, 180, 176)
    return pixels


def test_sharpening_widens_the_step_at_an_edge_and_leaves_flats(picture: Bytes3) -> None:
    sharp = sharpen(picture, 1.0)
    row, before = sharp[30].astype(int), picture[30].astype(int)
    assert np.abs(np.diff(row[:, 0])).max() > np.abs(np.diff(before[:, 0])).max()
    assert (sharp[4, 4] == picture[4, 4]).all()


def test_contrast_and_brightness_go_both_ways_from_rest(picture: Bytes3) -> None:
    assert contrast(picture, -0.6).std() < picture.std() < contrast(picture, 0.6).std()
    assert brightness(picture, -0.6).mean() < picture.mean() < brightness(picture, 0.6).mean()
    assert (contrast(picture, 0.0) == picture).all()
    assert (brightness(picture, 0.0) == picture).all()


def test_grain_is_its_seeds_and_of_the_size_asked() -> None:
    flat = np.full((200, 300, 3), 118, np.uint8)
    once = grain(flat, 0.5, seed=7)
    assert (once == grain(flat, 0.5, seed=7)).all()
    assert (once != grain(flat, 0.5, seed=8)).any()
    weak = grain(flat, 0.25, seed=7).std()
    assert 1.7 < once.std() / weak < 2.3


def test_grain_lies_in_the_middle_greys_and_leaves_black_and_white() -> None:
    assert (grain(np.zeros((40, 40, 3), np.uint8), 1.0, seed=1) == 0).all()
    assert (grain(np.full((40, 40, 3), 255, np.uint8), 1.0, seed=1) == 255).all()
    dark, middle = (grain(np.full((90, 90, 3), v, np.uint8), 1.0, seed=1).std() for v in (16, 128))
    assert middle > 1.6 * dark


def test_the_palette_pull_comes_nearer_the_stronger_it_is(picture: Bytes3) -> None:
    def away(strength: float) -> float:
        lab = lab_of_srgb(palette(picture, strength, asked=asked()) / 255.0)
        return shaded_distance(lab, np.concatenate([asked().colours, asked().skin]))

    distances = [away(strength) for strength in (0.0, 0.3, 0.6, 1.0)]
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] < 0.75 * distances[0]


def test_the_palette_pull_moves_the_key_to_the_hours(picture: Bytes3) -> None:
    night = asked_of(GREEN, time_of_day=TimeOfDay.NIGHT)
    before = lab_of_srgb(picture / 255.0)[..., 0].mean()
    after = lab_of_srgb(palette(picture, 1.0, asked=night) / 255.0)[..., 0].mean()
    assert abs(after - night.key) < 0.4 * abs(before - night.key)


def test_the_palette_pull_spares_skin() -> None:
    scene = np.full((60, 90, 3), (70, 90, 150), np.uint8)
    scene[20:40, 35:50] = (224, 172, 105)
    lab = lab_of_srgb(scene / 255.0)
    pulled = lab_of_srgb(palette(scene, 1.0, asked=asked()) / 255.0)
    moved = np.hypot(*(pulled - lab)[..., 1:].transpose(2, 0, 1))
    assert moved[30, 42] < 0.4 * moved[5, 5]


def test_steps_are_done_in_one_order_and_told(picture: Bytes3) -> None:
    options = PictureOptions(finish={"grain": 0.4, "sharpen": 0.5, "contrast": 0.2})
    turned = PictureOptions(finish={"contrast": 0.2, "grain": 0.4, "sharpen": 0.5})
    image = RenderedImage(picture, "sketch", "1", {"seed": 7})
    one = finished(image, replace(REQUEST, options=options))
    other = finished(image, replace(REQUEST, options=turned))
    assert png_bytes(one.pixels) == png_bytes(other.pixels)
    assert list(one.parameters["finish"]) == ["contrast", "sharpen", "grain"]
    assert one.parameters["seed"] == 7


def test_nothing_asked_leaves_the_picture_as_it_came(picture: Bytes3) -> None:
    image = RenderedImage(picture, "sketch", "1", {})
    assert finished(image, REQUEST) is image


def test_tightness_pulls_to_the_palette_at_least_as_strong() -> None:
    assert steps_of(PictureOptions(tightness=0.6)) == {"palette": 0.6}
    assert steps_of(PictureOptions(tightness=0.3, finish={"palette": 0.5})) == {"palette": 0.5}


@pytest.mark.parametrize(
    ("finish", "words"),
    [
        ({"blur": 0.2}, "'blur' is not known; valid: palette 0 to 1, brightness -1 to 1"),
        ({"sharpen": -0.1}, "finish.sharpen=-0.1 must be a number from 0 to 1"),
        ({"contrast": 1.5}, "from -1 to 1"),
        ({"grain": True}, "finish.grain=True must be a number"),
        ({"grain": float("nan")}, "must be a number"),
        ("strong", "must be steps with numbers"),
    ],
)
def test_unusable_steps_are_refused_with_what_is_valid(finish: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        PictureOptions.from_document({"finish": finish})
