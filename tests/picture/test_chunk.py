"""A recipe inside a PNG: written the same each time, without private words, read back with bounds on everything."""

from __future__ import annotations

import io
import json
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.documents import stable_json
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import png_bytes, read_picture
from renders.engine.imaging.chunk import (
    EMBEDDED,
    KEYWORD,
    SIGNATURE,
    chunks,
    embedded_recipe,
    picture_file,
    public_recipe,
    without_texts,
)
from renders.engine.imaging.chunkcheck import checked_recipe
from renders.engine.imaging.distance import pixels_sha256

PIXELS = np.arange(48 * 64 * 3, dtype=np.uint32).reshape(48, 64, 3).astype(np.uint8)
RECIPE = {
    "schema": "apex.recipe/1",
    "backend": "storyboard",
    "engine": "sketch",
    "engine_version": "2",
    "seed": 7,
    "variant_index": 1,
    "width": 64,
    "height": 48,
    "brief": {
        "code": "s01_010",
        "place": "COURTROOM",
        "action": "Mara looks up – ärgerlich.",
        "cast": ["a"],
    },
    "cast": [{"key": "a", "name": "Mara"}],
    "bible": {},
    "models": [{"id": "m", "licence": "L", "is_commercial": True}],
    "options": {"steps": 30, "because": ["dora: not like that"]},
    "parameters": {"kept_as": "x", "seconds": 3.2},
    "software": {"numpy": "2"},
    "media_sha256": "0" * 64,
    "hops": [{"reason": "r"}],
    "pixels_sha256": pixels_sha256(PIXELS),
}


def itxt(raw: bytes, *, packed: bool = True, keyword: str = KEYWORD) -> bytes:
    body = zlib.compress(raw) if packed else raw
    return keyword.encode() + b"\0" + bytes([packed, 0]) + b"\0\0" + body


def with_chunk(*bodies: bytes, kind: bytes = b"iTXt") -> bytes:
    """Return a PNG with further chunks behind its header."""
    parts = [SIGNATURE]
    for number, (name, body) in enumerate(chunks(png_bytes(PIXELS))):
        parts += [
            struct.pack(">I", len(body)),
            name,
            body,
            struct.pack(">I", zlib.crc32(name + body)),
        ]
        if number == 0:
            for one in bodies:
                parts += [struct.pack(">I", len(one)), kind, one]
                parts.append(struct.pack(">I", zlib.crc32(kind + one)))
    return b"".join(parts)


def test_the_same_picture_and_recipe_are_the_same_bytes_and_come_back_whole():
    file = picture_file(PIXELS, RECIPE)
    assert file == picture_file(PIXELS.copy(), json.loads(json.dumps(RECIPE)))
    assert embedded_recipe(file) == public_recipe(RECIPE)
    assert checked_recipe(embedded_recipe(file))["seed"] == 7
    assert np.array_equal(read_picture(file), PIXELS)
    assert pixels_sha256(read_picture(without_texts(file))) == RECIPE["pixels_sha256"]
    with Image.open(io.BytesIO(file)) as image:
        assert image.info["Software"] == "Apex (sketch 2)"
        assert "s01_010" in image.info["Description"] and "seed 7" in image.info["Description"]


def test_times_folders_versions_hops_and_whose_idea_it_was_stay_at_home():
    told = public_recipe(RECIPE)
    assert set(told) <= set(EMBEDDED)
    assert not {"parameters", "software", "media_sha256", "hops", "scene", "bodies"} & set(told)
    assert told["options"] == {"steps": 30}
    assert told["models"] == [{"id": "m", "licence": "L"}]


@pytest.mark.parametrize(
    "private",
    [
        "mara.voss+x@example.co.uk",
        "AIzaSyA1234567890abcdefghijklmnopqrstuv",
        "sk-proj-abcdefghijklmnop1234",
        "hf_abcdefghijklmnopqrst",
        "Bearer abc.def-ghi_jkl",
        "/home/dora/refs/mara.png",
        "C:\\Users\\dora\\mara.png",
        "file:///srv/x.png",
    ],
)
def test_addresses_keys_and_paths_typed_anywhere_are_left_out(private):
    typed = f"like {private} but older"
    recipe = {
        **RECIPE,
        "brief": {**RECIPE["brief"], "code": private, "action": typed},
        "bible": {"notes": [{"deep": typed, private: 1}]},
        "prompt": {"parts": [{"words": typed}]},
    }
    file = picture_file(PIXELS, recipe)
    text = stable_json(embedded_recipe(file))
    assert private not in text and private.encode() not in file
    assert "left out]" in text and "but older" in text


