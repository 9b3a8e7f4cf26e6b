"""A prompt as it is sent: 77 places for CLIP, sentences for others, and nothing lost without being said."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from renders.engine.prompting.build import build_prompt
from renders.engine.prompting.dialects import speak
from renders.engine.prompting.prompt import Prompt, PromptPart
from renders.engine.prompting.tokens import PLACES, tokens_count
from tests.prompting.asked import IVO, MARA, request_of


def parts_of(*words: str) -> Prompt:
    """Return a prompt of parts in this order."""
    return Prompt(tuple(PromptPart(f"p{n}", one, "test", n) for n, one in enumerate(words)))


def test_no_text_is_longer_than_the_encoder_holds_and_every_word_is_accounted_for():
    prompt = build_prompt(request_of(MARA, IVO))
    for encoders in (1, 2):
        said = speak(prompt, "clip", encoders=encoders)
        for text in (said.prompt, said.prompt_2, said.negative):
            if text is not None:
                assert text.tokens == tokens_count(text.text) <= PLACES - 2
        lost = {left.name for left in said.dropped}
        shown = set(said.prompt.parts) | set(said.prompt_2.parts if said.prompt_2 else ())
        assert shown | lost == {part.name for part in prompt.parts}


def test_identity_comes_first_and_the_least_important_goes_first():
    said = speak(build_prompt(request_of(MARA)), "clip", encoders=1)
    assert said.prompt.text.startswith("ultra-realistic portrait of a human, Mara Voss, woman")
    assert said.dropped[-1].name == "mood"
    assert not any(left.name.startswith("person") for left in said.dropped)


def test_whole_parts_are_dropped_and_the_last_one_is_cut_between_words():
    long = " ".join(["cat"] * 70)
    said = speak(parts_of(long, "one two three four five six seven", "never seen"), "clip")
    assert said.prompt.text == f"{long}, one two three four"
    assert [(left.name, left.kept, left.dropped) for left in said.prompt.left] == [
        ("p1", "one two three four", "five six seven"),
        ("p2", "", "never seen"),
    ]
    phrase = speak(parts_of(long, "red sky, one two three four"), "clip", encoders=1)
    assert phrase.prompt.text.endswith("cat, red sky")


def test_a_prompt_that_fits_has_one_text_for_both_encoders():
    said = speak(parts_of("a cat", "on a mat"), "clip")
    assert (said.prompt.text, said.prompt_2, said.dropped) == ("a cat, on a mat", None, ())


def test_the_second_encoder_carries_what_the_first_could_not_hold():
    said = speak(build_prompt(request_of(MARA, IVO)), "clip")
    assert said.prompt_2 is not None
    assert said.prompt_2.text.startswith("ultra-realistic film still of people")
    assert "courtroom" in said.prompt_2.text and "courtroom" not in said.prompt.text
    assert "place" not in {left.name for left in said.dropped}


def test_a_tighter_look_comes_before_the_rest_in_the_second_encoder():
    said = speak(build_prompt(request_of(MARA, IVO, tightness=1.0)), "clip")
    assert said.prompt_2 is not None
    at = said.prompt_2.text.index
    assert at("one consistent palette") < at("Wes Anderson")


def test_no_weights_are_written_into_words():
    for dialect in ("clip", "prose"):
        assert ":1." not in speak(build_prompt(request_of(MARA, tightness=1)), dialect).prompt.text


def test_prose_is_sentences_and_says_what_not_to_show_where_there_is_no_field_for_it():
    prompt = build_prompt(request_of(MARA))
    said = speak(prompt, "prose", takes_negative=False)
    assert (
        "Close-up, eye level. Inside, courtroom, day. Light: soft window light" in said.prompt.text
    )
    assert "Do not show: blurry" in said.prompt.text and said.negative.text == ""
    apart = speak(prompt, "prose")
    assert "Do not show" not in apart.prompt.text and apart.negative.text.startswith("blurry")
    assert apart.prompt.is_estimate


def test_prose_beyond_its_limit_is_dropped_part_by_part_and_said():
    prompt = parts_of(*[f"sentence number {n} with some words" for n in range(200)])
    said = speak(prompt, "prose")
    assert said.prompt.tokens <= 512
    assert len(said.prompt.parts) + len(said.prompt.left) == 200
    assert not speak(prompt, "prose", limit=0).dropped


def test_fields_need_no_words_and_other_dialects_are_refused():
    assert speak(parts_of("a cat"), "fields").prompt.text == ""
    with pytest.raises(InputError, match="clip, prose, fields"):
        speak(parts_of("a cat"), "morse")


def test_emoji_are_spelt_and_counted():
    said = speak(parts_of("a 😀 in the rain"), "clip")
    assert "😀" in said.prompt.text
    assert said.prompt.tokens == tokens_count("a 😀 in the rain")


def test_a_phrase_two_tables_bring_is_said_once_and_people_keep_theirs():
    symmetry = PromptPart("composition", "symmetrical composition, red", "test", 100)
    director = PromptPart("director", "Symmetrical composition, pastels", "test", 101)
    people = [PromptPart(f"person_{n}", f"{n}, pale skin", "cast", n) for n in (1, 2)]
    said = speak(Prompt((*people, symmetry, director)), "clip")
    assert said.prompt.text == ("1, pale skin, 2, pale skin, symmetrical composition, red, pastels")


def test_of_two_people_the_second_text_goes_on_with_the_name():
    said = speak(parts_of(" ".join(["cat"] * 60)), "clip")
    assert said.prompt_2 is None
    long = PromptPart("person_x", "Ivo, " + ", ".join(["a very grey coat"] * 30), "cast", 0)
    told = speak(Prompt((long, PromptPart("place", "a room", "brief", 1))), "clip")
    assert told.prompt_2 is not None and told.prompt_2.text.startswith("Ivo, a very grey coat")
