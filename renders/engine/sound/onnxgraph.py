"""An inner value of an ONNX model made an output, by a few bytes at its end; the model's file stays as it is."""

from __future__ import annotations

GRAPH_FIELD, OUTPUT_FIELD, NAME_FIELD = 7, 12, 1
"""Numbers of ModelProto.graph, GraphProto.output, ValueInfoProto.name. Source: onnx.proto3."""


def with_output(model: bytes, name: str) -> bytes:
    """Return the model with one more output, the value called `name`.

    A message field that stands twice in a protobuf is merged, so a second graph holding nothing but an output adds
    it to the first. Source: Protocol Buffers encoding, "Last One Wins".
    """
    value = _field(NAME_FIELD, name.encode())
    return model + _field(GRAPH_FIELD, _field(OUTPUT_FIELD, value))


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
