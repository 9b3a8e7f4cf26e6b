"""The cut page: the films of one fidelity, each with its check to read and print."""

from __future__ import annotations

import pytest

from renders.models import Cut, Delivery, RenderJob
from renders.services.media import media_keep_bytes
from tests.factories import first_shot, variant_of

ROWS = [{"name": "frame count", "expected": "24", "found": "24", "met": True}]


def delivery_of(episode, *, tier: str = "storyboard", version: int = 1) -> Delivery:
    """Make a delivery; what is in its file is no matter here."""
    picture = variant_of(first_shot(episode), number=50 + version, tier=tier).media
    return Delivery.objects.create(
        cut=Cut.objects.create(episode=episode, version=version, tier=tier),
        profile="h264_1080p",
        film=media_keep_bytes(f"film {version}".encode(), content_type="video/mp4"),
        contact_sheet=picture,
        poster=picture,
        frames=24,
        qc_verdict="met",
        qc_report={"rows": ROWS},
    )


@pytest.fixture
def cut_page(client, vic, episode):
    client.force_login(vic)
    return lambda **asked: client.get(f"/episodes/{episode.pk}/cut", asked).content.decode()


def test_the_page_plays_a_film_of_the_fidelity_it_is_on(cut_page, episode):
    storyboard = delivery_of(episode)
    final = delivery_of(episode, tier="final", version=2)
    assert f"/media/deliveries/{storyboard.pk}/film" in cut_page()
    page = cut_page(tier="final")
    assert f"/media/deliveries/{final.pk}/film" in page
    assert str(storyboard.pk) not in page


def test_an_earlier_film_is_played_when_asked_for(cut_page, episode):
    first, _ = delivery_of(episode), delivery_of(episode, version=2)
    page = cut_page(film=str(first.pk))
    assert 'data-testid="film"' in page
    assert page.index(f"/media/deliveries/{first.pk}/film") < page.index("Deliveries</h2>")


@pytest.mark.parametrize("asked", ["x", "0" * 5000, "\x00"])
def test_a_film_there_is_not_shows_the_newest(cut_page, episode, asked):
    newest = delivery_of(episode)
    assert f"/media/deliveries/{newest.pk}/film" in cut_page(film=asked)


def test_the_report_names_every_check(client, vic, episode):
    client.force_login(vic)
    page = client.get(f"/deliveries/{delivery_of(episode).pk}/report").content.decode()
    assert "Frame count" in page
    assert "1 check, all met" in page


def test_a_stranger_reads_no_report(client, dan, episode):
    client.force_login(dan)
    assert client.get(f"/deliveries/{delivery_of(episode).pk}/report").status_code == 404


def test_a_failed_film_says_why_and_how_to_go_on(cut_page, client, ben, episode):
    job = RenderJob.objects.create(
        project=episode.project, episode=episode, kind="film", status="failed", title="film"
    )
    job.tasks.create(index=0, status="failed", error="the disk is full")
    assert "the disk is full" in cut_page()
    client.force_login(ben)
    assert "Try again from the failed step" in cut_page()
    delivery_of(episode)
    assert "the disk is full" not in cut_page(), "a film made since answers it"
