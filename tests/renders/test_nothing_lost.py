"""What a person typed or chose outlives a refusal, and a page leads back to the fidelity it was opened in."""

from __future__ import annotations

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from apexsite.kit.pixels import png_bytes
from projects.models import Event, ScriptDraft, StyleBibleVersion
from projects.services.bibles import bible_publish
from renders.models import RenderTask, Review
from renders.services.media import media_keep_bytes
from tests.factories import first_shot, variant_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shot(episode):
    """The first shot."""
    return first_shot(episode)


def test_who_draws_is_reached_from_the_menu(client, vic, project):
    client.force_login(vic)
    page = client.get(reverse("board", args=[project.pk])).content.decode()
    assert f'href="{reverse("engines", args=[project.pk])}">Who draws</a>' in page


def test_a_rejection_without_a_reason_goes_back_to_the_room_and_says_so(client, dora, shot):
    variant = variant_of(shot)
    client.force_login(dora)
    answer = client.post(reverse("variant-reject", args=[variant.pk]), {"seen": "waiting"})
    assert answer.status_code == 302
    assert f"{reverse('review', args=[shot.pk])}?tier={variant.tier}&variant=" in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert "Say why" in page and "Nothing was changed" in page
    assert not Review.objects.exists()
    told = client.post(f"/api/v1/variants/{variant.pk}:reject", {}, "application/json")
    assert told.status_code == 400


def test_pages_begin_with_the_newest_event(client, ben, shot, project):
    client.force_login(ben)
    last = Event.objects.filter(project=project).count()
    assert last > 0
    page = client.get(reverse("scores", args=[project.pk])).content.decode()
    assert f'data-seq="{last}"' in page
    long = client.post(
        reverse("shot-prompt", args=[shot.pk]), {"tier": "final", "parts.place": "x" * 9000}
    )
    page = long.content.decode()
    assert long.status_code == 400 and f'data-seq="{last}"' in page
    assert 'data-fidelity="final"' in page


def test_the_fidelity_is_kept_by_prompt_and_ask(client, ben, shot):
    client.force_login(ben)
    address = reverse("shot", args=[shot.pk])
    page = client.get(address, {"tier": "previz"}).content.decode()
    assert f'href="{address}?tier=previz&amp;dialect=' in page
    saved = client.post(
        reverse("shot-prompt", args=[shot.pk]),
        {"tier": "previz", "added": "rain", "dialect": "prose"},
    )
    assert saved["Location"] == f"{address}?tier=previz&dialect=prose#prompt"
    asked = client.post(reverse("shot-ask", args=[shot.pk]), {"tier": "storyboard", "asked": "0"})
    assert asked["Location"] == f"{address}?tier=storyboard"
    assert RenderTask.objects.filter(job__shot=shot).exists()


def test_a_fault_of_one_form_at_home_fills_no_other(client, ada):
    client.force_login(ada)
    values = {"topic": "", "name": "Ferry film"}
    page = client.post(reverse("project-from-topic"), values).content.decode()
    assert page.count('value="Ferry film"') == 1
    assert 'name="name" maxlength="200" required value=""' in page


PICTURE = png_bytes(
    np.repeat(np.array([[[44, 62, 80]], [[168, 198, 74]]], np.uint8), 40, 0).repeat(60, 1)
)


def test_a_picture_that_was_brought_outlives_a_refused_choice(client, dora, project):
    client.force_login(dora)
    address = reverse("look-colours", args=[project.pk])
    upload = SimpleUploadedFile("wall.png", PICTURE, content_type="image/png")
    page = client.post(address, {"picture": upload}).content.decode()
    assert page.count('name="pair"') == 2 and "selected" not in page
    pairs = ["#2C3E50 0.5000", "#A8C64A 0.5000"]
    assert all(f'value="{pair}"' in page for pair in pairs)
    kept = {"file_name": "wall.png", "pair": [*pairs, "<b> 1", "#FFFFFF nan"], "version": "1"}
    none = client.post(address, kept)
    page = none.content.decode()
    assert none.status_code == 400 and "no colour was chosen" in page.lower()
    assert page.count('name="pair"') == 2 and "wall.png" in page and "#A8C64A" in page
    bible_publish(user=dora, project=project, document={"genre": "noir"})
    late = client.post(address, {**kept, "take.#2C3E50": "palette"})
    page = late.content.decode()
    assert late.status_code == 412 and '<option value="palette" selected>' in page
    assert 'name="version" value="2"' in page
    assert StyleBibleVersion.objects.filter(project=project).count() == 2


def test_choices_for_a_variants_colours_outlive_a_refusal(client, dora, project, shot):
    variant = variant_of(shot)
    variant.media = media_keep_bytes(PICTURE, content_type="image/png", width=60, height=80)
    variant.save()
    client.force_login(dora)
    bible_publish(user=dora, project=project, document={"genre": "noir"})
    address = reverse("variant-palette", args=[variant.pk])
    late = client.post(address, {"version": "1", "take.#A8C64A": "palette"})
    assert late.status_code == 412
    assert late.content.decode().count('<option value="palette" selected>') == 1


def test_what_was_typed_of_who_draws_outlives_a_fault(client, ada, project):
    client.force_login(ada)
    values = {"fallback": "any", "place-gemini": "1", "place-hf_endpoint": "0x"}
    answer = client.post(reverse("engines", args=[project.pk]), values)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'name="place-gemini" value="1"' in page and 'name="place-hf_endpoint" value="0x"' in page
    assert 'value="any" checked' in page


def test_a_draft_saved_twice_is_saved_once_and_a_conflict_shows_both(client, ada, ben, episode):
    began = "INT. KITCHEN - DAY\n\nAnna pours tea.\n"
    draft = ScriptDraft.objects.create(
        episode=episode, created_by=ben, text=began, version=1, written_at=timezone.now(),
        title="Tea", asked={"topic": "tea", "style": "noir", "shots": 8, "scenes": 2, "language": "en"},
    )  # fmt: skip
    address = reverse("draft", args=[draft.pk])
    mine, theirs = began.replace("tea", "coffee"), began.replace("tea", "milk")
    client.force_login(ben)
    for _ in range(2):
        saved = client.post(address, {"version": "1", "act": "save", "text": mine})
        assert saved.status_code == 302
    draft.refresh_from_db()
    assert draft.version == 2
    client.force_login(ada)
    sent = {"version": "1", "act": "save", "text": theirs}
    for _ in range(2):
        late = client.post(address, sent)
        page = late.content.decode()
        assert late.status_code == 412 and "Anna pours coffee" in page and "pours milk" in page
        assert 'name="version" value="1"' in page and 'name="over" value="2"' in page
        assert "use-draft" not in page
    draft.refresh_from_db()
    assert "coffee" in draft.text
    assert client.post(address, {"version": "1", "act": "use"}).status_code == 412
    assert client.post(address, {**sent, "act": "", "over": "2"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.version, "milk" in draft.text) == (3, True)
