"""Invitations: a link that works once, for the role it was made for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from apexsite.kit.errors import InputError, NotAllowed, NotFound, StateError
from projects import access
from projects.models import Event, Invitation
from projects.services.invitations import (
    account_create,
    invitation_accept,
    invitation_create,
    invitation_open,
    invitation_withdraw,
)

PASSWORD = "a bus at night"


@pytest.fixture
def invited(project, ada):
    return invitation_create(user=ada, project=project, role="director", for_whom="Dan of effects")


def test_an_invited_person_joins_in_the_role_offered(invited, project, dan):
    invitation_accept(user=dan, secret=invited[1])
    assert access.role_in(dan, project) == "director"


def test_the_secret_is_kept_only_as_a_hash(invited):
    row = Invitation.objects.values().get()
    assert invited[1] not in str(row)


def test_a_link_works_once(invited, dan, ben):
    invitation_accept(user=dan, secret=invited[1])
    with pytest.raises(NotFound, match="used, withdrawn or is too old"):
        invitation_accept(user=ben, secret=invited[1])


def test_a_link_dies_after_its_week(invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        invitation_open(invited[1])


def test_a_withdrawn_link_leads_nowhere(invited, project, ada, dan):
    for _ in range(2):
        invitation_withdraw(user=ada, project=project, invitation_id=invited[0].pk)
    with pytest.raises(NotFound):
        invitation_accept(user=dan, secret=invited[1])
    assert Event.objects.filter(verb="invitation.withdrawn").count() == 1


def test_what_was_accepted_cannot_be_withdrawn(invited, project, ada, dan):
    invitation_accept(user=dan, secret=invited[1])
    with pytest.raises(StateError, match="has joined already"):
        invitation_withdraw(user=ada, project=project, invitation_id=invited[0].pk)


def test_only_an_owner_invites(project, dora):
    with pytest.raises(NotAllowed):
        invitation_create(user=dora, project=project, role="viewer", for_whom="Dan")


@pytest.mark.parametrize("for_whom", ["", "   ", "😀" * 10_000])
def test_an_invitation_says_whom_it_is_for(project, ada, for_whom):
    with pytest.raises(InputError, match="1 to 200 characters"):
        invitation_create(user=ada, project=project, role="viewer", for_whom=for_whom)


def test_an_invitation_never_lowers_a_role(project, ada):
    _, secret = invitation_create(user=ada, project=project, role="viewer", for_whom="Ada")
    assert invitation_accept(user=ada, secret=secret).role == "owner"


def test_a_newcomer_makes_an_account_and_joins(invited, project):
    made = account_create(secret=invited[1], username="dan", password=PASSWORD, first_name="Dan")
    assert access.role_in(made, project) == "director"
    assert made.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("username", "password", "words"),
    [
        ("dan", "short", "too short"),
        ("", PASSWORD, "blank"),
        ("dan\x00", PASSWORD, "valid username|[Nn]ull"),
        ("😀" * 10_000, PASSWORD, "valid username|at most 150"),
        ("ada", PASSWORD, "already exists|taken"),
    ],
)
def test_a_bad_account_is_refused_in_words_and_the_link_stays_good(
    invited, username, password, words
):
    with pytest.raises(InputError, match=words):
        account_create(secret=invited[1], username=username, password=password)
    assert invitation_open(invited[1])
    assert not User.objects.filter(username="dan").exists()


def test_an_owner_invites_on_the_page_and_sees_the_link_once(project, ada, client):
    client.force_login(ada)
    asked = {"for_whom": "Dan", "role": "viewer"}
    page = client.post(f"/projects/{project.pk}/people/invite", asked, follow=True)
    assert "/join/" in page.content.decode()
    assert "/join/" not in client.get(f"/projects/{project.pk}/people").content.decode()


def test_the_link_makes_an_account_and_lands_on_the_board(invited, project, client):
    address = f"/join/{invited[1]}"
    assert "invites you" in client.get(address).content.decode()
    given = {"username": "dan", "password": PASSWORD, "first_name": "Dan"}
    assert client.post(address, given).url == f"/projects/{project.pk}/"
    assert client.get(f"/projects/{project.pk}/").status_code == 200


def test_a_refused_account_keeps_what_was_typed(invited, client):
    answer = client.post(f"/join/{invited[1]}", {"username": "dan", "password": "x"})
    assert answer.status_code == 400
    assert 'value="dan"' in answer.content.decode()


def test_a_used_link_answers_404_in_words(client, db):
    answer = client.get("/join/nothing")
    assert answer.status_code == 404
    assert "ask for a new one" in answer.content.decode()


def test_roles_are_changed_and_people_taken_off_on_the_page(project, ada, ben, client):
    client.force_login(ada)
    client.post(f"/projects/{project.pk}/people/{ben.pk}/role", {"role": "viewer"})
    assert access.role_in(ben, project) == "viewer"
    client.post(f"/projects/{project.pk}/people/{ben.pk}/remove")
    assert access.role_in(ben, project) is None


def test_the_last_owner_cannot_leave_and_is_told(project, ada, client):
    client.force_login(ada)
    answer = client.post(f"/projects/{project.pk}/people/{ada.pk}/remove")
    assert answer.status_code == 409
    assert "at least one owner" in answer.content.decode()


def test_people_sees_no_form_without_the_right(project, vic, client):
    client.force_login(vic)
    page = client.get(f"/projects/{project.pk}/people").content.decode()
    assert "What each role does" in page
    assert "Make an invitation" not in page
    assert client.post(f"/projects/{project.pk}/people/invite", {}).status_code == 403
