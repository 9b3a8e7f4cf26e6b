"""Bands a film has and its pictures have not: stairs in what was smooth, looked for in one frame of some of its shots."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from renders.engine.export.rows import QcRow
from renders.engine.scoring.banding import banding_strength
from renders.engine.timeline.model import Timeline

MOST_SHOTS = 6
"""Shots looked at, spread over the film. House choice: a decode of a few frames, not another pass."""

MOST_BANDING = 0.35
"""How much stronger than in its still stairs may be; 1 is a gradient of five bits. House choice, measured: a slow
gradient in ten bits has 0.15, of six bits 0.6, of five 1.0."""


def banding_row(path: Path, timeline: Timeline) -> QcRow:
    """Return the row about bands. Bands a picture came with are its own; what the film adds counts."""
    from PIL import Image

    worst, where = 0.0, ""
    for index in _chosen(len(timeline.clips)):
        clip, start = timeline.clips[index], timeline.starts()[index]
        frame = _frame(path, float(timeline.rate.seconds_at(start + clip.duration_frames // 2)))
        if frame is None:
            continue
        with Image.open(clip.picture) as picture:
            own = np.asarray(picture.convert("RGB"), np.uint8)
        added = banding_strength(frame) - banding_strength(own)
        if added > worst:
            worst, where = added, clip.shot_code
    return QcRow(
        "bands the pictures do not have",
        f"at most {MOST_BANDING:g}, where 1 is a gradient of five bits",
        f"{worst:.2f} in {where}" if where else "none",
        worst <= MOST_BANDING,
    )


def _chosen(count: int) -> list[int]:
    """Return the numbers of the shots to look at."""
    return sorted({round(at) for at in np.linspace(0, count - 1, min(count, MOST_SHOTS))})


def _frame(path: Path, seconds: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None:
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None, "a demuxed stream has a time base"
        container.seek(int(seconds / stream.time_base), stream=stream)
        for frame in container.decode(stream):
            if frame.time is not None and frame.time >= seconds - 0.01:
                return np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    return None
