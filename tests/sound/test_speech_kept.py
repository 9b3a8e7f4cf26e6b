"""A line is spoken once; the film plays the very sound its cut was timed by; the voice that spoke has a name."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import NotFound
from renders.engine.sound.voice import ENGINE, VoiceSettings
from renders.models import KeptSample
from renders.services import speech
from renders.services.health import health_report
from renders.services.soundplans import lines_of

ASKED = [("Is this seat taken?", VoiceSettings(variant="f3"))]


@pytest.mark.django_db
def test_a_line_spoken_before_comes_from_the_store(monkeypatch):
    (first,) = speech.lines_kept(ASKED, engine="espeak-ng")
    monkeypatch.setattr(speech, "speak_lines", lambda *a, **k: pytest.fail("spoken again"))
    (again,) = speech.lines_kept(ASKED, engine="espeak-ng")
    assert again == first and again.spoken_by == ENGINE
    assert KeptSample.objects.count() == 2, "the sound and its words"


@pytest.mark.django_db
def test_the_same_line_twice_in_a_film_is_spoken_once(monkeypatch):
    spoken = []
    real = speech.speak_lines
    monkeypatch.setattr(
        speech, "speak_lines", lambda lines, *a, **k: spoken.extend(lines) or real(lines, *a, **k)
    )
    one, two = speech.lines_kept(ASKED * 2, engine="espeak-ng")
    assert one == two and len(spoken) == 1


@pytest.mark.django_db
def test_a_sound_the_store_lost_is_spoken_again_and_a_recording_is_missed():
    (kept,) = speech.lines_kept(ASKED, engine="espeak-ng")
    row = {
        "text": ASKED[0][0],
        "voice": {"pitch": 50, "words_per_minute": 165, "variant": "f3"},
        "engine": "espeak-ng",
        "sound": f"sha256:{kept.media.sha256}",
    }
    assert speech.speech_files([row]) == [kept.path]
    length = kept.path.stat().st_size
    kept.path.unlink()
    # eSpeak's samples may differ by a step from run to run, which is why the sound is kept.
    (again,) = speech.speech_files([row])
    assert again.stat().st_size == pytest.approx(length, rel=0.01)
    again.unlink()
    with pytest.raises(NotFound):
        speech.speech_files([row | {"engine": "recorded"}])


def test_a_films_lines_say_who_spoke_them_and_when_each_word_is_heard(episode):
    from renders.services.cuts import shots_in_cut

    lines = lines_of(episode.project, shots_in_cut(episode))
    assert lines
    for line in lines.values():
        row = line.to_document(start_frame=5)
        assert row["spoken_by"] == ENGINE and row["engine"] == "espeak-ng"
        assert row["words"][-1][2] <= row["seconds"] + 0.001


@pytest.mark.django_db
def test_the_doctor_says_which_voice_speaks():
    row = next(row for row in health_report()["rows"] if row["name"] == "natural voice")
    assert not row["is_present"] and "fetch kokoro-82m-int8" in row["remedy"]
