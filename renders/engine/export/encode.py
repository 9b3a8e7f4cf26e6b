"""Frames in, film out: raw planes go down a pipe into one ffmpeg, which also encodes and muxes the sound."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import numpy as np

from apexsite.kit.errors import MediaError
from apexsite.kit.ffmpeg import ffmpeg_path, log_tail
from apexsite.kit.pixels import Codes
from apexsite.kit.timecode import FrameRate
from renders.engine.export.codecs import picture_arguments
from renders.engine.export.profile import Profile

TEXT_CODECS = {"mp4": "mov_text", "mov": "mov_text", "mkv": "subrip"}

PIPE_BYTES = 1 << 20
"""Room in the pipe: the most Linux gives without asking; a third of a 1080p frame."""

COLOUR_TAGS = (
    "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
)  # fmt: skip


def frames_input(*, width: int, height: int, rate: FrameRate, depth: int = 8) -> list[str]:
    """Return the arguments that read raw planes of 8 or 10 bits, tagged BT.709 limited, from standard input."""
    samples = "yuv420p" if depth == 8 else "yuv420p10le"
    return [
        "-f", "rawvideo", "-pix_fmt", samples, "-s", f"{width}x{height}", "-r", str(rate),
        *COLOUR_TAGS, "-i", "pipe:0",
    ]  # fmt: skip


def film_output(
    *,
    profile: Profile,
    rate: FrameRate,
    frames: int,
    audio: Path | None,
    out: Path,
    captions: Path | None = None,
    facts: Mapping[str, str] | None = None,
    pass_log: Path | None = None,
    is_copied: bool = False,
) -> list[str]:
    """Return the arguments after the picture's input: sound trimmed or padded to the picture, codecs, tags, file.

    `captions` is an .srt file that becomes a track of timed text which players switch on and off. `facts` are tags of
    the file (title, date, copyright). With a `pass_log` it is the second of two passes; `is_copied` takes the picture as
    it is coded already.
    """
    extras = [path for path in (audio, captions) if path is not None]
    arguments = [word for path in extras for word in ("-i", str(path))]
    arguments += ["-map", "0:v:0"]
    if captions is not None:
        arguments += ["-map", f"{len(extras)}:s:0", "-c:s", TEXT_CODECS[profile.container]]
        arguments += ["-metadata:s:s:0", "language=eng"]
    if audio is not None:
        samples = round(Fraction(frames) / rate.fps * profile.audio_rate_hz)
        arguments += ["-map", "1:a:0"]
        arguments += ["-af", f"aresample={profile.audio_rate_hz},apad,atrim=end_sample={samples}"]
        arguments += sound_codec(profile)
    if is_copied:
        arguments += ["-c:v", "copy", *copied_tag(profile)]
    else:
        number = 2 if pass_log is not None else 0
        arguments += picture_arguments(profile, rate=rate, pass_number=number, pass_log=pass_log)
        arguments += [*COLOUR_TAGS, "-chroma_sample_location", "left", "-fps_mode", "passthrough"]
    arguments += container_arguments(profile.container, rate=rate)
    for name, value in (facts or {}).items():
        arguments += ["-metadata", f"{name}={value}"]
    return [*arguments, str(out)]


def first_pass(profile: Profile, *, rate: FrameRate, pass_log: Path) -> list[str]:
    """Return the arguments of the first of two passes, which writes only its log."""
    arguments = picture_arguments(profile, rate=rate, pass_number=1, pass_log=pass_log)
    return [*arguments, *COLOUR_TAGS, "-fps_mode", "passthrough", "-an", "-f", "null", "-"]


def copied_tag(profile: Profile) -> list[str]:
    """Return the four letters that players of Apple's need for a copied HEVC stream."""
    return ["-tag:v", "hvc1"] if profile.codec == "hevc" and profile.container != "mkv" else []


def sound_codec(profile: Profile) -> list[str]:
    """Return the arguments of the sound's encoder."""
    rate = ["-b:a", f"{profile.audio_bitrate_kbps}k"] if profile.audio_bitrate_kbps else []
    return ["-c:a", profile.audio_codec, *rate]


def container_arguments(container: str, *, rate: FrameRate) -> list[str]:
    """Return the arguments that choose and shape the container: index first, colour box, whole ticks, no dates."""
    arguments = ["-map_metadata", "-1", "-fflags", "+bitexact"]
    if container == "mkv":
        return [*arguments, "-f", "matroska"]
    arguments += ["-video_track_timescale", str(time_scale(rate))]
    return [*arguments, "-movflags", "+faststart+write_colr", "-f", container]


def time_scale(rate: FrameRate) -> int:
    """Return the ticks per second in which every frame of the rate lasts a whole number of ticks."""
    scale = rate.fps.numerator
    return scale if scale >= 10_000 else scale * 1000


class Encoder:
    """A running ffmpeg that is fed frame after frame. Use it in a `with`: on any error the child is ended.

    `write` and the end of the block raise `MediaError` with the exit code and the last log lines.
    """

    def __init__(self, arguments: list[str]) -> None:
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._child = subprocess.Popen(
            [ffmpeg_path(), "-hide_banner", "-loglevel", "warning", "-y", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
        )
        stdin = self._child.stdin
        assert stdin is not None, "stdin was asked to be a pipe"
        self._stdin: IO[bytes] = stdin
        with contextlib.suppress(OSError):
            fcntl.fcntl(stdin.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    @property
    def pid(self) -> int:
        """Return the process id of the child."""
        return self._child.pid

    def write(self, frame: Codes) -> None:
        """Give one frame: the codes of Y, Cb and Cr one after the other, uint8 or little-endian uint16."""
        view = np.ascontiguousarray(frame).reshape(-1).view(np.uint8).data
        try:
            while view:
                view = view[os.write(self._stdin.fileno(), view) :]
        except BrokenPipeError:
            raise self._failure("stopped taking frames") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is not None:
                self._child.kill()
            with contextlib.suppress(BrokenPipeError):
                self._stdin.close()
            if self._child.wait() and kind is None:
                raise self._failure("failed")
        finally:
            self._log.close()

    def _failure(self, what: str) -> MediaError:
        code = self._child.wait()
        self._log.seek(0)
        tail = log_tail(self._log.read())
        last = tail.splitlines()[-1] if tail else "it left no log"
        return MediaError(
            f"the encoder {what} (exit code {code}): {last}",
            tool="ffmpeg",
            exit_code=code,
            log_tail=tail,
        )
