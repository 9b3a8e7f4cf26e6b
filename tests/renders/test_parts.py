"""A film on several workers: others take parts, the film is the same, and nobody ever waits for a worker who is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from apexsite.kit.errors import Cancelled
from apexsite.kit.ffmpeg import run_ffmpeg
from renders.engine.export.segments import SegmentCache
from renders.models import Delivery, RenderTask, WorkStatus
from renders.readings.jobs import jobs_of
from renders.services import films, parts
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import film_request
from renders.services.jobs import job_cancel, run_until_done, work_one
from renders.services.media import media_path
from renders.services.reviews import review_approve
from tests.factories import variant_of


@pytest.fixture
def cut(episode, project, dora, ben, settings, tmp_path):
    """A small cut, and a segment cache of its own."""
    settings.APEX_SEGMENTS_ROOT = tmp_path / "segments"
    project.width, project.height = 320, 180
    project.save()
    episode.refresh_from_db()
    for shot in shots_in_cut(episode):
        shot.duration_frames = 12
        shot.dialogue = ""
        shot.save()
        review_approve(user=dora, variant=variant_of(shot))
    return cut_build(user=ben, episode=episode, waive_stale="shortened for a test")


def decoded(delivery) -> str:
    path = media_path(delivery.film)
    return run_ffmpeg(["-i", str(path), "-map", "0:v", "-f", "md5", "-"]).decode()


def helped(monkeypatch, job, count):
    """Let another worker take so many parts the moment they are offered, as a cluster would."""
    done: list[bool] = []
    real = parts.parts_offer

    def offer(task, spans):
        made = real(task, spans)
        done.extend(work_one("cpu", "helper", job) for _ in range(min(count, made)))
        return made

    monkeypatch.setattr(parts, "parts_offer", offer)
    return done


def film(user, cut, **more):
    return film_request(user=user, cut=cut, is_preview=True, **more)


def test_a_film_of_two_workers_is_the_film_of_one(cut, ben, settings, tmp_path, monkeypatch):
    job = film(ben, cut)
    assert run_until_done(job).status == WorkStatus.DONE
    alone = Delivery.objects.get()
    assert alone.recipe["segments_rendered"] == alone.recipe["segments"] > 3
    md5, sha = decoded(alone), alone.film.sha256
    alone.delete()
    settings.APEX_SEGMENTS_ROOT = tmp_path / "other segments “é” 🎬"
    job = film(ben, cut)
    taken = helped(monkeypatch, job, 3)
    assert run_until_done(job).status == WorkStatus.DONE
    assert taken == [True, True, True]
    shared = Delivery.objects.get()
    assert shared.recipe["segments_rendered"] == shared.recipe["segments"] - 3
    assert decoded(shared) == md5 and shared.film.sha256 == sha
    assert [task.is_part for task in RenderTask.objects.filter(job=job)] == [False]


def test_one_worker_alone_renders_all_and_parts_leave_nothing_behind(cut, ben, monkeypatch):
    offered = []
    real = parts.parts_offer
    monkeypatch.setattr(parts, "parts_offer", lambda task, spans: offered.append(real(task, spans)))
    job = film(ben, cut)
    assert run_until_done(job).status == WorkStatus.DONE
    assert offered[0] == Delivery.objects.get().recipe["segments"]
    assert job.tasks.get().status == WorkStatus.DONE


def test_progress_is_the_films_own_while_parts_are_under_way(cut, ben, client, monkeypatch):
    job = film(ben, cut)
    seen = {}
    real = parts.parts_offer

    def offer(task, spans):
        made = real(task, spans)
        assert RenderTask.objects.filter(job=job).count() == made + 1
        seen["row"] = jobs_of(cut.episode.project)[0]
        client.force_login(ben)
        page = client.get(f"/episodes/{cut.episode_id}/cut").content.decode()
        seen["bars"] = page.count(f'data-job="{job.pk}"')
        return made

    monkeypatch.setattr(parts, "parts_offer", offer)
    run_until_done(job)
    assert seen["row"].said == "speaking and mixing" and seen["bars"] == 1


def test_cancelling_the_film_stops_its_parts(cut, ben, monkeypatch):
    job = film(ben, cut)
    real = parts.parts_offer

    def offer(task, spans):
        real(task, spans)
        job_cancel(user=ben, job=job)
        assert not work_one("cpu", "helper", job), "nothing is left to take"

    monkeypatch.setattr(parts, "parts_offer", offer)
    assert run_until_done(job).status == WorkStatus.CANCELLED
    assert not Delivery.objects.exists() and job.tasks.count() == 1


def test_a_film_that_was_killed_goes_on_from_the_segments_that_are_there(
    cut, ben, settings, monkeypatch
):
    job = film(ben, cut)
    real = SegmentCache.tidy
    with monkeypatch.context() as patch:
        # The worker is gone after its segments and before its film.
        patch.setattr(SegmentCache, "tidy", lambda self: (_ for _ in ()).throw(Cancelled("gone")))
        work_one("cpu", "killed", job)
    assert SegmentCache.tidy is real and not Delivery.objects.exists()
    again = film(ben, cut)
    assert run_until_done(again).status == WorkStatus.DONE
    assert Delivery.objects.get().recipe["segments_rendered"] == 0


def test_a_part_whose_film_changed_or_fails_does_not_fail_the_job(cut, ben, monkeypatch):
    job = film(ben, cut)
    real = parts.parts_offer

    def offer(task, spans):
        real(task, spans)
        RenderTask.objects.filter(job=job, request__has_key="part").update(
            request={"part": "0" * 64, "name": "gone", "film": str(task.pk)}
        )
        assert work_one("cpu", "helper", job)

    monkeypatch.setattr(parts, "parts_offer", offer)
    assert run_until_done(job).status == WorkStatus.DONE
    assert films.film_inputs(job.tasks.get().request)["preview"]


SHARE = """
import os, subprocess, sys, time
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from apexsite.kit.ffmpeg import run_ffmpeg
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from characters.services.scripts import script_import
from renders.models import Delivery, RenderJob
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import film_request
from renders.services.media import media_path
from renders.services.reviews import review_approve
from tests.factories import variant_of

