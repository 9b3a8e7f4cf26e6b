"""Looks laid over one another by weight: 0 changes nothing, 1 replaces, between them everything moves evenly."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.colour import delta_e_2000, hex_of_lab, lab_of_hex
from projects.engine.bible import bible_from
from projects.engine.biblefaults import bible_faults
from projects.engine.biblemerge import (
    effective,
    merge_elements,
    mixed_colours,
    override_of_style,
    style_of_scene,
)
from projects.engine.bibleschema import SCHEMA, put_at, value_at
from tests.projects.test_bible_schema import SCENE_STYLE
from tests.projects.test_bibles import SEED

OTHER = {
    "colours": ["#8B0000", "#2F4F4F"], "lenses": ["24mm"], "number": 0.75, "whole": 3, "line": "dread", "key": "noir",
    "elements": [{"name": "fog", "value": "low", "weight": 1.0}],
}  # fmt: skip


def other(field):
    if field.name == "grade.temperature_kelvin":
        return 3200.0
    return field.valid[-1] if field.kind == "choice" else OTHER[field.kind]


@pytest.mark.parametrize("field", SCHEMA, ids=lambda field: field.name)
def test_weight_nought_changes_nothing_and_one_replaces(field):
    base = bible_from(SEED).document
    override = {"weights": {field.name: 0}}
    put_at(override, field.path, other(field))
    assert bible_from(SEED, override).document == base
    override["weights"][field.name] = 1
    whole = bible_from(SEED, override).document
    assert value_at(whole, field.path) == other(field)
    del override["weights"]
    assert bible_from(SEED, override).document == whole
    assert "weights" not in whole


def test_numbers_go_evenly_from_one_to_the_other():
    for weight in (0.25, 0.5, 0.8):
        bible = bible_from(
            {"grade": {"exposure_stops": 1.0}},
            {"grade": {"exposure_stops": -1.0}, "sharpness": 2, "weights": {"grade": weight, "sharpness": weight}},
        )  # fmt: skip
        assert bible.grade["exposure_stops"] == pytest.approx(1.0 - 2.0 * weight)
        assert bible.document["sharpness"] == round(8 - 6 * weight)


def test_colours_mix_in_lab_and_the_way_is_even():
    before, after = ["#2C3E50", "#ECF0F1"], ["#8B0000", "#2F4F4F"]
    start, end = lab_of_hex(before), lab_of_hex(after)
    for weight in (0.2, 0.5, 0.9):
        mixed = lab_of_hex(mixed_colours(before, after, weight))
        assert delta_e_2000(mixed, start + weight * (end - start)).max() < 0.6
    assert len(mixed_colours(before, [*after, "#FFD700"], 0.4)) == 2
    assert mixed_colours(before, [*after, "#FFD700"], 0.6)[2] == "#FFD700"
    assert len(mixed_colours([*before, "#FFD700"], after, 0.4)) == 3


def test_lab_and_back_is_the_same_code():
    codes = np.random.default_rng(3).integers(0, 256, (200, 3))
    colours = [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in codes]
    assert hex_of_lab(lab_of_hex(colours)) == colours


def test_words_between_are_kept_with_their_weight_and_a_whole_word_takes_them_away():
    scene = {"overall_style": {"visual_style": "fever dream"}, "weights": {"overall_style": 0.4}}
    bible = bible_from(SEED, scene)
    assert bible.document["overall_style"] == SEED["overall_style"]
    assert bible.elements == (
        {"name": "overall_style.visual_style", "value": "fever dream", "weight": 0.4},
    )
    shot = {"overall_style": {"visual_style": "plain daylight"}}
    over = bible_from(SEED, scene, shot)
    assert over.document["overall_style"]["visual_style"] == "plain daylight"
    assert over.elements == ()


def test_what_cannot_be_mixed_is_taken_from_half_on():
    for weight, rule in ((0.49, "thirds"), (0.5, "symmetry")):
        override = {"composition": {"rule": "symmetry"}, "weights": {"composition": weight}}
        assert bible_from(SEED, override).composition_rule == rule


def test_an_element_takes_its_share_from_the_one_of_its_name():
    base = [
        {"name": "light", "value": "soft", "weight": 1.0},
        {"name": "fog", "value": "low", "weight": 0.5},
    ]
    told = merge_elements(base, [{"name": "light", "value": "hard", "weight": 0.8}])
    assert told == [
        {"name": "light", "value": "soft", "weight": 0.2},
        {"name": "fog", "value": "low", "weight": 0.5},
        {"name": "light", "value": "hard", "weight": 0.8},
    ]
    assert merge_elements(base, [{"name": "fog", "value": "none", "weight": 0}]) == base


def test_the_seeds_scene_style_is_an_override():
    override = override_of_style(SCENE_STYLE)
    assert bible_faults(override, override=True) == []
    bible = bible_from(SEED, override)
    assert bible.palette == tuple(
        mixed_colours(SEED["color_palette"]["primary_colors"], SCENE_STYLE["color_palette"], 0.8)
    )
    assert bible.document["lighting"]["mood"] == "intense"
    said = {element["name"]: (element["value"], element["weight"]) for element in bible.elements}
    assert said == {
        "lighting": ("dramatic_volumetric", 1.0),
        "colors": ("battle_hues", 0.8),
        "lighting.shadows": ("strong", 1.0),
    }


@pytest.mark.parametrize("scene_id", ["3", 3, "scene_03", "EXT. Battle field — NIGHT"])
def test_a_scene_finds_its_style_by_number_or_heading(scene_id):
    document = {"scene_styles": [{**SCENE_STYLE, "scene_id": scene_id}]}
    heading = "EXT. BATTLE FIELD - NIGHT"
    assert style_of_scene(document, number=3, heading=heading) == override_of_style(SCENE_STYLE)
    assert style_of_scene(document, number=4, heading="INT. BAR - DAY") == {}


def test_weights_are_checked_by_path_and_what_has_none_has_no_effect():
    bad = {"weights": {"grade.tint": 2, "colour": 1}}
    assert [f.path for f in bible_faults(bad, override=True)] == [
        "$.weights[\"grade.tint\"]",
        "$.weights.colour",
    ]  # fmt: skip
    override = {"mood": "dread", "grade": {"tint": 4}, "weights": {"mood": 0, "grade": 1}}
    assert effective(override) == {"grade": {"tint": 4}}
    assert effective({"grade": {"tint": 4}, "weights": {"grade": 0}}) == {}
    plain = {"mood": "dread", "composition": {"rule": "thirds"}}
    assert effective(plain) == plain
