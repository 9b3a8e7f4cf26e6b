"""Asking for a delivery: each profile is offered with its reasons, one that cannot be is refused on every way in."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from apexsite.kit.errors import InputError
from renders.models import RenderJob
from renders.readings.exports import profiles_for
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import film_request
from renders.services.reviews import review_approve
from tests.factories import variant_of


@pytest.fixture
def cut(episode, dora, ben):
    """A cut of approved pictures."""
    for shot in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(shot))
    return cut_build(user=ben, episode=episode)


def test_a_delivery_that_cannot_be_is_refused_before_a_job_is_made(cut, ben):
    with pytest.raises(InputError, match=r"Shorts 9:16: raster=.*expected 9:16"):
        film_request(user=ben, cut=cut, profile="shorts")
    with pytest.raises(InputError, match="profile='vhs' is not known"):
        film_request(user=ben, cut=cut, profile="vhs")
    assert not RenderJob.objects.exists()


def test_two_deliveries_of_a_cut_are_two_jobs_and_the_same_one_twice_is_one(cut, ben):
    first = film_request(user=ben, cut=cut, profile="draft")
    assert film_request(user=ben, cut=cut, profile="draft") == first
    assert film_request(user=ben, cut=cut, profile="youtube_1080p") != first
    assert first.tasks.get().request["profile"] == "draft"
    assert first.title.startswith("Draft of ")


def test_the_page_offers_every_delivery_and_says_why_one_cannot_be(cut, client, ben):
    client.force_login(ben)
    page = client.get(f"/episodes/{cut.episode_id}/cut").content.decode()
    assert '<option value="prores_hq"' in page
    assert "expected 9:16" in page
    blocked = {offer.profile.name for offer in profiles_for(cut) if offer.problems}
    assert "shorts" in blocked and "h264_1080p" not in blocked


def test_the_page_and_the_api_refuse_it_too(cut, client, ben):
    client.force_login(ben)
    asked = client.post(f"/episodes/{cut.episode_id}/cut/render", {"profile": "shorts"})
    assert asked.status_code == 400 and b"9:16" in asked.content
    job = client.post(
        f"/api/v1/cuts/{cut.pk}:render", {"profile": "shorts"}, content_type="application/json"
    )
    assert job.status_code == 400 and "9:16" in job.content.decode()
    assert not RenderJob.objects.exists()


def test_the_command_lists_deliveries_and_refuses_one_that_cannot_be(cut, ben, capsys):
    call_command("film", "profiles")
    assert "prores_hq" in capsys.readouterr().out
    with pytest.raises(CommandError, match="expected 9:16"):
        call_command("film", "render", str(cut.pk), "--profile", "shorts", "--user", ben.username)
    with pytest.raises(CommandError, match="is not known"):
        call_command("film", "check", "x.mp4", "--cut", "no id")
    with pytest.raises(CommandError, match="is not a file"):
        call_command("film", "clip", "gone “é”.mp4")
