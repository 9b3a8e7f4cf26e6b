"""Pictures and films over HTTP: the right bytes, to the right people, under the right conditions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpResponseBase
from django.test import AsyncClient
from django.urls import path

from projects.models import Episode
from renders.models import Cut, Delivery, Variant
from renders.services.media import media_keep_bytes, media_path
from renders.web import media as views
from renders.web.ranges import part_wanted, range_parse
from tests.factories import first_shot, variant_of

FILM = bytes(range(256)) * 3000  # 768 000 bytes: three reads of 256 KiB
JSON = {"Accept": "application/json"}

urlpatterns = [
    path("media/variants/<uuid:variant_id>/picture", views.variant_picture),
    path("media/variants/<uuid:variant_id>/thumbnail", views.variant_thumbnail),
    path("media/deliveries/<uuid:delivery_id>/film", views.delivery_film),
    path("media/deliveries/<uuid:delivery_id>/contact-sheet", views.delivery_contact_sheet),
    path("media/deliveries/<uuid:delivery_id>/poster", views.delivery_poster),
]
pytestmark = pytest.mark.urls(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its body read."""

    response: HttpResponseBase
    body: bytes

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return self.response.status_code


async def _ask(user: object, method: str, address: str, headers: dict[str, str]) -> Answer:
    client = AsyncClient()
    if user is not None:
        await client.aforce_login(user)
    response = await getattr(client, method)(address, headers=headers)
    if response.streaming:
        assert response.is_async, "a sync body is read whole into memory under ASGI"
        return Answer(response, b"".join([chunk async for chunk in response]))
    return Answer(response, response.content)


