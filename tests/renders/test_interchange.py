"""A cut goes to other desks and comes back: page, API, command; what is wrong with a list is said and nothing is lost."""

from __future__ import annotations

import json
from io import StringIO

import opentimelineio as otio
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from apexsite.kit.errors import InputError, NotAllowed, StateError
from apexsite.kit.timecode import FrameRate
from renders.engine.timeline.edlread import read_edl
from renders.models import Cut
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import timeline_of
from renders.services.interchange import cut_bring, lists_for, otio_of, timeline_of_document
from renders.services.recuts import ClipEdit, cut_edit
from renders.services.reviews import review_approve
from tests.factories import variant_of


@pytest.fixture
def cut(episode, dora, ben):
    """The first cut of the film."""
    for shot in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(shot))
    return cut_build(user=ben, episode=episode)


def codes(cut):
    return [clip.shot_code for clip in timeline_of_document(cut).clips]


def plain(cut):
    """Return all shots as edits without any transition."""
    return [ClipEdit(code, transition_in="cut") for code in codes(cut)]


def test_shots_are_ordered_trimmed_and_joined_in_a_new_version(cut, ben):
    order = plain(cut)[::-1]
    quiet = next(
        c for c in codes(cut) if c not in {line["shot"] for line in cut.document["speech"]}
    )
    order = [
        ClipEdit(e.shot_code, duration_frames=40, transition_in="cut", move="crane_up")
        if e.shot_code == quiet
        else e
        for e in order
    ]
    at = max(1, next(n for n, e in enumerate(order) if e.shot_code == quiet))
    order[at] = ClipEdit(
        order[at].shot_code, order[at].duration_frames, "match_dissolve", 12, "sine", order[at].move
    )
    made = cut_edit(user=ben, cut=cut, edits=order)
    timeline = timeline_of(made)
    assert (made.version, codes(made)) == (2, codes(cut)[::-1])
    clip = next(clip for clip in timeline.clips if clip.shot_code == quiet)
    assert (clip.duration_frames, clip.move) == (40, "crane_up")
    assert timeline.clips[at].match is not None and timeline.clips[at].transition_curve == "sine"
    starts = dict(zip(codes(made), timeline.starts(), strict=True))
    lines = made.document["speech"]
    assert all(line["start_frame"] == starts[line["shot"]] + 5 for line in lines)
    cuts = [m.frame for m in timeline.markers if m.kind == "cut"]
    assert cuts == list(timeline.starts()[1:])


def test_the_same_edit_twice_is_one_version_and_an_old_one_is_told(cut, ben):
    edits = plain(cut)[::-1]
    first = cut_edit(user=ben, cut=cut, edits=edits)
    assert cut_edit(user=ben, cut=cut, edits=edits).pk == first.pk
    with pytest.raises(StateError, match="cut 1 is not the newest any more, cut 2 is"):
        cut_edit(user=ben, cut=cut, edits=edits[:-1])
    nothing = [ClipEdit(code) for code in codes(first)]
    assert cut_edit(user=ben, cut=first, edits=nothing).pk == first.pk


def test_what_no_cut_can_be_is_refused_by_its_rule(cut, ben, vic):
    edits, spoken = plain(cut), cut.document["speech"][0]["shot"]
    short = [ClipEdit(e.shot_code, 2 if e.shot_code == spoken else None, "cut") for e in edits]
    long = [*edits[:1], ClipEdit(edits[1].shot_code, None, "crossfade", 9000), *edits[2:]]
    cases = [
        ([*edits, ClipEdit("s99_990")], "known shot"),
        ([*edits, edits[0]], "once"),
        (short, "lines are whole"),
        (long, "longer than a shot"),
        ([ClipEdit(edits[0].shot_code, None, "dip", 6), *edits[1:]], "nothing before"),
        ([ClipEdit(edits[0].shot_code, move="fly"), *edits[1:]], "move='fly'"),
    ]
    for wrong, words in cases:
        with pytest.raises(InputError, match=words):
            cut_edit(user=ben, cut=cut, edits=wrong)
    with pytest.raises(NotAllowed):
        cut_edit(user=vic, cut=cut, edits=edits)
    assert Cut.objects.count() == 1


