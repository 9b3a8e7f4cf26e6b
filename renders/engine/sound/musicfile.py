"""A piece of music before it is used: whole, in one or two channels, and sound at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from apexsite.kit.errors import InputError
from renders.engine.sound.recording import require_whole, said_seconds

CHANNELS = (1, 2)


def require_music(path: Path) -> float:
    """Return how many seconds a music file lasts, decoded to its end.

    Raises `InputError` where it is missing, no sound, cut off, or has more channels than a film's stereo can place.
    """
    import av

    if not path.is_file():
        raise InputError(f"music={str(path)!r} is not a file")
    container: Any
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise InputError(f"{path.name} holds no sound")
            stream = container.streams.audio[0]
            count = stream.codec_context.channels
            if count not in CHANNELS:
                raise InputError(
                    f"{path.name} has {count} channels; expected 1 or 2. Mix it down before you send it"
                )
            said = said_seconds(container, stream)
            samples = sum(frame.samples for frame in container.decode(stream))
            seconds = samples / stream.codec_context.sample_rate
    except (av.FFmpegError, ValueError, EOFError) as err:
        raise InputError(
            f"{path.name} cannot be read as sound: {err}; it may be damaged or cut off"
        ) from err
    with path.open("rb") as file:
        require_whole(seconds, said, file.read(12), path.stat().st_size, path.name)
    return float(seconds)
