"""What nobody would send, made from the API's own description: whatever it is, it is no server error."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import requests
import schemathesis
from django.core.signals import got_request_exception
from django.http.response import HttpResponseBase
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from projects.services.tokens import token_create
from tests.permission_rows import arguments

pytestmark = pytest.mark.slow
EXAMPLES = 4
BOUNDS = bounds(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def rows(project, episode, ada, dora, cleo, ben, vic, dan, settings) -> dict[str, object]:
    settings.APEX_API_RATE = "1000000/min"
    return arguments(project, episode, ada, dora, cleo)


@pytest.fixture
def secrets(rows, ada, ben) -> dict[str, str]:
    everything = ["read", "make", "approve", "manage"]
    return {
        "owner": token_create(user=ada, name="o", scopes=everything)[1],
        "artist": token_create(user=ben, name="a", scopes=everything)[1],
    }


@pytest.fixture
def broken() -> Iterator[list[str]]:
    """Collect what broke inside, with its trace."""
    found: list[str] = []

    def note(request: Any, **_: Any) -> None:
        found.append(f"{request.method} {request.get_full_path()}\n{traceback.format_exc()}")

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


def to_real_rows(case: Any, rows: dict[str, object]) -> None:
    """Lead an address to rows that are there; what is no id at all stays as it is."""
    for name, value in (case.path_parameters or {}).items():
        try:
            UUID(str(value))
        except ValueError:
            if name != "user_id":
                continue
        case.path_parameters[name] = str(rows[name])


def send(case: Any, secret: str) -> HttpResponseBase:
    """Send a case to the site in this process, as it would go over the wire."""
    made = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    headers = {k: v for k, v in made.headers.items() if k.lower() != "content-length"}
    headers["Authorization"] = f"Bearer {secret}"
    if case.method.upper() == "PATCH":
        headers["If-Match"] = "*"
    body = made.body.encode() if isinstance(made.body, str) else made.body or b""
    kind = headers.pop("Content-Type", "application/json")
    client = Client(raise_request_exception=False)
    return client.generic(case.method.upper(), made.url, body, kind, headers=headers)


def test_nothing_sent_is_a_server_error(rows, secrets, broken):
    described = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(described)
    asked: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:

            @BOUNDS
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Any) -> None:
                to_real_rows(case, rows)
                for secret in secrets.values():
                    answer = send(case, secret)
                    asked[answer.status_code] += 1
                    assert broken == []
                    assert answer.status_code < 500 or answer.status_code == 503, answer.content

            try:
                ask()
            except Unsatisfiable:
                continue
    # It came in, was refused by role, by shape, by state: all doors were tried from both sides.
    assert asked.total() > 500 and {200, 201, 202, 400, 403, 404, 409} <= set(asked), asked
