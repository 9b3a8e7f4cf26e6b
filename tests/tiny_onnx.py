"""A style model of three numbers: the mean of each channel, as a true ONNX file written by hand."""

from __future__ import annotations

from pathlib import Path


def write_style_model(path: Path, *, channels: int = 3) -> str:
    """Write the model (1×3×32×32 in, 1×3 out) and return its path; with other channels it takes no picture."""
    axes = _field(1, b"axes") + b"".join(_field(8, axis) for axis in (2, 3)) + _field(20, 7)
    keep = _field(1, b"keepdims") + _field(3, 0) + _field(20, 2)
    node = _field(1, b"picture") + _field(2, b"style") + _field(4, b"ReduceMean")
    node += _field(5, axes) + _field(5, keep)
    graph = _field(1, node) + _field(2, b"style")
    graph += _field(11, _value(b"picture", 1, channels, 32, 32))
    graph += _field(12, _value(b"style", 1, channels))
    path.write_bytes(_field(1, 8) + _field(7, graph) + _field(8, _field(2, 13)))
    return str(path)


def _field(number: int, value: bytes | int) -> bytes:
    """Return one field: a small number, or bytes with their length. Source: protobuf's encoding, onnx.proto3."""

    def varint(n: int) -> bytes:
        return bytes([n]) if n < 128 else bytes([n & 127 | 128]) + varint(n >> 7)

    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def _value(name: bytes, *sides: int) -> bytes:
    shape = b"".join(_field(1, _field(1, side)) for side in sides)
    return _field(1, name) + _field(2, _field(1, _field(1, 1) + _field(2, shape)))
