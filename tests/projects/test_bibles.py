"""The style bible: the seed's document as it stands, merging, versions, and what is refused."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed
from projects.engine.bible import bible_from
from projects.models import StyleBibleVersion
from projects.services.bibles import bible_publish

SEED = {
    "project_name": "My Cinematic Project",
    "overall_style": {
        "visual_style": "cinematic realism with dramatic flair",
        "color_grading": "natural with subtle warmth",
        "lighting_style": "three-point lighting with practical accents",
    },
    "color_palette": {
        "primary_colors": ["#2C3E50", "#ECF0F1", "#E74C3C"],
        "skin_tones": ["#FDBCB4", "#F1C27D", "#E0AC69"],
    },
    "camera_profile": {
        "preferred_lenses": ["35mm", "50mm", "85mm"],
        "aperture_range": "f/2.8 to f/5.6",
    },
}


def test_the_seeds_document_is_read_unchanged():
    bible = bible_from(SEED)
    for key, value in SEED.items():
        assert bible.document[key] == value
    assert bible.document["schema"] == "apex.bible/1"


def test_a_scene_lays_its_own_words_over_the_projects():
    bible = bible_from(SEED, {"mood": "dread", "grade": {"exposure_stops": -0.5}})
    assert bible.mood == "dread"
    assert bible.grade["exposure_stops"] == -0.5
    assert bible.grade["temperature_kelvin"] == 5600.0
    assert bible.palette == ("#2C3E50", "#ECF0F1", "#E74C3C")


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ({"color_palette": {"primary_colors": ["red"]}}, "#RRGGBB"),
        ({"color_palette": {"primary_colors": []}}, "primary_colors"),
        ({"composition": {"rule": "golden"}}, "thirds, symmetry, centred"),
        ({"grade": {"tint": "green"}}, "must be a number"),
        ({"schema": "apex.bible/9"}, "newer"),
        ({"schema": "apex.cut/1"}, "apex.bible/1"),
    ],
)
def test_a_wrong_field_is_named(document, word):
    with pytest.raises(InputError, match=word):
        bible_from(document)


def test_publishing_keeps_old_versions_and_one_current(project, dora):
    bible_publish(user=dora, project=project, document={"mood": "dread"})
    again = bible_publish(user=dora, project=project, document={"mood": "dread"})
    rows = StyleBibleVersion.objects.filter(project=project)
    assert again.version == 2
    assert [(row.version, row.is_current) for row in rows] == [(2, True), (1, False)]


def test_an_artist_may_not_publish_a_look(project, ben):
    with pytest.raises(NotAllowed):
        bible_publish(user=ben, project=project, document={})
