"""A spoken line is sound of a known length, with its words in order; wrong input is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.errors import BackendError, InputError
from apexsite.kit.progress import NullProgress
from renders.engine.sound.voice import SpokenLine, VoiceSettings, speak, speak_all
from renders.engine.sound.wav import read_sound

LINE = "You told this court, of the envelope, nothing."


def test_words_come_in_order_inside_the_sound(tmp_path: Path) -> None:
    spoken = speak(LINE, voice=VoiceSettings(), out=tmp_path / "a.wav")
    times = [at for word in spoken.words for at in (word.start_seconds, word.end_seconds)]
    assert times == sorted(times) and times[-1] <= spoken.seconds
    assert " ".join(word.text for word in spoken.words) == LINE.replace(",", "").rstrip(".")
    sound = read_sound(spoken.path)
    assert sound.shape == (round(spoken.seconds * 48_000), 1)
    assert 20 * np.log10(np.abs(sound).max()) == pytest.approx(-3.0, abs=0.1)


def test_many_lines_keep_their_order_and_the_same_line_is_the_same_bytes(tmp_path: Path) -> None:
    slow, fast = VoiceSettings(words_per_minute=110), VoiceSettings(words_per_minute=240)
    lines = [
        SpokenLine(name, LINE, voice) for name, voice in (("a", slow), ("b", fast), ("c", slow))
    ]
    first, second, third = speak_all(lines, folder=tmp_path, progress=NullProgress())
    assert first.seconds > 1.5 * second.seconds
    assert first.path.read_bytes() == third.path.read_bytes()


def test_an_empty_text_and_an_unknown_variant_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="must hold a word"):
        speak(" … ", voice=VoiceSettings(), out=tmp_path / "a.wav")
    with pytest.raises(BackendError, match="nosuch"):
        speak("Yes.", voice=VoiceSettings(variant="nosuch"), out=tmp_path / "a.wav")


def test_no_lines_need_no_voice(tmp_path: Path) -> None:
    assert speak_all([], folder=tmp_path, progress=NullProgress()) == ()