def test_plain_words_are_left_alone():
    words = "INT./EXT. CAR – 24/7, and/or 2/3; see s01/010. Meet at 5@the bar"
    told = public_recipe({**RECIPE, "brief": {**RECIPE["brief"], "action": words}})
    assert told["brief"]["action"] == words


GOOD = json.dumps(public_recipe(RECIPE)).encode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "no PNG"),
        (b"\xff\xd8\xff\xe0 a jpeg", "no PNG"),
        (png_bytes(PIXELS), "does not say how Apex made it"),
        (with_chunk(itxt(GOOD), itxt(GOOD)), "2 times how it was made"),
        (with_chunk(itxt(b"{")), "broken"),
        (with_chunk(itxt(b"[1]")), "must be an object"),
        (with_chunk(itxt(b'{"seed": NaN}')), "no JSON number"),
        (with_chunk(itxt(b"[" * 100_000)), "broken"),
        (with_chunk(itxt(b'{"a":' + b"9" * 9000 + b"}")), "broken"),
        (with_chunk(itxt(b"\xff\xfe{}")), "no UTF-8"),
        (with_chunk(KEYWORD.encode() + b"\0\x01\x00\0\0not zlib"), "broken"),
        (with_chunk(KEYWORD.encode() + b"\0\x05\x00\0\0x"), "not known"),
        (with_chunk(KEYWORD.encode() + b"\0"), "not known"),
        (with_chunk(itxt(GOOD)[:-9]), "cut off"),
        (with_chunk(itxt(b" " * (6 << 20))), "unpacks to more"),
        (with_chunk(itxt(b" " * (5 << 20), packed=False)), "at most"),
        (picture_file(PIXELS, RECIPE)[:200], "cut off"),
        (picture_file(PIXELS, RECIPE)[:-12], "no end"),
        (picture_file(PIXELS, RECIPE).replace(b"Apex (", b"Apix ("), "does not add up"),
        (SIGNATURE + (b"\0\0\0\0tEXt" + struct.pack(">I", zlib.crc32(b"tEXt"))) * 20_001, "chunks"),
        (SIGNATURE + b"\xff\xff\xff\xffiTXt", "cut off"),
    ],
)
def test_forged_huge_and_broken_files_are_refused(file, words):
    with pytest.raises(InputError, match=words):
        embedded_recipe(file)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("seed",), "7", r"\$\.seed .*integer"),
        (("seed",), -1, r"\$\.seed"),
        (("seed",), True, r"\$\.seed"),
        (("options", "steps"), 1e9, r"\$\.options\.steps"),
        (("options", "loras"), [{"model": "x", "path": "/etc"}], r"\$\.options\.loras\[0\]"),
        (("options", "shell"), "rm", r"\$\.options"),
        (("brief", "action"), {"x": 1}, r"\$\.brief\.action"),
        (("cast",), [{"key": 1, "name": "x"}], r"\$\.cast\[0\]\.key"),
        (("backend",), "../x", r"\$\.backend"),
        (("width",), 10**9, r"\$\.width"),
        (("brief", "place"), "\ud800", "half a character"),
        (("brief", "place"), "\x00", "NUL"),
    ],
)
def test_a_wrong_part_is_named_by_its_path(path, value, words):
    document = json.loads(GOOD)
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(InputError, match=words):
        checked_recipe(document)


def test_a_recipe_without_a_part_or_nested_without_end_is_refused():
    document = json.loads(GOOD)
    del document["seed"]
    with pytest.raises(InputError, match="'seed' is a required"):
        checked_recipe(document)
    deep: dict[str, object] = {}
    for _ in range(40):
        deep = {"x": deep}
    with pytest.raises(InputError, match="nested deeper"):
        checked_recipe({**json.loads(GOOD), "bible": deep})
