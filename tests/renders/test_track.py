"""The track under a film: every shot at its frame, beats where they lie."""

from __future__ import annotations

import pytest

from projects.models import Shot
from renders.models import Delivery, Variant
from renders.readings.track import track_of
from renders.services.cuts import cut_build
from renders.services.reviews import review_approve
from tests.factories import variant_of


@pytest.fixture
def film(episode, ben, dora):
    """A film of a real cut; what is in its file is no matter here."""
    for shot in Shot.objects.filter(scene__episode=episode):
        review_approve(user=dora, variant=variant_of(shot))
    cut = cut_build(user=ben, episode=episode)
    media = Variant.objects.all()[0].media
    return Delivery.objects.create(
        cut=cut, profile="h264_1080p", film=media, contact_sheet=media, poster=media,
        frames=cut.duration_frames, qc_verdict="met", qc_report={"rows": []},
    )  # fmt: skip


@pytest.mark.slow
def test_the_track_holds_every_shot_end_to_end(film, episode):
    track = track_of(film)
    shots = Shot.objects.filter(scene__episode=episode).order_by("scene__number", "order")
    assert [clip.shot for clip in track.clips] == [shot.pk for shot in shots]
    at = 0
    for clip in track.clips:
        assert clip.start_frame == at
        at += clip.duration_frames
    assert at == track.frames == film.frames
    assert (track.fps_numerator, track.fps_denominator) == (24000, 1001)


@pytest.mark.slow
def test_a_variant_that_is_gone_leaves_its_place_on_the_track(film):
    Variant.objects.filter(pk=next(iter(film.cut.document["variants"].values()))).delete()
    first = track_of(film).clips[0]
    assert (first.shot, first.variant) == (None, None)
    assert first.duration_frames > 0


@pytest.mark.slow
def test_the_page_shows_the_track_with_the_exact_rate(film, episode, client, vic):
    client.force_login(vic)
    page = client.get(f"/episodes/{episode.pk}/cut").content.decode()
    assert 'data-numerator="24000" data-denominator="1001"' in page
    assert page.count("data-start=") == len(track_of(film).clips)
