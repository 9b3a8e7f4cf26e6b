"""The activity feed: every verb has a sentence, filters, signed cursors, what is shown to whom."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.db import transaction

from projects.events import event_record
from projects.models import Event
from projects.services.shots import shot_retake, shot_update
from renders.models import Verdict
from renders.readings.sentences import KIND_NAMES, SENTENCES, told
from renders.services.comments import comment_add
from renders.services.notices import RULES
from renders.services.recommendations import variant_recommend
from renders.services.reviews import review_approve, review_reject
from tests.factories import first_shot, variant_of

ROOT = Path(__file__).resolve().parents[2]
VERB = re.compile(r"^[a-z]+\.[a-z_]+$")
FILE_ENDINGS = {"fountain", "json", "mp4", "png", "txt", "wav"}


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def verbs_in(source: str) -> set[str]:
    """Return the verbs a module may record: constants of its calls, f-strings with every verdict put in."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            head = str(node.values[0].value)
            if re.fullmatch(r"[a-z]+\.", head) and len(node.values) == 2:
                found |= {head + verdict for verdict in Verdict.values if verdict != "waiting"}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} if VERB.match(node.value) else set()
    return found


def recorded() -> set[str]:
    """Return every verb that code of the house may record."""
    found = set()
    for wing in ("projects", "characters", "renders"):
        for path in (ROOT / wing).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            if "event_record" in source and path.name != "events.py":
                found |= verbs_in(source)
    return {verb for verb in found if verb.split(".")[1] not in FILE_ENDINGS}


def test_every_verb_of_the_code_has_a_sentence_and_every_sentence_a_verb():
    assert recorded() - set(SENTENCES) == set()
    assert set(SENTENCES) - recorded() == set()


def test_a_planted_verb_is_found():
    assert "shot.burnt" in verbs_in('event_record(project, "shot.burnt", shot)')
    assert "variant.rejected" in verbs_in('verb = f"variant.{verdict}"')


def test_whoever_is_told_is_told_of_a_verb_that_happens():
    assert set(RULES) <= set(SENTENCES)


def test_every_sentence_has_one_link_and_a_kind_of_the_filter():
    for verb, sentence in SENTENCES.items():
        assert sentence.words.count("[") == sentence.words.count("]") <= 1, verb
        assert sentence.kind in KIND_NAMES, verb


def test_an_event_that_lacks_what_its_sentence_needs_is_told_all_the_same(project):
    for verb in (*SENTENCES, "from.tomorrow"):
        for payload in ({}, {"changes": "x", "number": None, "code": "[{0.__class__}]"}):
            event = Event(project=project, seq=1, verb=verb, target_kind="x", payload=payload)
            assert told(event).before + told(event).link, verb


def page_of(client, project, **query):
    return client.get(f"/projects/{project.pk}/activity/", query)


def words(answer):
    return [
        f"{line.told.who} {line.told.before}{line.told.link}{line.told.after}"
        for line in answer.context["feed"].lines
    ]


def test_the_feed_says_what_happened_in_the_films_words(
    project, shot, ada, dora, cleo, ben, client
):
    variant = variant_of(shot)
    variant_recommend(user=cleo, variant=variant, advice="for", words="<i>Calm</i>")
    first = comment_add(user=cleo, shot=shot, variant=variant, body="Her hands")
    comment_add(user=ben, shot=shot, body="Yes", parent=first)
    review_approve(user=ada, variant=variant, actor_kind="policy")
    review_reject(user=dora, variant=variant, reason="light: too dark")
    shot_retake(user=dora, shot=shot, reason="Another lens")
    shot_update(user=ben, shot=shot, changes={"lens_mm": 85})
    client.force_login(cleo)
    answer = page_of(client, project)
    assert words(answer)[:7] == [
        f"Ben changed the brief of {shot.code}",
        f"Dora sent {shot.code} to retake",
        f"Dora rejected variant 1 of {shot.code}",
        f"A policy set going by Ada approved variant 1 of {shot.code}",
        f"Ben answered on {shot.code}",
        f"Cleo commented on variant 1 of {shot.code}",
        f"Cleo recommended variant 1 of {shot.code}",
    ]
    page = answer.content.decode()
    assert "&lt;i&gt;Calm&lt;/i&gt;" in page
    assert f'href="/shots/{shot.pk}/review?tier=storyboard&amp;variant=1"' in page
    assert "85 mm" in page


