"""A shot's camera in the cut: keys, shutter and depth, through service, API, page and command."""

from __future__ import annotations

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image

from apexsite.kit.errors import InputError, StateError
from projects.models import Shot
from renders.engine.motion.keyframes import Key
from renders.engine.motion.parallax import TURNS
from renders.models import Cut, Tier, Variant, VariantFile
from renders.services.cameras import camera_edit
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import timeline_of
from renders.services.interchange import timeline_of_document
from renders.services.media import media_keep_bytes
from renders.services.motionedits import MotionEdit, depths_of
from renders.services.previews import shot_preview
from renders.services.recuts import ClipEdit
from renders.services.reviews import review_approve
from tests.factories import variant_of

NEAR_M, FAR_M = 1.5, 13.5


def give_depth(variant: Variant, folder, *, span=None) -> None:
    """Give a variant a depth pass as the stage does: a near block in the middle of a far wall."""
    pixels = np.full((54, 96), 65535, np.uint16)
    pixels[15:45, 30:60] = 4000
    path = folder / "depth.png"
    Image.fromarray(pixels).save(path)
    media = media_keep_bytes(path.read_bytes(), content_type="image/png", width=96, height=54)
    VariantFile.objects.create(variant=variant, kind="depth", media=media)
    span = {"near": NEAR_M, "far": FAR_M} if span is None else span
    Variant.objects.filter(pk=variant.pk).update(
        recipe={**variant.recipe, "parameters": {"depth_m": span}}
    )


@pytest.fixture
def staged(episode, dora, ben, tmp_path):
    """A previz cut whose second shot trucks and has a depth pass; its third orbits and has none."""
    shots = shots_in_cut(episode)
    Shot.objects.filter(pk=shots[1].pk).update(move="truck_left")
    Shot.objects.filter(pk=shots[2].pk).update(move="orbit_left")
    for number, shot in enumerate(shots_in_cut(episode)):
        variant = variant_of(shot, tier=Tier.PREVIZ)
        if number == 1:
            give_depth(variant, tmp_path)
        review_approve(user=dora, variant=variant)
    return cut_build(user=ben, episode=episode, tier=Tier.PREVIZ)


def codes(cut):
    return [clip.shot_code for clip in timeline_of_document(cut).clips]


def motion_of(cut, code):
    return next(c.motion for c in timeline_of_document(cut).clips if c.shot_code == code)


def test_keys_shutter_and_depth_are_kept_in_the_document(staged, ben):
    code = codes(staged)[1]
    keys = (Key(0), Key(20, 0.4, 0.6, 1.5, "hold"))
    edit = MotionEdit(keys=keys, shutter_degrees=180.0, is_deep=True, parallax=0.8, aperture=0.2)
    made = camera_edit(user=ben, cut=staged, shot_code=code, motion=edit)
    assert made.version == 2
    kept = motion_of(made, code)
    assert (kept.keys, kept.shutter_degrees, kept.parallax) == (keys, 180.0, 0.8)
    assert str(kept.depth).startswith("sha256:"), (
        "named by content, so that it means the same everywhere"
    )
    assert (kept.depth_near_m, kept.depth_far_m) == (NEAR_M, FAR_M)
    played = next(c for c in timeline_of(made).clips if c.shot_code == code)
    assert played.motion.depth.is_file()
    assert camera_edit(user=ben, cut=made, shot_code=code, motion=edit).pk == made.pk
    with pytest.raises(StateError, match="not the newest"):
        camera_edit(user=ben, cut=staged, shot_code=code, motion=MotionEdit(amount=0.5))
    flat = camera_edit(user=ben, cut=made, shot_code=code, motion=MotionEdit(is_deep=False))
    assert (motion_of(flat, code).depth, motion_of(flat, code).aperture) == (None, 0.0)
    assert motion_of(flat, code).keys == keys


