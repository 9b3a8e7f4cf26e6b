"""The tables a look names things from: complete, sourced, checked, and laid over by a site's own rows."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from projects.engine.bible import bible_from
from projects.engine.terms import TERMS, TITLES, Term, joined_tables, names_check, term_of

SEEDS = {
    "genres": "noir sci_fi horror thriller romance action courtroom_drama",
    "presets": "cinematic documentary news",
    "directors": "wes_anderson christopher_nolan guillermo_del_toro david_fincher",
    "lenses": "24mm 35mm 50mm 85mm 135mm",
    "lights": "soft_box reflector hair_light volumetric_lighting blue_accents practical_glow neutral",
    "film_stocks": "kodak_portra canon sony_fx3 fuji",
    "realism": "high ultra photoreal",
    "templates": "photorealistic artistic",
    "sharpness": "1 2 3 4 5 6 7 8 9 10",
}


@pytest.mark.parametrize("name", SEEDS)
def test_every_name_of_the_seeds_is_a_row(name):
    assert set(SEEDS[name].split()) <= set(TERMS[name])


def test_every_row_says_its_source_and_says_something():
    assert set(TITLES) == set(TERMS)
    for name, rows in TERMS.items():
        for key, row in rows.items():
            assert row.key == key
            assert row.source and row.title, (name, key)
            assert row.words or row.negative, (name, key)


def test_every_preset_names_rows_that_are_there():
    for preset in TERMS["presets"].values():
        for table, key in preset.asks.get("defaults", {}).items():
            assert key in TERMS[table]


@pytest.mark.parametrize(
    ("asks", "word"),
    [
        ({"composition_rule": "golden"}, "thirds, symmetry, centred"),
        ({"warmth": True}, "mean b\\*"),
        ({"lenses": []}, "focal lengths"),
        ({"roles": ["top"]}, "key, fill, rim, background"),
        ({"glow": 1}, "setting 'glow' of x is not known"),
    ],
)
def test_a_setting_that_cannot_be_asked_is_named(asks, word):
    with pytest.raises(InputError, match=word):
        Term("x", "X", "x", "test", asks=asks)


def test_names_are_found_as_people_write_them():
    assert term_of(TERMS, "genres", "Film Noir").key == "noir"
    assert term_of(TERMS, "directors", "Wes-Anderson ").key == "wes_anderson"
    assert term_of(TERMS, "genres", "") is None


def test_a_director_decides_composition_where_the_look_does_not():
    asked = {"composition": {"rule": ""}, "director": "wes_anderson"}
    assert bible_from(asked).composition_rule == "symmetry"
    assert bible_from({"composition": {"rule": ""}}).composition_rule == "thirds"
    assert bible_from({**asked, "composition": {"rule": "thirds"}}).composition_rule == "thirds"


def test_own_rows_add_and_replace():
    own = [
        ("directors", Term("varda", "Agnès Varda", "in the style of Agnès Varda", "test")),
        ("genres", Term("noir", "Noir", "wet streets", "test")),
    ]
    tables = joined_tables(own)
    assert tables["directors"]["varda"].title == "Agnès Varda"
    assert tables["genres"]["noir"].words == "wet streets"
    assert "varda" not in TERMS["directors"]
    with pytest.raises(InputError, match="table='actors' is not known"):
        joined_tables([("actors", own[0][1])])


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ({"director": "nobody"}, "director='nobody'.*david_fincher"),
        ({"genre": "western"}, "genre='western'.*noir"),
        ({"film_stock": "agfa"}, "film_stock='agfa'.*kodak_portra"),
        ({"lighting": {"fill": "hair_light"}}, "lighting.fill='hair_light'.*reflector"),
    ],
)
def test_an_unknown_name_in_a_look_is_refused_with_the_valid_ones(document, word):
    with pytest.raises(InputError, match=word):
        names_check(document)