def ask(user: object, address: str, method: str = "get", **headers: str) -> Answer:
    """Ask as a person; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return async_to_sync(_ask)(user, method, address, {**JSON, **named})


@pytest.fixture
def delivery(episode: Episode) -> Delivery:
    """A delivery whose film is any bytes: what is in them is no matter here."""
    film = media_keep_bytes(FILM, content_type="video/mp4")
    picture = variant_of(first_shot(episode), number=2).media
    cut = Cut.objects.create(episode=episode, version=2, tier="storyboard")
    return Delivery.objects.create(
        cut=cut,
        profile="web",
        is_preview=True,
        film=film,
        contact_sheet=picture,
        poster=picture,
        frames=24,
        qc_verdict="pass",
        qc_report={},
    )


@pytest.fixture
def film(delivery: Delivery) -> str:
    """The address of the film."""
    return f"/media/deliveries/{delivery.pk}/film"


@pytest.fixture
def variant(episode: Episode) -> Variant:
    """A variant with a small picture."""
    return variant_of(first_shot(episode))


def test_a_film_without_range_comes_whole_and_identical(vic, film, delivery):
    answer = ask(vic, film)
    assert answer.status == 200
    assert answer.body == FILM
    assert answer.response["Content-Length"] == str(len(FILM))
    assert answer.response["Content-Type"] == "video/mp4"
    assert answer.response["Accept-Ranges"] == "bytes"
    assert answer.response["ETag"] == f'"{delivery.film.sha256}"'
    assert answer.response["Cache-Control"] == "private, no-cache"
    assert answer.response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in answer.response


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=1000-", 1000, len(FILM)),
        ("bytes=-500", len(FILM) - 500, len(FILM)),
        ("bytes=-99999999", 0, len(FILM)),
        ("bytes=262100-262200", 262_100, 262_201),
        (f"bytes=767999-{10**15}", 767_999, len(FILM)),
        ("Bytes = 5-9", 5, 10),
    ],
)
def test_a_range_comes_as_206_with_exactly_those_bytes(vic, film, asked, start, end):
    answer = ask(vic, film, Range=asked)
    assert answer.status == 206
    assert answer.body == FILM[start:end]
    assert answer.response["Content-Length"] == str(end - start)
    assert answer.response["Content-Range"] == f"bytes {start}-{end - 1}/{len(FILM)}"


@pytest.mark.parametrize("asked", [f"bytes={len(FILM)}-", "bytes=99999999-99999999", "bytes=-0"])
def test_a_range_past_the_end_is_416_and_says_the_size(vic, film, asked):
    answer = ask(vic, film, Range=asked)
    assert answer.status == 416
    assert answer.body == b""
    assert answer.response["Content-Range"] == f"bytes */{len(FILM)}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=9-5",
        "bytes=-",
        "frames=0-1",
        "bytes=0-1,5-6",
        "bytes=x-y",
        "bytes=" + "9" * 5000 + "-",
    ],
)
def test_a_range_that_cannot_be_read_is_answered_whole(vic, film, asked):
    answer = ask(vic, film, Range=asked)
    assert (answer.status, len(answer.body)) == (200, len(FILM))


def test_a_range_of_an_older_film_is_answered_whole(vic, film):
    answer = ask(vic, film, Range="bytes=0-9", If_Range='"another"')
    assert (answer.status, answer.body) == (200, FILM)


def test_a_weak_tag_does_not_promise_the_same_bytes(vic, film, delivery):
    answer = ask(vic, film, Range="bytes=0-9", If_Range=f'W/"{delivery.film.sha256}"')
    assert answer.status == 200


def test_a_range_of_the_film_at_hand_is_answered_in_part(vic, film, delivery):
    answer = ask(vic, film, Range="bytes=0-9", If_Range=f'"{delivery.film.sha256}"')
    assert (answer.status, answer.body) == (206, FILM[:10])


@pytest.mark.parametrize("known", ['"{}"', 'W/"{}"', '"old", "{}"', "*"])
def test_what_the_browser_has_already_is_304(vic, film, delivery, known):
    answer = ask(vic, film, If_None_Match=known.format(delivery.film.sha256), Range="bytes=0-9")
    assert (answer.status, answer.body) == (304, b"")
    assert answer.response["ETag"] == f'"{delivery.film.sha256}"'


def test_another_tag_is_no_304(vic, film):
    assert ask(vic, film, If_None_Match='"another"').status == 200


def test_head_says_the_size_and_sends_no_bytes(vic, film):
    answer = ask(vic, film, "head", Range="bytes=0-9")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.response["Content-Length"] == str(len(FILM))


def test_nothing_can_be_posted_to_a_film(vic, film):
    assert ask(vic, film, "post").status == 405


def test_a_download_has_a_clean_file_name(vic, film, delivery):
    cut = delivery.cut
    cut.episode.title = 'Night\r\n "Bus"/../é'
    cut.episode.save()
    answer = ask(vic, f"{film}?download=1")
    header = answer.response["Content-Disposition"]
    assert header == 'attachment; filename="night-bus-night-bus-cut-2-preview.mp4"'


@pytest.mark.parametrize("name", ["ada", "dora", "ben", "cleo", "vic"])
@pytest.mark.parametrize("kind", ["picture", "thumbnail"])
def test_every_role_may_see_a_picture(request, variant, name, kind):
    answer = ask(request.getfixturevalue(name), f"/media/variants/{variant.pk}/{kind}")
    assert answer.status == 200
    assert answer.body == media_path(variant.media).read_bytes()
    assert answer.response["Content-Type"] == "image/png"
    assert answer.response["Cache-Control"] == "private, max-age=31536000, immutable"


def _addresses(variant: Variant, delivery: Delivery) -> list[str]:
    return [
        *(f"/media/variants/{variant.pk}/{kind}" for kind in ("picture", "thumbnail")),
        *(f"/media/deliveries/{delivery.pk}/{k}" for k in ("film", "contact-sheet", "poster")),
    ]


def test_a_member_may_see_everything_a_delivery_has(vic, variant, delivery):
    for address in _addresses(variant, delivery):
        assert ask(vic, address).status == 200, address


def test_a_stranger_and_nobody_get_the_answer_of_what_is_not_there(dan, variant, delivery):
    for address in _addresses(variant, delivery):
        kind, row = address.split("/")[2], address.split("/")[3]
        absent = ask(dan, address.replace(row, str(uuid4())))
        for who in (dan, None):
            answer = ask(who, address, Range="bytes=0-9")
            assert (answer.status, answer.body) == (404, absent.body), (kind, who)
            assert "ETag" not in answer.response


def test_a_member_who_was_removed_sees_nothing_any_more(ada, vic, project, film):
    from projects.services.projects import member_remove

    member_remove(user=ada, project=project, member=vic)
    assert ask(vic, film).status == 404


def test_a_lost_file_is_told_without_naming_a_folder(vic, variant):
    media_path(variant.media).unlink()
    answer = ask(vic, f"/media/variants/{variant.pk}/picture")
    assert answer.status == 404
    assert b"is not in the store" in answer.body
    assert b"/media" not in answer.body


@pytest.mark.parametrize("size_bytes", [0, 1, 7])
def test_every_range_of_a_small_file_is_inside_it(size_bytes: int) -> None:
    content = bytes(range(size_bytes))
    for start in range(9):
        for end in range(9):
            part = range_parse(f"bytes={start}-{end}", size_bytes)
            if start > end:
                assert part is None
            elif start >= size_bytes:
                assert part is not None
                assert part.status == 416
            else:
                assert part is not None
                assert content[part.start : part.start + part.length] == content[start : end + 1]


def test_an_empty_file_is_whole_or_outside() -> None:
    headers = {"Range": "bytes=0-"}
    assert part_wanted("GET", headers, size_bytes=0, sha256="a").status == 416
    assert part_wanted("GET", {}, size_bytes=0, sha256="a").length == 0
