"""Bad input at the doors people use: each is refused with words that help, and nothing is lost."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from apexsite.kit.errors import InputError
from apexsite.kit.ffmpeg import run_ffmpeg
from projects.models import Project
from renders.models import ColourTable, Cut, Delivery, LineRecording, RenderJob
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import film_request
from renders.services.jobs import run_until_done
from renders.services.reviews import review_approve
from tests.factories import variant_of

TABLE = "LUT_3D_SIZE 2\n" + "".join(
    f"{r} {g} {b}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1)
)
ODD = "it's a “take” é 📱.{}"


@pytest.fixture
def approved(episode, dora):
    """Every shot has an approved picture."""
    for shot in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(shot))
    return episode


@pytest.fixture
def cut(approved, ben):
    """A cut that must be there unharmed after every bad file."""
    return cut_build(user=ben, episode=approved)


def sound(path, *, channels="stereo", seconds=8):
    source = f"sine=f=220:d={seconds}"
    run_ffmpeg(
        ["-f", "lavfi", "-i", source, "-af", f"aformat=channel_layouts={channels}", str(path)]
    )
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TABLE.rsplit("1 1 1\n", 1)[0], "7 of 8 rows"),
        (TABLE + "0 0 0\n", "more than the 8 rows"),
        (TABLE.replace("1 1 1", "1 nan 1"), "nan must be a number"),
        (TABLE.replace("SIZE 2", "SIZE 900"), "must be from 2 to 129"),
    ],
    ids=["a row too few", "a row too many", "nan", "size beyond the format"],
)
def test_a_wrong_table_is_refused_on_the_grade_page(client, ben, cut, content, words):
    client.force_login(ben)
    address = f"/episodes/{cut.episode_id}/grade/table"
    file = SimpleUploadedFile(ODD.format("cube"), content.encode())
    answer = client.post(address, {"file": file, "for": "film"})
    assert answer.status_code == 400
    assert "Nothing was imported" in answer.content.decode() and words in answer.content.decode()
    assert not ColourTable.objects.exists()


def test_a_line_cut_off_or_of_seven_channels_is_refused_on_the_shots_page(
    client, ben, episode, tmp_path
):
    client.force_login(ben)
    shot = next(shot for shot in shots_in_cut(episode) if shot.dialogue)
    whole = sound(tmp_path / ODD.format("mp3")).read_bytes()
    seven = sound(tmp_path / "seven.wav", channels="6.1", seconds=1).read_bytes()
    for content, words in ((whole[: len(whole) // 2], "cut off"), (seven, "has 7 channels")):
        file = SimpleUploadedFile(ODD.format("mp3"), content)
        answer = client.post(f"/shots/{shot.pk}/line/record", {"sound": file})
        assert answer.status_code == 400 and words in answer.content.decode()
    assert not LineRecording.objects.exists()
    file = SimpleUploadedFile(ODD.format("mp3"), whole)
    assert client.post(f"/shots/{shot.pk}/line/record", {"sound": file}).status_code == 302


@pytest.mark.slow
def test_music_cut_off_of_seven_channels_or_gone_is_refused_before_a_cut_is_built(
    approved, ben, tmp_path
):
    music = sound(tmp_path / ODD.format("mp3"))
    half = tmp_path / "half 'of it' 🎵.mp3"
    half.write_bytes(music.read_bytes()[: music.stat().st_size // 2])
    seven = sound(tmp_path / "seven.wav", channels="6.1")
    wave = tmp_path / "wave.wav"
    wave.write_bytes(sound(tmp_path / "w.wav").read_bytes()[:100_000])
    words = {half: "cut off", seven: "7 channels; expected 1 or 2", wave: "cut off",
             tmp_path / "none.mp3": "is not a file"}  # fmt: skip
    for path, said in words.items():
        with pytest.raises(InputError, match=said):
            cut_build(user=ben, episode=approved, music=path)
    assert not Cut.objects.exists()
    assert cut_build(user=ben, episode=approved, music=music).document["music"]["path"] == str(
        music
    )


def test_a_phones_clip_of_uneven_time_is_named_and_conformed_by_the_command(tmp_path, capsys):
    phone = tmp_path / ODD.format("mp4")
    uneven = "settb=1/600,setpts='20*N+8*mod(N,3)'"
    run_ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=128x72:r=30:d=1", "-vf", uneven, "-fps_mode", "vfr",
                "-enc_time_base", "1:600", "-pix_fmt", "yuv420p", str(phone)])  # fmt: skip
    call_command("film", "clip", str(phone))
    assert json.loads(capsys.readouterr().out)["is_variable"]
    out = tmp_path / ODD.format("mov")
    call_command("film", "clip", str(phone), "--conform", str(out), "--width=128", "--height=72")
    assert not json.loads(capsys.readouterr().out)["is_variable"] and out.is_file()
    phone.write_bytes(phone.read_bytes()[:2000])
    with pytest.raises(CommandError, match="mp4"):
        call_command("film", "clip", str(phone))


def overlapping(codes):
    event = "{:03d}  AX  V  C  00:00:00:00 00:00:02:00 {} {}\n* FROM CLIP NAME: {}\n"
    first = event.format(1, "01:00:00:00", "01:00:02:00", codes[0])
    second = event.format(2, "01:00:01:00", "01:00:03:00", codes[1])
    return f"TITLE: X\nFCM: NON-DROP FRAME\n{first}{second}".encode()


def unknown_schema(_codes):
    track = {"OTIO_SCHEMA": "Hologram.7", "children": []}
    stack = {"OTIO_SCHEMA": "Stack.1", "children": [track]}
    return json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "x", "tracks": stack}).encode()


@pytest.mark.parametrize(
    ("make", "ending", "words"),
    [(overlapping, "edl", "overlap"), (unknown_schema, "otio", "Hologram.7")],
)
def test_lists_that_overlap_or_speak_another_schema_are_refused_on_page_and_api(
    client, ben, cut, make, ending, words
):
    client.force_login(ben)
    codes = [shot.code for shot in shots_in_cut(cut.episode)]
    content, name = make(codes), ODD.format(ending)
    file = SimpleUploadedFile(name, content)
    page = client.post(f"/cuts/{cut.pk}/bring", {"list": file}, follow=True).content.decode()
    assert words in page
    asked = {"name": name, "content": content.decode()}
    answer = client.post(f"/api/v1/cuts/{cut.pk}:bring", asked, content_type="application/json")
    assert answer.status_code == 400 and words in answer.content.decode()
    assert Cut.objects.count() == 1


def test_a_transition_longer_than_its_shot_is_refused_by_the_api_with_its_rule(client, ben, cut):
    client.force_login(ben)
    codes = [shot.code for shot in shots_in_cut(cut.episode)]
    clips = [{"shot_code": code} for code in codes]
    clips[1] |= {"transition_in": "crossfade", "transition_in_frames": 9_000}
    answer = client.post(
        f"/api/v1/cuts/{cut.pk}:edit", {"clips": clips}, content_type="application/json"
    )
    assert answer.status_code == 400 and "rule: longer than a shot" in answer.content.decode()
    assert Cut.objects.count() == 1


def test_a_4k_film_no_level_can_hold_is_refused_before_it_is_rendered(client, ben, approved):
    Project.objects.filter(pk=approved.project_id).update(
        width=3840, height=2160, fps_numerator=120, fps_denominator=1
    )
    approved.refresh_from_db()
    fast = cut_build(user=ben, episode=approved, waive_stale="another raster")
    with pytest.raises(InputError, match=r"level 5\.2 cannot hold it.*valid: level 6 or above"):
        film_request(user=ben, cut=fast, profile="youtube_2160p")
    client.force_login(ben)
    page = client.get(f"/episodes/{approved.pk}/cut").content.decode()
    assert "level 5.2 cannot hold it" in page
    assert not RenderJob.objects.exists()


@pytest.mark.slow
def test_a_film_is_made_whose_folders_and_music_have_spaces_quotes_and_letters(
    approved, ben, tmp_path, settings
):
    odd = tmp_path / "a 'folder' “é” 🎬"
    odd.mkdir()
    settings.APEX_SEGMENTS_ROOT = odd / "seg ments"
    Project.objects.filter(pk=approved.project_id).update(width=320, height=180)
    approved.refresh_from_db()
    music = sound(odd / ODD.format("mp3"), seconds=20)
    cut = cut_build(user=ben, episode=approved, music=music, waive_stale="smaller")
    job = run_until_done(film_request(user=ben, cut=cut, is_preview=True))
    assert job.status == "done", job.tasks.get().error
    assert Delivery.objects.get().frames == cut.duration_frames
