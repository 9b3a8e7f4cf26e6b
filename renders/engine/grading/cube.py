"""Colour tables as .cube text: read from anybody's file with care, written so that everybody reads them.

table = read_cube(Path("look.cube").read_bytes())
Path("same.cube").write_text(cube_text(table))
"""

from __future__ import annotations

import math
from itertools import islice

import numpy as np

from apexsite.kit.errors import InputError
from renders.engine.grading.table import Table

MOST_BYTES = 64 * 1024 * 1024
"""Longest file that is read: a table of 128 points a side with ten digits a number takes 67 MB, 65 takes 9."""

LARGEST_1D, LARGEST_3D = 65536, 129
"""Points of a side. Source: Adobe "Cube LUT Specification 1.0" allows 65536 and 256; 129 is what grading
programs write at most, and 256 would be 200 million numbers (house choice)."""

LARGEST_NUMBER = 1e4
"""Size of a number that is taken; tables for light go to some hundreds. House choice."""

Triple = tuple[float, float, float]


def read_cube(content: bytes, *, name: str = "table") -> Table:
    """Return the table of a .cube file, 1D or 3D, red fastest, with its domain.

    Raises `InputError` with the line for: too long, no text, no or two sizes, a size out of range, an unknown
    keyword, a row that is not three numbers, NaN or infinity, fewer or more rows than the size says.
    Source: Adobe "Cube LUT Specification 1.0" (2013); `LUT_*_INPUT_RANGE` as DaVinci Resolve writes it.
    """
    if len(content) > MOST_BYTES:
        raise InputError(f"{name} has {len(content)} bytes; at most {MOST_BYTES} are read")
    if b"\x00" in content[:4096]:
        raise InputError(f"{name} is no text, so no .cube file")
    lines = content.decode("utf-8-sig", errors="replace").splitlines()
    head, first = _read_head(lines, name)
    size, is_3d = _size_of(head, name)
    rows = size**3 if is_3d else size
    numbers = _read_rows(lines, first, rows, name)
    least, most = _domain_of(head, name)
    if is_3d:
        # In the file red runs fastest; in memory it is the first axis.
        numbers = numbers.reshape(size, size, size, 3).transpose(2, 1, 0, 3)
    return Table(np.ascontiguousarray(numbers), least, most, head.get("TITLE", "")[:200])


def cube_text(table: Table, *, comments: tuple[str, ...] = ()) -> str:
    """Return a table as .cube text, seven decimals, red fastest; the same table, the same text.

    Comments are written before the numbers, one a line.
    """
    title = "".join(c for c in table.title if c.isprintable() and c != '"')
    lines = [f'TITLE "{title}"'] if title else []
    for comment in (*table.comments, *comments):
        lines += [f"# {part}" for part in comment.splitlines()]
    lines.append(f"LUT_{'3D' if table.is_3d else '1D'}_SIZE {table.size}")
    for keyword, colour in (("DOMAIN_MIN", table.least), ("DOMAIN_MAX", table.most)):
        lines.append(f"{keyword} {' '.join(f'{value:.7g}' for value in colour)}")
    points = table.points.transpose(2, 1, 0, 3) if table.is_3d else table.points
    lines += [f"{r:.7f} {g:.7f} {b:.7f}" for r, g, b in points.reshape(-1, 3).tolist()]
    return "\n".join(lines) + "\n"


SIZE_WORDS = ("LUT_1D_SIZE", "LUT_3D_SIZE")
RANGE_WORDS = ("LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE")
KEYWORDS = ("TITLE", "DOMAIN_MIN", "DOMAIN_MAX", *SIZE_WORDS, *RANGE_WORDS)


def _read_head(lines: list[str], name: str) -> tuple[dict[str, str], int]:
    """Return keyword → what stands behind it, and the index of the first row of numbers."""
    head: dict[str, str] = {}
    for index, line in enumerate(lines):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        keyword, _, rest = text.partition(" ") if "\t" not in text else text.partition("\t")
        if keyword[:1] in "+-.0123456789" or keyword.lower() in ("nan", "inf", "infinity"):
            return head, index
        if keyword not in KEYWORDS:
            raise InputError(f"{name}, line {index + 1}: {keyword[:40]!r} is no keyword of a .cube")
        if keyword in head:
            raise InputError(f"{name}, line {index + 1}: {keyword} stands there twice")
        head[keyword] = rest.strip().strip('"')
    return head, len(lines)


def _size_of(head: dict[str, str], name: str) -> tuple[int, bool]:
    sizes = [word for word in SIZE_WORDS if word in head]
    if len(sizes) == 2:
        raise InputError(f"{name} holds a 1D and a 3D table; export one of them, baked")
    if not sizes:
        raise InputError(f"{name} says no size: LUT_1D_SIZE or LUT_3D_SIZE is missing")
    is_3d = sizes[0] == "LUT_3D_SIZE"
    most, text = LARGEST_3D if is_3d else LARGEST_1D, head[sizes[0]]
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 2 <= int(text) <= most):
        raise InputError(f"{name}: {sizes[0]}={text[:40]!r} must be from 2 to {most}")
    return int(text), is_3d


def _read_rows(lines: list[str], first: int, rows: int, name: str) -> np.ndarray:
    """Return float64 (rows, 3)."""
    numbers = np.empty((rows, 3))
    filled = 0
    for index, line in enumerate(islice(lines, first, None), first):
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        if filled == rows:
            raise InputError(f"{name}, line {index + 1}: more than the {rows} rows its size says")
        if len(parts) < 3 and index == len(lines) - 1:
            raise InputError(f"{name} ends in the middle of line {index + 1}; it was cut off")
        numbers[filled] = _colour(parts, f"{name}, line {index + 1}")
        filled += 1
    if filled < rows:
        raise InputError(f"{name} ends after {filled} of {rows} rows; it was cut off")
    return numbers


def _colour(parts: list[str], where: str) -> Triple:
    try:
        red, green, blue = (float(part) for part in parts)
    except ValueError:
        text = " ".join(parts)[:60]
        raise InputError(f"{where}: {text!r} must be three numbers") from None
    for value in (red, green, blue):
        if not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
            raise InputError(
                f"{where}: {value} must be a number from −{LARGEST_NUMBER:g} to {LARGEST_NUMBER:g}"
            )
    return red, green, blue


def _domain_of(head: dict[str, str], name: str) -> tuple[Triple, Triple]:
    least: Triple = (0.0, 0.0, 0.0)
    most: Triple = (1.0, 1.0, 1.0)
    for word in RANGE_WORDS:
        if word in head:
            low, high = _numbers(head[word], 2, f"{name}: {word}")
            least, most = (low, low, low), (high, high, high)
    if "DOMAIN_MIN" in head:
        least = _colour(head["DOMAIN_MIN"].split(), f"{name}: DOMAIN_MIN")
    if "DOMAIN_MAX" in head:
        most = _colour(head["DOMAIN_MAX"].split(), f"{name}: DOMAIN_MAX")
    if any(high - low < 1e-6 for low, high in zip(least, most, strict=True)):
        raise InputError(f"{name}: DOMAIN_MIN={least} must be below DOMAIN_MAX={most}")
    return least, most


def _numbers(text: str, count: int, where: str) -> list[float]:
    values = _colour([*text.split(), *["0"] * (3 - count)], where)
    return list(values[:count])
