"""The cut: missing and stale approvals stop it, lines keep their length, cuts lie on beats."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed, StateError
from projects.models import Shot
from projects.services.shots import shot_update
from renders.engine.timeline.document import timeline_from_document
from renders.models import Variant
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import timeline_of
from renders.services.reviews import review_approve
from tests.factories import variant_of


@pytest.fixture
def approved(episode, dora):
    """Every shot has one approved variant."""
    for shot in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(shot))
    return episode


def test_a_shot_without_an_approved_variant_is_named(episode, ben):
    first = shots_in_cut(episode)[0]
    with pytest.raises(StateError, match=first.code):
        cut_build(user=ben, episode=episode)


def test_a_stale_approval_stops_the_cut_unless_waived_with_a_reason(approved, ben):
    shot = shots_in_cut(approved)[0]
    shot_update(user=ben, shot=shot, changes={"size": "EWS", "angle": "high"})
    with pytest.raises(StateError, match="stale"):
        cut_build(user=ben, episode=approved)
    cut = cut_build(user=ben, episode=approved, waive_stale="the director likes the old one")
    assert cut.document["stale_waived"] == {
        "shots": [shot.code],
        "reason": "the director likes the old one",
    }


def test_the_cut_holds_every_shot_and_never_cuts_into_a_line(approved, ben):
    cut = cut_build(user=ben, episode=approved)
    timeline = timeline_from_document(cut.document["timeline"])
    assert [clip.shot_code for clip in timeline.clips] == [s.code for s in shots_in_cut(approved)]
    assert cut.duration_frames == timeline.duration_frames
    lengths = dict(zip((c.shot_code for c in timeline.clips), timeline.clips, strict=True))
    rate = float(timeline.rate.fps)
    for line in cut.document["speech"]:
        assert lengths[line["shot"]].duration_frames >= line["seconds"] * rate


def test_hard_cuts_lie_on_the_beds_beats_where_lines_allow_it(approved, ben):
    cut = cut_build(user=ben, episode=approved)
    timeline = timeline_from_document(cut.document["timeline"])
    residuals = [abs(m.residual_frames) for m in timeline.markers if m.kind == "cut"]
    assert residuals and sum(r <= 0.5 for r in residuals) >= 0.7 * len(residuals)


def test_the_same_cut_again_is_the_version_there_is(approved, ben):
    first = cut_build(user=ben, episode=approved)
    assert cut_build(user=ben, episode=approved).pk == first.pk
    shot = shots_in_cut(approved)[0]
    shot_update(user=ben, shot=shot, changes={"duration_frames": shot.duration_frames + 60})
    assert cut_build(user=ben, episode=approved).version == 2


def test_an_omitted_shot_leaves_the_cut(approved, ben):
    shot = shots_in_cut(approved)[-1]
    Shot.objects.filter(pk=shot.pk).update(status="omitted")
    cut = cut_build(user=ben, episode=approved)
    assert shot.code not in cut.document["variants"]


def test_pictures_are_named_by_content_and_found_again(approved, ben):
    cut = cut_build(user=ben, episode=approved)
    assert all(
        c["picture"].startswith("sha256:")
        for c in cut.document["timeline"]["metadata"]["apex"]["clips"]
    )
    assert all(clip.picture.is_file() for clip in timeline_of(cut).clips)


def test_a_viewer_may_not_build(approved, vic):
    with pytest.raises(NotAllowed):
        cut_build(user=vic, episode=approved)


def test_an_episode_without_a_script_has_nothing_to_cut(project, ben):
    from projects.services.scripts import episode_first

    with pytest.raises(StateError, match="import a script"):
        cut_build(user=ben, episode=episode_first(project))
    assert Variant.objects.count() == 0


@pytest.mark.slow
def test_music_without_beats_keeps_the_planned_lengths_and_says_so(approved, ben, tmp_path):
    import numpy as np
    import soundfile

    music = tmp_path / "silence.wav"
    soundfile.write(music, np.zeros((48_000 * 20, 2)), 48_000)
    cut = cut_build(user=ben, episode=approved, music=music)
    assert cut.document["music"]["beats"] == "none found: lengths as planned"
    timeline = timeline_from_document(cut.document["timeline"])
    assert not [marker for marker in timeline.markers if marker.kind == "beat"]


@pytest.mark.slow
def test_music_that_is_no_music_is_refused(approved, ben, tmp_path):
    music = tmp_path / "song.mp3"
    music.write_bytes(b"<html>not a song</html>")
    with pytest.raises(InputError, match=r"song\.mp3"):
        cut_build(user=ben, episode=approved, music=music)
