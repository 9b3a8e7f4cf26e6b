"""The schema of a look: every fault by its JSON path, all at once, and older documents read as they were."""

from __future__ import annotations

import copy
import json

import pytest

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError
from projects.engine.bible import DEFAULTS, bible_from
from projects.engine.biblefaults import bible_faults, step
from projects.engine.bibleschema import BY_NAME, SINCE_FIRST, value_at
from projects.engine.biblesheet import differences, in_words, sheet_read
from projects.models import StyleBibleVersion
from projects.services.bibles import bible_export, bible_publish, bible_restore
from tests.projects.test_bibles import SEED

SCENE_STYLE = {
    "scene_id": "battle_scene_01",
    "style_elements": [
        {"name": "lighting", "value": "dramatic_volumetric", "weight": 1.0},
        {"name": "colors", "value": "battle_hues", "weight": 0.8},
    ],
    "lighting_setup": {"mood": "intense", "shadows": "strong"},
    "color_palette": ["#8B0000", "#2F4F4F", "#FFD700"],
}


def paths(document, **more):
    return [fault.path for fault in bible_faults(document, **more)]


@pytest.mark.parametrize(
    ("document", "path", "valid"),
    [
        ({"grade": {"tint": "green"}}, "$.grade.tint", "a number from -150 to 150"),
        ({"grade": {"tint": True}}, "$.grade.tint", "a number"),
        ({"grade": {"gamma": float("nan")}}, "$.grade.gamma", "from 0.1 to 10"),
        ({"grade": []}, "$.grade", "an object"),
        ({"color_palette": {"primary_colors": ["#101B33", "red"]}},
         "$.color_palette.primary_colors[1]", "#RRGGBB"),
        ({"color_palette": {"skin_tones": []}}, "$.color_palette.skin_tones", "a list of 1 to 64"),
        ({"color_palette": {"names": {"red": "x"}}}, "$.color_palette.names.red", "#RRGGBB"),
        ({"camera_profile": {"preferred_lenses": ["35mm", 50]}},
         "$.camera_profile.preferred_lenses[1]", "words such as 35mm"),
        ({"composition": {"rule": "golden"}}, "$.composition.rule", "thirds, symmetry, centred, or empty"),
        ({"image_style": "cubist"}, "$.image_style", "photorealistic, artistic"),
        ({"realism_level": None}, "$.realism_level", "high, ultra, photoreal"),
        ({"sharpness": 8.5}, "$.sharpness", "a whole number from 1 to 10"),
        ({"sharpness": 11}, "$.sharpness", "a whole number from 1 to 10"),
        ({"lighting": {"key": 3}}, "$.lighting.key", "words"),
        ({"exposure": "ISO 800"}, "$.exposure", "an object"),
        ({"elements": [{"name": "light", "value": "hard", "weight": 2}]},
         "$.elements[0].weight", "a number from 0 to 1"),
        ({"elements": [{"name": "light"}]}, "$.elements[0].value", "words"),
        ({"elements": ["light"]}, "$.elements[0]", "name, value and weight"),
        ({"scene_styles": [{}, {}, {**SCENE_STYLE, "color_palette": ["blood"]}]},
         "$.scene_styles[2].color_palette[0]", "#RRGGBB"),
        ({"scene_styles": [{**SCENE_STYLE, "lighting_setup": {"mood": 1}}]},
         "$.scene_styles[0].lighting_setup.mood", "words"),
        ({"director": ["wes_anderson"]}, "$.director", "words of at most 2,000 letters"),
        ({"mood": "x" * 20_000}, "$.mood", "words of at most 2,000 letters"),
        ({"mood": "tense\x00"}, "$.mood", "NUL"),
        ({"vfx": {"rain": ["soft", "\ud800"]}}, "$.vfx.rain[1]", "surrogates"),
        ({"vfx": [1, float("inf")]}, "$.vfx[1]", "a finite number"),
    ],
)  # fmt: skip
def test_a_fault_says_its_path_and_what_is_valid(document, path, valid):
    assert path in paths(document)
    with pytest.raises(InputError) as caught:
        bible_from(document)
    assert path in caught.value.facts["fields"]
    assert valid in caught.value.facts["fields"][path]


