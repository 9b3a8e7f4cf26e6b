"""The check of a finished film against its timeline and profile: what was expected, what was found, row by row."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from apexsite.kit.documents import schema_label
from apexsite.kit.errors import InputError
from renders.engine.export.bands import banding_row
from renders.engine.export.probe import FilmProbe, probe_film
from renders.engine.export.profiles import Profile, profile_named
from renders.engine.export.rows import QcRow, channel_rows, further_rows, rate_rows
from renders.engine.export.seen import seen_rows, silence_row
from renders.engine.export.watch import FilmWatch, watch_film
from renders.engine.timeline.model import Timeline

Verdict = Literal["met", "failed"]

COLOUR_709 = "1/1/1 limited"
"""Primaries, transfer, matrix of BT.709, limited range. Source: ITU-T H.273, tables 2 to 4."""


COLOUR_BOXES = {"mp4": f"nclx {COLOUR_709}", "mov": "nclc 1/1/1"}
"""Source: ISO/IEC 14496-12, 12.1.5; QuickTime File Format, colour parameter."""


@dataclass(frozen=True, slots=True)
class QcReport:
    """All demands on a film; the verdict is `met` only when every row is."""

    rows: tuple[QcRow, ...]

    @property
    def verdict(self) -> Verdict:
        """Return "met" or "failed"."""
        return "met" if all(row.met for row in self.rows) else "failed"

    def to_document(self) -> dict[str, Any]:
        """Return the report as a document of plain JSON values."""
        return {
            "schema": schema_label("qc", 1),
            "verdict": self.verdict,
            "rows": [asdict(row) for row in self.rows],
        }


def check_film(
    path: Path, *, timeline: Timeline, audio: bool, profile: str = "h264_1080p"
) -> QcReport:
    """Return the report on a film of this timeline; `audio` says whether it must have sound.

    For a preview give the timeline at the preview's raster. Raises `InputError` when the file is missing or
    is no film, `MediaError` when it cannot be decoded to its end.
    """
    if not path.is_file():
        raise InputError(f"film={str(path)!r} is not a file")
    wanted, probe = profile_named(profile), probe_film(path)
    watch = watch_film(
        path,
        audio=audio and probe.audio_seconds is not None,
        seconds=probe.video_seconds,
        width=probe.width,
        height=probe.height,
        fps=float(timeline.rate.fps),
        is_ten_bit="10" in probe.pixel_format,
    )
    rows = [*_picture_rows(probe, timeline, wanted), *_time_rows(probe, watch, timeline, wanted)]
    rows += _container_rows(probe, wanted)
    rows += rate_rows(probe.packet_bytes, fps=timeline.rate.fps, profile=wanted)
    rows += _sound_rows(probe, watch, timeline, wanted) if audio else [_no_sound_row(probe)]
    return QcReport(
        rows=(*rows, *seen_rows(watch, timeline), *further_rows(watch), banding_row(path, timeline))
    )


def _row(name: str, expected: object, found: object) -> QcRow:
    return QcRow(name, str(expected), str(found), expected == found)


def _picture_rows(probe: FilmProbe, timeline: Timeline, profile: Profile) -> list[QcRow]:
    return [
        _row("codec", profile.codec, probe.codec),
        _row("pixel format", profile.pixel_format, probe.pixel_format),
        _row("raster", f"{timeline.width}×{timeline.height}", f"{probe.width}×{probe.height}"),
        _row("frame rate", str(timeline.rate.fps), str(probe.rate)),
        _row("scan of the stream", "progressive", probe.scan),
        _row("colour tags of the stream", COLOUR_709, probe.colour_tags),
    ]


def _time_rows(
    probe: FilmProbe, watch: FilmWatch, timeline: Timeline, profile: Profile
) -> list[QcRow]:
    frames = timeline.duration_frames
    step = 1 / (timeline.rate.fps * probe.tick)
    steps = ", ".join(f"{step} ({count} times)" for step, count in probe.pts_steps) or "none"
    # Matroska counts milliseconds: a frame then lasts one tick more or less.
    allowed = {math.floor(step), math.ceil(step)}
    even = all(found in allowed for found, _ in probe.pts_steps)
    return [
        _row("frames in the file", frames, probe.packets),
        _row("frames decoded", frames, watch.decoded_frames),
        QcRow("distance of frames in ticks", " or ".join(map(str, sorted(allowed))), steps, even),
        _row("first frame is a key frame", True, probe.starts_with_key),
        _row("frames missing between time stamps", "none", _gaps(probe, step)),
        _keys_row(probe, timeline, profile),
    ]


def _gaps(probe: FilmProbe, step: Fraction) -> str:
    """Return after which frames time stamps jump, and by how many frames."""
    found = [
        f"{round(wide / step) - 1} after frame {frame}"
        for frame, wide in probe.wide_steps
        if round(wide / step) > 1
    ]
    return ", ".join(found) or "none"


def _keys_row(probe: FilmProbe, timeline: Timeline, profile: Profile) -> QcRow:
    most = 1 if profile.is_intra else max(1, round(timeline.rate.fps * profile.gop_seconds))
    farthest = probe.key_distance
    return QcRow("frames from key to key", f"at most {most}", str(farthest), farthest <= most)


def _container_rows(probe: FilmProbe, profile: Profile) -> list[QcRow]:
    if profile.container == "mkv":
        return []
    order = [kind for kind in probe.boxes if kind in ("moov", "mdat")]
    return [
        _row("colour box of the container", COLOUR_BOXES[profile.container], probe.colour_box),
        _row("index before the media", "moov, mdat", ", ".join(order)),
    ]


def _sound_rows(
    probe: FilmProbe, watch: FilmWatch, timeline: Timeline, profile: Profile
) -> list[QcRow]:
    if probe.audio_seconds is None:
        return [QcRow("sound", profile.audio_codec, "none", False)]
    frame_seconds = float(1 / timeline.rate.fps)
    difference = abs(probe.audio_seconds - probe.video_seconds)
    target, tolerance = profile.loudness_lufs, profile.loudness_tolerance_lu
    highest = profile.true_peak_dbtp + profile.coding_peak_db
    loud, peak = watch.loudness_lufs, watch.true_peak_dbtp
    return [
        _row("sound", profile.audio_codec, probe.audio_codec),
        QcRow(
            "sound and picture begin together",
            f"within {frame_seconds * 1000:.1f} ms (one frame)",
            f"{probe.audio_late_seconds * 1000:.1f} ms",
            abs(probe.audio_late_seconds) <= frame_seconds + 1e-9,
        ),
        silence_row(watch),
        *channel_rows(watch),
        QcRow(
            "sound and picture end together",
            f"within {frame_seconds * 1000:.1f} ms (one frame)",
            f"{difference * 1000:.1f} ms",
            difference <= frame_seconds + 1e-9,
        ),
        QcRow(
            "loudness",
            f"{target:g} LUFS ± {tolerance:g} LU",
            "not measured" if loud is None else f"{loud:g} LUFS",
            loud is not None and abs(loud - target) <= tolerance + 1e-9,
        ),
        QcRow(
            "true peak",
            f"at most {highest:g} dBTP ({profile.true_peak_dbtp:g} mixed, then coded)",
            "not measured" if peak is None else f"{peak:g} dBTP",
            peak is not None and peak <= highest + 1e-9,
        ),
    ]


def _no_sound_row(probe: FilmProbe) -> QcRow:
    return _row("sound", "none", probe.audio_codec or "none")
