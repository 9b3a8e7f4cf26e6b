"""Who is told of what, once; the bell; the page behind it; other people's rows are not there."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apexsite.kit.errors import InputError, NotAllowed, NotFound, StateError
from projects.events import event_record
from projects.models import Notification
from projects.services.notifications import (
    notifications_read_all,
    notifications_write,
    unread_count,
)
from projects.services.projects import member_remove
from projects.services.shots import shot_retake
from renders.models import RenderTask, WorkStatus
from renders.services.askings import review_ask
from renders.services.comments import comment_add, comment_edit
from renders.services.policies import shot_approve_best
from renders.services.reviews import review_approve, review_reject
from renders.services.variants import variants_request
from renders.states import job_settle
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):
    return first_shot(episode)


@pytest.fixture
def bens(shot, ben):
    """A variant that Ben asked for."""
    job = variants_request(user=ben, shot=shot, count=1)
    made = variant_of(shot)
    made.task = job.tasks.get()
    made.save()
    return made


def told(user):
    rows = Notification.objects.filter(user=user).order_by("told_at")
    return list(rows.values_list("kind", flat=True))


def end(job, status=WorkStatus.DONE):
    RenderTask.objects.filter(job=job).update(status=status)
    job_settle(job.pk)


def test_who_is_named_is_told_once_and_nobody_tells_themselves(shot, cleo, ben, vic):
    made = comment_add(user=cleo, shot=shot, body="@ben @cleo @vic, look")
    assert (told(ben), told(vic), told(cleo)) == (["mention"], ["mention"], [])
    comment_edit(user=cleo, comment=made, body="@ben look again")
    assert told(ben) == ["mention"]


def test_who_is_in_a_thread_hears_the_answer(shot, cleo, ben, dora, ada):
    first = comment_add(user=cleo, shot=shot, body="Too dark")
    comment_add(user=ben, shot=shot, body="I see", parent=first)
    comment_add(user=dora, shot=shot, body="@ben brighter", parent=first)
    assert told(cleo) == ["reply", "reply"]
    assert told(ben) == ["mention"]
    assert told(ada) == []


def test_who_asked_for_a_variant_hears_of_it(bens, shot, ben, dora, cleo):
    comment_add(user=cleo, shot=shot, variant=bens, body="Good")
    review_reject(user=dora, variant=bens, reason="light: too dark")
    review_approve(user=dora, variant=bens)
    shot_retake(user=dora, shot=shot, reason="Another lens")
    assert told(ben) == ["comment", "verdict", "verdict", "retake"]


def test_a_rolled_back_verdict_told_nobody(bens, ben, dora):
    with pytest.raises(RuntimeError), transaction.atomic():
        review_approve(user=dora, variant=bens)
        raise RuntimeError
    assert told(ben) == []


def test_finished_jobs_fold_into_one_row_until_it_is_read(shot, ben):
    for _ in range(3):
        end(variants_request(user=ben, shot=shot, count=1))
    row = Notification.objects.get(user=ben)
    assert (row.kind, row.count) == ("job", 3)
    Notification.objects.update(read_at=row.told_at)
    end(variants_request(user=ben, shot=shot, count=1))
    assert sorted(Notification.objects.values_list("count", flat=True)) == [1, 3]


def test_a_failed_job_is_a_row_of_its_own_and_a_cancelled_one_is_none(shot, ben):
    end(variants_request(user=ben, shot=shot, count=1))
    end(variants_request(user=ben, shot=shot, count=1), WorkStatus.FAILED)
    end(variants_request(user=ben, shot=shot, count=1), WorkStatus.CANCELLED)
    assert told(ben) == ["job", "job"]


def test_a_policys_sweep_folds(bens, shot, ben, ada):
    shot_approve_best(user=ada, shot=shot, tier="storyboard")
    row = Notification.objects.get(user=ben)
    assert (row.kind, row.fold) == ("verdict", f"policy.{ada.pk}")


def test_asking_for_a_review_tells_the_asked_and_not_twice(shot, bens, ben, dora, cleo, ada):
    review_ask(user=ben, shot=shot, people=[dora.pk, cleo.pk])
    assert (told(dora), told(cleo), told(ada)) == (["look"], ["look"], [])
    with pytest.raises(StateError, match="already and have not looked yet"):
        review_ask(user=ben, shot=shot, people=[dora.pk])
    review_ask(user=ben, shot=shot, people=[dora.pk, ada.pk])
    assert (told(dora), told(ada)) == (["look"], ["look"])
    Notification.objects.update(read_at="2026-01-01T00:00Z")
    review_ask(user=ben, shot=shot, people=[dora.pk])
    assert told(dora) == ["look", "look"]


def test_a_viewer_a_stranger_and_oneself_cannot_be_asked(shot, bens, ben, vic, dan, cleo):
    for people in ([], [vic.pk], [dan.pk], [ben.pk]):
        with pytest.raises(InputError):
            review_ask(user=ben, shot=shot, people=people)
    with pytest.raises(NotAllowed):
        review_ask(user=cleo, shot=shot, people=[ben.pk])


@pytest.mark.parametrize(("name", "status"), [("ada", 302), ("dora", 302), ("ben", 302), ("cleo", 403), ("vic", 403), ("dan", 404)])  # fmt: skip
def test_who_may_ask(name, status, shot, bens, client, dan, ada, dora, django_user_model):
    user = django_user_model.objects.get(username=name)
    client.force_login(user)
    asked = dora if name != "dora" else ada
    address = f"/shots/{shot.pk}/review/ask"
    assert client.post(address, {"person": asked.pk}).status_code == status
    assert client.post(address, {"person": "x"}).status_code == (400 if status == 302 else status)


def test_who_left_is_not_told_and_sees_nothing_of_before(shot, cleo, ben, ada, project, client):
    comment_add(user=cleo, shot=shot, body="@ben look")
    assert unread_count(ben) == 1
    row = Notification.objects.get(user=ben)
    member_remove(user=ada, project=project, member=ben)
    assert unread_count(ben) == 0
    client.force_login(ben)
    assert "Too" not in client.get("/notifications/").content.decode()
    assert client.get(f"/notifications/{row.pk}").status_code == 404
    with transaction.atomic():
        event = event_record(project, "note.added", project)
        notifications_write(event, {ben.pk: "mention"})
    assert Notification.objects.filter(user=ben).count() == 1


def test_the_bell_counts_and_going_there_reads(shot, cleo, ben, client):
    made = comment_add(user=cleo, shot=shot, body="@ben <b>look</b>")
    client.force_login(ben)
    assert client.get("/notifications/count").json() == {"bell": "1"}
    page = client.get("/notifications/").content.decode()
    assert "named you in a comment on" in page
    assert "@ben &lt;b&gt;look&lt;/b&gt;" in page
    assert 'data-count="1"' in page
    row = Notification.objects.get()
    for _ in range(2):
        answer = client.get(f"/notifications/{row.pk}")
        assert answer.url == f"/shots/{shot.pk}/review#comment-{made.pk}"
    assert client.get("/notifications/count").json() == {"bell": ""}


def test_other_peoples_rows_are_not_there(shot, cleo, ben, dora, client):
    comment_add(user=cleo, shot=shot, body="@ben look")
    row = Notification.objects.get()
    client.force_login(dora)
    assert client.get(f"/notifications/{row.pk}").status_code == 404
    assert client.post(f"/notifications/{row.pk}/read").status_code == 404
    client.logout()
    for address in ("/notifications/", "/notifications/count", f"/notifications/{row.pk}"):
        assert client.get(address).url.startswith("/login/")
    row.refresh_from_db()
    assert row.read_at is None


def test_marking_all_read_leaves_what_came_since(shot, cleo, ben, client):
    comment_add(user=cleo, shot=shot, body="@ben one")
    client.force_login(ben)
    page = client.get("/notifications/")
    until = page.context["notices"].until
    comment_add(user=cleo, shot=shot, body="@ben two")
    for _ in range(2):
        assert client.post("/notifications/read", {"until": until}).status_code == 302
    assert unread_count(ben) == 1
    assert client.post("/notifications/read", {"until": until + "x"}).status_code == 400
    assert client.get("/notifications/read").status_code == 405


def test_one_is_marked_read_without_going_there(shot, cleo, ben, client):
    comment_add(user=cleo, shot=shot, body="@ben one")
    client.force_login(ben)
    row = Notification.objects.get()
    for _ in range(2):
        assert client.post(f"/notifications/{row.pk}/read").url == "/notifications/"
    assert unread_count(ben) == 0
    assert notifications_read_all(user=ben, until=row.told_at) == 0


def test_pages_follow_each_other_without_a_gap(project, ada, ben, client):
    with transaction.atomic():
        for _ in range(120):
            event = event_record(project, "note.added", project)
            notifications_write(event, {ben.pk: "mention"})
    client.force_login(ben)
    assert client.get("/notifications/count").json() == {"bell": "99+"}
    seen, cursor = [], ""
    while True:
        notices = client.get("/notifications/", {"cursor": cursor}).context["notices"]
        seen += [notice.row.pk for notice in notices.rows]
        cursor = notices.cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 120


def test_a_cursor_of_another_person_or_made_up_is_refused(project, ben, cleo, client):
    with transaction.atomic():
        for _ in range(60):
            event = event_record(project, "note.added", project)
            notifications_write(event, {ben.pk: "mention", cleo.pk: "mention"})
    client.force_login(cleo)
    cursor = client.get("/notifications/").context["notices"].cursor
    client.force_login(ben)
    for given in (cursor, "x", "a:b:c", '["2026",1]'):
        assert client.get("/notifications/", {"cursor": given}).status_code == 400


def test_the_page_costs_the_same_for_few_and_many(
    shot, cleo, ben, client, django_assert_num_queries
):
    client.force_login(ben)
    for count in (1, 20):
        for i in range(count):
            comment_add(user=cleo, shot=shot, body=f"@ben {count} {i}")
        with django_assert_num_queries(4):
            client.get("/notifications/")


def test_the_bell_is_one_query_of_a_page_and_none_of_a_part(shot, cleo, client):
    client.force_login(cleo)
    asked = {}
    for address in ("/account", f"/shots/{shot.pk}/comments"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked[address] = sum("projects_notification" in q["sql"] for q in queries)
    assert list(asked.values()) == [1, 0]


def test_an_unknown_notification_is_not_there(ben, client):
    client.force_login(ben)
    address = "/notifications/00000000-0000-4000-8000-000000000000"
    assert client.get(address).status_code == 404
    with pytest.raises(NotFound):
        from uuid import uuid4

        from projects.services.notifications import notification_read

        notification_read(user=ben, id_=uuid4())
