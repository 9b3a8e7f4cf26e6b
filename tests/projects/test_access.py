"""Who may do what: each role, and Dan, who is a stranger."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed, NotFound, StateError
from projects import access
from projects.models import Event
from projects.services.projects import member_add, member_remove, project_create

CAN = {
    "ada": {"view", "comment", "make", "approve", "manage"},
    "dora": {"view", "comment", "make", "approve"},
    "ben": {"view", "comment", "make"},
    "cleo": {"view", "comment"},
    "vic": {"view"},
}


@pytest.mark.parametrize("name", CAN)
def test_each_role_may_do_what_it_is_for_and_nothing_else(name, project, django_user_model):
    user = django_user_model.objects.get(username=name)
    assert {right for right in access.RIGHTS if access.may(user, project, right)} == CAN[name]


def test_a_stranger_is_told_there_is_no_such_project(project, dan):
    with pytest.raises(NotFound):
        access.project_for(dan, project.pk, right="view")
    assert list(access.projects_visible_to(dan)) == []


def test_a_member_without_the_right_is_told_so(project, vic):
    with pytest.raises(NotAllowed, match="role=viewer may not make pictures"):
        access.project_for(vic, project.pk, right="make")


def test_an_id_that_is_no_id_is_not_found(project, ada):
    with pytest.raises(NotFound):
        access.project_for(ada, "not-a-uuid", right="view")


def test_a_project_keeps_at_least_one_owner(project, ada):
    with pytest.raises(StateError, match="at least one owner"):
        member_remove(user=ada, project=project, member=ada)
    assert access.role_in(ada, project) == "owner"
    with pytest.raises(StateError):
        member_add(user=ada, project=project, member=ada, role="viewer")


def test_a_director_may_not_manage_people(project, dora, dan):
    with pytest.raises(NotAllowed):
        member_add(user=dora, project=project, member=dan, role="viewer")


def test_an_unknown_role_is_refused_with_the_valid_ones(project, ada, dan):
    with pytest.raises(InputError, match="owner, director, artist, reviewer, viewer"):
        member_add(user=ada, project=project, member=dan, role="king")


def test_events_have_no_gap_even_after_a_refused_change(project, ada, vic):
    with pytest.raises(StateError):
        member_remove(user=ada, project=project, member=ada)
    member_remove(user=ada, project=project, member=vic)
    seqs = list(Event.objects.filter(project=project).values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


@pytest.mark.parametrize(("name", "width"), [("", 1920), ("   ", 1920), ("Odd", 1921)])
def test_a_project_that_cannot_be_is_refused_in_words(ada, name, width):
    with pytest.raises(InputError):
        project_create(user=ada, name=name, width=width)
