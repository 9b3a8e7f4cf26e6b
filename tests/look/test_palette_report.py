"""Main colours of painted pictures to within ΔE 1, and what is said of them against a look."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.colour import delta_e_2000, lab_of_hex
from apexsite.kit.maincolours import main_colours
from projects.engine.bible import bible_from
from projects.engine.palettereport import palette_report, report_of

PALETTES = {
    "noir": (["#101B33", "#16505A", "#E08A2E", "#D81E8C", "#E9E1CF"], [0.5, 0.2, 0.15, 0.1, 0.05]),
    "seed": (["#2C3E50", "#ECF0F1", "#E74C3C"], [0.6, 0.3, 0.1]),
    "battle": (["#8B0000", "#2F4F4F", "#FFD700", "#FDBCB4"], [0.4, 0.4, 0.15, 0.05]),
    "greys": (["#202020", "#6E6E6E", "#C8C8C8"], [0.2, 0.5, 0.3]),
    "seven": (
        ["#1B2A4A", "#87B5D9", "#3E6B48", "#A8C64A", "#D9A92B", "#8E1F33", "#F4F4F2"],
        [0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05],
    ),
}


def painted(colours, shares, *, noise=0.0, size=160):
    """Return a picture of fields of known colours, in scattered blocks, with noise in codes on top."""
    rng = np.random.default_rng(5)
    blocks = (size // 8) ** 2
    counts = np.round(np.array(shares) * blocks).astype(int)
    counts[0] += blocks - counts.sum()
    which = rng.permutation(np.repeat(np.arange(len(colours)), counts)).reshape(size // 8, -1)
    codes = np.array([[int(c[at : at + 2], 16) for at in (1, 3, 5)] for c in colours])
    picture = np.kron(codes[which], np.ones((8, 8, 1)))
    if noise:
        picture = picture + rng.normal(0, noise, picture.shape)
    return np.clip(np.round(picture), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("noise", [0.0, 4.0])
@pytest.mark.parametrize("name", PALETTES)
def test_painted_colours_are_found_to_within_delta_e_one(name, noise):
    colours, shares = PALETTES[name]
    found = main_colours(painted(colours, shares, noise=noise))
    labs = np.array([main.lab for main in found])
    for colour, share in zip(colours, shares, strict=True):
        differences = delta_e_2000(lab_of_hex([colour]), labs)
        assert differences.min() < 1.0, (colour, [m.colour for m in found])
        assert found[int(differences.argmin())].share == pytest.approx(share, abs=0.02)
    assert len(found) == len(colours)


def test_soft_edges_pull_on_no_colour():
    colours, shares = PALETTES["noir"]
    picture = np.kron(painted(colours, shares), np.ones((2, 2, 1))).astype(float)
    soft = (2 * picture + np.roll(picture, 1, 0) + np.roll(picture, 1, 1)) / 4
    labs = np.array([m.lab for m in main_colours(soft.astype(np.uint8))])
    for colour in colours:
        assert delta_e_2000(lab_of_hex([colour]), labs).min() < 1.5


def test_the_same_picture_gives_the_same_colours():
    picture = painted(*PALETTES["seven"], noise=6)
    assert main_colours(picture) == main_colours(picture.copy())


def test_one_colour_is_one_colour():
    found = main_colours(np.full((40, 60, 3), (16, 27, 51), np.uint8))
    assert [(m.colour, m.share) for m in found] == [("#101B33", 1.0)]


def look(primary, skin=("#F0C9A8", "#C68A5E", "#6E4328")):
    return bible_from(
        {"color_palette": {"primary_colors": list(primary), "skin_tones": list(skin)}}
    )


def test_a_picture_in_its_looks_colours_lies_at_nothing():
    colours, shares = PALETTES["noir"]
    report = palette_report(painted(colours, shares), bible=look(colours))
    assert report.mean_delta_e < 0.5
    assert {pair.words for pair in report.pairs} == {"the same to the eye"}
    assert [pair.nearest for pair in report.pairs] == colours
    assert "the same to the eye" in report.sentence


def test_a_strange_colour_is_named_with_its_distance_and_share():
    colours = ["#101B33", "#16505A", "#A8C64A"]
    report = palette_report(painted(colours, [0.5, 0.2, 0.3]), bible=look(colours[:2]))
    lime = next(pair for pair in report.pairs if pair.colour == "#A8C64A")
    wanted = delta_e_2000(lab_of_hex([lime.colour]), lab_of_hex([lime.nearest]))[0]
    assert lime.delta_e == pytest.approx(wanted, abs=0.5)
    assert lime.words == "another colour"
    assert "lime, 30% of the picture" in report.sentence


def test_skin_is_held_against_skin_tones_where_somebody_is_seen():
    picture = painted(["#101B33", "#C08055"], [0.7, 0.3])
    bible = look(["#101B33", "#16505A"])
    report = palette_report(picture, bible=bible)
    skin = next(pair for pair in report.pairs if pair.is_skin)
    assert (skin.nearest, skin.share) == ("#C68A5E", pytest.approx(0.3, abs=0.02))
    assert report.mean_delta_e < 0.5
    assert report.skin_delta_e == pytest.approx(skin.delta_e)
    empty = palette_report(picture, bible=bible, with_people=False)
    assert not any(pair.is_skin for pair in empty.pairs)
    assert empty.mean_delta_e > 5


def test_a_colour_the_look_asks_for_is_no_skin():
    picture = painted(["#101B33", "#C68A5E"], [0.7, 0.3])
    report = palette_report(picture, bible=look(["#101B33", "#C68A5E"]))
    assert not any(pair.is_skin for pair in report.pairs)


def test_a_darker_one_of_the_same_is_said_so():
    found = main_colours(np.full((16, 16, 3), (12, 44, 50), np.uint8))
    report = report_of(found, bible=look(["#16505A"]))
    assert report.pairs[0].words == "a darker deep teal"


def test_a_report_goes_into_json():
    document = palette_report(painted(*PALETTES["seed"]), bible=look(["#2C3E50"])).to_document()
    assert document["colours"][0]["delta_e_2000"] < 1
    assert set(document) == {"colours", "mean_delta_e_2000", "skin_delta_e_2000", "sentence"}
