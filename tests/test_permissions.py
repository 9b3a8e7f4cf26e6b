"""Every address × everybody: no route, socket or admin page without a declared policy, and each answers as declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from asgiref.sync import async_to_sync
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.http import urlencode

from apexsite.policies import (
    ADMIN_ACTS,
    ADMIN_PAGES,
    MEMBERS,
    POLICIES,
    RIGHTS,
    SOCKETS,
    Door,
    Policy,
    Who,
)
from projects import access
from projects.models import StyleBibleVersion
from projects.services.projects import member_remove
from renders.models import Delivery, Variant
from renders.routing import websocket_urlpatterns
from renders.services.media import media_keep_bytes
from tests.permission_rows import arguments, everybody, form
from tests.renders.sockets import socket_of

IN, LOGIN, NOT_ALLOWED, NOT_FOUND, NO_TOKEN = "in", "to log in", "403", "404", "401"
HOW = "give it a line in apexsite/policies.py"
FORM = "application/x-www-form-urlencoded"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the site: its full name and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]
    pattern: str


def routes(
    resolver: URLResolver | None = None, namespaces: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Yield every route the real resolver knows, but those of the admin's models."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLPattern):
            found = tuple(part.pattern.regex.groupindex)
            yield Route(":".join((*namespaces, part.name or "")), found, str(part.pattern))
        else:
            inner = (*namespaces, part.namespace) if part.namespace else namespaces
            yield from routes(part, inner)


def site_routes() -> list[Route]:
    """Return the routes outside the admin."""
    return [route for route in routes() if not route.name.startswith("admin:")]


def model_pages() -> set[str]:
    """Return the names of the admin's pages that Django makes for each model."""
    pages = ("changelist", "add", "history", "delete", "change")
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in pages
    }


def test_no_route_is_without_a_policy_and_no_policy_without_a_route():
    names = {route.name for route in site_routes()}
    assert not [r.pattern for r in site_routes() if not r.name.split(":")[-1]], (
        "a route needs a name"
    )
    assert sorted(names - set(POLICIES)) == [], HOW
    assert sorted(set(POLICIES) - names) == [], "these routes are gone: take their lines out"


def test_a_route_without_a_policy_is_noticed(monkeypatch):
    monkeypatch.delitem(POLICIES, "board")
    with pytest.raises(AssertionError, match="board"):
        test_no_route_is_without_a_policy_and_no_policy_without_a_route()


def test_every_declared_right_and_method_is_known():
    for name, policy in POLICIES.items():
        assert policy.rights and set(policy.rights) <= set(METHODS), name
        assert set(policy.rights.values()) <= set(RIGHTS), name


def test_no_socket_is_without_a_policy():
    assert {str(route.pattern) for route in websocket_urlpatterns} == set(SOCKETS), HOW


def test_no_admin_page_is_without_a_policy():
    models = {model._meta.label_lower for model in admin.site._registry}
    outside = {label for label in models if label.startswith(("auth.", "django_q."))}
    assert outside | {"projects.lookterm", "projects.scriptstyle"} == set(ADMIN_ACTS), HOW
    others = {r.name for r in routes() if r.name.startswith("admin:") and r.name != "admin:"}
    assert others - model_pages() == set(ADMIN_PAGES), HOW


def test_the_matrix_and_the_code_agree_who_has_a_right():
    for right, roles in access.RIGHTS.items():
        assert {who.value for who in RIGHTS[right] if who is not Who.SUPERUSER} == set(roles), right


def kind(answer: HttpResponseBase) -> str:
    """Return the class of an answer."""
    status = answer.status_code
    if status == 302 and "login/?next=" in answer["Location"]:
        return LOGIN
    return {401: NO_TOKEN, 403: NOT_ALLOWED, 404: NOT_FOUND}.get(status, IN)


def expected(policy: Policy, right: str, who: Who) -> str:
    """Return how a door must answer somebody."""
    if who in RIGHTS[right]:
        return IN
    if who is Who.ANONYMOUS:
        return {Door.PAGE: LOGIN, Door.OWN: LOGIN, Door.MEDIA: NOT_FOUND, Door.API: NO_TOKEN}[
            policy.door
        ]
    return NOT_ALLOWED if who in MEMBERS and policy.door is not Door.OWN else NOT_FOUND