call_command("migrate", verbosity=0)
user = User.objects.create_user("ada")
project = project_create(user=user, name="Shared")
project.width, project.height = 1280, 720
project.save()
episode = episode_first(project)
text = "INT. HALL - DAY\\n\\n" + "".join(f"A lamp burns, number {n}.\\n\\n" for n in range(8))
episode = script_import(user=user, episode=episode, content=text.encode(), name="hall.fountain")
for shot in shots_in_cut(episode):
    shot.duration_frames = 48
    shot.save()
    review_approve(user=user, variant=variant_of(shot))
cut = cut_build(user=user, episode=episode, waive_stale="shortened")
for count in (1, 2):
    os.environ["APEX_SEGMENTS"] = os.path.join(os.environ["APEX_VAR"], f"segments {count}")
    work = [sys.executable, "manage.py", "work"]
    workers = [subprocess.Popen(work) for _ in range(count)]
    time.sleep(8)
    try:
        job = film_request(user=user, cut=cut)
        while RenderJob.objects.get(pk=job.pk).status in ("queued", "running"):
            time.sleep(0.2)
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(30)
    made = Delivery.objects.get()
    path = str(media_path(made.film))
    md5 = run_ffmpeg(["-i", path, "-map", "0:v", "-f", "md5", "-"]).decode().strip()
    print(md5, made.recipe["segments"], made.recipe["segments_rendered"])
    made.delete()
"""


@pytest.mark.slow
def test_worker_processes_share_a_film_and_it_is_the_film_of_one(tmp_path):
    environment = {**os.environ, "APEX_VAR": str(tmp_path)}
    environment |= {"DJANGO_SETTINGS_MODULE": "apexsite.settings.dev"}
    made = subprocess.run(
        [sys.executable, "-c", SHARE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert made.returncode == 0, made.stderr[-3000:]
    one, two = (line.split() for line in made.stdout.splitlines()[-2:])
    (md5, count, alone), (shared, _, own) = one, two
    assert shared == md5, "the decoded pictures differ"
    assert int(alone) == int(count) > int(own) > 0, "the other worker rendered some"
