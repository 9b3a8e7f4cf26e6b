"""Every page of the administration opens with rows in it; its actions go by the services and are kept in the history."""

from __future__ import annotations

import json

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from projects.models import Event, Project, Shot, StyleBibleVersion
from projects.services.looks import override_version
from projects.services.shotlist import shot_omit
from projects.web.lookform import groups_of
from renders.management.people import people_ensure
from renders.models import RenderJob, Variant, WorkStatus
from tests.factories import first_shot, variant_of
from tests.renders.test_admin import address, root, variant  # noqa: F401

READ_ONLY = (
    "status", "verdict", "fence", "lease_until", "worker", "recipe", "inputs_hash", "brief_hash",
    "look_hash", "cast_hash", "bible_hash", "qc_verdict", "seq", "version", "is_current",
    "score_total", "order", "is_cancel_requested",
)  # fmt: skip


def act(client, model, action, *rows):
    """Choose rows and run an action, as the list does."""
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return client.post(address(model, "changelist"), chosen, follow=True)


def test_every_page_opens_as_superuser(root, variant):  # noqa: F811
    seen = []
    for model, room in admin.site._registry.items():
        row = model._default_manager.first()
        pages = [address(model, "changelist")]
        if room.has_add_permission(_request(root)):
            pages.append(address(model, "add"))
        if row is not None:
            pages += [address(row, page, row.pk) for page in ("change", "history")]
        for page in pages:
            assert root.get(page).status_code == 200, page
            seen.append(page)
    assert root.get("/admin/").status_code == 200
    assert len(seen) > 60


def _request(client: Client):  # type: ignore[no-untyped-def]
    from django.test import RequestFactory

    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(username="root")
    return request


def test_no_page_offers_a_machine_field_to_type_in(root, variant):  # noqa: F811
    for model in admin.site._registry:
        row = model._default_manager.first()
        if row is None or model._meta.app_label not in ("projects", "characters", "renders"):
            continue
        page = root.get(address(row, "change", row.pk)).content.decode()
        offered = [name for name in READ_ONLY if f'name="{name}"' in page]
        assert offered == [], model


def test_verdicts_given_here_go_by_the_service_and_stay_in_the_history(root, variant):  # noqa: F811
    other = variant_of(variant.shot, number=5)
    page = act(root, Variant, "approve", other)
    assert "Done for 1" in page.content.decode()
    variant.refresh_from_db()
    other.refresh_from_db()
    assert (variant.verdict, other.verdict) == ("superseded", "approved")
    assert LogEntry.objects.filter(object_id=str(other.pk), change_message="Approved.").exists()
    history = root.get(address(other, "history", other.pk)).content.decode()
    assert "Approved." in history
    assert "variant.approved" in history
    for action, verdict in (("reject", "rejected"), ("take_back", "waiting")):
        act(root, Variant, action, other)
        other.refresh_from_db()
        assert other.verdict == verdict


def test_what_a_service_refuses_is_said_and_not_done(root, variant):  # noqa: F811
    page = act(root, Variant, "take_back", variant_of(variant.shot, number=5)).content.decode()
    assert "cannot become waiting" in page
    assert "Done for" not in page
    assert not LogEntry.objects.exists()


def test_jobs_are_cancelled_and_tried_again_and_a_second_press_says_so(root, variant):  # noqa: F811
    job = RenderJob.objects.get()
    act(root, RenderJob, "cancel", job)
    assert set(job.tasks.values_list("status", flat=True)) == {WorkStatus.CANCELLED}
    act(root, RenderJob, "try_again", job)
    assert set(job.tasks.values_list("status", flat=True)) == {WorkStatus.QUEUED}
    assert "nothing to try again" in act(root, RenderJob, "try_again", job).content.decode()


def test_shots_go_to_retake_out_of_the_cut_and_back(root, variant):  # noqa: F811
    shot = variant.shot
    for action, status in (("retake", "retake"), ("omit", "omitted"), ("restore", "active")):
        for _ in range(2):
            act(root, Shot, action, shot)
        shot.refresh_from_db()
        assert shot.status == status
    verbs = Event.objects.filter(target_id=str(shot.pk)).values_list("verb", flat=True)
    told = [v for v in verbs if v in ("shot.retake", "shot.omitted", "shot.restored")]
    assert told == ["shot.retake", "shot.omitted", "shot.restored"]


