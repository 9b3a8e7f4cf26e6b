"""The one place that knows where ffmpeg is and how its failures read. It runs as a child, never linked."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from apexsite.kit.errors import MediaError, NotAvailable

LOG_TAIL_LINES = 12


@functools.cache
def ffmpeg_path() -> str:
    """Return the ffmpeg to run: `APEX_FFMPEG`, else the one imageio-ffmpeg ships, else the PATH's."""
    named = os.environ.get("APEX_FFMPEG")
    if named:
        if not Path(named).is_file():
            raise NotAvailable(f"APEX_FFMPEG={named!r} is not a file; unset it or name an ffmpeg")
        return named
    try:
        import imageio_ffmpeg
    except ImportError:
        pass
    else:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    found = shutil.which("ffmpeg")
    if found is None:
        raise NotAvailable("ffmpeg is missing; get it with: make install TIER=core")
    return found


def log_tail(log: bytes | str) -> str:
    """Return the last lines of a tool's log."""
    text = log.decode("utf-8", "replace") if isinstance(log, bytes) else log
    return "\n".join(text.strip().splitlines()[-LOG_TAIL_LINES:])


def run_ffmpeg(
    arguments: Sequence[str | Path], *, timeout_seconds: float = 600, stdin: bytes | None = None
) -> bytes:
    """Run ffmpeg with the arguments and return its standard output.

    Raises `MediaError` with the exit code and the last log lines when it fails or takes too long.
    """
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"]
    command += [str(argument) for argument in arguments]
    if stdin is not None:
        command.remove("-nostdin")
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, timeout=timeout_seconds, check=False
        )
    except subprocess.TimeoutExpired as err:
        raise MediaError(f"ffmpeg took longer than {timeout_seconds} s", tool="ffmpeg") from err
    if done.returncode:
        tail = log_tail(done.stderr)
        raise MediaError(
            f"ffmpeg failed ({done.returncode}): {tail.splitlines()[-1] if tail else 'no log'}",
            tool="ffmpeg",
            exit_code=done.returncode,
            log_tail=tail,
        )
    return done.stdout