class Asker:
    """Asks as one person, each time as if for the first time: what a request changes is taken back."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.kept = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def __call__(
        self, method: str, address: str, data: dict[str, object] | None = None, **headers: str
    ) -> HttpResponseBase:
        self.client.cookies = SimpleCookie(self.kept)
        with transaction.atomic():
            body, kind_of = (urlencode(data), FORM) if data else ("", "application/octet-stream")
            answer = self.client.generic(method, address, body, kind_of, headers=headers)
            transaction.set_rollback(True)
        return answer


@pytest.fixture
def rows(project, episode, ada, dora, cleo, ben, vic, dan):
    return arguments(project, episode, ada, dora, cleo)


def address_of(route: Route, rows: dict[str, object]) -> str:
    """Return an address that leads to real rows."""
    lacking = set(route.arguments) - set(rows)
    assert not lacking, f"{route.name}: give {sorted(lacking)} a row in tests/permission_rows.py"
    try:
        return reverse(route.name, kwargs={name: rows[name] for name in route.arguments})
    except NoReverseMatch as error:
        raise AssertionError(f"{route.name} cannot be asked: {error}") from None


@pytest.mark.slow
@pytest.mark.parametrize("who", list(Who))
def test_every_route_answers_everybody_as_declared(who, rows):
    ask, wrong, asked = Asker(everybody()[who]), [], 0
    broken: list[str] = []
    got_request_exception.connect(
        note := lambda request, **_: broken.append(f"{request.method} {request.path}")
    )
    for route in site_routes():
        policy, address = POLICIES[route.name], address_of(route, rows)
        for method, right in policy.rights.items():
            data = form(route.name, rows) if method == "POST" else None
            answer, asked = ask(method, address, data), asked + 1
            told, wanted = kind(answer), expected(policy, right, who)
            # 503 says what is not installed here and how to get it; everything else from 500 on is a fault.
            is_fault = answer.status_code >= 500 and answer.status_code != 503
            if told != wanted or is_fault:
                wrong.append(f"{method} {route.name}: {answer.status_code}, {wanted} expected")
    got_request_exception.disconnect(note)
    assert wrong == [] and broken == []
    assert asked >= len(POLICIES)


@pytest.mark.parametrize("who", [Who.ANONYMOUS, Who.STRANGER])
def test_a_method_nobody_declared_opens_nothing(who, rows):
    ask, wrong = Asker(everybody()[who]), []
    for route in site_routes():
        rights = POLICIES[route.name].rights
        if who in RIGHTS[min(rights.values(), key=lambda right: -len(RIGHTS[right]))]:
            continue
        for method in set(METHODS) - set(rights):
            answer = ask(method, address_of(route, rows))
            if answer.status_code != 405 and kind(answer) == IN:
                wrong.append(f"{method} {route.name}: {answer.status_code}")
    assert wrong == []


def words(answer: HttpResponseBase) -> tuple[int, str]:
    """Return status and words of an answer without what is new in every one of them (the token of its forms)."""
    return answer.status_code, re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


def test_a_stranger_cannot_tell_a_project_from_none(rows, dan):
    from uuid import uuid4

    ask = Asker(dan)
    for route in site_routes():
        rights = POLICIES[route.name].rights
        uuids = [name for name in route.arguments if name.endswith("_id") and name != "user_id"]
        if not uuids or Who.STRANGER in RIGHTS[next(iter(rights.values()))]:
            continue
        for method in rights:
            real = ask(method, address_of(route, rows))
            none = ask(method, address_of(route, rows | {name: uuid4() for name in uuids}))
            assert words(real) == words(none), route.name


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", list(Who))
def test_every_socket_answers_everybody_as_declared(who, project, dan):
    user = everybody()[who]
    codes = {}

    async def scenario() -> None:
        for address, right in SOCKETS.items():
            socket = await socket_of(user, project.pk)
            if who in RIGHTS[right]:
                assert (await socket.receive())["type"] == "live"
                await socket.disconnect()
            else:
                said, codes[address] = await socket.messages_until_closed()
                assert said == []

    async_to_sync(scenario)()
    refused = 4401 if who is Who.ANONYMOUS else 4404
    assert codes == {a: refused for a, right in SOCKETS.items() if who not in RIGHTS[right]}


@pytest.mark.parametrize("who", list(Who))
def test_every_admin_page_answers_everybody_as_declared(who, rows):
    user = everybody()[who]
    ask, wrong = Asker(user), []
    for name, may in ADMIN_PAGES.items():
        if name in ("admin:logout", "admin:view_on_site"):
            continue
        parts = {
            "admin:app_list": ["renders"],
            "admin:auth_user_password_change": [1],
            "admin:projects_stylebibleversion_sheet": [StyleBibleVersion.objects.all()[0].pk],
            "admin:projects_scene_look": [rows["scene_id"]],
            "admin:projects_shot_look": [rows["shot_id"]],
        }.get(name, [])
        told = kind(ask("GET", reverse(name, args=parts)))
        is_staff = who in (Who.STAFF, Who.SUPERUSER)
        if may == "anyone":
            wanted = {IN}
        elif not is_staff:
            wanted = {LOGIN}
        else:
            # Staff without the permission: "not allowed", or, of a group of pages, "there are none".
            wanted = {IN} if may == "staff" or who is Who.SUPERUSER else {NOT_ALLOWED, NOT_FOUND}
            if name == "admin:autocomplete":
                wanted = {NOT_ALLOWED}  # without the name of a field there is nothing to complete
        if told not in wanted:
            wrong.append(f"{name}: {told}, {wanted} expected")
    for model in admin.site._registry:
        wrong += model_faults(ask, who, model)
    assert wrong == []


def model_faults(ask: Asker, who: Who, model: type) -> list[str]:
    """Return which pages of a model in the admin do not answer as declared."""
    meta, row = model._meta, model.objects.first()
    acts = ADMIN_ACTS.get(meta.label_lower)
    registered = admin.site._registry[model]
    wrong = []
    for page, act in {
        "changelist": "view",
        "add": "add",
        "change": "view",
        "delete": "delete",
    }.items():
        if page in ("change", "delete") and row is None:
            continue
        named = [row.pk] if page in ("change", "delete") else []
        told = kind(
            ask("GET", reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=named))
        )
        if who is Who.SUPERUSER:
            may = act in acts.split() if acts else act == "view" or told == IN
            wanted = IN if may else NOT_ALLOWED
        else:
            wanted = NOT_ALLOWED if who is Who.STAFF else LOGIN
        if told != wanted:
            wrong.append(f"{page} of {meta.label_lower} ({registered}): {told}, {wanted} expected")
    return wrong


@pytest.fixture
def films(rows):
    """The addresses of all media of the project; the film is long enough to be asked for in parts."""
    film = media_keep_bytes(bytes(range(256)) * 3000, content_type="video/mp4")
    Delivery.objects.update(film=film)
    variant, delivery = Variant.objects.first(), Delivery.objects.first()
    return {
        route.name: reverse(
            route.name,
            args=[
                {"variant": variant, "cut": delivery.cut}.get(
                    route.name.split("-")[0], delivery
                ).pk,
                *(["depth"] if "kind" in route.arguments else []),
            ],
        )
        for route in site_routes()
        if POLICIES[route.name].door is Door.MEDIA
    }


def test_media_stop_with_the_very_next_request_of_who_was_taken_off(films, project, ada, vic):
    ask = Asker(vic)
    assert len(films) >= 5
    tags = {}
    for name, address in films.items():
        answer = ask("GET", address)
        assert answer.status_code == 200, name
        tags[name] = answer["ETag"]
    part = ask("GET", films["delivery-film"], Range="bytes=0-255999")
    assert (part.status_code, part["Content-Length"]) == (206, "256000")
    member_remove(user=ada, project=project, member=vic)
    following = ask("GET", films["delivery-film"], Range="bytes=256000-511999")
    assert following.status_code == 404
    for name, address in films.items():
        conditions = ({}, {"If-None-Match": tags[name]}, {"Range": "bytes=0-0"})
        for headers in conditions:
            for method in ("GET", "HEAD"):
                assert ask(method, address, **headers).status_code == 404, (name, headers)
    assert ask("GET", f"{films['delivery-film']}?download=1").status_code == 404
