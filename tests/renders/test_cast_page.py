"""The cast: traits with their rules, set by hand or given back, kept versions, a voice really spoken, a portrait."""

from __future__ import annotations

import io
import wave

import pytest

from apexsite.kit.errors import InputError, StaleEdit, StateError
from apexsite.kit.pixels import read_picture
from characters.engine.appearance import profile_from_words
from characters.engine.profile import CharacterProfile
from characters.engine.profilesheet import BY_NAME, TRAITS, traits_read
from characters.models import Character, CharacterVersion
from characters.services.profiles import BY_HAND, character_restore, character_update
from projects.models import Event
from renders.models import KeptSample
from renders.services.reviews import review_approve
from renders.services.samples import portrait, sample_text
from tests.factories import first_shot, variant_of


@pytest.fixture
def mara(episode):
    return Character.objects.select_related("project").get(name="Mara Voss")


def form_of(character, **changes):
    """Return the sheet as the page would send it, with these traits changed."""
    sent = {"version": character.version, **character.profile}
    low, high = character.profile["age_years"]
    sent.update({"age_years": f"{low}-{high}", **changes})
    return {name: value for name, value in sent.items() if name in BY_NAME or name == "version"} | {
        "give_back": changes.get("give_back", [])
    }


def test_the_sheet_holds_every_field_of_a_profile_and_takes_what_rules_give():
    assert set(BY_NAME) | {"key"} == set(CharacterProfile.__dataclass_fields__)
    for number in range(60):
        profile, _ = profile_from_words(
            key=f"k{number}",
            name="N",
            role="judge",
            personality="stern",
            description="a tall woman",
        )
        raw = {t.name: str(getattr(profile, t.name)) for t in TRAITS}
        raw["age_years"] = "-".join(str(y) for y in profile.age_years)
        assert traits_read(raw)[1] == {}


def test_every_fault_is_told_at_its_own_trait():
    _, faults = traits_read(
        {
            "name": "", "age_years": "old", "height_cm": "9000", "skin_colour": "red",
            "hair_style": "mohawk", "voice_pitch": "100", "role": "🎬" * 10_000,
        }
    )  # fmt: skip
    assert set(faults) == {
        "name", "age_years", "height_cm", "skin_colour", "hair_style", "voice_pitch", "role",
    }  # fmt: skip
    assert traits_read({"age_years": "34"})[0] == {"age_years": [34, 34]}
    assert traits_read({"age_years": "60-50"})[1]


def test_what_is_set_by_hand_stays_and_what_was_read_follows_the_words(mara, ben):
    assert mara.profile_sources["hair_colour"].startswith("description")
    drawn = mara.profile["skin_colour"]
    character_update(
        user=ben,
        character=mara,
        changes={"build": "heavy", "description": "a thin judge with red hair"},
    )
    mara.refresh_from_db()
    assert (mara.profile["build"], mara.profile_sources["build"]) == ("heavy", BY_HAND)
    assert mara.profile["hair_colour"] == "#A3472A"
    assert mara.profile["skin_colour"] == drawn
    character_update(user=ben, character=mara, changes={}, give_back=["build"])
    mara.refresh_from_db()
    assert mara.profile["build"] == "slim"
    assert mara.profile_sources["build"].startswith("description")


def test_a_page_opens_for_a_character_from_before_versions_knew_who(mara, client, vic):
    CharacterVersion.objects.update(created_by=None)
    client.force_login(vic)
    assert client.get(f"/characters/{mara.pk}/").status_code == 200


def test_versions_are_kept_and_come_back(mara, ben):
    first = dict(mara.profile)
    for build in ("heavy", "lean"):
        character_update(user=ben, character=mara, changes={"build": build})
    character_restore(user=ben, character=mara, version=1)
    character_restore(user=ben, character=mara, version=1)
    mara.refresh_from_db()
    assert (mara.version, mara.profile) == (4, first)
    kept = CharacterVersion.objects.filter(character=mara).order_by("version")
    assert [row.profile["build"] for row in kept][1:3] == ["heavy", "lean"]
    with pytest.raises(StateError):
        character_restore(user=ben, character=mara, version=99)


def test_an_older_version_is_refused_and_the_same_values_change_nothing(mara, ada, ben):
    character_update(user=ada, character=mara, changes={"build": "heavy"}, version=1)
    with pytest.raises(StaleEdit):
        character_update(user=ben, character=mara, changes={"build": "lean"}, version=1)
    character_update(user=ben, character=mara, changes={"build": "heavy"}, version=1)
    assert Event.objects.filter(verb="character.updated").count() == 1
    with pytest.raises(InputError):
        character_update(user=ben, character=mara, changes={"tail": "long"})


def test_a_voice_is_heard_and_makes_no_picture_stale_but_looks_do(mara, ben):
    before = mara.cast_hash
    character_update(user=ben, character=mara, changes={"voice_pitch": 5})
    mara.refresh_from_db()
    assert mara.cast_hash == before
    character_update(user=ben, character=mara, changes={"hair_style": "bob"})
    mara.refresh_from_db()
    assert mara.cast_hash != before