def test_depth_without_a_pass_is_refused_with_the_reason(staged, ben, tmp_path):
    _, deep, orbits, other, *_ = codes(staged)
    with pytest.raises(InputError, match=r"measures no distances.*previz stage.*whole picture"):
        camera_edit(user=ben, cut=staged, shot_code=other, motion=MotionEdit(is_deep=True))
    with pytest.raises(InputError, match="measures no distances"):
        camera_edit(user=ben, cut=staged, shot_code=other, move="dolly_zoom", motion=MotionEdit())
    whole = camera_edit(
        user=ben, cut=staged, shot_code=other, move="dolly_zoom", motion=MotionEdit(is_deep=False)
    )
    assert motion_of(whole, other).depth is None, "said so, the whole picture moves"
    with pytest.raises(InputError, match="focus needs depth"):
        camera_edit(user=ben, cut=whole, shot_code=deep, motion=MotionEdit(aperture=0.5))
    variant = Variant.objects.get(pk=staged.document["variants"][orbits])
    give_depth(variant, tmp_path, span={"near": "?"})
    assert "does not say what distances" in depths_of(staged).reasons[orbits]


@pytest.mark.parametrize("move", TURNS)
def test_depth_that_would_not_be_seen_is_refused(staged, ben, move):
    code = codes(staged)[1]
    with pytest.raises(InputError, match="rule: depth is seen"):
        camera_edit(
            user=ben, cut=staged, shot_code=code, move=move, motion=MotionEdit(is_deep=True)
        )


def test_a_new_orbit_takes_the_depth_there_is(staged, ben):
    code = codes(staged)[1]
    made = camera_edit(
        user=ben, cut=staged, shot_code=code, move="orbit_right", motion=MotionEdit()
    )
    assert motion_of(made, code).depth is not None


def test_a_key_after_the_end_is_refused(staged, ben):
    timeline = timeline_of_document(staged)
    last = timeline.clips[-1]
    keys = (Key(0), Key(last.duration_frames))
    with pytest.raises(InputError, match="keys within the shot"):
        camera_edit(user=ben, cut=staged, shot_code=last.shot_code, motion=MotionEdit(keys=keys))


def test_building_again_keeps_how_shots_move_by_their_new_pictures(
    staged, episode, dora, ben, tmp_path
):
    code = codes(staged)[1]
    edit = MotionEdit(shutter_degrees=172.8, is_deep=True, parallax=0.9)
    made = camera_edit(user=ben, cut=staged, shot_code=code, motion=edit)
    again = cut_build(user=ben, episode=episode, tier=Tier.PREVIZ)
    assert motion_of(again, code) == motion_of(made, code)
    shot = Shot.objects.get(code=code)
    review_approve(user=dora, variant=variant_of(shot, tier=Tier.PREVIZ, number=2))
    flat = cut_build(user=ben, episode=episode, tier=Tier.PREVIZ)
    assert motion_of(flat, code).depth is None, "the new picture has no depth"
    assert motion_of(flat, code).shutter_degrees == 172.8


def test_layers_move_apart_in_the_clip_one_tries(staged, ben):
    code = codes(staged)[1]

    def clip(edit):
        edits = [ClipEdit(c, motion=edit if c == code else None) for c in codes(staged)]
        return shot_preview(user=ben, cut=staged, edits=edits, shot_code=code)

    assert clip(MotionEdit(is_deep=True, parallax=1.5)) != clip(MotionEdit(is_deep=False))


def test_the_api_moves_a_camera_and_says_what_is_wrong(client, staged, ben):
    from projects.services.tokens import token_create

    client.defaults["HTTP_AUTHORIZATION"] = (
        f"Bearer {token_create(user=ben, name='t', scopes=['read', 'make'])[1]}"
    )
    code, other = codes(staged)[1], codes(staged)[3]
    address = f"/api/v1/cuts/{staged.pk}:move-camera"

    def ask(**body):
        return client.post(address, json.dumps(body), "application/json")

    keys = [{"frame": 0}, {"frame": 9, "zoom": 2.0, "x": 0.25, "y": 0.75, "curve": "linear"}]
    made = ask(shot_code=code, motion={"keys": keys, "shutter_degrees": 90, "depth": True})
    assert (made.status_code, made.json()["version"]) == (201, 2), made.content
    kept = motion_of(Cut.objects.get(version=2), code)
    assert kept.keys == (Key(0), Key(9, 0.25, 0.75, 2.0, "linear"))
    otio = client.get(f"/api/v1/cuts/{made.json()['id']}/timeline").json()
    clip = next(c for c in otio["metadata"]["apex"]["clips"] if c["shot_code"] == code)
    assert clip["motion"]["shutter_degrees"] == 90.0
    for body, status in (
        ({"motion": {"shutter_degrees": 361}}, 400),
        ({"motion": {"keys": [{"frame": 3}, {"frame": 3}]}}, 400),
        ({"motion": {"wobble": 1}}, 400),
        ({"motion": {"depth": True}, "shot_code": other}, 400),
    ):
        assert ask(**{"shot_code": code, **body}).status_code == status, body
    assert Cut.objects.count() == 2
    assert ask(shot_code=code, motion={"amount": 0.5}).status_code == 409, "cut 2 is the newest"
    edit = client.post(
        f"/api/v1/cuts/{made.json()['id']}:edit",
        json.dumps({"clips": [
            {"shot_code": c, **({"motion": {"keys": []}} if c == code else {})} for c in codes(staged)
        ]}),
        "application/json",
    )  # fmt: skip
    assert edit.status_code == 201
    assert motion_of(Cut.objects.get(version=3), code).keys == ()


