"""A request in parts: identity first, each part with its source, the look by its tables."""

from __future__ import annotations

import pytest

from projects.engine.framing import Coverage, ShotSize
from projects.engine.terms import Term, joined_tables
from renders.engine.prompting.build import build_prompt
from renders.engine.prompting.prompt import Prompt, PromptPart
from tests.prompting.asked import IVO, MARA, RICH, request_of


def named(prompt):
    """Return parts by name."""
    return {part.name: part for part in prompt.parts}


def test_parts_stand_in_the_order_of_their_importance():
    names = [part.name for part in build_prompt(request_of(MARA)).parts]
    wanted = [
        "subject", "person_mara_1", "action", "frame", "place", "light", "light_key", "lens",
        "aperture", "composition", "director", "genre", "film_stock", "quality", "palette",
        "light_fill", "iso", "human_skin", "sharpness", "element_colors", "element_smoke", "mood",
    ]  # fmt: skip
    assert [name for name in names if name in wanted] == wanted
    assert "element_rain" not in names
    ranks = [part.rank for part in build_prompt(request_of(MARA)).parts]
    assert ranks == sorted(set(ranks))


def test_words_and_sources_come_from_cast_brief_bible_and_tables():
    parts = named(build_prompt(request_of(MARA)))
    assert parts["subject"].words == "ultra-realistic portrait of a human"
    assert parts["person_mara_1"].words == (
        "Mara Voss, woman in her 50s, olive skin, light grey hair in a bun, "
        "wearing black judicial robes, serious, determined expression"
    )
    assert parts["director"].source == "table:directors/wes_anderson"
    assert "symmetrical composition" in parts["director"].words
    assert (parts["light"].source, parts["style"].source) == ("brief", "bible")
    assert (parts["lens"].words, parts["iso"].words) == ("50mm lens", "ISO 800, visible grain")
    assert named(build_prompt(request_of(MARA, lens_mm=40)))["lens"].words == "40mm lens"


def test_a_look_that_leaves_composition_open_is_composed_by_its_director():
    prompt = build_prompt(request_of(MARA, bible={**RICH, "composition": {"rule": ""}}))
    assert named(prompt)["composition"].source == "table:compositions/symmetry"


def test_an_artistic_picture_is_asked_for_no_photograph():
    prompt = build_prompt(request_of(MARA, bible={"image_style": "artistic"}))
    words = " ".join(part.words for part in prompt.parts)
    assert named(prompt)["subject"].words == "character illustration"
    assert "realistic" not in words.replace("cinematic realism", "")
    assert not any(part.name.startswith("human") for part in prompt.parts)
    assert "photograph" in [part.words for part in prompt.negative]


@pytest.mark.parametrize(
    ("cast", "brief", "subject", "negatives"),
    [
        ((MARA,), {}, "portrait of a human", {"every", "person"}),
        ((MARA,), {"size": ShotSize.MS}, "film still of a human", {"every", "hands", "person"}),
        ((MARA,), {"action": "Her hands shake"}, "portrait", {"every", "hands", "person"}),
        ((MARA, IVO), {}, "film still of people", {"every", "people"}),
        ((), {}, "location photograph", {"every", "place"}),
        ((), {"prop": "TAPE"}, "photograph of an object", {"every", "object"}),
        ((MARA,), {"coverage": Coverage.INSERT}, "of an object", {"every", "object"}),
    ],
)
def test_what_must_not_be_shown_goes_by_the_subject(cast, brief, subject, negatives):
    prompt = build_prompt(request_of(*cast, **brief))
    assert subject in named(prompt)["subject"].words
    assert {part.name for part in prompt.negative} - {"style"} == negatives


def test_an_empty_place_forbids_people_unless_the_action_brings_them():
    def negative(action):
        return next(
            p for p in build_prompt(request_of(action=action)).negative if p.name == "place"
        )

    assert negative("Dust.").words.startswith("people, ")
    assert "people" not in negative("A crowd waits.").words


def test_tightness_makes_the_look_heavier_and_says_so():
    loose, tight = (build_prompt(request_of(MARA, tightness=t)) for t in (0, 1))
    assert named(loose)["palette"].weight == 1.0
    assert named(tight)["palette"].weight == pytest.approx(1.6)
    assert named(tight)["person_mara_1"].weight == 1.0
    assert named(tight)["consistency"].source == "options:tightness"


def test_what_rejections_taught_stands_behind_the_content():
    lessons = Prompt(
        (PromptPart("face too dark", "brighter face", "rejections", 0),),
        (PromptPart("hands", "six fingers", "rejections", 0),),
    )
    prompt = build_prompt(request_of(MARA), lessons=lessons)
    names = [part.name for part in prompt.parts]
    assert (
        names.index("place") + 1 == names.index("lesson_face_too_dark") == names.index("light") - 1
    )
    assert prompt.negative[-1].words == "six fingers"


def test_a_sites_own_director_is_said_in_the_sites_words():
    own = joined_tables([("directors", Term("varda", "Varda", "in the style of Varda", "us"))])
    asked = request_of(MARA, bible={"director": "varda"})
    assert named(build_prompt(asked, terms=own))["director"].words == "in the style of Varda"


def test_control_characters_are_taken_out_and_said_and_long_words_go_on_in_a_further_part():
    asked = request_of(MARA, action="Mara\x00 looks\u202e <|endoftext|> up " + "slowly " * 800)
    parts = named(build_prompt(asked))
    assert parts["action"].words.startswith("Mara looks up slowly")
    assert "2 control characters taken out" in parts["action"].source
    assert "end a text for CLIP" in parts["action"].source
    whole = " ".join(p.words for p in parts.values() if p.name.startswith("action"))
    assert whole.count("slowly") == 800


def test_the_same_request_gives_the_same_prompt():
    assert build_prompt(request_of(MARA, IVO)) == build_prompt(request_of(MARA, IVO))
