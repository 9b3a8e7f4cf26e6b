"""Tokens: told once, kept as hashes, good for their scopes and their time only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from apexsite.kit.errors import InputError, NotAllowed
from projects.models import ApiToken
from projects.services.tokens import token_create, token_revoke, token_use
from tests.api.conftest import Program


def test_the_secret_is_nowhere_in_the_row(ada):
    token, secret = token_create(user=ada, name="nightly", scopes=["read"])
    kept = ApiToken.objects.filter(pk=token.pk).values()[0]
    assert secret not in str(kept) and secret.split("_", 2)[2] not in str(kept)
    assert token_use(secret) == token


@pytest.mark.parametrize(
    "twist", [str.upper, lambda s: s[:-1], lambda s: s + "x", lambda s: "apex_é_x"]
)
def test_no_other_secret_is_good(ada, twist):
    secret = token_create(user=ada, name="nightly", scopes=["read"])[1]
    assert token_use(twist(secret)) is None


def test_a_token_ends_by_revoking_by_time_and_with_its_person(ada):
    for end in (
        lambda token: token_revoke(user=ada, token=token),
        lambda token: ApiToken.objects.filter(pk=token.pk).update(
            expires_at=timezone.now() - timedelta(seconds=1)
        ),
        lambda token: type(ada).objects.filter(pk=ada.pk).update(is_active=False),
    ):
        token, secret = token_create(user=ada, name="nightly", scopes=["read"])
        assert Program(secret).get("projects/").status_code == 200
        end(token)
        answer = Program(secret).get("projects/")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_nobody_revokes_the_token_of_another(ada, ben):
    token, _ = token_create(user=ada, name="nightly", scopes=["read"])
    with pytest.raises(NotAllowed):
        token_revoke(user=ben, token=token)


@pytest.mark.parametrize(
    "wrong", [{"scopes": []}, {"scopes": ["all"]}, {"name": " "}, {"days": 0}, {"days": 400}]
)
def test_a_token_that_makes_no_sense_is_refused(ada, wrong):
    with pytest.raises(InputError):
        token_create(**{"user": ada, "name": "nightly", "scopes": ["read"], **wrong})


def test_a_scope_is_asked_besides_the_role(program, ada):
    answer = program(ada, "read").post("projects/", {"name": "Night Bus"})
    assert answer.status_code == 403
    assert answer.json()["facts"] == {"needed": "make"}
    assert program(ada, "approve").get("projects/").status_code == 403


def test_when_it_was_used_is_noted(ada):
    token, secret = token_create(user=ada, name="nightly", scopes=["read"])
    Program(secret).get("projects/")
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_a_session_comes_in_too_and_writes_only_with_its_csrf_token(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert client.get("/api/v1/projects/").status_code == 200
    answer = client.post("/api/v1/projects/", {"name": "X"}, "application/json")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_the_command_prints_a_token_that_works(ada, capsys):
    call_command("token_create", "ada", "--scope", "read", "--scope", "make")
    secret = capsys.readouterr().out.strip()
    assert Program(secret).get("projects/").status_code == 200
    assert token_use(secret).scopes == ["read", "make"]
