"""Advice on variants: one a person and variant, changed, taken back; never a verdict."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from projects.models import Event
from renders.models import Recommendation, Variant
from renders.services.recommendations import recommendation_withdraw, variant_recommend
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):
    return first_shot(episode)


@pytest.fixture
def variant(shot):
    return variant_of(shot)


def verbs():
    return [v for v in Event.objects.values_list("verb", flat=True) if "recommended" in v]


def test_advice_is_one_a_person_and_can_be_changed_and_taken_back(variant, cleo):
    variant_recommend(user=cleo, variant=variant, advice="for", words=" Her eyes. ")
    variant_recommend(user=cleo, variant=variant, advice="for", words="Her eyes.")
    assert verbs() == ["variant.recommended"]
    variant_recommend(user=cleo, variant=variant, advice="against")
    assert Recommendation.objects.get().advice == "against"
    recommendation_withdraw(user=cleo, variant=variant)
    recommendation_withdraw(user=cleo, variant=variant)
    assert verbs() == ["variant.recommended", "variant.recommended", "variant.unrecommended"]
    assert Recommendation.objects.count() == 0


def test_advice_never_moves_a_verdict(variant, cleo, dora):
    for person in (cleo, dora):
        variant_recommend(user=person, variant=variant, advice="for")
    assert Variant.objects.get().verdict == "waiting"


@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 302), ("dora", 302), ("ben", 302), ("cleo", 302), ("vic", 403), ("dan", 404)],
)
def test_who_may_give_advice(name, status, variant, client, dan, django_user_model):
    client.force_login(django_user_model.objects.get(username=name))
    answer = client.post(f"/variants/{variant.pk}/recommend", {"advice": "for"})
    assert answer.status_code == status
    assert Recommendation.objects.count() == (status == 302)
    answer = client.post(f"/variants/{variant.pk}/recommend", {"advice": "none"})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "form", [{}, {"advice": "approve"}, {"advice": "for", "words": "🎬" * 10_000}]
)
def test_bad_advice_is_refused_in_words(form, variant, cleo, client):
    client.force_login(cleo)
    assert client.post(f"/variants/{variant.pk}/recommend", form).status_code == 400
    assert Recommendation.objects.count() == 0
    with pytest.raises(InputError, match="must be one of for, against"):
        variant_recommend(user=cleo, variant=variant, advice="perhaps")


def test_the_strip_and_the_side_say_who_recommends(shot, variant, cleo, ben, dora, client):
    variant_recommend(user=cleo, variant=variant, advice="for", words="<i>calm</i>")
    variant_recommend(user=ben, variant=variant, advice="against")
    client.force_login(dora)
    page = client.get(f"/shots/{shot.pk}/review").content.decode()
    assert '<span class="advised">Cleo recommends, Ben advises against</span>' in page
    assert "Cleo recommends variant 1: &lt;i&gt;calm&lt;/i&gt;" in page


def test_two_recommend_and_three_are_counted(shot, variant, ada, cleo, ben, vic, dora, client):
    client.force_login(vic)
    for person in (cleo, ben):
        variant_recommend(user=person, variant=variant, advice="for")
    assert "Cleo and Ben recommend<" in client.get(f"/shots/{shot.pk}/review").content.decode()
    variant_recommend(user=ada, variant=variant, advice="for")
    assert "3 people recommend<" in client.get(f"/shots/{shot.pk}/review").content.decode()


@pytest.mark.parametrize(("name", "status"), [("dora", 302), ("ada", 302), ("ben", 403), ("cleo", 403), ("vic", 403), ("dan", 404)])  # fmt: skip
def test_who_may_send_to_retake(name, status, shot, client, dan, django_user_model):
    client.force_login(django_user_model.objects.get(username=name))
    answer = client.post(f"/shots/{shot.pk}/review/retake", {"reason": "Too much ceiling"})
    assert answer.status_code == status
    shot.refresh_from_db()
    assert (shot.status == "retake") == (status == 302)


def test_a_retake_says_why_and_is_said_in_the_room(shot, dora, client):
    client.force_login(dora)
    assert client.post(f"/shots/{shot.pk}/review/retake", {"reason": " "}).status_code == 400
    client.post(f"/shots/{shot.pk}/review/retake", {"reason": "Too <much> ceiling"})
    page = client.get(f"/shots/{shot.pk}/review").content.decode()
    assert "Dora: Too &lt;much&gt; ceiling" in page
    assert 'data-testid="retake"' not in page


def test_a_rejection_needs_a_known_reason_or_words(variant, dora, client):
    client.force_login(dora)
    address = f"/variants/{variant.pk}/reject"
    page = client.post(address, {"words": " "}, follow=True)
    assert "Nothing was changed." in page.content.decode()
    variant.refresh_from_db()
    assert variant.verdict == "waiting"
    assert client.post(address, {"reason": "light", "words": "🎬" * 10_000}).status_code == 400
    assert client.post(address, {"reason": "other", "words": "Wrong film"}).status_code == 400
    assert client.post(address, {"words": "Wrong film"}).status_code == 302
    variant.refresh_from_db()
    assert variant.verdict == "rejected"
