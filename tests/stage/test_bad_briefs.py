"""Bad input, the whole way: asked for in the studio, through the job, to a picture that says what it is or an error that does."""

from __future__ import annotations

import json
import resource

import pytest
from django.urls import reverse
from PIL import Image

from apexsite.kit.errors import BackendError, InputError, NoRoom
from apexsite.kit.store import ContentStore
from characters.models import Casting, Character
from characters.services.briefs import brief_save
from characters.services.characters import character_add
from projects.models import Scene, Shot
from renders.models import RenderTask, Tier, Variant
from renders.services.jobs import job_retry, run_until_done
from renders.services.media import media_path
from renders.services.variants import variants_request
from tests.factories import first_shot

pytestmark = pytest.mark.django_db


def asked(shot: Shot, user, place: str = "") -> RenderTask:
    """Ask for one previz picture of a shot in a place and run the job; returns its task."""
    if place:
        Scene.objects.filter(pk=shot.scene_id).update(place=place)
        shot = Shot.objects.get(pk=shot.pk)
    job = variants_request(user=user, shot=shot, tier=Tier.PREVIZ, count=1)
    run_until_done(job)
    return RenderTask.objects.get(job=job)


def of(task: RenderTask) -> Variant:
    return Variant.objects.get(task=task)


def test_a_set_that_does_not_exist_gets_the_nearest_and_card_and_room_name_it(
    standin, episode, ben, client
):
    shot = first_shot(episode)
    made = of(asked(shot, ben, "NOWHERE <b>王国</b>")).recipe["parameters"]
    assert (made["set_name"], made["set_is_nearest"]) == ("studio", True)
    client.force_login(ben)
    board = client.get(reverse("board", args=[episode.project_id]), {"tier": "previz"})
    assert "set: studio" in board.content.decode()
    assert "<b>王国" not in board.content.decode()
    room = client.get(reverse("review", args=[shot.pk]), {"tier": "previz"}).content.decode()
    assert "NOWHERE &lt;b&gt;王国" in room


def test_a_set_there_is_has_no_mark_on_its_card(standin, episode, ben, client):
    asked(first_shot(episode), ben, "COURTROOM 3")
    client.force_login(ben)
    board = client.get(reverse("board", args=[episode.project_id]), {"tier": "previz"})
    assert "set: courtroom" not in board.content.decode()


def test_twelve_people_in_a_close_up_are_a_sketch_that_says_why(standin, episode, ben, ada, client):
    shot = first_shot(episode)
    crowd = [
        character_add(user=ada, project=episode.project, name=f"Žofie {n} 王", description="")
        for n in "abcdefghijkl"
    ]
    with pytest.raises(InputError, match="cast of 12 is more than the 8"):
        brief_save(user=ada, shot=shot, changes={"cast": [p.key for p in crowd]})
    Casting.objects.filter(shot=shot).delete()
    Casting.objects.bulk_create(
        Casting(shot=shot, character=p, position=n) for n, p in enumerate(crowd)
    )
    Shot.objects.filter(pk=shot.pk).update(size="CU", coverage="single")
    variant = of(asked(Shot.objects.get(pk=shot.pk), ben))
    (hop,) = variant.recipe["hops"]
    assert variant.engine == "storyboard"
    assert hop["code"] == "not_supported"
    assert hop["reason"].startswith("cast=12 people: the stage places 8 at most")
    client.force_login(ben)
    board = client.get(reverse("board", args=[episode.project_id]), {"tier": "previz"})
    assert "cast=12 people" in board.content.decode()


def test_who_is_outside_the_frame_is_said(standin, episode, ben):
    shot = first_shot(episode)
    people = Character.objects.filter(project=episode.project).order_by("name")
    brief_save(user=ben, shot=shot, changes={"cast": [p.key for p in people], "size": "CU"})
    made = of(asked(Shot.objects.get(pk=shot.pk), ben)).recipe["parameters"]
    others = ", ".join(p.name for p in people[1:])
    assert f"faces outside the frame of this CU: {others}" in made["left_out"]


def test_a_lens_of_nothing_is_refused_with_what_was_given_and_what_is_valid(
    standin, episode, ben, client
):
    shot = first_shot(episode)
    client.force_login(ben)
    page = client.post(reverse("shot", args=[shot.pk]), {"lens_mm": "0"})
    assert page.status_code == 400
    assert "“0” must be a whole number of mm from 8 to 400" in page.content.decode()
    address = f"/api/v1/shots/{shot.pk}/"
    etag = client.get(address)["ETag"]
    for lens in (0, -5, 7.9, "wide", None):
        answer = client.patch(
            address,
            json.dumps({"lens_mm": lens}),
            content_type="application/json",
            headers={"If-Match": etag},
        )
        assert answer.status_code == 400, lens
        assert "lens_mm" in answer.content.decode()
    shot.refresh_from_db()
    assert shot.lens_mm >= 8


