"""Every button that makes something, sent twice as a double click sends it: done once, and no reproach."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from apexsite.kit.errors import StateError
from characters.models import Character
from projects.models import Invitation, Project, Shot
from projects.services.projects import project_create
from renders.models import Cut, JobKind, RenderJob, Tier
from renders.services.jobs import run_until_done
from renders.services.policies import shot_approve_best
from tests.factories import variant_of

pytestmark = pytest.mark.django_db
SCRIPT = "INT. KITCHEN - NIGHT\n\nANNA (40s) pours tea.\n\nANNA\nSit down.\n"


def twice(client, address, **given):
    """Send a form twice before the first answer is read, and return what both said."""
    answers = [client.post(address, given) for _ in range(2)]
    assert [a.status_code < 400 for a in answers] == [True, True], [a.status_code for a in answers]
    return answers


def test_a_project_begun_twice_is_one(client, ada):
    client.force_login(ada)
    form = client.get(reverse("home")).context["form_key"]
    twice(client, reverse("project-new"), name="Kitchen", script=SCRIPT, form_key=form)
    assert Project.objects.filter(name="Kitchen").count() == 1
    assert Character.objects.filter(project__name="Kitchen").count() == 1


def test_of_two_at_the_very_same_moment_one_starts_it(ada):
    key = uuid4()
    project_create(user=ada, name="Kitchen", key=key)
    with pytest.raises(StateError, match="a moment ago"):
        project_create(user=ada, name="Kitchen", key=key)


def test_an_invitation_made_twice_is_one(client, ada, project):
    client.force_login(ada)
    form = client.get(reverse("people", args=[project.pk])).context["form_key"]
    twice(
        client, reverse("invite", args=[project.pk]), for_whom="Eve", role="artist", form_key=form
    )
    assert Invitation.objects.filter(project=project).count() == 1


def test_a_cut_built_twice_without_a_change_is_one(client, ben, dora, episode):
    client.force_login(ben)
    for shot in Shot.objects.filter(scene__episode=episode):
        variant_of(shot)
        shot_approve_best(user=dora, shot=shot, tier=Tier.STORYBOARD)
    twice(client, reverse("cut-build", args=[episode.pk]))
    (spoken,) = RenderJob.objects.filter(kind=JobKind.SPEECH)
    run_until_done(spoken)
    twice(client, reverse("cut-build", args=[episode.pk]))
    assert Cut.objects.filter(episode=episode).count() == 1
    twice(client, reverse("cut-render", args=[episode.pk]))
    assert RenderJob.objects.filter(kind=JobKind.FILM).count() == 1
