"""The day's work through the API: script, variants, verdicts, cut, film, look, log, files."""

from __future__ import annotations

from projects.models import Shot
from projects.services.scripts import episode_first
from renders.models import Cut, Delivery, RenderJob, Score, Verdict
from renders.services.jobs import run_until_done
from renders.services.reviews import review_approve
from tests.conftest import SCRIPT
from tests.factories import first_shot, variant_of


def test_a_script_becomes_scenes_shots_and_cast(program, project, ben):
    ask, episode = program(ben), episode_first(project)
    body = {"text": SCRIPT.decode(), "name": "night_bus.fountain"}
    done = ask.post(f"episodes/{episode.pk}:import-script", body)
    assert done.status_code == 200, done.content
    assert done.json()["title"] == "Night Bus"
    shots = ask.get(f"episodes/{episode.pk}/shots/?limit=200").json()["results"]
    assert len(shots) == Shot.objects.count() and shots[0]["scene_number"] == 1
    castings = ask.get(f"episodes/{episode.pk}/castings/?shot={shots[0]['id']}").json()["results"]
    assert [c["key"] for c in castings] == shots[0]["cast"]
    few = ask.get(f"episodes/{episode.pk}/shots/?size={shots[0]['size']}").json()["results"]
    assert {s["size"] for s in few} == {shots[0]["size"]}
    for bad in ("", "  ", "<html><body>x</body></html>", "\x01\x02\x03" * 90):
        answer = ask.post(f"episodes/{episode.pk}:import-script", {"text": bad})
        assert answer.status_code == 400, bad
    assert ask.get(f"episodes/{episode.pk}/shots/?size=XL").status_code == 400


def test_variants_are_asked_for_once_and_the_job_is_cancelled(program, episode, ben):
    ask, shot = program(ben), first_shot(episode)
    address = f"shots/{shot.pk}:request-variants"
    made = [ask.post(address, {"count": 2}, Idempotency_Key="k") for _ in range(2)]
    assert [m.status_code for m in made] == [202, 202]
    assert RenderJob.objects.count() == 1
    job = made[0].json()
    assert (job["status"], job["percent"], job["requested_by"]) == ("queued", 0, "ben")
    assert ask.post(f"jobs/{job['id']}:cancel").json()["status"] == "cancelled"
    assert ask.post(f"jobs/{job['id']}:cancel").status_code == 409
    listed = ask.get(f"projects/{episode.project_id}/jobs/?status=cancelled").json()["results"]
    assert [j["id"] for j in listed] == [job["id"]]


def test_verdicts_by_who_may(program, episode, dora, cleo, dan):
    variant = variant_of(first_shot(episode))
    Score.objects.create(variant=variant, criterion="technical", weight=0.25, value=0.5)
    address = f"variants/{variant.pk}"
    assert program(cleo).post(f"{address}:approve").status_code == 403
    assert program(dan).post(f"{address}:approve").status_code == 404
    assert program(dora, "read", "make").post(f"{address}:approve").status_code == 403
    ask = program(dora)
    assert ask.post(f"{address}:approve").json()["verdict"] == "approved"
    assert ask.post(f"{address}:undo").json()["verdict"] == "waiting"
    assert ask.post(f"{address}:undo").status_code == 409
    assert ask.post(f"{address}:reject", {}).status_code == 400
    assert ask.post(f"{address}:reject", {"reason": "likeness"}).json()["reason"] == "likeness"
    variant.refresh_from_db()
    assert variant.verdict == Verdict.REJECTED
    assert len(ask.get(f"{address}/reviews/").json()["results"]) == 3
    assert ask.get(f"{address}/scores/").json()["results"][0]["criterion"] == "technical"
    shown = ask.get(f"episodes/{episode.pk}/variants/?verdict=rejected").json()["results"]
    assert [(v["id"], v["is_stale"]) for v in shown] == [(str(variant.pk), False)]


def test_a_retake_needs_a_reason_and_a_director(program, episode, dora, ben):
    address = f"shots/{first_shot(episode).pk}:retake"
    assert program(ben).post(address, {"reason": "x"}).status_code == 403
    assert program(dora).post(address, {}).status_code == 400
    assert program(dora).post(address, {"reason": "closer"}).json()["status"] == "retake"


def test_a_cut_is_built_once_everything_is_approved(program, episode, ada, ben):
    ask = program(ben)
    answer = ask.post(f"episodes/{episode.pk}:build-cut")
    assert (answer.status_code, bool(answer.json()["facts"]["missing"])) == (409, True)
    for shot in Shot.objects.filter(scene__episode=episode):
        review_approve(user=ada, variant=variant_of(shot))
    refused = ask.post(f"episodes/{episode.pk}:build-cut", {}, Idempotency_Key="c")
    assert refused.status_code == 409, "its lines are spoken first"
    run_until_done(RenderJob.objects.get(pk=refused.json()["facts"]["job"]))
    cut = ask.post(f"episodes/{episode.pk}:build-cut", {}, Idempotency_Key="c")
    assert cut.status_code == 201, cut.content
    assert ask.get(f"episodes/{episode.pk}/cuts/").json()["results"] == [cut.json()]
    job = ask.post(f"cuts/{cut.json()['id']}:render", {"is_preview": True})
    assert (job.status_code, job.json()["kind"]) == (202, "film")


def test_a_look_is_published_and_the_log_tells_it(program, project, dora, ben):
    ask, address = program(dora), f"projects/{project.pk}/"
    last = ask.get(f"{address}events/?limit=200").json()["results"][-1]["seq"]
    body = {"document": {"mood": "lonely"}, "version": 1}
    assert program(ben).post(f"{address}style-bibles/", body).status_code == 403
    made = ask.post(f"{address}style-bibles/", body)
    assert (made.status_code, made.json()["version"]) == (201, 2)
    late = ask.post(f"{address}style-bibles/", {"document": {"mood": "gay"}, "version": 1})
    assert late.status_code == 412
    current = ask.get(f"{address}style-bibles/?is_current=true").json()["results"]
    assert [b["version"] for b in current] == [2]
    assert ask.get(f"style-bibles/{made.json()['id']}/").json() == made.json()
    told = ask.get(f"{address}events/?since={last}").json()["results"]
    assert [(e["seq"], e["verb"], e["actor"]) for e in told] == [
        (last + 1, "bible.published", "dora")
    ]
    for since in ("-1", "x", "9" * 400, "%00"):
        assert ask.get(f"{address}events/?since={since}").status_code == 400


def test_files_come_whole_and_in_parts_to_who_may(program, anonymous, episode, ben, dan):
    variant = variant_of(first_shot(episode))
    cut = Cut.objects.create(episode=episode, version=1, tier="storyboard")
    delivery = Delivery.objects.create(
        cut=cut, profile="web", film=variant.media, contact_sheet=variant.media,
        poster=variant.media, frames=1, qc_verdict="met", qc_report={},
    )  # fmt: skip
    ask = program(ben)
    shown = ask.get(f"deliveries/{delivery.pk}/").json()
    for link in (shown["film"], shown["contact_sheet"], f"/api/v1/variants/{variant.pk}/picture"):
        address = link.removeprefix("/api/v1/")
        whole = b"".join(ask.get(address, Accept="image/*"))
        assert len(whole) == variant.media.size_bytes
        part = ask.get(address, Range="bytes=0-9")
        assert (part.status_code, b"".join(part)) == (206, whole[:10])
        assert program(dan).get(address).status_code == 404
        assert anonymous.get(address).status_code == 401
