"""The mix is exactly as long as the film, ducks where somebody speaks, and meets its loudness."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.ffmpeg import ffmpeg_path
from apexsite.kit.timecode import FrameRate
from renders.engine.sound.loudness import integrated_lufs, true_peak_dbtp
from renders.engine.sound.mix import PlacedSpeech, duck_envelope, mix_film
from renders.engine.sound.wav import SAMPLE_RATE, Samples, read_sound, write_wav

RATE = FrameRate(Fraction(24000, 1001))


def tone(seconds: float, *, hertz: float = 1000.0, dbfs: float = -23.0) -> Samples:
    wave = np.sin(2 * np.pi * hertz * np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE)
    return np.repeat((wave * 10 ** (dbfs / 20))[:, None], 2, axis=1).astype(np.float32)


def babble(path: Path, seconds: float) -> Path:
    rng = np.random.default_rng(4)
    swell = 0.5 + 0.5 * np.sin(np.arange(round(seconds * SAMPLE_RATE)) / 4000)
    write_wav((rng.normal(0, 0.1, swell.size) * swell).astype(np.float32), path=path)
    return path


def test_a_sine_of_minus_23_dbfs_reads_minus_23_lufs() -> None:
    assert integrated_lufs(tone(3)) == pytest.approx(-23.0, abs=0.1)


def test_a_peak_between_samples_is_found() -> None:
    # A sine of a quarter of the rate at 45 degrees has samples 3 dB below its true peak.
    wave = np.sin(np.pi / 2 * np.arange(9600) + np.pi / 4).astype(np.float32) * 0.5
    assert true_peak_dbtp(np.stack([wave, wave], 1)) == pytest.approx(-6.02, abs=0.2)


def test_ffmpegs_meter_agrees_with_ours(tmp_path: Path) -> None:
    sound = np.concatenate([tone(2), tone(3, hertz=220, dbfs=-12), tone(1, hertz=5000, dbfs=-40)])
    write_wav(sound, path=tmp_path / "x.wav")
    log = subprocess.run(
        [ffmpeg_path(), "-i", str(tmp_path / "x.wav"), "-af", "ebur128", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    theirs = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", log)[-1])
    assert integrated_lufs(sound) == pytest.approx(theirs, abs=0.15)


def test_music_lies_12_db_down_under_speech_and_ramps_around_it() -> None:
    gain = 20 * np.log10(duck_envelope([(48000, 96000)], 192000))
    assert gain[48000:96000] == pytest.approx(-12.0, abs=1e-3)
    assert gain[48000 - 7200] == pytest.approx(0.0, abs=1e-3)
    assert gain[48000 - 3600] == pytest.approx(-6.0, abs=0.01)
    assert gain[96000 + 9600] == pytest.approx(-6.0, abs=0.01)
    assert not gain[96000 + 19200 :].any()


def test_the_mix_has_the_films_length_its_loudness_and_stays_under_its_ceiling(
    tmp_path: Path,
) -> None:
    write_wav(tone(20, hertz=300, dbfs=-9), path=tmp_path / "music.wav")
    report = mix_film(
        length_frames=200,
        rate=RATE,
        speech=[PlacedSpeech(babble(tmp_path / "a.wav", 2.0), start_frame=48)],
        music=tmp_path / "music.wav",
        out=tmp_path / "mix.wav",
    )
    assert read_sound(report.path).shape == (400_400, 2)
    assert report.integrated_lufs == pytest.approx(-16.0, abs=0.2)
    assert report.true_peak_dbtp is not None and report.true_peak_dbtp <= -1.0
    assert report.speech_intervals == ((2.002, 4.002),)
    assert report.ducking_db == -12.0


def test_a_film_without_speech_and_music_is_silent_and_says_so(tmp_path: Path) -> None:
    report = mix_film(length_frames=24, rate=RATE, speech=[], music=None, out=tmp_path / "m.wav")
    assert report.is_silent and report.integrated_lufs is None and report.ducking_db == 0.0
    assert not read_sound(report.path).any()


def test_speech_past_the_end_is_cut_and_named(tmp_path: Path) -> None:
    line = PlacedSpeech(babble(tmp_path / "a.wav", 2.0), start_frame=12)
    report = mix_film(
        length_frames=24, rate=RATE, speech=[line], music=None, out=tmp_path / "m.wav"
    )
    assert report.speech_cut_off == (0,)
