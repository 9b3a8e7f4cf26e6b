"""Corrections of a breakdown: codes stay unique and stable, one shot a place, verdicts stay with their shot."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from apexsite.kit.errors import InputError, NotAllowed, StaleEdit, StateError
from characters.models import Casting, Character
from characters.services.briefs import brief_values, brief_version
from characters.services.scripts import script_import
from characters.services.shotlist import cue_cast, shot_merge, shot_split
from projects.engine.script import parse_script
from projects.engine.script.layout import (
    eighths_in_words,
    laid_out,
    scene_eighths,
    title_page,
)
from projects.engine.shotcodes import code_after
from projects.engine.splitting import cut_in_two, cut_points, sentences
from projects.models import Event, Scene, Shot
from projects.services.scenes import scene_rename
from projects.services.shotlist import shot_move, shot_omit, shot_restore
from renders.services.reviews import review_approve
from tests.conftest import SCRIPT
from tests.factories import first_shot, variant_of


@pytest.fixture
def scene(episode):
    return Scene.objects.filter(episode=episode).select_related("episode__project").first()


def shots_in(scene):
    return list(
        Shot.objects.filter(scene=scene).select_related("scene__episode__project").order_by("order")
    )


def codes(scene, *, omitted=True):
    return [s.code for s in shots_in(scene) if omitted or s.status != "omitted"]


@pytest.mark.parametrize(
    ("code", "taken", "expected"),
    [
        ("s01_010", ["s01_010", "s01_020"], "s01_015"),
        ("s01_010", ["s01_010", "s01_015", "s01_020"], "s01_012"),
        ("s01_010", ["s01_010", "s01_011"], "s01_010b"),
        ("s01_010", ["s01_010", "s01_011", "s01_010b"], "s01_010c"),
        ("s01_010b", ["s01_010", "s01_010b"], "s01_010c"),
        ("s01_030", ["s01_030", "s02_010"], "s01_035"),
        ("1", ["1", "2"], "1b"),
        ("1a", ["1a"], "1b"),
    ],
)
def test_a_new_code_is_free_and_lies_between(code, taken, expected):
    assert code_after(code, taken=taken) == expected


def test_a_hundred_splits_of_one_shot_give_a_hundred_codes():
    taken = ["s01_010", "s01_020"]
    for _ in range(100):
        taken.append(code_after("s01_010", taken=taken))
    assert len(set(taken)) == 102


def test_sentences_keep_every_word():
    text = "Rain falls. She waits… “Who is there?” Nobody! And then"
    assert " ".join(sentences(text)) == text
    assert cut_points("Rain falls.", "Who? Me.") == ["Rain falls.", "Who?"]


def test_both_halves_together_are_as_long_as_the_whole():
    for after in (0, 1, 2):
        one, two = cut_in_two("A bell. A dog.", "Who goes?", duration_frames=77, after=after)
        assert one.duration_frames + two.duration_frames == 77
        assert min(one.duration_frames, two.duration_frames) >= 1
    with pytest.raises(InputError):
        cut_in_two("A bell.", "", duration_frames=77, after=1)
    with pytest.raises(InputError):
        cut_in_two("A bell.", "", duration_frames=1, after=0)


def test_a_cut_shot_keeps_its_code_and_its_verdict(scene, ada, dora):
    shot = shots_in(scene)[0]
    variant = variant_of(shot)
    review_approve(user=dora, variant=variant)
    before, length = codes(scene), shot.duration_frames
    second = shot_split(user=ada, shot=shot, after=0)
    assert codes(scene) == [before[0], second.code, *before[1:]]
    assert [s.order for s in shots_in(scene)] == list(range(len(before) + 1))
    shot.refresh_from_db()
    variant.refresh_from_db()
    assert shot.duration_frames + second.duration_frames == length
    assert (variant.shot_id, variant.verdict) == (shot.pk, "approved")
    assert brief_values(second)["cast"] == brief_values(shot)["cast"]
    assert Event.objects.filter(verb="shot.split").count() == 1


def test_the_same_cut_sent_twice_cuts_once(scene, ada):
    shot = shots_in(scene)[0]
    version = brief_version(brief_values(shot))
    shot_split(user=ada, shot=shot, after=0, version=version)
    with pytest.raises(StaleEdit):
        shot_split(user=ada, shot=shot, after=0, version=version)
    assert Event.objects.filter(verb="shot.split").count() == 1


def test_joining_adds_words_and_lengths_and_omits_the_second_with_its_pictures(scene, ada, dora):
    shot = shots_in(scene)[0]
    second = shot_split(user=ada, shot=shot, after=0)
    variant = variant_of(second)
    review_approve(user=dora, variant=variant)
    total = Shot.objects.get(pk=shot.pk).duration_frames + second.duration_frames
    joined = shot_merge(user=ada, shot=shot, following=second)
    second.refresh_from_db()
    variant.refresh_from_db()
    assert joined.duration_frames == total
    assert (second.status, variant.verdict, variant.shot_id) == ("omitted", "approved", second.pk)
    with pytest.raises(StateError):
        shot_merge(user=ada, shot=shot, following=second)


def test_two_speakers_are_not_joined(scene, ada):
    said = [s for s in shots_in(scene) if s.dialogue]
    one, two = said[0], said[1]
    assert one.speaker != two.speaker
    for shot in shots_in(scene):
        if one.order < shot.order < two.order:
            shot_omit(user=ada, shot=shot)
    with pytest.raises(StateError, match="two people speak"):
        shot_merge(user=ada, shot=one, following=two)
    two.refresh_from_db()
    assert two.status == "active"


def test_moving_tells_a_place_and_codes_stay(scene, ada):
    before = codes(scene)
    last = shots_in(scene)[-1]
    for _ in range(2):
        shot_move(user=ada, shot=last, place=0)
    assert codes(scene) == [before[-1], *before[:-1]]
    assert Event.objects.filter(verb="shot.moved").count() == 1
    with pytest.raises(InputError):
        shot_move(user=ada, shot=last, place=99)


def test_moving_passes_by_what_is_omitted_and_what_is_restored_stands_where_it_stood(scene, ada):
    before = codes(scene)
    assert len(before) >= 3
    rows = shots_in(scene)
    for _ in range(2):
        shot_omit(user=ada, shot=rows[1])
    shot_move(user=ada, shot=rows[0], place=1)
    assert codes(scene, omitted=False)[:2] == [before[2], before[0]]
    shot_move(user=ada, shot=rows[2], place=1)
    for _ in range(2):
        shot_restore(user=ada, shot=rows[1])
    assert sorted(codes(scene, omitted=False)) == sorted(before)
    assert codes(scene)[:3] == [before[1], before[0], before[2]]
    verbs = Event.objects.values_list("verb", flat=True)
    assert [v for v in verbs if v in ("shot.omitted", "shot.restored")] == [
        "shot.omitted",
        "shot.restored",
    ]


def test_the_database_holds_one_shot_a_place(scene):
    rows = shots_in(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shot.objects.filter(pk=rows[0].pk).update(order=rows[1].order)


def test_a_second_draft_meets_cut_and_moved_shots_and_loses_none(scene, episode, ada):
    shot = shots_in(scene)[0]
    second = shot_split(user=ada, shot=shot, after=0)
    shot_move(user=ada, shot=shots_in(scene)[-1], place=0)
    kept = set(codes(scene))
    script_import(user=ada, episode=episode, content=SCRIPT, name="again.fountain")
    assert set(codes(scene)) == kept
    second.refresh_from_db()
    assert second.status == "omitted"
    assert [s.order for s in shots_in(scene)] == list(range(len(kept)))


def test_a_renamed_heading_moves_place_time_and_the_line_of_the_script(scene, episode, ada):
    was = scene.heading
    for _ in range(2):
        scene_rename(user=ada, scene=scene, heading="EXT. ROOF - DAWN", was=was)
    scene.refresh_from_db()
    episode.refresh_from_db()
    assert (scene.place, scene.setting, scene.time_of_day) == ("Roof", "EXT", "dawn")
    assert "EXT. ROOF - DAWN" in episode.script_text.split("\n")
    assert was not in episode.script_text
    assert Event.objects.filter(verb="scene.renamed").count() == 1
    with pytest.raises(StaleEdit):
        scene_rename(user=ada, scene=scene, heading="INT. CAR - DAY", was=was)


@pytest.mark.parametrize("heading", ["", "A ROOM", "INT. " + "🎬" * 10_000])
def test_what_is_no_heading_is_refused(scene, ada, heading):
    with pytest.raises(InputError):
        scene_rename(user=ada, scene=scene, heading=heading)


def test_a_cue_is_cast_in_every_shot_it_speaks(episode, ada):
    mara, ivo = Character.objects.order_by("-name")
    lines = Shot.objects.filter(scene__episode=episode, speaker=mara.key).count()
    assert lines
    assert cue_cast(user=ada, episode=episode, speaker=mara.key, key=ivo.key) == lines
    assert not Shot.objects.filter(speaker=mara.key).exclude(dialogue="").exists()
    spoken = Shot.objects.filter(speaker=ivo.key).exclude(dialogue="")
    assert all(Casting.objects.filter(shot=s, character=ivo).exists() for s in spoken)
    assert cue_cast(user=ada, episode=episode, speaker=mara.key, key=ivo.key) == 0


def test_who_may_not_make_may_not_correct(scene, cleo):
    shot = shots_in(scene)[0]
    for act in (
        lambda: shot_omit(user=cleo, shot=shot),
        lambda: shot_restore(user=cleo, shot=shot),
        lambda: shot_move(user=cleo, shot=shot, place=1),
        lambda: shot_split(user=cleo, shot=shot, after=0),
        lambda: shot_merge(user=cleo, shot=shot, following=shots_in(scene)[1]),
        lambda: scene_rename(user=cleo, scene=scene, heading="INT. CAR - DAY"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_shot_knows_its_lines(episode):
    shot = first_shot(episode)
    words = episode.script_text.split("\n")[shot.first_line - 1 : shot.last_line]
    assert any(word.strip() for word in words)
    assert shot.scene.first_line <= shot.first_line <= shot.last_line <= shot.scene.last_line


def test_the_layout_knows_every_kind_of_line():
    text = (
        "Title: _**Night Bus**_\nCredit: by\nAuthor:\n    Ann One\n    Ben Two\n\n"
        "INT. BUS - NIGHT\n\nRain. IVO (30s) sits.\n\nIVO\n(low)\nGo.\n\nCUT TO:\n\n[[a note]]\n"
    )
    page = title_page(text)
    assert page.value("title") == "Night Bus"
    assert page.value("author") == "Ann One\nBen Two"
    lines = laid_out(text, parse_script(text.encode(), name="a.fountain"))
    kinds = {line.text: line.kind for line in lines if line.text}
    assert kinds == {
        "INT. BUS - NIGHT": "heading",
        "Rain. IVO (30s) sits.": "action",
        "IVO": "cue",
        "(low)": "parenthetical",
        "Go.": "dialogue",
        "CUT TO:": "transition",
        "a note": "note",
    }
    assert {line.scene for line in lines if line.kind == "cue"} == {1}
    assert title_page("INT. BUS - NIGHT\n\nRain.").entries == []


def test_length_is_told_in_eighths():
    assert [eighths_in_words(n) for n in (1, 8, 13, 16)] == [
        "1/8 page", "1 page", "1 5/8 pages", "2 pages",
    ]  # fmt: skip
    text = "INT. BUS - NIGHT\n\n" + "\n\n".join(["Rain falls on the roof."] * 30)
    lines = laid_out(text, parse_script(text.encode(), name="a.fountain"))
    assert scene_eighths(lines, 1) == 9
