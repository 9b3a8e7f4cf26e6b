"""Rows of a check about the coded stream, colour, borders, sharpness and channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from renders.engine.export.profile import Profile
from renders.engine.export.vbv import busiest_second_kbps, simulated
from renders.engine.export.watch import FilmWatch

TOLD = "for information"

MOST_COLOUR_OUT = 0.01
"""Share of a frame's colour difference outside the legal range. Source: EBU R103, 1 % of the active picture."""

LEAST_BORDER_SHARE = 0.02
"""A pair of borders this large against the picture fails. House choice: less is a dark edge."""

MOST_BLOCKINESS = 3.0
"""How much stronger edges on a grid may be than off it. House choice, measured: grain 1.0, x264 at crf 18 1.1."""

MOST_OFFSET, MOST_FLATNESS, QUIET_BELOW_DB = 0.005, 1.0, 40.0
"""Mean of a channel, ffmpeg's flat factor of a clipped one, and how far below the other a channel counts as missing. House
choices; an offset is heard as a click at each end from about 0.01."""


@dataclass(frozen=True, slots=True)
class QcRow:
    """One demand. A row whose `expected` is "for information" is always met."""

    name: str
    expected: str
    found: str
    met: bool


def rate_rows(packet_bytes: Sequence[int], *, fps: Fraction, profile: Profile) -> list[QcRow]:
    """Return the rows about bit rate and, where the profile promises one, the decoder's buffer."""
    if not packet_bytes:
        return []
    mean = float(sum(packet_bytes) * 8 * fps / len(packet_bytes) / 1000)
    busiest = busiest_second_kbps(packet_bytes, fps=fps)
    found = f"{mean:,.0f} kb/s, at most {busiest:,.0f} kb/s in a second"
    rows = [QcRow("bit rate of the picture", TOLD, found, True)]
    if profile.max_kbps:
        run = simulated(
            packet_bytes, fps=fps, max_kbps=profile.max_kbps, buffer_kbits=profile.buffer_kbits
        )
        said = f"lowest at {run.lowest:.0%}" if run.is_held else f"empty by {-run.lowest:.0%} of it"
        rows.append(
            QcRow(
                "buffer of the decoder (VBV)",
                f"never empty: {profile.buffer_kbits:,} kbit filled at {profile.max_kbps:,} kb/s",
                f"{said}, frame {run.frame} as coded",
                run.is_held,
            )
        )
    return rows


def further_rows(watch: FilmWatch) -> list[QcRow]:
    """Return the rows about colour difference, borders, blocks and edges."""
    above, below, left, right = watch.borders
    shown = [f"{count} {name}" for count, name in zip(
        watch.borders, ("lines above", "lines below", "columns left", "columns right"), strict=True
    ) if count]  # fmt: skip
    is_boxed = min(above, below) >= watch.height * LEAST_BORDER_SHARE > 0
    is_boxed = is_boxed or min(left, right) >= watch.width * LEAST_BORDER_SHARE > 0
    rows = [
        QcRow(
            "colour outside the legal range",
            f"at most {MOST_COLOUR_OUT:.0%} of a frame",
            f"{watch.colour_out_of_range:.2%}",
            watch.colour_out_of_range <= MOST_COLOUR_OUT,
        ),
        QcRow("black borders", "none in pairs", ", ".join(shown) or "none", not is_boxed),
    ]
    if watch.blockiness is not None:
        rows.append(
            QcRow(
                "blocks of the coder",
                f"at most {MOST_BLOCKINESS:g} times as strong as edges elsewhere",
                f"{watch.blockiness:.2f}",
                watch.blockiness <= MOST_BLOCKINESS,
            )
        )
    if watch.edge_width is not None:
        rows.append(QcRow("width of edges", TOLD, f"{watch.edge_width:.1f} pixels", True))
    return rows


def channel_rows(watch: FilmWatch) -> list[QcRow]:
    """Return the rows about each channel of the sound."""
    if not watch.channels:
        return []
    offsets = [channel.offset for channel in watch.channels]
    flat = [channel.flatness for channel in watch.channels]
    levels = [channel.level_db for channel in watch.channels]
    heard = max(levels)
    missing = [n for n, level in enumerate(levels, 1) if not level >= heard - QUIET_BELOW_DB]
    return [
        QcRow(
            "mean of each channel",
            f"within {MOST_OFFSET:g} of zero",
            ", ".join(f"{offset:.4f}" for offset in offsets),
            max(map(abs, offsets)) <= MOST_OFFSET,
        ),
        QcRow(
            "clipped peaks",
            f"flat factor at most {MOST_FLATNESS:g}",
            ", ".join(f"{value:.2f}" for value in flat),
            max(flat) <= MOST_FLATNESS,
        ),
        QcRow(
            "channels that are heard",
            f"all {len(levels)}",
            f"channel {', '.join(map(str, missing))} is missing"
            if missing
            else f"all {len(levels)}",
            not missing or heard == float("-inf"),
        ),
    ]
