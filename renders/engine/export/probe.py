"""What a film's container and streams say, demuxed with PyAV: codec, raster, rate, time stamps, colour, lengths."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from apexsite.kit.errors import InputError
from renders.engine.export.boxes import colour_box, top_boxes


@dataclass(frozen=True, slots=True)
class FilmProbe:
    """Facts of a film file. `pts_steps` are the distances of neighbouring frames in ticks, each with its count.

    `wide_steps` are the frames after which a distance is wider than the least, with it; `key_distance` the most frames
    from one key frame to the next or to the end; `audio_late_seconds` how much later the sound begins; `packet_bytes` the
    size of each frame as coded, in the order of decoding.
    """

    codec: str
    pixel_format: str
    width: int
    height: int
    rate: Fraction
    packets: int
    pts_steps: tuple[tuple[int, int], ...]
    tick: Fraction
    wide_steps: tuple[tuple[int, int], ...]
    key_distance: int
    audio_late_seconds: float
    scan: str
    starts_with_key: bool
    colour_tags: str
    colour_box: str | None
    boxes: tuple[str, ...]
    video_seconds: float
    audio_seconds: float | None
    audio_codec: str | None
    packet_bytes: tuple[int, ...] = ()


def probe_film(path: Path) -> FilmProbe:
    """Return what the container and its streams say; raises `InputError` when it is no film."""
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise InputError(f"film={path.name!r} holds no picture")
            video = container.streams.video[0]
            context = video.codec_context
            packets = [packet for packet in container.demux(video) if packet.pts is not None]
            stamps = sorted(packet.pts for packet in packets if packet.pts is not None)
            steps = Counter(later - earlier for earlier, later in itertools.pairwise(stamps))
            sound = container.streams.audio[0] if container.streams.audio else None
            return FilmProbe(
                codec=str(context.codec.canonical_name),
                pixel_format=str(context.pix_fmt),
                width=int(context.width),
                height=int(context.height),
                rate=Fraction(video.average_rate or 0),
                packets=len(packets),
                pts_steps=tuple(sorted(steps.items())),
                wide_steps=_wide_steps(stamps),
                key_distance=_key_distance(packets),
                scan="interlaced" if int(context.field_order) > 1 else "progressive",
                audio_late_seconds=_late(video, sound),
                tick=Fraction(video.time_base or 1),
                starts_with_key=bool(packets and packets[0].is_keyframe),
                colour_tags=(
                    f"{int(context.color_primaries)}/{int(context.color_trc)}/"
                    f"{int(context.colorspace)} {'full' if int(context.color_range) == 2 else 'limited'}"
                ),
                colour_box=colour_box(path),
                boxes=top_boxes(path),
                video_seconds=_seconds(video) or _from_stamps(stamps, video),
                audio_seconds=None if sound is None else _sound_seconds(path, sound),
                audio_codec=None
                if sound is None
                else str(sound.codec_context.codec.canonical_name),
                packet_bytes=tuple(packet.size for packet in packets),
            )
    except av.FFmpegError as err:
        raise InputError(f"film={path.name!r} cannot be read: {err}") from err


def _wide_steps(stamps: list[int]) -> tuple[tuple[int, int], ...]:
    steps = [later - earlier for earlier, later in itertools.pairwise(stamps)]
    least = min(steps, default=0)
    return tuple((frame, step) for frame, step in enumerate(steps) if step > least + 1)[:100]


def _key_distance(packets: list[Any]) -> int:
    keys = [number for number, packet in enumerate(packets) if packet.is_keyframe]
    return max(
        (later - earlier for earlier, later in itertools.pairwise([*keys, len(packets)])), default=0
    )


def _late(video: Any, sound: Any) -> float:
    if sound is None or sound.start_time is None or video.start_time is None:
        return 0.0
    return float(sound.start_time * sound.time_base - video.start_time * video.time_base)


def _from_stamps(stamps: list[int], stream: object) -> float:
    """Return the length of a stream whose container does not tell it: to the last frame's end."""
    base = getattr(stream, "time_base", None) or 1
    rate = getattr(stream, "average_rate", None) or 1
    return float((stamps[-1] - stamps[0]) * base + 1 / Fraction(rate)) if stamps else 0.0


def _sound_seconds(path: Path, stream: object) -> float:
    """Return the length of a film's sound, counted from its packets where the container does not tell it."""
    known = _seconds(stream)
    if known:
        return known
    import av

    with av.open(str(path)) as container:
        sound = container.streams.audio[0]
        ends = [
            float((packet.pts + (packet.duration or 0)) * packet.time_base)
            for packet in container.demux(sound)
            if packet.pts is not None and packet.time_base is not None
        ]
    return max(ends, default=0.0)


def _seconds(stream: object) -> float:
    duration, base = getattr(stream, "duration", None), getattr(stream, "time_base", None)
    return float(duration * base) if duration and base else 0.0
