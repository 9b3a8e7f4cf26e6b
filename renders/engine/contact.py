"""Contact sheets: many pictures on one page, each in its cell with its name below, on a neutral dark ground."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apexsite.kit.errors import InputError

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

GROUND, CELL, TEXT, TITLE = "#1B1B1B", "#262626", "#C9C9C9", "#F0F0F0"
MARGIN, GAP, LABEL_HEIGHT, TITLE_HEIGHT = 32, 20, 34, 64
LABEL_SIZE, TITLE_SIZE = 17, 28
CELL_SHAPE = 16 / 9
"""Cells are 16:9; a picture of another shape lies whole inside its cell. House choice."""


@dataclass(frozen=True, slots=True)
class Page:
    """Measures of a sheet in pixels: cells across, cell size, the page's size and where the cells begin."""

    columns: int
    cell_width: int
    cell_height: int
    width: int
    height: int
    top: int

    def cell(self, number: int) -> tuple[int, int]:
        """Return the left top corner of a cell."""
        row, column = divmod(number, self.columns)
        step = self.cell_height + LABEL_HEIGHT + GAP
        return MARGIN + column * (self.cell_width + GAP), self.top + row * step


def contact_sheet(
    items: Sequence[tuple[str, Path]],
    *,
    out: Path,
    columns: int = 4,
    cell_width: int = 480,
    title: str = "",
) -> Path:
    """Write a PNG of the named pictures, row by row, and return its path.

    Raises `InputError` for no items, a measure below its least, or a file that is no picture.
    """
    from PIL import Image

    from apexsite.kit.pixels import read_picture

    pictures = (
        (label, Image.fromarray(read_picture(_existing(label, path)))) for label, path in items
    )
    return _write(
        pictures, count=len(items), out=out, columns=columns, cell_width=cell_width, title=title
    )


def film_contact_sheet(
    film: Path,
    *,
    out: Path,
    cells: int = 12,
    columns: int = 4,
    cell_width: int = 480,
    title: str = "",
) -> Path:
    """Write a PNG of `cells` frames spread evenly over a film, each with its number and time; return its path.

    Raises `InputError` when the film cannot be read or `cells` is below 1.
    """
    if cells < 1:
        raise InputError(f"cells={cells} must be 1 or more")
    frames = _film_frames(film, cells)
    return _write(
        iter(frames),
        count=len(frames),
        out=out,
        columns=columns,
        cell_width=cell_width,
        title=title,
    )


def _existing(label: str, path: Path) -> Path:
    if not path.is_file():
        raise InputError(f"picture={str(path)!r} of {label!r} is not a file")
    return path


def _film_frames(film: Path, cells: int) -> list[tuple[str, Image.Image]]:
    """Return labelled frames from the middles of equal parts of a film, decoded once from front to back."""
    import av
    from PIL import Image

    found: list[tuple[str, Image.Image]] = []
    try:
        with av.open(str(film)) as container:
            video = container.streams.video[0]
            total = video.frames or sum(1 for _ in container.decode(video))
            wanted = {int((cell + 0.5) * total / cells) for cell in range(cells)}
            container.seek(0, stream=video)
            for number, frame in enumerate(container.decode(video)):
                if number in wanted:
                    label = f"frame {number} · {float(frame.time or 0):.2f} s"
                    found.append((label, Image.fromarray(frame.to_ndarray(format="rgb24"))))
                    if len(found) == len(wanted):
                        break
    except (av.FFmpegError, IndexError, OSError) as err:
        raise InputError(f"film={film.name!r} cannot be read: {err}") from err
    if not found:
        raise InputError(f"film={film.name!r} holds no frames")
    return found


def _page(count: int, *, columns: int, cell_width: int, title: str) -> Page:
    if count < 1:
        raise InputError("a contact sheet must hold at least one picture")
    if columns < 1 or cell_width < 64:
        raise InputError(f"columns={columns} must be 1 or more, cell_width={cell_width} 64 or more")
    columns = min(columns, count)
    cell_height = round(cell_width / CELL_SHAPE)
    rows = math.ceil(count / columns)
    top = MARGIN + (TITLE_HEIGHT if title else 0)
    return Page(
        columns=columns,
        cell_width=cell_width,
        cell_height=cell_height,
        width=2 * MARGIN + columns * cell_width + (columns - 1) * GAP,
        height=top + rows * (cell_height + LABEL_HEIGHT) + (rows - 1) * GAP + MARGIN,
        top=top,
    )


def _write(
    pictures: Iterator[tuple[str, Image.Image]],
    *,
    count: int,
    out: Path,
    columns: int,
    cell_width: int,
    title: str,
) -> Path:
    from PIL import Image, ImageDraw, ImageFont

    page = _page(count, columns=columns, cell_width=cell_width, title=title)
    sheet = Image.new("RGB", (page.width, page.height), GROUND)
    draw = ImageDraw.Draw(sheet)
    label_font = ImageFont.load_default(LABEL_SIZE)
    if title:
        font = ImageFont.load_default(TITLE_SIZE)
        text = _fitted(draw, title, font, page.width - 2 * MARGIN)
        draw.text((MARGIN, MARGIN), text, font=font, fill=TITLE)
    for number, (label, picture) in enumerate(pictures):
        left, top = page.cell(number)
        box = (page.cell_width, page.cell_height)
        draw.rectangle((left, top, left + box[0] - 1, top + box[1] - 1), fill=CELL)
        small = _inside(picture, box)
        at = (left + (box[0] - small.width) // 2, top + (box[1] - small.height) // 2)
        sheet.paste(small, at)
        text = _fitted(draw, label, label_font, page.cell_width)
        draw.text((left, top + page.cell_height + 8), text, font=label_font, fill=TEXT)
    sheet.save(out, "PNG", compress_level=6)
    return out


def _inside(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    from PIL import Image

    share = min(box[0] / picture.width, box[1] / picture.height)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _fitted(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    width: int,
) -> str:
    """Return the text, cut with an ellipsis where it would be wider than its cell."""
    if draw.textlength(text, font=font) <= width:
        return text
    while text and draw.textlength(text + "…", font=font) > width:
        text = text[:-1]
    return text.rstrip() + "…"
