"""Productions and members through the API, and how it says no."""

from __future__ import annotations

import pytest

from projects.models import Membership, Project
from projects.services.projects import project_create


def test_a_project_is_made_listed_and_read(program, ada):
    ask = program(ada)
    made = ask.post("projects/", {"name": "Night Bus", "rate": "25", "width": 640, "height": 360})
    assert made.status_code == 201
    assert made.json()["rate"] == "25/1"
    listed = ask.get("projects/").json()
    assert [p["name"] for p in listed["results"]] == ["Night Bus"]
    assert ask.get(f"projects/{made.json()['id']}/").json() == made.json()


@pytest.mark.parametrize(
    "body",
    [
        {}, {"name": ""}, {"name": "a\x00b"}, {"name": "\ud800"}, {"name": "x", "width": 2**70},
        {"name": "x", "rate": "0"}, {"name": "x", "rate": "1/0"}, {"name": "x", "rate": "NaN"},
        {"name": "x", "rate": "9" * 16}, {"name": "x", "unknown": 1}, [], "x", 7,
        {"name": "x", "bible": {"a": "\x00"}}, {"name": "x", "bible": {"grade": 7}},
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_and_nothing_is_made(program, ada, body):
    answer = program(ada).post("projects/", body)
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 400 and problem["code"] == "input" and problem["detail"]
    assert not Project.objects.exists()


def test_a_stranger_a_member_and_nobody_are_answered_differently(
    program, anonymous, project, dan, vic
):
    address = f"projects/{project.pk}/"
    assert anonymous.get(address).status_code == 401
    assert anonymous.get(address)["WWW-Authenticate"].startswith("Bearer")
    assert program(dan).get(address).status_code == 404
    assert program(vic).get(address).status_code == 200
    body = {"username": "dan", "role": "viewer"}
    assert anonymous.post(f"{address}members/", body).status_code == 401
    assert program(dan).post(f"{address}members/", body).status_code == 404
    assert program(vic).post(f"{address}members/", body).status_code == 403


def test_an_owner_adds_and_removes_a_member(program, project, ada, dan):
    ask, address = program(ada), f"projects/{project.pk}/members/"
    assert ask.post(address, {"username": "dan", "role": "artist"}).status_code == 201
    assert "dan" in [m["username"] for m in ask.get(address).json()["results"]]
    assert ask("DELETE", f"{address}{dan.pk}/").status_code == 204
    assert not Membership.objects.filter(user=dan).exists()
    assert ask("DELETE", f"{address}{ada.pk}/").status_code == 409


def test_pages_go_on_and_back_and_a_tampered_cursor_is_refused(program, ada):
    for number in range(7):
        project_create(user=ada, name=f"Film {number}")
    ask = program(ada)
    seen, address = [], "projects/?limit=3"
    while address:
        page = ask.get(address).json()
        seen.append([p["name"] for p in page["results"]])
        before, address = page["previous"], page["next"]
    assert seen == [["Film 6", "Film 5", "Film 4"], ["Film 3", "Film 2", "Film 1"], ["Film 0"]]
    back = ask.get(before).json()
    assert [p["name"] for p in back["results"]] == seen[1]
    assert [p["name"] for p in ask.get(back["previous"]).json()["results"]] == seen[0]
    assert ask.get(back["previous"]).json()["previous"] is None
    for cursor in ("x", before.split("cursor=")[1][:-2] + "xx", "%00", "%F0%9F"):
        answer = ask.get(f"projects/?cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (400, "input")
    other = ask.get(f"projects/{Project.objects.first().pk}/members/?" + before.split("?")[1])
    assert other.status_code == 400


@pytest.mark.parametrize("limit", ["0", "-1", "201", "9" * 5000, "x", "٣"])
def test_a_limit_out_of_bounds_is_said(program, ada, limit):
    assert program(ada).get(f"projects/?limit={limit}").status_code == 400


def test_what_is_held_already_is_not_sent_again(program, project, ada):
    ask, address = program(ada), f"projects/{project.pk}/"
    etag = ask.get(address)["ETag"]
    answer = ask.get(address, If_None_Match=etag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert ask.get(address, If_None_Match='"other"').status_code == 200


def test_who_asks_too_often_is_told_when_again(program, ada, settings):
    settings.APEX_API_RATE = "3/min"
    ask = program(ada)
    answers = [ask.get("projects/") for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) >= 1


@pytest.mark.parametrize("address", ["nothing", "projects/x/", "projects/1/", "shots/%00/", "é/"])
def test_an_address_that_is_none_is_said_in_json(program, ada, address):
    answer = program(ada).get(address)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer["Content-Type"] == "application/problem+json"


def test_what_breaks_inside_is_said_in_json_without_its_inside(program, ada, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError("the inside")

    monkeypatch.setattr("projects.api.productions.projects_of", breaks)
    ask = program(ada)
    ask.client.raise_request_exception = False
    answer = ask.get("projects/")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert b"inside" not in answer.content
