"""The cut page's form of shots: places, lengths, joins and moves, tried as a clip first, kept as a new version."""

from __future__ import annotations

import io
import shlex
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
from django.http import QueryDict
from PIL import Image

from apexsite.kit.ffmpeg import ffmpeg_path
from apexsite.kit.timecode import FrameRate
from renders.engine.motion.easing import CURVES, curve_named
from renders.engine.transitions.ffmpegwords import CURVE_WORDS, ffmpeg_words
from renders.models import Cut
from renders.services.interchange import timeline_of_document
from renders.web.cutedit import edits_from
from tests.renders.test_interchange import codes, cut  # noqa: F401 - a fixture

CODES = ["A", "B", "C", "D", "E"]


def order(**places):
    form = QueryDict(mutable=True)
    for code, place in places.items():
        form[f"place.{code}"] = str(place)
    return "".join(edit.shot_code for edit in edits_from(form, CODES))


def test_a_shot_goes_to_the_place_it_is_given_and_the_others_make_room():
    assert order() == "ABCDE"
    assert order(A=1, B=2, C=3, D=4, E=2) == "AEBCD"
    assert order(A=4, B=2, C=3, D=4, E=5) == "BCDAE"
    assert order(A=5, B=4, C=3, D=2, E=1) == "EDCBA"


def test_the_form_makes_a_new_version(client, ben, cut):  # noqa: F811
    client.force_login(ben)
    first, second, *rest = codes(cut)
    page = client.get(f"/episodes/{cut.episode_id}/cut").content.decode()
    assert f'name="join.{second}"' in page and 'data-testid="save-cut"' in page
    sent = {
        f"join.{second}": "dip",
        f"join_frames.{second}": "8",
        f"curve.{second}": "sine",
        f"move.{first}": "boom_up",
    }
    answer = client.post(f"/cuts/{cut.pk}/edit", sent, follow=True)
    assert "Cut 2 is as you edited it." in answer.content.decode()
    made = timeline_of_document(Cut.objects.get(version=2)).clips
    assert (made[1].transition_in, made[1].transition_in_frames, made[1].transition_curve) == (
        "dip",
        8,
        "sine",
    )
    assert made[0].move == "boom_up"
    again = client.post(f"/cuts/{cut.pk}/edit", sent, follow=True)
    assert again.status_code == 200 and Cut.objects.count() == 2, "a double click makes one version"
    moved = {f"place.{second}": "1"}
    newest = Cut.objects.get(version=2)
    client.post(f"/cuts/{newest.pk}/edit", moved, follow=True)
    assert codes(Cut.objects.get(version=3)) == [second, first, *rest]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("frames", "1e3", "frames of shot"),
        ("join_frames", "90000", "rule: longer than a shot"),
        ("join", "wipe", "rule: known kind"),
        ("curve", "bouncy", "rule: known curve"),
        ("move", "fly", "must be one of"),
    ],
)
def test_what_cannot_be_is_refused_with_its_rule(client, ben, cut, field, value, words):  # noqa: F811
    client.force_login(ben)
    code = codes(cut)[1]
    sent = {f"join.{code}": "crossfade", f"join_frames.{code}": "6", f"{field}.{code}": value}
    answer = client.post(f"/cuts/{cut.pk}/edit", sent, follow=True)
    assert words in answer.content.decode().replace("&#x27;", "'")
    tried = client.get(f"/cuts/{cut.pk}/preview", {**sent, "shot": code})
    assert tried.status_code == 400 and words in tried.content.decode().replace("&#x27;", "'")
    assert Cut.objects.count() == 1


def test_a_join_without_a_length_gets_its_usual_one(client, ben, cut):  # noqa: F811
    client.force_login(ben)
    code = codes(cut)[1]
    client.post(f"/cuts/{cut.pk}/edit", {f"join.{code}": "whip_pan", f"join_frames.{code}": "0"})
    made = timeline_of_document(Cut.objects.get(version=2))
    assert made.clips[1].transition_in_frames == made.rate.frames_at(5 / 12)


