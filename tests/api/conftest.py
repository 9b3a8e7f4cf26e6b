"""Programs that ask the API with a token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from projects.services.tokens import token_create

ALL = ("read", "make", "approve", "manage")


class Program:
    """A program with a token; asks in JSON."""

    def __init__(self, secret: str | None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def __call__(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        address = address if address.startswith("http") else f"/api/v1/{address}"
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            address,
            b"" if body is None else json.dumps(body).encode(),
            "application/json",
            headers={**self.headers, **sent},
        )

    def get(self, address: str, **headers: str) -> Any:
        return self("GET", address, **headers)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        return self("POST", address, {} if body is None else body, **headers)

    def patch(self, address: str, body: Any, **headers: str) -> Any:
        return self("PATCH", address, body, **headers)


@pytest.fixture(autouse=True)
def no_old_counts():
    cache.clear()


@pytest.fixture
def program():
    """Return what makes a program of a person's, with some scopes."""

    def make(user: Any, *scopes: str) -> Program:
        return Program(token_create(user=user, name="test", scopes=scopes or ALL)[1])

    return make


@pytest.fixture
def anonymous() -> Program:
    return Program(None)
