"""The admin: every room opens, and none of them is a way round the owners of status and verdict."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.models import (
    Episode,
    Event,
    KeptAnswer,
    LookTerm,
    Project,
    ScriptDraft,
    ScriptStyle,
    Shot,
)
from projects.services.invitations import invitation_create
from projects.services.tokens import token_create
from renders.models import (
    Attempt,
    ColourTable,
    Cut,
    Delivery,
    DriftReading,
    GradeVersion,
    KeptSample,
    LedgerChange,
    LedgerEntry,
    LineRecording,
    RerenderProof,
    Score,
    Stem,
    Variant,
    VariantFile,
)
from renders.services.comments import comment_add
from renders.services.recommendations import variant_recommend
from renders.services.reviews import review_approve
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of

MODELS = [
    m
    for app in ("projects", "characters", "renders")
    for m in apps.get_app_config(app).get_models()
]
BY_SERVICES = [model for model in MODELS if model not in (LookTerm, ScriptStyle)]
"""What only services write; terms of looks and styles of script are kept by hand in the administration."""


@pytest.fixture
def root(db: None) -> Client:
    """Root runs the site."""
    client = Client()
    client.force_login(User.objects.create_superuser("root", password="root-password"))
    return client


@pytest.fixture
def variant(episode: Episode, ada: User, dora: User) -> Variant:
    """An approved variant beside at least one row of every other kind."""
    shot = first_shot(episode)
    made = variant_of(shot)
    Score.objects.create(variant=made, criterion="technical", weight=0.25, value=0.5)
    variant_of(shot, number=2, score=0.4)
    review_approve(user=dora, variant=made)
    job = variants_request(user=ada, shot=shot, tier="storyboard")
    Attempt.objects.create(task=job.tasks.all()[0], fence=1, worker="one")
    cut = Cut.objects.create(episode=episode, version=1, tier="storyboard")
    delivery = Delivery.objects.create(
        cut=cut, profile="web", film=made.media, contact_sheet=made.media, poster=made.media,
        frames=1, qc_verdict="met", qc_report={},
    )  # fmt: skip
    invitation_create(user=ada, project=episode.project, role="viewer", for_whom="Night porter")
    comment_add(user=ada, shot=shot, body="@dora @cleo look at the night porter")
    variant_recommend(user=ada, variant=made, advice="for")
    token_create(user=ada, name="nightly", scopes=["read"])
    KeptAnswer.objects.create(owner="u", key="k", fingerprint="f", expires_at=timezone.now())
    KeptSample.objects.create(key="k", kind="voice", media=made.media)
    ColourTable.objects.create(project=episode.project, title="Dusk", media=made.media, size=33)
    GradeVersion.objects.create(project=episode.project, version=1)
    LookTerm.objects.create(table="moods", key="dread", title="Dread", words="dread", source="us")
    ScriptDraft.objects.create(episode=episode, asked={"topic": "night"}, created_by=ada)
    ScriptStyle.objects.create(
        name="opera", title="Opera", tone="Loud.", structure=["a"], places=["INT. HALL - NIGHT"],
        avoid=["rests"], outline="noir", source="us",
    )  # fmt: skip
    Stem.objects.create(delivery=delivery, kind="music", media=made.media)
    VariantFile.objects.create(variant=made, kind="depth", media=made.media)
    DriftReading.objects.create(
        variant=made, bible=episode.project.bibles.get(is_current=True), distance=0.1
    )
    LineRecording.objects.create(
        shot=shot, text="You were there.", sound=made.media, original=made.media,
        file_name="line.wav", seconds=1.0,
    )  # fmt: skip
    RerenderProof.objects.create(
        variant=made, result="same", is_as_expected=True, words="the same bytes", sha256_was="0"
    )
    LedgerChange.objects.create(entry=LedgerEntry.objects.all()[0], actor=ada)
    made.refresh_from_db()
    return made


def address(row: type[Model] | Model, page: str, *arguments: object) -> str:
    """Return the address of an admin page."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=arguments)


def test_every_model_has_a_room() -> None:
    assert [m.__name__ for m in MODELS if m not in admin.site._registry] == []


def test_every_room_opens_is_searched_and_shows_a_row(root, variant):
    for model in MODELS:
        row = model.objects.first()
        assert row is not None, model
        assert root.get(address(model, "changelist")).status_code == 200, model
        assert root.get(address(model, "changelist"), {"q": "night"}).status_code == 200, model
        assert root.get(address(row, "change", row.pk)).status_code == 200, model


def test_a_room_asks_no_more_for_many_rows_than_for_few(
    root, variant, episode, django_assert_max_num_queries
):
    assert Shot.objects.count() > 3
    for shot in Shot.objects.filter(scene__episode=episode):
        variant_of(shot, number=20)
    for model in MODELS:
        with django_assert_max_num_queries(9):
            root.get(address(model, "changelist"))


def test_nothing_can_be_added_or_deleted(root, variant):
    for model in BY_SERVICES:
        row, count = model.objects.first(), model.objects.count()
        added = 200 if model is LedgerEntry else 403  # its form, with what is missing
        assert root.post(address(model, "add"), {}).status_code == added, model
        assert root.post(address(row, "delete", row.pk), {"post": "yes"}).status_code == 403, model
        chosen = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
        root.post(address(model, "changelist"), chosen)
        assert model.objects.count() == count, model


POSTED = {
    "verdict": "rejected", "status": "failed", "recipe": "{}", "inputs_hash": "x", "seq": "99",
    "verb": "x", "role": "viewer", "qc_verdict": "broken", "sha256": "x", "fence": "9",
    "value": "1", "brief_hash": "x", "payload": "{}", "last_seq": "0", "document": "{}",
    "fps_numerator": "1", "width": "16", "script_text": "x", "number": "9", "version": "9",
    "name": "Renamed", "title": "Renamed",
}  # fmt: skip


def test_a_posted_change_moves_words_and_nothing_else(root, variant):
    for model in BY_SERVICES:
        row = model.objects.first()
        before = model.objects.filter(pk=row.pk).values().get()
        words = {Project: {"name"}, Episode: {"title"}}.get(model, set())
        answer = root.post(address(row, "change", row.pk), POSTED)
        assert answer.status_code == (302 if words or model is LedgerEntry else 403), model
        now = model.objects.filter(pk=row.pk).values().get()
        moved = {name for name in now if now[name] != before[name]}
        assert moved - {"updated_at"} == words, model


def test_an_approval_stands_whatever_is_posted(root, variant):
    assert variant.verdict == "approved"
    root.post(address(variant, "change", variant.pk), {"verdict": "waiting", "score_total": "1"})
    variant.refresh_from_db()
    assert (variant.verdict, variant.score_total) == ("approved", 0.5)


def test_the_log_does_not_grow_by_looking(root, variant):
    count = Event.objects.count()
    for model in BY_SERVICES:
        root.get(address(model, "changelist"))
    assert Event.objects.count() == count


def test_staff_without_rights_see_no_rows(db, variant):
    client = Client()
    client.force_login(User.objects.create_user("desk", password="desk-password", is_staff=True))
    assert client.get(address(Shot, "changelist")).status_code == 403


def test_a_member_who_is_not_staff_is_sent_to_the_log_in(dora, variant):
    client = Client()
    client.force_login(dora)
    answer = client.get(address(Variant, "changelist"))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