def test_a_clerk_who_is_no_member_may_look_and_do_nothing(db, variant):  # noqa: F811
    from django.contrib.auth.models import Permission

    clerk = User.objects.create_user("desk", password="desk-password", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(clerk)
    assert client.get(address(Shot, "changelist")).status_code == 200
    page = act(client, Shot, "omit", variant.shot).content.decode()
    assert "there is no such project for you" in page
    variant.shot.refresh_from_db()
    assert variant.shot.status == "active"
    row = StyleBibleVersion.objects.get()
    form = {"mood": "dread"}
    assert (
        client.post(f"/admin/projects/stylebibleversion/{row.pk}/sheet/", form).status_code == 404
    )
    assert StyleBibleVersion.objects.count() == 1


def sheet_of(row, **changes):
    """Return the look's form as the page would send it."""
    sent = {}
    for _, lines in groups_of(row.given or row.document):
        for line in lines:
            sent[line.name] = [s.colour for s in line.swatches] if line.swatches else line.value
    return {**sent, **changes}


def test_a_look_is_published_by_a_form_with_swatches_and_no_raw_names(root, variant):  # noqa: F811
    row = StyleBibleVersion.objects.get()
    base = f"/admin/projects/stylebibleversion/{row.pk}/sheet/"
    page = root.get(base).content.decode()
    assert 'type="color"' in page
    assert "White balance" in page
    shown = root.get(address(row, "change", row.pk)).content.decode()
    assert "primary_colors" not in shown
    assert "background:#2C3E50" in shown
    for _ in range(2):
        answer = root.post(base, sheet_of(row, mood="dread"))
        assert answer.status_code == 302
    new = StyleBibleVersion.objects.get(is_current=True)
    assert (new.version, new.document["mood"]) == (2, "dread")
    assert LogEntry.objects.filter(object_id=str(new.pk)).exists()
    stale = root.post(base, sheet_of(row, mood="tender"))
    assert stale.status_code == 412
    assert "tender" in stale.content.decode()
    bad = root.post(base, sheet_of(row, film_grain="9"))
    assert bad.status_code == 400
    assert "from 0 to 1" in bad.content.decode()
    act(root, StyleBibleVersion, "restore", row)
    assert StyleBibleVersion.objects.get(is_current=True).version == 3


def test_a_style_bible_json_goes_in_and_out_here_with_its_faults_by_path(root, variant):  # noqa: F811
    row = StyleBibleVersion.objects.get()
    base = f"/admin/projects/stylebibleversion/{row.pk}/sheet/"
    bad = root.post(base, {"document": '{"grade": {"tint": "x"}, "elements": [3]}'})
    page = bad.content.decode()
    assert bad.status_code == 400
    assert "$.grade.tint" in page
    assert "$.elements[0]" in page
    assert "JSON" in root.post(base, {"document": "<x>"}).content.decode()
    document = {"mood": "dread", "vfx": {"rain": [1]}, "director": "", "elements": []}
    assert root.post(base, {"document": json.dumps(document)}).status_code == 302
    project = row.project_id
    assert json.loads(root.get(f"/projects/{project}/look.json").content) == document


def test_the_look_of_a_scene_and_a_shot_is_a_form_here_too(root, variant):  # noqa: F811
    for row in (variant.shot, variant.shot.scene):
        assert f"{row.pk}/look/" in root.get(address(row, "change", row.pk)).content.decode()
        base = f"/admin/projects/{row._meta.model_name}/{row.pk}/look/"
        assert 'name="field"' in root.get(base).content.decode()
        sent = {"mood": "dread", "mood.weight": "1", "seen": override_version(row)}
        for _ in range(2):
            assert root.post(base, sent).status_code == 302
        row.refresh_from_db()
        assert row.bible_override == {"mood": "dread"}
        assert LogEntry.objects.filter(object_id=str(row.pk)).exists()
        bad = root.post(base, {"grade.tint": "x"})
        assert bad.status_code == 400
        assert "must be a number from -150" in bad.content.decode()


def test_a_name_of_ten_thousand_emoji_is_refused_and_stays_typed(root, variant):  # noqa: F811
    project = Project.objects.get()
    answer = root.post(address(project, "change", project.pk), {"name": "🎬" * 10_000})
    assert answer.status_code == 200
    assert "at most 200 characters" in answer.content.decode()
    project.refresh_from_db()
    assert project.name == "Night Bus"


@pytest.mark.parametrize("action", ["retake", "omit", "restore"])
def test_an_action_on_nothing_chosen_does_nothing(action, root, episode):  # noqa: F811
    count = Event.objects.count()
    root.post(address(Shot, "changelist"), {"action": action}, follow=True)
    assert Event.objects.count() == count
    shot = first_shot(episode)
    shot_omit(user=User.objects.get(username="ada"), shot=shot)
    assert "omitted" in act(root, Shot, "retake", shot).content.decode()


def test_the_demos_ada_keeps_the_site_and_the_others_do_not(client, db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    passwords = people_ensure()
    assert people_ensure() == passwords, "who is there keeps their password"
    for name, status in (("ada", 200), ("dora", 302)):
        client.force_login(User.objects.get(username=name))
        answer = client.get("/admin/projects/stylebibleversion/")
        assert answer.status_code == status, name
