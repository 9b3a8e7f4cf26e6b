"""The API's description: valid, without a warning, with an example for every operation."""

from __future__ import annotations

import subprocess
import sys

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.test_startup import ROOT


@pytest.fixture(scope="module")
def description():
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(description):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_valid_and_no_warning_is_given():
    done = subprocess.run(
        [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_operation_has_an_example_and_its_problems(description):
    lacking = []
    for path, method, operation in operations(description):
        bodies = [r for s, r in operation["responses"].items() if s.startswith("2")]
        bodies += [operation["requestBody"]] if "requestBody" in operation else []
        for body in bodies:
            content = body.get("content", {}).get("application/json")
            if content is not None and not content.get("examples"):
                lacking.append(f"{method} {path}")
        if not {"401", "404", "429"} <= set(operation["responses"]):
            lacking.append(f"{method} {path} problems")
    assert lacking == []


def test_the_description_is_served(client):
    answer = client.get("/api/v1/schema/")
    assert answer.status_code == 200
    assert b"urn:apex:problem" in answer.content
