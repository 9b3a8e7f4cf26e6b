"""The prompt threaded through: in the request and the recipe, edited per shot, stale only by edits."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed, NotFound, StaleEdit
from projects.models import Event, LookTerm
from projects.services.bibles import bible_publish
from renders.bridge import image_request, shot_inputs_hash
from renders.readings.prompts import prompt_seen, prompt_sheet
from renders.services.prompts import prompt_request, shot_prompt_edit
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):  # type: ignore[no-untyped-def]
    """The first shot of the episode."""
    return first_shot(episode)


def prompt_of(shot):
    """Return the parts of the prompt the shot's next picture is asked with, by name."""
    request, _ = image_request(shot, width=96, height=54, variant_index=0)
    return {part.name: part for part in request.prompt.parts}


def test_a_request_carries_its_prompt_with_the_sites_own_words(shot, project, ada):
    LookTerm.objects.create(
        table="genres", key="noir", title="Noir", words="wet black streets", source="us"
    )
    bible_publish(user=ada, project=project, document={"genre": "noir"})
    assert prompt_of(shot)["genre"].words == "wet black streets"


def test_an_own_director_decides_composition_for_engines_too(shot, project, ada):
    asks = {"composition_rule": "centred"}
    LookTerm.objects.create(
        table="directors", key="varda", title="Varda", words="Varda", settings=asks, source="us"
    )
    bible_publish(user=ada, project=project, document={"director": "varda"})
    request, _ = image_request(shot, width=96, height=54, variant_index=0)
    assert request.bible.composition_rule == "centred"
    assert request.bible.document["composition"]["rule"] == "centred"


def test_edits_are_kept_told_and_make_pictures_stale_until_they_are_taken_back(shot, ben):
    before = shot_inputs_hash(shot)
    edited, said = shot_prompt_edit(
        user=ben, shot=shot, edits={"parts": {"place": "a red \x07room"}, "negative": {}}
    )
    assert said == ["parts.place: 1 control character taken out"]
    assert edited.prompt_edits == {"parts": {"place": "a red room"}}
    assert prompt_of(edited)["place"].words == "a red room"
    assert shot_inputs_hash(edited) != before
    event = Event.objects.filter(verb="shot.updated").latest("seq")
    assert event.payload["changes"]["prompt_edits"] == ["from the brief", "1 part by hand"]
    shot_prompt_edit(user=ben, shot=shot, edits={"parts": {"place": "a red room"}})
    assert Event.objects.filter(verb="shot.updated").count() == 1
    back, _ = shot_prompt_edit(user=ben, shot=shot, edits={})
    assert shot_inputs_hash(back) == before


def test_only_makers_edit_and_strangers_learn_nothing(shot, vic, dan):
    with pytest.raises(NotAllowed):
        shot_prompt_edit(user=vic, shot=shot, edits={})
    with pytest.raises(NotFound):
        shot_prompt_edit(user=dan, shot=shot, edits={})


def test_an_edit_of_a_prompt_that_changed_meanwhile_is_refused(shot, ben):
    seen = prompt_seen(shot, prompt_request(shot))
    shot_prompt_edit(user=ben, shot=shot, edits={"added": ["rain"]}, seen=seen)
    with pytest.raises(StaleEdit, match="changed while you were writing"):
        shot_prompt_edit(user=ben, shot=shot, edits={"added": ["snow"]}, seen=seen)
    shot.refresh_from_db()
    assert shot.prompt_edits == {"added": ["rain"]}


def test_too_many_letters_store_nothing(shot, ben):
    with pytest.raises(InputError, match="20000 letters"):
        shot_prompt_edit(user=ben, shot=shot, edits={"added": ["x" * 20_000]})
    shot.refresh_from_db()
    assert shot.prompt_edits == {}


def test_the_sheet_shows_each_part_with_source_tokens_and_whether_it_fits(shot):
    sheet = prompt_sheet(
        shot, prompt_request(shot), edits={"parts": {"mood": None}, "added": ["rain"]}
    )
    rows = {row.name: row for row in sheet.rows}
    person = next(row for row in sheet.rows if row.name.startswith("person_"))
    assert person.label == "Mara Voss" and person.source == "the cast"
    assert rows["film_stock"].source == "Film stocks: Kodak Portra 400"
    assert "the product brief" in rows["film_stock"].source_note
    assert rows["mood"].is_removed and rows["mood"].built
    assert (rows["added_1"].label, rows["added_1"].source) == ("Added", "written by hand")
    assert sheet.by_hand == 2
    lost = {left.name for left in sheet.spoken["clip"].dropped}
    assert {name for name, row in rows.items() if row.state in ("cut", "dropped")} == lost


def test_what_rejections_of_final_pictures_taught_is_a_part_of_the_prompt(shot, dora):
    from renders.engine.lessons import REASONS
    from renders.services.reviews import review_reject

    key = next(key for key, reason in REASONS.items() if reason.words)
    variant = variant_of(shot, tier="final")
    review_reject(user=dora, variant=variant, reasons=[key])
    sheet = prompt_sheet(shot, prompt_request(shot))
    assert REASONS[key].words in [
        row.words for row in sheet.rows if row.source == "learnt from rejections"
    ]
