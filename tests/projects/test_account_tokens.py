"""Tokens on the account page."""

from __future__ import annotations

import re

import pytest

from projects.models import ApiToken
from projects.services.tokens import token_create, token_use


def ask(client, **given):
    """Post the form for a token."""
    return client.post(
        "/account/tokens", {"name": "edit bay", "scope": ["read", "make"], "days": "30", **given}
    )


def test_a_token_is_told_once_and_gets_in(client, ben):
    client.force_login(ben)
    assert ask(client).status_code == 302
    secret = re.search(r'value="(apex_[^"]+)"', client.get("/account").content.decode())
    assert secret
    assert token_use(secret[1]).user == ben
    assert secret[1] not in client.get("/account").content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": " "}, "must not be empty"),
        ({"scope": []}, "scopes="),
        ({"scope": ["rule"]}, "scopes="),
        ({"days": "0"}, "days=0"),
        ({"days": "²"}, "whole number"),
        ({"days": "9" * 5000}, "whole number"),
    ],
)
def test_a_bad_wish_is_refused_in_words(client, ben, given, words):
    client.force_login(ben)
    answer = ask(client, **given)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_revoked_token_gets_in_no_more_and_nobody_revokes_anothers(client, ben, cleo):
    token, secret = token_create(user=ben, name="edit bay", scopes=["read"])
    client.force_login(cleo)
    assert client.post(f"/account/tokens/{token.pk}/end").status_code == 404
    assert token_use(secret)
    client.force_login(ben)
    for _ in range(2):
        assert client.post(f"/account/tokens/{token.pk}/end").status_code == 302
    assert token_use(secret) is None


def test_the_interface_page_lists_every_operation(client, vic):
    client.force_login(vic)
    page = client.get("/help/api").content.decode()
    assert page.count('data-testid="operation"') >= 5
    assert "/api/v1/projects/" in page