def test_a_shot_is_tried_as_a_small_clip(client, vic, cut):  # noqa: F811
    client.force_login(vic)
    code = codes(cut)[1]
    asked = {f"join.{code}": "whip_pan", f"join_frames.{code}": "10", "shot": code}
    answer = client.get(f"/cuts/{cut.pk}/preview", asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "video/mp4")
    timeline = timeline_of_document(cut)
    with av.open(io.BytesIO(answer.content)) as container:
        frames = sum(1 for _ in container.decode(video=0))
        assert container.streams.video[0].average_rate == timeline.rate.fps
    lead = min(timeline.rate.frames_at(1), timeline.clips[0].duration_frames)
    most = timeline.rate.frames_at(5)
    assert frames == min(lead + timeline.clips[1].duration_frames, most)
    assert client.get(f"/cuts/{cut.pk}/preview", {"shot": "none"}).status_code == 400
    assert Cut.objects.count() == 1


@pytest.mark.parametrize("kind", ["cut", "crossfade", "dip"])
def test_the_ffmpeg_command_makes_the_same_join(tmp_path: Path, kind: str) -> None:
    for name, level in (("it's a.png", 40), ("b.png", 200)):
        Image.fromarray(np.full((36, 64, 3), level, np.uint8)).save(tmp_path / name)
    frames = 0 if kind == "cut" else 10
    words = shlex.split(
        ffmpeg_words(
            kind, before=Path("it's a.png"), after=Path("b.png"), before_frames=12, after_frames=20,
            frames=frames, curve="", rate=FrameRate.parse(25), width=64, height=36,
        )
    )  # fmt: skip
    subprocess.run([ffmpeg_path(), *words[1:]], cwd=tmp_path, check=True, capture_output=True)
    with av.open(str(tmp_path / "joined.mp4")) as container:
        levels = [float(f.to_ndarray(format="gray").mean()) for f in container.decode(video=0)]
    assert len(levels) == 32
    dark, light = levels[2], levels[-2]
    assert light - dark > 100 and levels[11] == pytest.approx(dark, abs=2)
    middle = levels[17]
    wanted = {"cut": light, "crossfade": (dark + light) / 2, "dip": 16.0}[kind]
    assert middle == pytest.approx(wanted, abs=25)


def test_a_curve_in_ffmpegs_words_is_the_curve():
    assert set(CURVE_WORDS) == set(CURVES)
    names = {
        "pow": pow,
        "cos": np.cos,
        "PI": np.pi,
        "lt": lambda a, b: a < b,
        "gte": lambda a, b: a >= b,
    }
    for name, words in CURVE_WORDS.items():
        python = words.replace("if(", "choose(")
        for share in (0.0, 0.1, 0.4, 0.5, 0.8, 1.0):
            value = eval(
                python, {}, {**names, "choose": lambda c, a, b: a if c else b, "P": 1 - share}
            )
            assert float(value) == pytest.approx(curve_named(name)(share), abs=1e-9), name


def test_what_ffmpeg_has_not_is_not_claimed():
    for kind in ("whip_pan", "match_dissolve"):
        more = {"before": Path("a"), "after": Path("b"), "curve": "", "rate": FrameRate.parse(25)}
        assert (
            ffmpeg_words(kind, before_frames=9, after_frames=9, frames=4, width=8, height=8, **more)
            == ""
        )


def test_the_form_of_two_hundred_shots_is_not_too_large(client, ben, cut):  # noqa: F811
    client.force_login(ben)
    sent = {
        f"{name}.x{n}": "1"
        for n in range(200)
        for name in ("place", "frames", "join", "curve", "move", "over")
    }
    assert client.post(f"/cuts/{cut.pk}/edit", sent).status_code == 302
