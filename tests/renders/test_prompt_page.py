"""The prompt on the shot page: seen part by part, edited, restored, counted as it is typed, never lost."""

from __future__ import annotations

import pytest
from django.test import Client

from projects.models import Shot
from renders.engine.prompting.prompt import Prompt, PromptPart
from renders.readings.prompts import prompt_sheet
from renders.services.prompts import prompt_request, shot_prompt_edit
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):  # type: ignore[no-untyped-def]
    """The first shot of the episode."""
    return first_shot(episode)


def signed_in(user):
    """Return a browser of somebody."""
    client = Client()
    client.force_login(user)
    return client


def form_of(shot, **changes):
    """Return the form as the page sends it, with changes: `parts_place` is the field `parts.place`."""
    sheet = prompt_sheet(shot, prompt_request(shot))
    form = {row.field: row.words for row in (*sheet.rows, *sheet.negative_rows)}
    form |= {"seen": sheet.seen, "dialect": "clip", "added": [""], "added_negative": [""]}
    return form | {name.replace("_", ".", 1): value for name, value in changes.items()}


def stored(shot):
    """Return the edits as they are kept."""
    return Shot.objects.get(pk=shot.pk).prompt_edits


def test_each_part_stands_with_its_words_source_and_tokens(shot, vic):
    page = signed_in(vic).get(f"/shots/{shot.pk}/").content.decode()
    for words in ("What it shows", "How it looks", "Not to be shown", "Mara Voss", "of 77 tokens"):
        assert words in page
    assert "Film stocks: Kodak Portra 400" in page
    assert 'data-testid="left-out"' in page and "<s>" in page
    assert "save-prompt" not in page
    prose = signed_in(vic).get(f"/shots/{shot.pk}/?dialect=prose").content.decode()
    assert "about " in prose and "of 512 tokens" in prose


def test_a_form_that_changes_nothing_keeps_nothing(shot, ben):
    answer = signed_in(ben).post(f"/shots/{shot.pk}/prompt", form_of(shot))
    assert answer.status_code == 302 and answer["Location"].endswith("dialect=clip#prompt")
    assert stored(shot) == {}


def test_parts_are_written_over_emptied_added_and_restored(shot, ben):
    browser, address = signed_in(ben), f"/shots/{shot.pk}/prompt"
    more = {"added": ["a red umbrella", ""], "added_negative": ["hats"]}
    browser.post(address, {**form_of(shot, parts_place="a cellar", parts_mood=""), **more})
    assert stored(shot) == {
        "parts": {"place": "a cellar", "mood": None},
        "added": ["a red umbrella"],
        "added_negative": ["hats"],
    }
    page = browser.get(f"/shots/{shot.pk}/").content.decode()
    assert "4 parts by hand" in page and "was: inside, courtroom" in page
    shot.refresh_from_db()
    browser.post(address, {**form_of(shot), "restore": "parts.place"})
    assert stored(shot)["parts"] == {"mood": None}
    shot.refresh_from_db()
    browser.post(address, {**form_of(shot), "restore": "parts.added_1"})
    assert stored(shot) == {"parts": {"mood": None}, "added_negative": ["hats"]}
    shot.refresh_from_db()
    browser.post(address, {**form_of(shot), "restore": "all"})
    assert stored(shot) == {}


def test_twenty_thousand_letters_are_refused_and_still_there(shot, ben):
    typed = "rain " * 4000
    answer = signed_in(ben).post(
        f"/shots/{shot.pk}/prompt", form_of(shot, parts_place=typed) | {"added": ["a red umbrella"]}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Place has 20000 letters; at most 2000 are taken" in page and typed.strip() in page
    assert 'aria-label="More to show, not saved yet">a red umbrella<' in page
    assert stored(shot) == {}


def test_control_characters_are_taken_out_and_said(shot, ben):
    form = form_of(shot, parts_place="a \x07cellar\u200b 😀")
    page = signed_in(ben).post(f"/shots/{shot.pk}/prompt", form, follow=True).content.decode()
    assert stored(shot)["parts"] == {"place": "a cellar 😀"}
    assert "Place: 2 control characters taken out." in page


def test_a_prompt_that_changed_meanwhile_is_said_and_nothing_typed_is_lost(shot, ben, ada):
    form = form_of(shot, parts_place="a cellar")
    shot_prompt_edit(user=ada, shot=shot, edits={"added": ["rain"]})
    answer = signed_in(ben).post(f"/shots/{shot.pk}/prompt", form)
    assert answer.status_code == 412
    assert "a cellar" in answer.content.decode()
    assert stored(shot) == {"added": ["rain"]}


def test_words_are_counted_as_they_are_typed_and_not_kept(shot, vic):
    browser, address = signed_in(vic), f"/shots/{shot.pk}/prompt/tried"
    told = browser.post(address, form_of(shot, parts_action="one two three")).json()
    assert told["rows"]["parts.action"]["tokens"] == 3
    assert "one two three" in told["meter"] and stored(shot) == {}
    refused = browser.post(address, form_of(shot, parts_action="x" * 3000))
    assert refused.status_code == 400 and "3000 letters" in refused.json()["problem"]


def test_markup_in_words_stays_words(shot, ben):
    browser = signed_in(ben)
    form = form_of(shot, parts_action="<script>alert(1)</script>")
    assert (
        "<script>alert" not in browser.post(f"/shots/{shot.pk}/prompt/tried", form).json()["meter"]
    )
    browser.post(f"/shots/{shot.pk}/prompt", form)
    assert "<script>alert" not in browser.get(f"/shots/{shot.pk}/").content.decode()


def test_a_variant_shows_the_prompt_it_was_made_with_if_words_made_it(shot, vic):
    prompt = Prompt(
        (PromptPart("light_key", "one bare bulb", "written by hand", 0, is_edited=True),
         PromptPart("mood", "quiet mood", "brief", 1)),
        (PromptPart("every", "blurry", "table:negatives/every", 0),),
    )  # fmt: skip
    variant = variant_of(shot)
    browser, said = signed_in(vic), "The prompt it was made with"
    assert said not in browser.get(f"/shots/{shot.pk}/review").content.decode()
    variant.recipe = {
        "backend": "sdxl", "dialect": "clip", "prompt": prompt.to_document(), "cast": [],
        "parameters": {
            "prompt": "one bare bulb", "prompt_2": "one bare bulb",
            "dropped": [{"part": "mood", "words": "quiet mood"}],
        },
    }  # fmt: skip
    variant.save(update_fields=["recipe"])
    for page in (f"/shots/{shot.pk}/review", f"/shots/{shot.pk}/"):
        shown = browser.get(page).content.decode()
        assert "Second text" not in shown
        assert said in shown and "Not: Every picture" in shown
        assert "<s>quiet mood</s> <small>left out</small>" in shown
        assert "one bare bulb <small>by hand</small>" in shown
