"""The thin light round a figure that parts it from the background."""

from __future__ import annotations

from renders.engine.imaging.sketch.light import Light
from renders.engine.imaging.sketch.paint import Canvas, byte_colour
from renders.engine.imaging.sketch.palette import mix
from renders.engine.imaging.sketch.pose import Pen


def add_rim(canvas: Canvas, light: Light, pen: Pen, *, is_back: bool) -> None:
    """Lay a rim on the key side of what the canvas's mask covers, and end the mask."""
    from PIL import Image, ImageChops, ImageFilter

    mask = canvas.take_mask()
    box = mask.getbbox()
    if box is None:
        return
    cover = mask.crop(box)
    wide = 0.011 * pen.scale * canvas.unit * (0.7 if is_back else 1.0)
    shrink = max(1, int(min(4.0, wide / 3.0)))
    small = cover.resize(
        (max(1, cover.width // shrink), max(1, cover.height // shrink)), Image.Resampling.BOX
    )
    moved = Image.new("L", small.size, 0)
    step = max(1, round(wide / shrink))
    moved.paste(small, (-light.side * step, round(step * 0.45)))
    if light.side < 0:
        moved.paste(0 if box[0] > 0 else 255, (0, 0, step, small.height))
    else:
        moved.paste(
            0 if box[2] < mask.width else 255, (small.width - step, 0, small.width, small.height)
        )
    moved = moved.filter(ImageFilter.GaussianBlur(max(0.6, step * 0.45)))
    share = 0.30 + (0.42 if light.is_night or light.contrast > 0.85 else 0.12)
    edge = ImageChops.subtract(small, moved).point([round(v * share) for v in range(256)])
    edge = edge.resize(cover.size, Image.Resampling.BILINEAR)
    edge = ImageChops.multiply(edge, cover)
    canvas.image.paste(byte_colour(mix(light.rim, (1.0, 1.0, 1.0), 0.1)), box, edge)
