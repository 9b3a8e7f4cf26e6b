"""Compile what is compiled on first use, by doing a tiny piece of the real work."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from apexsite.kit.pixels import png_bytes
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Clip, Timeline


def warm_painter() -> None:
    """Paint a cut frame and a mixed frame of a postage-stamp film, which compiles the frame resampler and the grade's."""
    with tempfile.TemporaryDirectory(prefix="apex-warm-") as folder:
        still = Path(folder) / "still.png"
        still.write_bytes(png_bytes(np.full((90, 160, 3), 90, dtype=np.uint8)))
        first = Clip("a", still, 4, CameraMove.ZOOM_IN)
        second = Clip("b", still, 4, CameraMove.PAN_LEFT, "crossfade", 3)
        timeline = Timeline(FrameRate.parse(25), 128, 72, (first, second), fade_in_frames=1)
        painter = FramePainter(timeline, grade={"contrast_percent": 5.0}, film_grain=0.1, seed=1)
        for frame in (0, 5):
            painter.frame(frame)