def test_the_command_edits_a_cut_as_the_api_does(staged, ben, tmp_path):
    code = codes(staged)[1]
    path = tmp_path / "edit.json"
    path.write_text(
        json.dumps(
            {"clips": [{"shot_code": code, "motion": {"shutter_degrees": 180, "depth": True}}]}
        )
    )
    said = StringIO()
    call_command(
        "timeline", staged.episode.project.name, "--tier", "previz", "--edit", str(path),
        "--user", ben.username, stdout=said,
    )  # fmt: skip
    assert said.getvalue().startswith("cut 2:")
    made = Cut.objects.get(version=2)
    assert motion_of(made, code).shutter_degrees == 180.0
    assert codes(made) == codes(staged), "what is not named stays where it is"


def test_the_page_keeps_a_camera_and_what_was_typed_wrong(client, ben, vic, staged):
    client.force_login(ben)
    code, other = codes(staged)[1], codes(staged)[3]
    page = client.get(f"/cuts/{staged.pk}/camera?shot={code}").content.decode()
    assert "near past far, in depth" in page and "from 1.5 to 13.5 m" in page
    flat = client.get(f"/cuts/{staged.pk}/camera?shot={other}").content.decode()
    assert "measures no distances" in flat and 'name="parallax"' not in flat
    sent = {
        "shot": code, "move": "push_in", "curve": "cubic", "amount": "1,5", "depth": "1",
        "shutter_degrees": "180", "parallax": "0.9", "focus": "0.25", "aperture": "0.1",
        "key_frame": ["", "24", "0"], "key_x": ["50", "25", "50"], "key_y": ["50", "60", "50"],
        "key_zoom": ["1", "2", "1"], "key_curve": ["sine", "sine", "hold"],
    }  # fmt: skip
    answer = client.post(f"/cuts/{staged.pk}/camera", sent, follow=True)
    assert f"Cut 2: {code} moves so." in answer.content.decode()
    made = Cut.objects.get(version=2)
    kept = motion_of(made, code)
    assert kept.keys == (Key(0, curve="hold"), Key(24, 0.25, 0.6, 2.0))
    assert (kept.curve, kept.amount, kept.aperture) == ("cubic", 1.5, 0.1)
    client.post(f"/cuts/{staged.pk}/camera", sent)
    assert Cut.objects.count() == 2, "a double click makes one version"
    rows = client.get(f"/episodes/{staged.episode_id}/cut?tier=previz").content.decode()
    assert "2 keys, 1.5" not in rows and "2 keys, shutter 180°, in depth, parallax 0.9" in rows
    wrong = client.post(f"/cuts/{made.pk}/camera", {**sent, "shutter_degrees": "400"})
    assert wrong.status_code == 400 and 'value="400"' in wrong.content.decode()
    late = client.post(f"/cuts/{staged.pk}/camera", {**sent, "amount": "1"})
    assert (late.status_code, Cut.objects.count()) == (409, 2)
    client.force_login(vic)
    tried = client.get(f"/cuts/{made.pk}/camera/preview", sent)
    assert (tried.status_code, tried["Content-Type"]) == (200, "video/mp4")
    assert client.post(f"/cuts/{made.pk}/camera", sent).status_code == 403


def test_an_orbit_without_depth_says_so_in_its_row(client, ben, staged):
    client.force_login(ben)
    page = client.get(f"/episodes/{staged.episode_id}/cut?tier=previz").content.decode()
    assert page.count("over the whole picture: its picture is by made for a test") == 1