def test_names_places_and_words_in_any_script_reach_the_stage_and_come_back(
    standin, kept, episode, ben, ada
):
    person = character_add(
        user=ada, project=episode.project, name="Ђорђе 王 ŞŁ", description="a thin man, 40s"
    )
    shot = first_shot(episode)
    brief_save(
        user=ben,
        shot=shot,
        changes={"cast": [person.key], "action": "Ђорђе 王 ŞŁ sits. ¿Qué? 🎬", "speaker": ""},
    )
    task = asked(Shot.objects.get(pk=shot.pk), ben, "ULICA ŁĄKOWA 街")
    made = of(task).recipe["parameters"]
    assert made["set_asked"] == "ULICA ŁĄKOWA 街"
    assert list(made["masks"]) == [person.key]
    assert made["blocking"][0]["pose"] == "sit"
    assert json.loads((kept / made["kept_as"] / "meta.json").read_text())["brief"]["players"]


@pytest.mark.parametrize("place", ["KILLED ONCE", "HALF ONCE"])
def test_a_program_killed_in_the_middle_of_a_picture_is_asked_again(
    standin, kept, episode, ben, place
):
    task = asked(first_shot(episode), ben, place)
    variant = of(task)
    assert (task.status, task.attempts.count(), variant.engine) == ("done", 2, "stage")
    with Image.open(media_path(variant.media)) as image:
        image.load()
    assert sorted(p.name for p in kept.iterdir() if p.is_dir()) == [
        variant.recipe["parameters"]["kept_as"]
    ]


def test_a_full_disk_fails_the_job_leaves_nothing_half_and_the_job_goes_on_when_there_is_room(
    standin, kept, episode, ben
):
    shot = first_shot(episode)
    task = asked(shot, ben, "FULL DISK")
    assert task.status == "failed"
    assert "No space left on device" in task.error
    assert not Variant.objects.exists()
    assert [p for p in kept.iterdir() if p.is_dir()] == []
    Scene.objects.filter(pk=shot.scene_id).update(place="OFFICE")
    job = job_retry(user=ben, job=task.job)
    run_until_done(job)
    assert of(RenderTask.objects.get(job=job)).engine == "stage"


def test_a_media_store_without_room_fails_the_job_in_words_and_keeps_nothing_half(
    standin, episode, ben, media_root
):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    content = bytes(2_000_000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(NoRoom, match=r"no room for 2000000 bytes in .*media: File too large"):
            ContentStore(media_root).put_bytes(content)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [p for p in media_root.rglob("*") if p.is_file()] == []
    assert ContentStore(media_root).put_bytes(content).size_bytes == len(content)


def test_a_folder_nobody_may_write_is_named(standin, episode, ben, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("APEX_VAR", str(tmp_path / "file"))
    task = asked(first_shot(episode), ben)
    assert task.status == "failed"
    assert "the stage's folder: Not a directory" in task.error
    assert str(tmp_path) not in task.error


def test_a_kept_picture_that_was_damaged_is_drawn_again(standin, kept, episode, ben):
    shot = first_shot(episode)
    folder = kept / of(asked(shot, ben)).recipe["parameters"]["kept_as"]
    (folder / "picture.png").write_bytes(b"not a picture")
    from renders.services.recipes import picture_from_recipe

    recipe = Variant.objects.get().recipe
    with pytest.raises(BackendError, match="drawn again"):
        picture_from_recipe(recipe)
    assert picture_from_recipe(recipe).pixels.shape[1] == recipe["width"]


def test_a_crowd_in_the_action_is_left_out_and_the_shot_page_and_room_say_so(
    standin, episode, ben, client
):
    shot = first_shot(episode)
    brief_save(user=ben, shot=shot, changes={"action": "A crowd parts, a dog barks; she waits."})
    made = of(asked(Shot.objects.get(pk=shot.pk), ben)).recipe["parameters"]
    assert [one for one in made["left_out"] if "not supported" in one] == [
        "not supported in previz: crowd",
        "not supported in previz: dog",
    ]
    client.force_login(ben)
    page = client.get(reverse("shot", args=[shot.pk]), {"tier": "previz"}).content.decode()
    assert "Left out of the picture: crowd, dog" in page
    room = client.get(reverse("review", args=[shot.pk]), {"tier": "previz"}).content.decode()
    assert "not supported in previz: crowd" in room


def test_a_child_in_a_shot_is_said_on_its_page_before_and_after_it_was_asked_for(
    standin, episode, ben, client
):
    shot = first_shot(episode)
    for person in Character.objects.filter(castings__shot=shot):
        person.profile["description"] = "a girl of nine <b>"
        person.save()
    client.force_login(ben)
    page = client.get(reverse("shot", args=[shot.pk]), {"tier": "previz"}).content.decode()
    assert "Not supported in previz." in page
    assert "children are not supported" in page
    asked(shot, ben)
    page = client.get(reverse("shot", args=[shot.pk]), {"tier": "previz"}).content.decode()
    assert "A sketch stands in: " in page
    board = client.get(reverse("board", args=[episode.project_id]), {"tier": "previz"})
    assert "children are not supported" in board.content.decode()
