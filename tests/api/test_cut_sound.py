"""Recorded lines and cutting on the beat through the API."""

from __future__ import annotations

import pytest

from projects.models import Shot
from renders.models import Cut, LineRecording, RenderJob
from renders.services.cuts import shots_in_cut
from renders.services.jobs import run_until_done
from renders.services.reviews import review_approve
from tests.factories import variant_of
from tests.sound.test_recordings import take


@pytest.fixture
def spoken(episode):
    """The first shot in which somebody speaks."""
    return next(shot for shot in shots_in_cut(episode) if shot.dialogue.strip())


def test_a_recorded_line_is_brought_listed_replaced_and_taken_back(
    program, episode, spoken, ben, vic, dan
):
    ask, address = program(ben), f"shots/{spoken.pk}/recording"

    def bring(content, asks=ask, **query):
        return asks.client.put(
            f"/api/v1/{address}", content, "audio/wav", query_params=query, headers=asks.headers
        )

    assert ask.get(address).status_code == 404
    made = bring(take(), name="order take 3.wav")
    assert made.status_code == 200, made.content
    assert made.json()["file_name"] == "order take 3.wav" and made.json()["is_current"]
    again = bring(take(), name="order take 3.wav")
    assert again.json() == made.json() and LineRecording.objects.count() == 1
    listed = ask.get(f"episodes/{episode.pk}/recordings/").json()["results"]
    assert [row["shot"] for row in listed] == [str(spoken.pk)]
    assert ask.get(address).json() == made.json()
    Shot.objects.filter(pk=spoken.pk).update(dialogue="Other words now.")
    assert ask.get(address).json()["is_current"] is False
    for content in (b"", b"no sound at all", b"\x00" * 4000):
        assert bring(content).status_code == 400, content[:20]
    assert bring(take(), asks=program(vic)).status_code == 403
    assert bring(take(), asks=program(dan)).status_code == 404
    assert bring(take(), asks=program(ben, "read")).status_code == 403
    assert ask("DELETE", address).status_code == 204
    assert ask("DELETE", address).status_code == 204, "twice is no fault"
    assert not LineRecording.objects.exists()


def test_a_shot_without_words_takes_no_recording(program, episode, ben):
    silent = next(shot for shot in shots_in_cut(episode) if not shot.dialogue.strip())
    ask = program(ben)
    address = f"/api/v1/shots/{silent.pk}/recording"
    answer = ask.client.put(address, take(), "audio/wav", headers=ask.headers)
    assert (answer.status_code, "nobody speaks" in answer.json()["detail"]) == (409, True)


def test_a_cut_on_the_beat_says_how_far_each_cut_moved(program, episode, ada, ben, vic):
    for shot in shots_in_cut(episode):
        review_approve(user=ada, variant=variant_of(shot))
    ask, address = program(ben), f"episodes/{episode.pk}:cut-on-beat"
    refused = ask.post(address, {"tempo": "half", "offset_ms": 40})
    assert refused.status_code == 409, "its lines are spoken first"
    run_until_done(RenderJob.objects.get(pk=refused.json()["facts"]["job"]))
    made = ask.post(address, {"tempo": "half", "offset_ms": 40})
    assert made.status_code == 201, made.content
    said = made.json()
    assert said["cuts"] == len(said["moves"]) == len(shots_in_cut(episode)) - 1
    assert said["on_beat"] >= 1 and said["is_known"]
    assert any(move["moved_frames"] for move in said["moves"])
    assert ask.post(address, {"tempo": "half", "offset_ms": 40}).json() == said
    assert Cut.objects.count() == 1
    assert program(vic).get(f"cuts/{said['id']}/beats").json() == said
    assert ask.post(address, {"tempo": "third"}).status_code == 400
    assert ask.post(address, {"offset_ms": 90_000}).status_code == 400
    assert program(vic).post(address, {}).status_code == 403
