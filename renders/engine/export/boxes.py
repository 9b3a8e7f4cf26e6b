"""Reading the boxes of an MP4 file: their order, and the colour box that a player trusts before the stream."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CONTAINERS = frozenset({"moov", "trak", "mdia", "minf", "stbl"})
HEADER = struct.Struct(">I4s")
STSD_HEAD_BYTES = 8
VISUAL_ENTRY_BYTES = 78
"""Bytes between the header of a visual sample entry and its boxes. Source: ISO/IEC 14496-12, 12.1.3."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its four-letter kind, where its content starts and where it ends, in bytes of the file."""

    kind: str
    start: int
    end: int


def boxes_in(stream: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes that lie between two positions. Source: ISO/IEC 14496-12, 4.2."""
    at = start
    while at + HEADER.size <= end:
        stream.seek(at)
        size, kind = HEADER.unpack(stream.read(HEADER.size))
        head = HEADER.size
        if size == 1:
            size, head = struct.unpack(">Q", stream.read(8))[0], 16
        size = size or end - at
        if size < head:
            return
        yield Box(kind.decode("latin-1"), at + head, min(at + size, end))
        at += size


def top_boxes(path: Path) -> tuple[str, ...]:
    """Return the kinds of the outermost boxes in the order of the file."""
    with path.open("rb") as stream:
        return tuple(box.kind for box in boxes_in(stream, 0, path.stat().st_size))


def colour_box(path: Path) -> str | None:
    """Return the first track's colour box as text, for instance "nclx 1/1/1 limited"; None where there is none.

    The numbers are primaries/transfer/matrix. Source: ISO/IEC 14496-12, 12.1.5; codes from ITU-T H.273.
    """
    with path.open("rb") as stream:
        return _colour_below(stream, Box("file", 0, path.stat().st_size))


def _colour_below(stream: BinaryIO, parent: Box) -> str | None:
    for box in boxes_in(stream, parent.start, parent.end):
        found = None
        if box.kind in CONTAINERS:
            found = _colour_below(stream, box)
        elif box.kind == "stsd":
            found = _colour_below(stream, Box("entries", box.start + STSD_HEAD_BYTES, box.end))
        elif parent.kind == "entries":
            found = _colour_below(stream, Box("entry", box.start + VISUAL_ENTRY_BYTES, box.end))
        elif box.kind == "colr":
            stream.seek(box.start)
            found = _colour_text(stream.read(11))
        if found is not None:
            return found
    return None


def _colour_text(content: bytes) -> str:
    kind = content[:4].decode("latin-1")
    if kind not in ("nclx", "nclc"):
        return kind
    primaries, transfer, matrix = struct.unpack(">HHH", content[4:10])
    span = " full" if content[10:11] and content[10] & 0x80 else " limited"
    return f"{kind} {primaries}/{transfer}/{matrix}{span if kind == 'nclx' else ''}"
