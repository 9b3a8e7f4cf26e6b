"""The decoder's buffer simulated from a film's packets: it must never run empty at the rate the profile promises.

>>> simulated([125_000] * 10, fps=Fraction(25), max_kbps=25_000, buffer_kbits=25_000).is_held
True
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from renders.engine.export.profile import Profile

START_FULL = Fraction(9, 10)
"""How full the buffer is when the first frame is taken. Source: x264's vbv-init of 0.9, which the stream is coded for."""


@dataclass(frozen=True, slots=True)
class BufferRun:
    """How low the buffer got, as a share of it (below 0 it ran empty), at which frame in the order of decoding."""

    lowest: float
    frame: int

    @property
    def is_held(self) -> bool:
        """Return whether it never ran empty."""
        return self.lowest >= 0.0


def simulated(
    packet_bytes: Sequence[int], *, fps: Fraction, max_kbps: int, buffer_kbits: int
) -> BufferRun:
    """Return what a leaky bucket of `buffer_kbits`, filled at `max_kbps`, goes through. Packets in decoding order.

    A frame is taken whole, then the bucket fills for a frame's time, at most to its brim: a variable rate, which may
    pause. Source: ITU-T H.264, annex C.1, with cbr_flag 0; the same leaky bucket for H.265 and MPEG-2.
    """
    size = Fraction(buffer_kbits) * 1000
    fill = Fraction(max_kbps) * 1000 / fps
    held, lowest, at = size * START_FULL, size, 0
    for number, count in enumerate(packet_bytes):
        held -= count * 8
        if held < lowest:
            lowest, at = held, number
        held = min(size, held + fill)
    return BufferRun(float(lowest / size), at)


def busiest_second_kbps(packet_bytes: Sequence[int], *, fps: Fraction) -> float:
    """Return the bit rate of the second with the most bits."""
    frames = max(1, round(fps))
    sums = [0, *itertools.accumulate(packet_bytes)]
    ends = range(min(frames, len(packet_bytes)), len(sums))
    most = max((sums[end] - sums[max(0, end - frames)] for end in ends), default=0)
    return float(most * 8 * fps / frames / 1000)


def buffer_holds(path: Path, profile: Profile, *, fps: Fraction) -> bool:
    """Return whether a film never empties the buffer of its profile; one that promises none always holds."""
    if not profile.max_kbps:
        return True
    import av

    with av.open(str(path)) as container:
        sizes = [
            packet.size for packet in container.demux(container.streams.video[0]) if packet.size
        ]
    run = simulated(sizes, fps=fps, max_kbps=profile.max_kbps, buffer_kbits=profile.buffer_kbits)
    return run.is_held
