"""Stems: as long as the film, each what it says, and added they are the mix before its limiter, sample for sample."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import soundfile
from django.core.management import CommandError, call_command
from django.urls import reverse

from apexsite.kit.timecode import FrameRate
from renders.engine.sound.limiter import limited
from renders.engine.sound.mix import PlacedSpeech, mix_film, samples_at
from renders.engine.sound.wav import read_sound, write_float_wav, write_wav
from renders.models import Cut, Delivery, Media, Stem
from renders.services.media import media_keep_file
from tests.factories import first_shot, variant_of

RATE = FrameRate(Fraction(24000, 1001))


def sounds(folder):
    """Return a line and a piece of music, both loud enough that the limiter works."""
    rng = np.random.default_rng(1)
    bursts = np.where(np.arange(96_000) % 12_000 < 600, 1.0, 0.02)
    write_wav((rng.normal(0, 0.3, 96_000) * bursts).astype(np.float32), path=folder / "line.wav")
    beats = np.where(np.arange(48_000 * 6) % 24_000 < 400, 0.9, 0.03)
    music = np.stack([rng.normal(0, 0.3, beats.size) * beats for _ in range(2)], 1)
    write_wav(music.astype(np.float32), path=folder / "music.wav")
    return PlacedSpeech(folder / "line.wav", 24), folder / "music.wav"


def mixed(tmp_path, **kwargs):
    line, music = sounds(tmp_path)
    (tmp_path / "stems").mkdir(exist_ok=True)
    (tmp_path / "stems").mkdir(exist_ok=True)
    given = {"speech": [line], "music": music, "target_lufs": -14.0} | kwargs
    return mix_film(
        length_frames=120, rate=RATE, out=tmp_path / "mix.wav", stems=tmp_path / "stems", **given
    )


def test_the_sum_of_the_stems_is_the_mix_before_its_limiter(tmp_path):
    report = mixed(tmp_path)
    assert [stem.kind for stem in report.stems] == ["dialogue", "music"]
    assert report.limiting_db > 1.0, "a mix that needs no limiter proves nothing"
    parts = [soundfile.read(str(stem.path), dtype="float32")[0] for stem in report.stems]
    assert {part.shape for part in parts} == {(samples_at(120, RATE), 2)}
    before = parts[0] + parts[1]
    assert before.dtype == np.float32 and float(np.abs(before).max()) > 1.0, "nothing is clipped"
    after, _ = limited(before, ceiling_dbtp=-1.0)
    write_wav(after, path=tmp_path / "again.wav")
    assert (tmp_path / "again.wav").read_bytes() == report.path.read_bytes()


def test_dialogue_is_silent_where_nobody_speaks_and_music_makes_room(tmp_path):
    report = mixed(tmp_path)
    (start, end), *_ = report.speech_intervals
    dialogue, music = (read_sound(stem.path) for stem in report.stems)
    assert not dialogue[: round(start * 48_000)].any() and dialogue.any()
    alone = read_sound(tmp_path / "music.wav")[: music.shape[0]]
    ratio = 20 * np.log10(np.abs(music[:30_000]).mean() / np.abs(alone[:30_000]).mean())
    inside = slice(round((start + 0.1) * 48_000), round((end - 0.1) * 48_000))
    under = 20 * np.log10(np.abs(music[inside]).mean() / np.abs(alone[inside]).mean())
    assert under == pytest.approx(ratio - 12.0, abs=0.1)


def test_what_is_not_heard_has_no_stem(tmp_path):
    assert [stem.kind for stem in mixed(tmp_path, music=None).stems] == ["dialogue"]
    assert [stem.kind for stem in mixed(tmp_path, speech=[]).stems] == ["music"]


def test_a_float_file_says_what_it_is_and_is_the_same_bytes_every_time(tmp_path):
    samples = np.array([[0.0, 1.5], [-2.25, 0.1]], np.float32)
    write_float_wav(samples, path=tmp_path / "a.wav")
    write_float_wav(samples, path=tmp_path / "b.wav")
    info = soundfile.info(str(tmp_path / "a.wav"))
    assert (info.subtype, info.samplerate, info.frames) == ("FLOAT", 48_000, 2)
    assert np.array_equal(soundfile.read(str(tmp_path / "a.wav"), dtype="float32")[0], samples)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


@pytest.fixture
def delivery(episode, tmp_path):
    """A delivery with its stems."""
    picture = variant_of(first_shot(episode)).media
    cut = Cut.objects.create(episode=episode, version=1, tier="storyboard")
    row = Delivery.objects.create(
        cut=cut, profile="h264_1080p", film=picture, contact_sheet=picture, poster=picture,
        frames=120, qc_verdict="met", qc_report={"rows": []},
    )  # fmt: skip
    for stem in mixed(tmp_path).stems:
        kept = media_keep_file(stem.path, content_type="audio/wav")
        Stem.objects.create(delivery=row, kind=stem.kind, media=kept)
    return row


def test_stems_come_from_the_page_the_api_and_the_command(
    delivery, client, ben, dan, tmp_path, capsys
):
    client.force_login(ben)
    page = client.get(reverse("report", args=[delivery.pk])).content.decode()
    assert 'data-testid="stem-dialogue"' in page and 'data-testid="stem-music"' in page
    shown = client.get(f"/api/v1/deliveries/{delivery.pk}/").json()
    assert sorted(shown["stems"]) == ["dialogue", "music"]
    answer = client.get(shown["stems"]["music"])
    media = Media.objects.get(pk=delivery.stems.get(kind="music").media_id)
    assert (answer.status_code, int(answer["Content-Length"])) == (200, media.size_bytes)
    assert "h264-1080p-music.wav" in answer["Content-Disposition"]
    assert client.get(shown["stems"]["music"].replace("music", "effects")).status_code == 404
    call_command("film", "stems", str(delivery.pk), str(tmp_path / "out"))
    assert (tmp_path / "out/dialogue.wav").stat().st_size == media.size_bytes
    with pytest.raises(CommandError, match="no stems"):
        call_command("film", "stems", "nonsense", str(tmp_path / "out"))
    client.force_login(dan)
    assert client.get(reverse("delivery-stem", args=[delivery.pk, "music"])).status_code == 404
