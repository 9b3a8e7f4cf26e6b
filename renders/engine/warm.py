"""Compile what is compiled on first use, by doing a tiny piece of the real work."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from apexsite.kit.pixels import png_bytes
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.firstcall import compiling_alone
from renders.engine.motion.spec import Motion
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Clip, Timeline


def warm_painter() -> None:
    """Paint a cut, a mixed, a whipped and a deep frame of a postage-stamp film: that compiles all that draws frames."""
    with tempfile.TemporaryDirectory(prefix="apex-warm-") as folder, compiling_alone("painter"):
        still, depth = Path(folder) / "still.png", Path(folder) / "depth.png"
        still.write_bytes(png_bytes(np.full((90, 160, 3), 90, dtype=np.uint8)))
        _slope(depth)
        deep = Motion(shutter_degrees=180.0, depth=depth, aperture=0.5)
        clips = (
            Clip("a", still, 4, CameraMove.ZOOM_IN),
            Clip("b", still, 4, CameraMove.PAN_LEFT, "crossfade", 3),
            Clip("c", still, 6, CameraMove.PAN_LEFT, "whip_pan", 4),
            Clip("d", still, 4, CameraMove.TRUCK_LEFT, motion=deep),
        )
        timeline = Timeline(FrameRate.parse(25), 128, 72, clips, fade_in_frames=1)
        painter = FramePainter(timeline, grade={"contrast_percent": 5.0}, film_grain=0.1, seed=1)
        for frame in (0, 5, 10, 15):
            painter.frame(frame)


def _slope(path: Path) -> None:
    """Write a depth that falls from left to right."""
    from PIL import Image

    Image.fromarray(np.tile(np.linspace(0, 255, 160).astype(np.uint8), (90, 1))).save(path)
