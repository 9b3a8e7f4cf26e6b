"""Comments: who may, threads, mentions, one form once, bad input, and the room that shows them."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed, NotFound
from projects.engine.mentions import names_in, pieces_of
from projects.models import Event
from renders.models import Comment, Mention
from renders.services.comments import (
    comment_add,
    comment_edit,
    comment_reopen,
    comment_resolve,
)
from tests.factories import first_shot, variant_of

PEOPLE = {"ben": "ben", "cleo": "cleo", "b.en": "b.en"}


@pytest.fixture
def shot(episode):
    return first_shot(episode)


@pytest.fixture
def comment(shot, cleo):
    return comment_add(user=cleo, shot=shot, body="Her hands look wrong")


def verbs():
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@ben look", ["ben"]),
        ("Look, @Ben.", ["ben"]),
        ("(@ben), @cleo!", ["ben", "cleo"]),
        ("@ben and @ben again", ["ben"]),
        ("mail ben@cleo.org", []),
        ("@@ben", []),
        ("@benjamin", []),
        ("@nobody and @ben", ["ben"]),
        ("@b.en.", ["b.en"]),
        ("@", []),
        ("@" * 10_000, []),
    ],
)
def test_a_name_is_found_where_a_person_would_find_it(text, named):
    assert names_in(text, PEOPLE) == named


def test_pieces_put_together_are_the_text():
    text = "x @ben. y @nobody @cleo"
    pieces = pieces_of(text, PEOPLE)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.name] == ["@ben", "@cleo"]


@pytest.mark.parametrize("name", ["ada", "dora", "ben", "cleo"])
def test_a_reviewer_and_everybody_above_may_speak(name, shot, django_user_model):
    user = django_user_model.objects.get(username=name)
    assert comment_add(user=user, shot=shot, body=" Good. ").body == "Good."
    assert verbs()[-1] == "comment.added"


@pytest.mark.parametrize(("name", "status"), [("vic", 403), ("dan", 404), ("cleo", 302)])
def test_a_viewer_may_not_speak_and_a_stranger_finds_nothing(
    name, status, shot, comment, client, django_user_model, dan
):
    client.force_login(django_user_model.objects.get(username=name))
    before = Comment.objects.count()
    assert client.post(f"/shots/{shot.pk}/comments", {"body": "x"}).status_code == status
    for act in ("resolve", "reopen"):
        assert client.post(f"/comments/{comment.pk}/{act}").status_code == status
    answer = client.post(f"/comments/{comment.pk}/edit", {"body": "y"})
    assert answer.status_code == status
    assert Comment.objects.count() == before + (status == 302)


def test_nobody_is_sent_to_log_in(shot, comment, client):
    for address in (f"/shots/{shot.pk}/comments", f"/comments/{comment.pk}/resolve"):
        answer = client.post(address, {"body": "x"})
        assert answer.url.startswith("/login/")


def test_services_ask_for_the_right_themselves(shot, comment, vic, dan):
    for user, error in ((vic, NotAllowed), (dan, NotFound)):
        with pytest.raises(error):
            comment_add(user=user, shot=shot, body="x")
        with pytest.raises(error):
            comment_resolve(user=user, comment=comment)


@pytest.mark.parametrize(
    ("body", "words"), [("  \n ", "is empty"), ("🎬" * 10_000, "10,000"), ("a\x00b", "zero byte")]
)
def test_words_that_cannot_be_kept_are_refused_in_words(body, words, shot, cleo, client):
    with pytest.raises(InputError, match=words):
        comment_add(user=cleo, shot=shot, body=body)
    client.force_login(cleo)
    assert client.post(f"/shots/{shot.pk}/comments", {"body": body}).status_code == 400
    assert Comment.objects.count() == 0


def test_four_thousand_emoji_are_a_comment(shot, cleo):
    assert len(comment_add(user=cleo, shot=shot, body="🎬" * 4000).body) == 4000


def test_the_same_form_twice_is_one_comment_and_one_event(shot, cleo, client):
    client.force_login(cleo)
    form = {"body": "Too dark", "token": "abc"}
    for _ in range(2):
        assert client.post(f"/shots/{shot.pk}/comments", form).status_code == 302
    assert Comment.objects.count() == 1
    assert verbs().count("comment.added") == 1
    # Gone back, other words written into the same form: another comment.
    client.post(f"/shots/{shot.pk}/comments", {**form, "body": "Too bright"})
    assert Comment.objects.count() == 2


def test_members_are_mentioned_and_unknown_names_stay_text(shot, cleo, ben, dan):
    made = comment_add(user=cleo, shot=shot, body="@ben and @dan and @nobody, look. @Ben!")
    assert [m.user for m in Mention.objects.filter(comment=made)] == [ben]


def test_an_edit_tells_only_whom_it_newly_names(shot, cleo, ben, ada):
    made = comment_add(user=cleo, shot=shot, body="@ben look")
    comment_edit(user=cleo, comment=made, body="@ben @ada look")
    assert {m.user for m in made.mentions.all()} == {ben, ada}
    last = Event.objects.order_by("seq").last()
    assert (last.verb, last.payload["named"]) == ("comment.edited", [ada.pk])
    comment_edit(user=cleo, comment=made, body="nobody")
    assert made.mentions.count() == 0


def test_only_the_author_edits(comment, dora, cleo):
    with pytest.raises(NotAllowed, match="only who wrote"):
        comment_edit(user=dora, comment=comment, body="mine now")
    edited = comment_edit(user=cleo, comment=comment, body="Her left hand")
    assert edited.edited_at is not None
    before = verbs()
    comment_edit(user=cleo, comment=comment, body="Her left hand")
    assert verbs() == before


def test_threads_are_one_level(shot, comment, ben):
    reply = comment_add(user=ben, shot=shot, body="I see", parent=comment)
    with pytest.raises(InputError, match="first comment"):
        comment_add(user=ben, shot=shot, body="and", parent=reply)
    with pytest.raises(InputError, match="first comment"):
        comment_resolve(user=ben, comment=reply)


def test_a_reply_and_a_variant_belong_to_the_shot(episode, shot, comment, ben):
    other = shot.scene.shots.exclude(pk=shot.pk)[0]
    with pytest.raises(InputError, match="belongs to the shot"):
        comment_add(user=ben, shot=other, body="x", parent=comment)
    with pytest.raises(InputError, match="not of shot"):
        comment_add(user=ben, shot=other, body="x", variant=variant_of(shot))


def test_resolving_twice_is_one_event_and_can_be_undone(comment, dora, ben):
    comment_resolve(user=dora, comment=comment)
    assert comment_resolve(user=ben, comment=comment).resolved_by == dora
    assert verbs().count("comment.resolved") == 1
    assert comment_reopen(user=ben, comment=comment).resolved_at is None
    assert verbs()[-1] == "comment.reopened"


def test_the_room_shows_words_as_words_and_names_as_names(shot, cleo, client, vic):
    comment_add(user=cleo, shot=shot, body="<script>alert(1)</script> @ben <b>")
    client.force_login(vic)
    page = client.get(f"/shots/{shot.pk}/review").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<b class="named">@ben</b>' in page
    assert 'data-testid="say"' not in page


def test_the_pages_own_code_gets_the_threads_alone(shot, cleo, client):
    client.force_login(cleo)
    answer = client.post(
        f"/shots/{shot.pk}/comments", {"body": "Too dark"}, headers={"X-Apex-Part": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.startswith('<div id="threads"')
    assert "Too dark" in page


@pytest.mark.parametrize("field", ["parent", "about"])
@pytest.mark.parametrize("given", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_form_that_names_what_is_not_there_is_a_clear_answer(field, given, shot, cleo, client):
    client.force_login(cleo)
    answer = client.post(f"/shots/{shot.pk}/comments", {"body": "x", field: given})
    assert answer.status_code == 400
    assert Comment.objects.count() == 0


def test_threads_cost_the_same_however_many(shot, cleo, ben, client, django_assert_num_queries):
    client.force_login(cleo)
    address = f"/shots/{shot.pk}/comments"
    for count in (1, 12):
        for i in range(count):
            first = comment_add(user=cleo, shot=shot, body=f"@ben {count} {i}")
            comment_add(user=ben, shot=shot, body="@cleo yes", parent=first)
        with django_assert_num_queries(9):
            assert client.get(address).status_code == 200