def test_the_feed_is_filtered_by_person_and_kind(project, shot, dora, cleo, client):
    comment_add(user=cleo, shot=shot, body="Too dark")
    shot_retake(user=dora, shot=shot, reason="Another lens")
    client.force_login(cleo)
    assert words(page_of(client, project, person="cleo")) == [f"Cleo commented on {shot.code}"]
    assert words(page_of(client, project, kind="verdicts")) == [f"Dora sent {shot.code} to retake"]
    assert words(page_of(client, project, kind="cut")) == []
    for bad in ({"person": "nobody"}, {"kind": "🎬" * 10_000}, {"person": "a\x00"}):
        assert page_of(client, project, **bad).status_code == 400


@pytest.fixture
def long_log(project):
    with transaction.atomic():
        for _ in range(130):
            event_record(project, "note.added", project)


def test_pages_of_the_feed_follow_each_other(project, long_log, ada, client):
    client.force_login(ada)
    seen, cursor = [], ""
    while True:
        answer = page_of(client, project, **({"cursor": cursor} if cursor else {}))
        seen += [line.seq for line in answer.context["feed"].lines]
        cursor = answer.context["feed"].cursor
        if not cursor:
            break
    assert seen == list(range(len(seen), 0, -1))
    assert len(seen) == Event.objects.filter(project=project).count()


def test_a_tampered_cursor_or_one_of_another_project_is_refused(
    project, long_log, ada, dan, client
):
    from projects.services.projects import project_create

    other = project_create(user=ada, name="Day Bus")
    client.force_login(ada)
    cursor = page_of(client, project).context["feed"].cursor
    for given in ("1", cursor[:-1], cursor + "x", "MQ:x:y", "🎬" * 2000):
        answer = page_of(client, project, cursor=given)
        assert answer.status_code == 400
        assert "begin again at the first page" in answer.content.decode()
    assert page_of(client, other, cursor=cursor).status_code == 400


@pytest.mark.parametrize(("name", "status"), [("ada", 200), ("dora", 200), ("ben", 200), ("cleo", 200), ("vic", 200), ("dan", 404)])  # fmt: skip
def test_every_member_reads_the_feed_and_a_stranger_finds_nothing(
    name, status, project, client, dan, django_user_model
):
    client.force_login(django_user_model.objects.get(username=name))
    assert page_of(client, project).status_code == status
    address = f"/projects/{project.pk}/activity/new"
    assert client.get(address, {"since": "0"}).status_code == status
    client.logout()
    assert page_of(client, project).url.startswith("/login/")


def test_new_rows_are_those_after_a_number(project, shot, cleo, client):
    client.force_login(cleo)
    newest = page_of(client, project).context["feed"].newest
    comment_add(user=cleo, shot=shot, body="Too dark")
    address = f"/projects/{project.pk}/activity/new"
    page = client.get(address, {"since": newest}).content.decode()
    assert page.count("<li") == 1
    assert "Too dark" in page
    assert client.get(address, {"since": newest + 1}).content.decode().count("<li") == 0
    for bad in ("", "-1", "x", "9" * 40):
        assert client.get(address, {"since": bad}).status_code == 400


def test_the_feed_costs_the_same_for_few_rows_and_many(
    project, shot, cleo, client, django_assert_num_queries
):
    client.force_login(cleo)
    for count in (1, 40):
        for i in range(count):
            comment_add(user=cleo, shot=shot, body=f"{count} {i}")
        with django_assert_num_queries(10):
            page_of(client, project)
