"""Pictures shown to engines: the start, the cast's approved ones; who refuses, and what is said when one is gone."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotFound
from characters.models import Casting
from projects.engine.fallback import Fallback
from projects.models import Shot
from renders.bridge import profile_of
from renders.engine.imaging.base import START
from renders.engine.imaging.choice import Need
from renders.engine.imaging.receipt import Hop
from renders.models import RenderTask, Variant, Verdict
from renders.services.engines import Policy, _following
from renders.services.media import content_store
from renders.services.references import person_shown, references_asked, references_read
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shot(episode):
    """The first shot."""
    return first_shot(episode)


@pytest.fixture
def alone(episode):
    """A shot with one person in it, and the person."""
    for shot in Shot.objects.filter(scene__episode=episode).order_by("pk"):
        people = list(Casting.objects.filter(shot=shot).select_related("character"))
        if len(people) == 1:
            return shot, people[0].character
    raise AssertionError("the script has no shot of one person")


@pytest.fixture
def connected(monkeypatch):
    """Have Gemini set, to an address where nobody listens."""
    monkeypatch.setenv("APEX_GEMINI_KEY", "k")
    monkeypatch.setenv("APEX_GEMINI_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("renders.engine.imaging.cloud.gemini.is_installed", lambda name: True)


def approved(shot, person=None, *, number=1, tier="final"):
    """Make an approved picture of a shot; of a person as they are today where one is given."""
    made = variant_of(shot, number=number, tier=tier)
    made.verdict = Verdict.APPROVED
    if person is not None:
        made.recipe = {**made.recipe, "cast": [profile_of(person).to_document()]}
    made.save()
    return made


@pytest.mark.parametrize("engine", ["", "storyboard"])
def test_an_engine_that_cannot_start_from_a_picture_refuses_by_name(shot, ben, engine):
    begun = variant_of(shot)
    with pytest.raises(InputError, match=r"storyboard of storyboard cannot start.*final: sdxl"):
        variants_request(user=ben, shot=shot, start=begun.pk, engine=engine)
    assert not RenderTask.objects.exists()


def test_a_vendor_without_a_start_refuses_too(shot, ben, connected):
    begun = variant_of(shot)
    with pytest.raises(InputError, match=r"gemini.* cannot start from a picture"):
        variants_request(user=ben, shot=shot, tier="final", start=begun.pk, engine="gemini")


def test_a_start_must_be_a_picture_of_the_same_production(shot, ben, dora):
    for start in ("7", "0" * 32, "x" * 200):
        with pytest.raises(InputError, match="must be the id of a picture of this production"):
            variants_request(user=ben, shot=shot, start=start)


def test_nobody_takes_over_who_would_leave_the_start_out(connected):
    policy = Policy(fallback=Fallback.ANY, order=("gemini",), tries=1)
    hops = [Hop("sdxl", fault="oom")]
    assert _following("sdxl", hops, policy, Need(references=1), lambda name: True) == "gemini"
    start = Need(references=1, start=True)
    assert _following("sdxl", hops, policy, start, lambda name: True) == ""


def test_the_last_approved_final_picture_of_somebody_alone_shows_them(alone):
    shot, person = alone
    assert person_shown(person) is None
    approved(shot, person, tier="previz")
    variant_of(shot, tier="final", number=4)
    assert person_shown(person) is None
    made = approved(shot, person, number=5)
    assert person_shown(person) == made
    made.recipe = {**made.recipe, "cast": [{"key": person.key, "hair": "another"}]}
    made.save()
    assert person_shown(person) is None


def test_an_engine_is_shown_no_more_than_it_looks_at(alone, ben, connected):
    shot, person = alone
    made = approved(shot, person)
    (shown,) = references_asked(shot, backend="gemini", start=None, with_cast=True)
    assert shown == {"of": person.key, "sha256": made.media.sha256, "content_type": "image/png"}
    assert references_asked(shot, backend="gemini", start=None, with_cast=False) == []
    assert references_asked(shot, backend="storyboard", start=None, with_cast=True) == []
    both = references_asked(shot, backend="sdxl", start=made, with_cast=True)
    assert [one["of"] for one in both] == [START, person.key]
    variants_request(user=ben, shot=shot, tier="final", engine="gemini", count=1)
    variants_request(user=ben, shot=shot, tier="final", engine="gemini", count=1, show_cast=False)
    asked = RenderTask.objects.order_by("request__variant_index")
    assert [task.request["references"] for task in asked] == [[shown], []]


def test_a_picture_that_is_gone_is_named(shot):
    media = variant_of(shot).media
    document = {"of": START, "sha256": media.sha256, "content_type": "image/png"}
    (shown,) = references_read([document])
    assert shown.content.startswith(b"\x89PNG") and shown.sha256 == media.sha256
    content_store().open_path(media.sha256).unlink()
    with pytest.raises(NotFound, match=f"starts from .sha256 {media.sha256}. is gone"):
        references_read([document])
    with pytest.raises(NotFound, match="the picture shown of mara"):
        references_read([{**document, "of": "mara"}])


def test_the_api_refuses_a_start_where_nobody_takes_one(client, ben, shot):
    client.force_login(ben)
    begun = variant_of(shot)
    door = f"/api/v1/shots/{shot.pk}:request-variants"
    values = {"tier": "storyboard", "start": str(begun.pk)}
    answer = client.post(door, values, content_type="application/json")
    assert answer.status_code == 400 and "cannot start from a picture" in answer.content.decode()
    values = {"tier": "storyboard", "show_cast": False, "count": 1}
    assert client.post(door, values, content_type="application/json").status_code == 202
    assert not Variant.objects.exclude(pk=begun.pk).exists()
