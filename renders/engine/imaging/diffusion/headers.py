"""The header of a safetensors file: names, shapes and what its maker wrote, read without loading a number."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.errors import InputError
from apexsite.kit.faultwords import words_of_fault

MOST_HEADER_BYTES = 100_000_000
"""Source: the limit of the format, safetensors README."""


@dataclass(frozen=True, slots=True)
class TensorHeader:
    """Shapes by tensor name, and the maker's own words by key."""

    shapes: Mapping[str, tuple[int, ...]]
    words: Mapping[str, str]

    @property
    def number_count(self) -> int:
        """Return how many numbers the file holds."""
        return sum(math.prod(shape) for shape in self.shapes.values())


def read_header(path: Path) -> TensorHeader:
    """Return a file's header; raises `InputError` for what is no safetensors file or is cut short.

    Source: the format, 8 bytes little-endian length, a JSON header, then the numbers (safetensors README).
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > min(MOST_HEADER_BYTES, size - 8):
                raise ValueError(f"its header would have {length} bytes")
            document = json.loads(file.read(length))
        words = document.pop("__metadata__", {})
        shapes = {name: tuple(map(int, row["shape"])) for name, row in document.items()}
        ends = max((int(row["data_offsets"][1]) for row in document.values()), default=0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error) as err:
        raise InputError(
            f"{path.name} is no whole safetensors file: {words_of_fault(err, path)}"
        ) from err
    if ends + 8 + length != size:
        raise InputError(f"{path.name} has {size} bytes, its header says {ends + 8 + length}")
    return TensorHeader(shapes, {str(key): str(value) for key, value in words.items()})
