"""The natural voice: letters of sound from words, words from sound, a voice a person; heard by numbers where the model is."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.errors import InputError, NotAvailable
from apexsite.kit.progress import NullProgress
from renders.engine.sound.compressor import compressed
from renders.engine.sound.kokoro import VOICES, kokoro_availability, speak_all_kokoro
from renders.engine.sound.kokoro_child import style_of
from renders.engine.sound.letters import kokoro_letters
from renders.engine.sound.level import levelled
from renders.engine.sound.loudness import integrated_lufs
from renders.engine.sound.onnxgraph import with_output
from renders.engine.sound.phrases import paired, phrases_of, sounded_words, token_groups
from renders.engine.sound.speakers import NATURAL, PLAIN, choose_engine, speak_lines
from renders.engine.sound.voice import SpokenLine, VoiceSettings, phonemes_of
from renders.engine.sound.voicecast import SHARES, cast_voice
from renders.engine.sound.wav import read_sound

LINE = "You told this court, of the envelope, nothing. I had 25 of them - all along!"
MODELS = Path(os.environ.get("APEX_MODELS", Path(__file__).resolve().parents[2] / "var/models"))


def test_phrases_end_at_marks_and_keep_every_word() -> None:
    marks = [(phrase.text, phrase.mark) for phrase in phrases_of('He said "no... 3.50?!" (twice)')]
    assert marks == [("He said", ""), ("no", "…"), ("3.50", "?"), ("twice", "")]
    assert phrases_of(" … -- ") == ()


@pytest.mark.parametrize("is_british", [False, True])
def test_every_written_word_has_its_letters(is_british: bool) -> None:
    phrases = phrases_of(LINE)
    sounds = phonemes_of([(phrase.text, is_british) for phrase in phrases])
    words = sounded_words(phrases, sounds, is_british=is_british)
    assert " ".join(word.text for word in words).split() == [
        part.strip(",.!") for part in LINE.split() if part != "-"
    ]
    assert all(word.letters for word in words)
    groups = token_groups(words)
    assert len(groups) == 1 and groups[0].tokens[0] == groups[0].tokens[-1] == 0
    assert [text for text, _, _ in groups[0].words] == [word.text for word in words]


def test_accents_differ_and_unknown_signs_are_left_out() -> None:
    assert kokoro_letters("bˈɜːd wˈɔːɾɚ", is_british=False) == "bˈɜɹd wˈɔɾəɹ"
    assert kokoro_letters("kˈɑː☃", is_british=True) == "kˈɑː"
    american, british = phonemes_of([("water", False), ("water", True)])
    assert american != british


def test_joined_and_spelled_words_stay_with_what_they_sound_like() -> None:
    pairs = paired(["I", "bought", "25", "apples"], ["I", "bˈɔt", "twˈɛnti", "fˈIv", "ˈæpᵊlz"])
    assert pairs[2:] == [("25", "twˈɛnti fˈIv"), ("apples", "ˈæpᵊlz")]


def test_a_line_of_any_length_is_spoken_in_groups_the_model_can_read() -> None:
    phrases = phrases_of("All the evidence was there, and nobody looked. " * 40)
    sounds = phonemes_of([(phrase.text, False) for phrase in phrases])
    words = sounded_words(phrases, sounds, is_british=False)
    groups = token_groups(words)
    assert len(groups) > 3 and max(len(group.tokens) for group in groups) <= 510
    assert sum(len(group.words) for group in groups) == len(words)


def test_every_variant_has_a_voice_of_its_own_made_of_the_six() -> None:
    styles = {name: style_of([list(share) for share in shares], VOICES) for name, shares in SHARES.items()}  # fmt: skip
    names = sorted(styles)
    for at, name in enumerate(names):
        assert sum(share for _, share in SHARES[name]) == pytest.approx(1.0)
        for other in names[:at]:
            assert np.abs(styles[name] - styles[other]).mean() > 0.01, (name, other)


def test_pitch_and_pace_move_a_voice_within_bounds() -> None:
    assert cast_voice(VoiceSettings(pitch=60, variant="f1")).semitones == 0
    assert cast_voice(VoiceSettings(pitch=99, variant="m1")).semitones == 1.5
    assert cast_voice(VoiceSettings(words_per_minute=450, variant="m1")).speed == 1.6
    assert cast_voice(VoiceSettings(pitch=30)).shares == SHARES["m1"]
    assert cast_voice(VoiceSettings(variant="croak")).shares == SHARES["f1"]


def tiny_model() -> bytes:
    """ONNX by hand: out = −|x|, with |x| inside."""

    def field(number: int, payload: bytes) -> bytes:
        return bytes([number << 3 | 2, len(payload)]) + payload

    def value(name: bytes) -> bytes:
        shape = field(2, field(1, b"\x08\x02"))
        return field(1, name) + field(2, field(1, b"\x08\x01" + shape))

    def node(kind: bytes, given: bytes, made: bytes) -> bytes:
        return field(1, field(1, given) + field(2, made) + field(4, kind))

    nodes = node(b"Abs", b"x", b"inside") + node(b"Neg", b"inside", b"out")
    graph = nodes + field(2, b"g") + field(11, value(b"x")) + field(12, value(b"out"))
    return b"\x08\x08" + field(7, graph) + field(8, b"\x10\x0d")


def test_an_inner_value_of_a_model_becomes_an_output() -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(with_output(tiny_model(), "inside"))
    out, inside = session.run(None, {"x": np.array([-3, 2], np.float32)})
    assert out.tolist() == [-3, -2] and inside.tolist() == [3, 2]


@pytest.mark.parametrize("seconds", [0.2, 1.0])
def test_lines_come_to_one_loudness_and_no_peak_over_the_ceiling(seconds: float) -> None:
    time = np.arange(round(48_000 * seconds)) / 48_000
    for gain in (0.01, 0.9):
        tone = (gain * np.sin(2 * np.pi * 997 * time)).astype(np.float32)
        level = levelled(tone)
        long = np.tile(level, 5)[:, None]
        assert integrated_lufs(long) == pytest.approx(-20, abs=0.2)
    click = np.zeros(48_000, np.float32)
    click[99] = 0.5
    assert np.abs(levelled(click)).max() == pytest.approx(10 ** (-1 / 20), abs=1e-4)
    assert not levelled(np.zeros(9, np.float32)).any()


def test_without_the_model_the_plain_voice_is_chosen_and_says_what_is_missing(tmp_path) -> None:
    choice = choose_engine(tmp_path)
    assert choice.engine == PLAIN
    assert "manage.py models fetch kokoro-82m-int8" in choice.lacks
    line = SpokenLine("a", LINE, VoiceSettings())
    with pytest.raises(NotAvailable, match="models fetch"):
        speak_lines([line], tmp_path, NullProgress(), engine=NATURAL, models=tmp_path)
    with pytest.raises(InputError, match="espeak-ng"):
        speak_lines([line], tmp_path, NullProgress(), engine="gramophone", models=tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(
    not kokoro_availability(MODELS).is_available, reason="manage.py models fetch kokoro-82m-int8"
)
def test_the_natural_voice_sounds_like_speech_by_its_numbers(tmp_path: Path) -> None:
    lines = [
        SpokenLine("her", LINE, VoiceSettings(pitch=60, variant="f1")),
        SpokenLine("him", LINE, VoiceSettings(pitch=34, variant="m2")),
        SpokenLine("fast", LINE, VoiceSettings(pitch=60, variant="f1", words_per_minute=230)),
        SpokenLine("again", LINE, VoiceSettings(pitch=60, variant="f1")),
    ]
    her, him, fast, again = speak_all_kokoro(lines, tmp_path, NullProgress(), models=MODELS)
    assert her.path.read_bytes() == again.path.read_bytes(), "the same line is the same bytes"
    assert her.path.read_bytes() != him.path.read_bytes()
    assert fast.seconds < 0.85 * her.seconds
    for spoken in (her, him):
        sound = read_sound(spoken.path)
        assert integrated_lufs(sound) == pytest.approx(-20, abs=0.5)
        blocks = sound[: len(sound) // 960 * 960, 0].reshape(-1, 960)
        loudness = np.sqrt((blocks**2).mean(axis=1))
        assert 0.03 < (loudness < 0.02 * loudness.max()).mean() < 0.4, "pauses, but mostly voice"
        power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
        hertz = np.fft.rfftfreq(len(sound), 1 / 48_000)
        assert 200 < (power * hertz).sum() / power.sum() < 2500, "the weight of a human voice"
        times = [at for word in spoken.words for at in (word.start_seconds, word.end_seconds)]
        assert times == sorted(times) and times[-1] <= spoken.seconds
        assert 2.0 < len(LINE.split()) / spoken.seconds < 4.5, "words a second"


def test_the_compressor_brings_peaks_down_leaves_the_usual_alone_and_never_pumps_silence() -> None:
    time = np.arange(96_000) / 48_000
    tone = 0.1 * np.sin(2 * np.pi * 200 * time)
    shout = np.where((time > 0.9) & (time < 1.1), 6.0, 1.0)
    voice = (tone * shout).astype(np.float32)
    voice[:9600] = 0
    level, reduction = compressed(voice)
    before = np.abs(voice[45_000:51_000]).max() / np.abs(voice[20_000:24_000]).max()
    after = np.abs(level[45_000:51_000]).max() / np.abs(level[20_000:24_000]).max()
    assert before == pytest.approx(6, rel=0.01) and after < 4
    assert reduction > 3 and not level[:9600].any()
    assert np.abs(level[20_000:24_000]).max() == pytest.approx(0.1, rel=0.05)
    silence = np.zeros(4800, np.float32)
    assert compressed(silence) == (pytest.approx(silence), 0.0)