@pytest.mark.parametrize(
    ("name", "page", "save"),
    [
        ("ada", 200, 302),
        ("ben", 200, 302),
        ("cleo", 200, 403),
        ("vic", 200, 403),
        ("dan", 404, 404),
    ],
)
def test_members_look_and_makers_change(name, page, save, mara, client, django_user_model, dan):
    client.force_login(django_user_model.objects.get(username=name))
    base = f"/characters/{mara.pk}/"
    assert client.get(base).status_code == page
    assert client.get(f"/projects/{mara.project_id}/cast/").status_code == page
    assert client.get(f"{base}portrait").status_code == page
    assert client.post(base, form_of(mara, build="heavy")).status_code == save
    assert client.post(f"{base}restore", {"version": "1"}).status_code == save


def test_the_form_saves_names_what_it_makes_stale_and_is_one_edit_when_sent_twice(
    mara, episode, client, ben, dora
):
    shot = next(s for s in [first_shot(episode)] if s.castings.filter(character=mara).exists())
    review_approve(user=dora, variant=variant_of(shot))
    client.force_login(ben)
    form = form_of(mara, hair_style="bob")
    page = client.post(f"/characters/{mara.pk}/", form, follow=True).content.decode()
    assert f"no longer match: {shot.code} variant 1" in page
    assert "set by hand" in page
    assert client.post(f"/characters/{mara.pk}/", form).status_code == 302
    assert Event.objects.filter(verb="character.updated").count() == 1


def test_a_stale_sheet_keeps_what_was_typed(mara, client, ada, ben):
    form = form_of(mara, clothing="a wet raincoat")
    character_update(user=ada, character=mara, changes={"clothing": "a red dress"})
    client.force_login(ben)
    answer = client.post(f"/characters/{mara.pk}/", form)
    assert answer.status_code == 412
    assert answer.content.decode().count("a wet raincoat") >= 2
    assert "a red dress" in answer.content.decode()


def test_a_name_of_ten_thousand_emoji_is_refused_and_still_there(mara, client, ben):
    client.force_login(ben)
    answer = client.post(f"/characters/{mara.pk}/", form_of(mara, name="🎬" * 10_000))
    assert answer.status_code == 400
    assert answer.content.decode().count("🎬") >= 10_000
    mara.refresh_from_db()
    assert mara.name == "Mara Voss"


def test_a_voice_is_spoken_once_kept_and_only_for_members(mara, client, vic, dan):
    assert sample_text(mara) == "You were there."
    client.force_login(dan)
    assert client.get(f"/characters/{mara.pk}/voice.wav").status_code == 404
    client.force_login(vic)
    first = client.get(f"/characters/{mara.pk}/voice.wav")
    assert first["Content-Type"] == "audio/wav"
    with wave.open(io.BytesIO(first.content)) as sound:
        assert sound.getframerate() == 48_000
        assert sound.getnframes() > 20_000
    again = client.get(f"/characters/{mara.pk}/voice.wav", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert KeptSample.objects.filter(kind="speech").count() == 1


def test_a_portrait_is_drawn_until_an_approved_face_is_large_enough(mara, episode, dora, ben):
    drawn = portrait(mara)
    assert portrait(mara).pk == drawn.pk
    shot = first_shot(episode)
    variant = variant_of(shot)
    variant.recipe["parameters"] = {"face_boxes": {mara.key: [20, 2, 60, 52]}}
    variant.save()
    assert portrait(mara).pk == drawn.pk
    review_approve(user=dora, variant=variant)
    cut = portrait(mara)
    assert cut.pk != drawn.pk
    from renders.services.media import media_path

    assert read_picture(media_path(cut)).shape == (480, 480, 3)
    before = KeptSample.objects.count()
    character_update(user=ben, character=mara, changes={"voice_pitch": 7})
    portrait(mara)
    assert KeptSample.objects.count() == before


def test_the_cast_page_costs_as_many_queries_for_many_people_as_for_few(
    episode, client, vic, django_assert_max_num_queries
):
    client.force_login(vic)
    address = f"/projects/{episode.project_id}/cast/"
    profile = Character.objects.first().profile
    Character.objects.bulk_create(
        Character(
            project=episode.project, key=f"k{n}", name=f"N{n}", profile=profile, cast_hash="x"
        )
        for n in range(80)
    )
    with django_assert_max_num_queries(11):
        assert client.get(address).status_code == 200


def test_a_person_is_added_once_with_looks_read_from_words(episode, client, ben, vic):
    address = f"/projects/{episode.project_id}/cast/"
    client.force_login(vic)
    assert client.post(address, {"name": "Otto"}).status_code == 403
    client.force_login(ben)
    form = {"name": "Otto  Lind", "description": "a bald man in a red coat"}
    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]
    otto = Character.objects.get(name="Otto Lind")
    assert (otto.profile["hair_style"], otto.profile["gender"]) == ("bald", "male")
    for name in ("", "…", "🎬" * 10_000):
        answer = client.post(address, {"name": name, "description": "kept words"})
        assert answer.status_code == 400
        assert "kept words" in answer.content.decode()
    assert Character.objects.filter(project=episode.project).count() == 3
