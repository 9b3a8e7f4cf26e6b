"""Cut on beat from the page: cuts move, say how far, and the same wish again is the same cut."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from renders.models import Cut, RenderJob
from renders.readings.beats import beats_of_cut
from renders.services.cuts import cut_build
from renders.services.jobs import run_until_done
from renders.services.musicplans import BeatWish
from tests.renders.test_cuts import approved  # noqa: F401 - a fixture


def test_the_button_cuts_on_the_beat_and_the_page_lists_every_move(client, ben, approved):  # noqa: F811
    client.force_login(ben)
    where = f"/episodes/{approved.pk}/cut"
    answer = client.post(f"{where}/beat", {"tempo": "double", "offset_ms": "40"})
    assert answer.status_code == 302
    assert not Cut.objects.exists(), "its lines are spoken first"
    run_until_done(RenderJob.objects.get())
    cut = Cut.objects.get(episode=approved)
    assert cut.document["music"]["wish"] == {"tempo": "double", "offset_ms": 40}
    reading = beats_of_cut(cut)
    assert reading.on_beat == len(reading.moves) > 0
    page = client.get(where).content.decode()
    assert "How far each cut moved" in page and "spoken by espeak-ng" in page
    assert all(move.shot_code in page for move in reading.moves)
    client.post(f"{where}/beat", {"tempo": "double", "offset_ms": "40"})
    assert Cut.objects.filter(episode=approved).count() == 1, "a second click builds nothing"
    assert cut_build(user=ben, episode=approved).pk == cut.pk, "the wish stands until changed"
    client.post(f"{where}/beat", {"tempo": "half", "offset_ms": "0"})
    slower = beats_of_cut(Cut.objects.filter(episode=approved).first())
    assert slower.tempo_bpm == pytest.approx(reading.tempo_bpm / 4)


@pytest.mark.parametrize("asked", [{"offset_ms": "1e3"}, {"offset_ms": "99999"}, {"tempo": "x"}])
def test_a_wish_that_cannot_be_is_refused(client, ben, approved, asked):  # noqa: F811
    client.force_login(ben)
    assert client.post(f"/episodes/{approved.pk}/cut/beat", asked).status_code == 400
    assert not Cut.objects.filter(episode=approved).exists()


def test_offsets_have_bounds():
    with pytest.raises(InputError, match="2000"):
        BeatWish(offset_ms=2001)
