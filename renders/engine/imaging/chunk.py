"""A picture's recipe inside its PNG: written as an iTXt chunk, read back with bounds on every length.

Source: PNG specification, third edition (W3C, 2025), 11.3.3.4 iTXt; 5.3 chunk layout.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from apexsite.kit.documents import Document, stable_json
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3, require_picture

KEYWORD = "apex.recipe"
TOLD = "what this PNG says of how it was made"
"""What the recipe is called in faults: people never read the word."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS = 20_000
MOST_PACKED_BYTES = 1 << 20
MOST_BYTES = 4 << 20
"""House choices: ten times what the longest recipe of a shot with eight people takes."""

EMBEDDED: tuple[str, ...] = (
    "schema", "backend", "engine", "engine_version", "licence", "models", "quality",
    "seed", "variant_index", "width", "height", "brief", "cast", "bible", "bible_version", "prompt",
    "references", "options", "blocking", "pixels_sha256",
)  # fmt: skip
"""What of a recipe goes into the file. Not the scene's other shots, the bodies' numbers, costs, hops, times and folders
(parameters), versions of software, or what a site says of a licence: the same pixels are the same file on every machine."""
OF_MODEL: tuple[str, ...] = ("id", "revision", "sha256", "licence")

PRIVATE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "an address"),
    (
        re.compile(
            r"(?:AIza[\w-]{20,}|\b(?:sk|hf|ghp|gho|xox[abp]|r8)[-_][\w-]{12,}|Bearer\s+[\w.~+/-]{8,}=*"
            r"|eyJ[\w-]{10,}\.[\w-]+\.[\w-]+|AKIA[0-9A-Z]{12,})"
        ),
        "a key",
    ),
    (re.compile(r"(?:file://|[A-Za-z]:\\|\\\\\w)[^\s\"']*"), "a path"),
    (
        re.compile(
            r"(?<![\w/.])~?/(?:home|Users|root|var|tmp|mnt|srv|opt|etc|usr|data|media|private)/[^\s\"']*"
        ),
        "a path",
    ),
)
"""What nobody who is shown a picture should read in it, wherever it was typed."""


def picture_file(pixels: Bytes3, recipe: Mapping[str, Any]) -> bytes:
    """Return a PNG of uint8 H×W×3 with the recipe inside; the same pixels and recipe give the same bytes."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    require_picture(pixels)
    told = PngInfo()
    told.add_itxt(
        "Software", f"Apex ({recipe.get('engine', '')} {recipe.get('engine_version', '')})"
    )
    told.add_itxt("Description", _described(recipe))
    told.add_itxt(KEYWORD, stable_json(public_recipe(recipe)), zip=True)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=3, pnginfo=told)
    return buffer.getvalue()


def public_recipe(recipe: Mapping[str, Any]) -> Document:
    """Return what of a recipe may travel with its picture: addresses, keys and paths are left out, and whose idea it was."""
    document = {name: recipe[name] for name in EMBEDDED if name in recipe}
    options = {k: v for k, v in dict(document.get("options", {})).items() if k != "because"}
    models = [
        {name: model[name] for name in OF_MODEL if name in model}
        for model in document.get("models", ())
    ]
    found: Document = _without_private({**document, "options": options, "models": models})
    return found


def embedded_recipe(content: bytes) -> Document:
    """Return the recipe inside a PNG as it stands there, unchecked but bounded.

    Raises `InputError` for what is no PNG, holds no recipe or several, is broken, or unpacks to too much.
    """
    found = [body for kind, body in chunks(content) if kind == b"iTXt" and _is_ours(body)]
    if not found:
        raise InputError(
            "this PNG does not say how Apex made it: it was brought, made before pictures said so, "
            "or saved by a program that leaves it out"
        )
    if len(found) > 1:
        raise InputError(
            f"this PNG says {len(found)} times how it was made; a picture of Apex says it once"
        )
    text = _text(found[0])
    try:
        document = json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as err:
        raise InputError(f"{TOLD} is broken: {err}") from err
    if not isinstance(document, dict):
        raise InputError(f"$ of {TOLD} must be an object")
    return document


def without_texts(content: bytes) -> bytes:
    """Return a PNG with only what its pixels need, so that no text in it is ever unpacked by who decodes it."""
    parts = [SIGNATURE]
    for kind, body in chunks(content):
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            parts += [struct.pack(">I", len(body)), kind, body]
            parts.append(struct.pack(">I", zlib.crc32(kind + body)))
    return b"".join(parts)


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG with their bodies; raises `InputError` for a broken one."""
    if not content.startswith(SIGNATURE):
        raise InputError("the file is no PNG; a picture of Apex as it was downloaded is one")
    at, count = len(SIGNATURE), 0
    while at < len(content):
        count += 1
        if count > MOST_CHUNKS:
            raise InputError(f"this PNG has more than {MOST_CHUNKS} chunks")
        if at + 12 > len(content):
            raise InputError(f"this PNG is cut off at byte {at}")
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 8 + length
        if end + 4 > len(content):
            raise InputError(f"this PNG is cut off inside its chunk at byte {at}")
        body = content[at + 8 : end]
        (kept,) = struct.unpack_from(">I", content, end)
        if zlib.crc32(kind + body) != kept:
            raise InputError(f"this PNG is damaged: its chunk at byte {at} does not add up")
        yield kind, body
        if kind == b"IEND":
            return
        at = end + 4
    raise InputError("this PNG has no end")


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _is_ours(body: bytes) -> bool:
    return body.partition(b"\0")[0] == KEYWORD.encode("ascii")


def _text(body: bytes) -> str:
    """Return the text of an iTXt chunk: keyword, flag, method, language, translated keyword, text."""
    _, _, rest = body.partition(b"\0")
    if len(rest) < 2 or rest[0] not in (0, 1) or rest[1] != 0:
        raise InputError(f"{TOLD} is packed in a way that is not known")
    is_packed = rest[0] == 1
    packed = rest[2:].split(b"\0", 2)[-1]
    most = MOST_PACKED_BYTES if is_packed else MOST_BYTES
    if len(packed) > most:
        raise InputError(f"{TOLD} has {len(packed)} bytes; at most {most} are read")
    raw = _unpacked(packed) if is_packed else packed
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as err:
        raise InputError(f"{TOLD} is no UTF-8: {err}") from err


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(packed, MOST_BYTES + 1)
    except zlib.error as err:
        raise InputError(f"{TOLD} is broken: {err}") from err
    if len(raw) > MOST_BYTES:
        raise InputError(f"{TOLD} unpacks to more than {MOST_BYTES} bytes")
    if not unpacker.eof:
        raise InputError(f"{TOLD} is cut off")
    return raw


def _described(recipe: Mapping[str, Any]) -> str:
    brief = recipe.get("brief") or {}
    code = str(brief.get("code", "a shot"))
    told = f"Shot {code}, drawn by Apex from its brief; seed {recipe.get('seed')}"
    return str(_without_private(told))


def _without_private(value: Any) -> Any:
    if isinstance(value, str):
        for pattern, name in PRIVATE:
            value = pattern.sub(f"[{name} left out]", value)
        return value
    if isinstance(value, Mapping):
        return {str(_without_private(k)): _without_private(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_private(inner) for inner in value]
    return value
