"""A recorded line: read whole or refused by name, played in place of the voice while the words are the same."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apexsite.kit.errors import InputError, StateError
from apexsite.kit.ffmpeg import run_ffmpeg
from renders.engine.sound.loudness import integrated_lufs
from renders.engine.sound.recording import read_recording, words_laid
from renders.engine.sound.voice import WordTiming
from renders.models import LineRecording
from renders.services.cuts import shots_in_cut
from renders.services.recordings import recording_remove, recording_upload
from renders.services.soundplans import lines_of

RATE = 44_100


def take(*, seconds: float = 2.0, channels: int = 1, silence: float = 0.5) -> bytes:
    """A WAV: something like a voice between two silences."""
    time = np.arange(round(seconds * RATE)) / RATE
    voice = 0.3 * np.sin(2 * np.pi * 180 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time))
    quiet = np.zeros(round(silence * RATE))
    samples = np.concatenate([quiet, voice, quiet])
    whole = np.repeat((samples * 32767).astype("<i2")[:, None], channels, axis=1)
    out = io.BytesIO()
    with wave.open(out, "wb") as stream:
        stream.setnchannels(channels)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(whole.tobytes())
    return out.getvalue()


def coded(folder: Path, ending: str, *arguments: str) -> bytes:
    (folder / "in.wav").write_bytes(take(channels=2))
    out = folder / f"out.{ending}"
    run_ffmpeg(["-y", "-i", str(folder / "in.wav"), *arguments, str(out)], timeout_seconds=30)
    return out.read_bytes()


@pytest.mark.parametrize("ending", ["wav", "mp3", "m4a", "flac", "ogg"])
def test_common_files_come_as_one_channel_trimmed_and_levelled(tmp_path: Path, ending: str) -> None:
    arguments = ["-c:a", "flac"] if ending in ("flac", "ogg") else []
    content = take(channels=2) if ending == "wav" else coded(tmp_path, ending, *arguments)
    found = read_recording(content, name=f"line.{ending}")
    assert found.channels == 2 and found.samples.ndim == 1
    assert found.seconds == pytest.approx(2.21, abs=0.1), "two seconds of voice and a little air"
    assert integrated_lufs(found.samples[:, None]) == pytest.approx(-20, abs=0.3)


def test_seven_channels_are_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"seven.wav has 7 channels; expected 1, 2 or 6"):
        read_recording(take(channels=7), name="seven.wav")


def test_a_truncated_file_is_refused_with_what_was_promised(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cut off: its header promises"):
        read_recording(take()[:60_000], name="half.wav")
    for ending in ("mp3", "m4a", "flac"):
        content = coded(tmp_path, ending)
        with pytest.raises(InputError, match="cut off"):
            read_recording(content[: len(content) // 2], name=f"half.{ending}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"ID3" + bytes(500), "cannot be read"),
        (b"<html>no</html>" * 99, "cannot be read"),
        (take(seconds=0.0), "silent"),
        (take(seconds=1.0, silence=150.0), "at most 300 s"),
    ],
)  # fmt: skip
def test_what_is_no_line_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_recording(content, name="a “b” 💡.mp3")


def test_words_are_laid_into_the_recordings_length() -> None:
    words = (WordTiming("Is", 0.1, 0.2), WordTiming("it", 0.2, 0.6))
    laid = words_laid(words, seconds=3.0)
    assert laid[0].start_seconds == pytest.approx(0.06)
    assert laid[-1].end_seconds == pytest.approx(2.85)
    assert words_laid((), seconds=1) == ()


@pytest.fixture
def spoken(episode):
    return next(shot for shot in shots_in_cut(episode) if shot.dialogue)


def test_a_recording_is_played_while_the_words_are_the_same(spoken, ben):
    project = spoken.scene.episode.project
    voice = lines_of(project, [spoken])[spoken.code]
    kept = recording_upload(user=ben, shot=spoken, content=take(), name="take ‘1’ 💡.wav")
    line = lines_of(project, [spoken])[spoken.code]
    assert line.engine == "recorded" and line.sha256 == kept.sound.sha256
    assert line.spoken_by == "recording take ‘1’ 💡.wav"
    assert line.seconds == pytest.approx(kept.seconds)
    assert [word.text for word in line.words] == [word.text for word in voice.words]
    again = recording_upload(user=ben, shot=spoken, content=take(), name="take ‘1’ 💡.wav")
    assert again.pk == kept.pk
    spoken.dialogue = "Other words."
    spoken.save()
    assert lines_of(project, [spoken])[spoken.code].engine != "recorded"
    recording_remove(user=ben, shot=spoken)
    recording_remove(user=ben, shot=spoken)
    assert not LineRecording.objects.exists()


def test_a_shot_without_a_line_takes_no_recording(spoken, ben):
    spoken.dialogue = ""
    spoken.save()
    with pytest.raises(StateError, match="nobody speaks"):
        recording_upload(user=ben, shot=spoken, content=take(), name="a.wav")


def test_the_shots_page_takes_plays_and_gives_back_a_recording(client, ben, vic, spoken):
    client.force_login(ben)
    where = f"/shots/{spoken.pk}"
    page = client.get(f"{where}/").content.decode()
    assert "Bring a recording" in page
    voice = client.get(f"{where}/line.wav")
    assert voice["Content-Type"] == "audio/wav" and voice.content[:4] == b"RIFF"
    given = SimpleUploadedFile("take.wav", take(), content_type="audio/wav")
    assert client.post(f"{where}/line/record", {"sound": given}).status_code == 302
    recorded = client.get(f"{where}/line.wav")
    assert recorded.content != voice.content
    tag = {"HTTP_IF_NONE_MATCH": recorded["ETag"]}
    assert client.get(f"{where}/line.wav", **tag).status_code == 304
    assert "Recorded: take.wav" in client.get(f"{where}/").content.decode()
    broken = SimpleUploadedFile("half.wav", take()[:50_000])
    assert client.post(f"{where}/line/record", {"sound": broken}).status_code == 400
    assert LineRecording.objects.get().file_name == "take.wav", "nothing is lost by a bad file"
    client.force_login(vic)
    assert client.get(f"{where}/line.wav").status_code == 200
    assert client.post(f"{where}/line/unrecord").status_code == 403
    client.force_login(ben)
    client.post(f"{where}/line/unrecord")
    assert not LineRecording.objects.exists()