def test_all_faults_are_told_and_not_just_the_first():
    bad = {
        "mood": 3,
        "grade": {"tint": "green", "gamma": 0},
        "color_palette": {"primary_colors": ["red", "#101B33", 7]},
    }
    found = paths(bad)
    assert sorted(found) == [
        "$.color_palette.primary_colors[0]",
        "$.color_palette.primary_colors[2]",
        "$.grade.gamma",
        "$.grade.tint",
        "$.mood",
    ]
    with pytest.raises(InputError) as caught:
        bible_from(bad)
    assert all(path in caught.value.message for path in found)
    many = {"elements": [{"name": "a", "value": "b", "weight": 9}] * 20}
    with pytest.raises(InputError, match="and 14 more") as caught:
        bible_from(many)
    assert len(caught.value.facts["fields"]) == 20


def test_a_document_without_a_bottom_is_a_fault_and_no_crash():
    deep: dict[str, object] = {}
    for _ in range(800):
        deep = {"a": deep}
    assert any("nested" in fault.valid for fault in bible_faults({"notes": deep}))
    with pytest.raises(InputError, match="nested"):
        bible_from({"notes": deep})


def test_odd_keys_are_quoted_in_a_path():
    assert step("$", "film grain") == '$["film grain"]'
    assert step("$.a", 3) == "$.a[3]"


def test_every_default_is_sound_and_every_field_has_one():
    assert bible_faults(DEFAULTS) == []
    for field in BY_NAME.values():
        assert value_at(DEFAULTS, field.path) is not None
        assert in_words(field, value_at(DEFAULTS, field.path))
    assert (DEFAULTS["film_stock"], DEFAULTS["realism_level"]) == ("kodak_portra", "ultra")
    assert (DEFAULTS["image_style"], DEFAULTS["sharpness"]) == ("photorealistic", 8)
    assert DEFAULTS["lighting"] == dict.fromkeys(("key", "fill", "rim", "background", "mood"), "")
    assert DEFAULTS["exposure"] == dict.fromkeys(("aperture", "iso", "shutter_speed"), "")


def test_a_rule_left_open_is_thirds_until_a_director_says_more():
    assert bible_from({}).composition_rule == "thirds"
    assert bible_from({"composition": {"rule": "symmetry"}}).composition_rule == "symmetry"


def test_a_look_published_before_the_later_fields_keeps_its_hash():
    before = {
        **{key: value for key, value in DEFAULTS.items() if key not in SINCE_FIRST},
        "composition": {"rule": "thirds"},
    }
    assert bible_from({}).bible_hash == document_hash(before)
    assert bible_from({"sharpness": 5}).bible_hash != bible_from({}).bible_hash
    assert bible_from({"director": "wes_anderson"}).bible_hash != bible_from({}).bible_hash


def test_a_row_without_the_later_fields_works_and_publishing_it_again_changes_nothing(
    project, dora
):
    row = bible_publish(user=dora, project=project, document=SEED)
    old = {key: value for key, value in row.document.items() if key not in SINCE_FIRST}
    StyleBibleVersion.objects.filter(pk=row.pk).update(document=old)
    assert bible_from(old).bible_hash == row.bible_hash
    assert bible_publish(user=dora, project=project, document=SEED).pk == row.pk
    assert differences(old, row.document) == []


def test_unknown_keys_and_scene_styles_go_out_again_as_they_came(project, dora):
    document = {
        **copy.deepcopy(SEED),
        "scene_styles": [SCENE_STYLE],
        "vfx": {"rain": [1, None]},
        "grade": {"lut": "night.cube"},
        "lighting": {"bounce": "white card"},
    }
    row = bible_publish(user=dora, project=project, document=document)
    assert bible_export(row) == document
    assert json.dumps(bible_export(row)) == json.dumps(document)
    assert row.document["lighting"]["bounce"] == "white card"
    assert row.document["lighting"]["key"] == ""
    bible_publish(user=dora, project=project, document=SEED)
    assert bible_export(bible_restore(user=dora, project=project, version=row.version)) == document


def test_elements_are_read_from_rows_and_said_with_their_weight():
    raw = {
        "elements": ["lighting", "colors", ""],
        "elements.values": ["dramatic_volumetric", "battle_hues", ""],
        "elements.weights": ["", "0,8", ""],
    }
    document, faults = sheet_read(raw, base={})
    assert faults == {}
    assert document["elements"] == SCENE_STYLE["style_elements"]
    assert differences({}, document) == [
        "Elements: + lighting: dramatic volumetric; + colors: battle hues, at 0.8"
    ]
    assert "from 0 to 1" in sheet_read({**raw, "elements.weights": ["3"]}, base={})[1]["elements"]
    assert "both" in sheet_read({"elements": ["light"]}, base={})[1]["elements"]