def test_the_otio_is_read_by_the_librarys_own_reader_with_where_each_picture_came_from(cut):
    made = otio.adapters.read_from_string(json.dumps(otio_of(cut)), "otio_json")
    assert [clip.name for clip in made.find_clips()] == codes(cut)
    facts = made.find_clips()[0].metadata["apex"]
    assert facts["engine"] and facts["variant"] >= 1
    rate = FrameRate.parse(str(timeline_of_document(cut).rate))
    hour = rate.timecode_at(int(made.global_start_time.value), is_drop=rate.can_drop)
    assert hour.startswith("01:00:00")


def test_there_is_a_list_for_picture_lines_and_music(cut):
    lists = dict(lists_for(cut))
    assert list(lists) == ["V1.edl", "A1.edl", "A2.edl"]
    rate = timeline_of_document(cut).rate
    assert len(read_edl(lists["A1.edl"], rate=rate).events) == len(cut.document["speech"])
    assert "* APEX ENGINE:" in lists["V1.edl"]


@pytest.mark.parametrize("kind", ["otio", "edl"])
def test_a_cut_brought_back_untouched_is_the_cut_there_is(cut, ben, kind):
    text = json.dumps(otio_of(cut)) if kind == "otio" else dict(lists_for(cut))["V1.edl"]
    brought = cut_bring(user=ben, cut=cut, content=text.encode(), name=f"a.{kind}")
    same, old = timeline_of_document(brought.cut), timeline_of_document(cut)
    assert [(c.shot_code, c.duration_frames, c.transition_in) for c in same.clips] == [
        (c.shot_code, c.duration_frames, c.transition_in) for c in old.clips
    ]
    assert brought.notes == ()


def test_the_page_gives_and_takes_lists(client, ben, vic, cut):
    client.force_login(vic)
    page = client.get(f"/episodes/{cut.episode_id}/cut").content.decode()
    assert f"/cuts/{cut.pk}/timeline.otio" in page and "Bring back" not in page
    for kind in ("otio", "edl", "zip"):
        answer = client.get(f"/cuts/{cut.pk}/timeline.{kind}")
        assert answer.status_code == 200 and f'.{kind}"' in answer["Content-Disposition"]
    client.force_login(ben)
    document = otio_of(cut)
    children = document["tracks"]["children"][0]["children"]
    document["tracks"]["children"][0]["children"] = [
        c for c in children if c["OTIO_SCHEMA"] == "Clip.2"
    ][:2]
    file = SimpleUploadedFile("two.otio", json.dumps(document).encode())
    answer = client.post(f"/cuts/{cut.pk}/bring", {"list": file}, follow=True)
    assert "Cut 2 follows two.otio." in answer.content.decode()
    assert "left out of the cut" in answer.content.decode()
    assert codes(Cut.objects.get(version=2)) == codes(cut)[:2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00binary", "is no text"),
        (b"{broken", "is no JSON"),
        (b"nothing", "holds no edits"),
        (b"[" * 100_000, "is no JSON"),
    ],
    ids=["binary", "json", "words", "deep"],
)
def test_a_bad_file_is_refused_and_the_cut_stays(client, ben, cut, content, words):
    client.force_login(ben)
    file = SimpleUploadedFile("bad.edl", content)
    answer = client.post(f"/cuts/{cut.pk}/bring", {"list": file}, follow=True)
    assert words in answer.content.decode()
    assert Cut.objects.count() == 1


def test_the_command_writes_and_takes_lists(cut, ben, tmp_path):
    name = cut.episode.project.name
    out = tmp_path / 'it\'s a "cut" 🚌.otio'
    call_command("timeline", name, out=out, stdout=(said := StringIO()))
    assert (
        json.loads(out.read_text())["OTIO_SCHEMA"] == "Timeline.1" and str(out) in said.getvalue()
    )
    call_command("timeline", name, out=tmp_path / "cut.edl", stdout=StringIO())
    assert sorted(p.name for p in tmp_path.glob("*.edl")) == ["cut-A1.edl", "cut-A2.edl", "cut.edl"]
    call_command("timeline", name, bring=tmp_path / "cut.edl", user="ben", stdout=StringIO())
    with pytest.raises(CommandError, match="no final cut"):
        call_command("timeline", name, tier="final", out=out)
