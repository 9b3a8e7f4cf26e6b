"""What a person typed or chose outlives a refusal, and a page leads back to the fidelity it was opened in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from projects.models import Event
from renders.models import RenderTask, Review
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
    assert "The reason of a rejection" in page and "Nothing was changed" in page
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
