"""HTTP ranges and validators of one file: which bytes a request asks for, and whether it needs any at all.

Source: RFC 9110, sections 8.8.3 (ETag), 13 (conditions) and 14 (ranges). One range an answer; several are answered whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# 18 digits hold an exabyte; a longer number is no request for a part of a file.
BYTES_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII | re.IGNORECASE)
ETAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True, slots=True)
class Part:
    """What to send: HTTP status, first byte and number of bytes of a file of `size_bytes`."""

    status: int
    start: int
    length: int
    size_bytes: int

    @property
    def content_range(self) -> str:
        """Return the Content-Range header; empty for an answer that has none."""
        if self.status == 206:
            return f"bytes {self.start}-{self.start + self.length - 1}/{self.size_bytes}"
        return f"bytes */{self.size_bytes}" if self.status == 416 else ""


def strong_etag(sha256: str) -> str:
    """Return the strong entity tag of a content."""
    return f'"{sha256}"'


def range_parse(header: str, size_bytes: int) -> Part | None:
    """Return the part a `Range` header asks for, a 416 part when it lies outside, None when the header is to be ignored."""
    found = BYTES_RANGE.fullmatch(header)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if first == "":
        wanted = min(int(last), size_bytes)
        if wanted == 0:
            return Part(416, 0, 0, size_bytes)
        return Part(206, size_bytes - wanted, wanted, size_bytes)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size_bytes:
        return Part(416, 0, 0, size_bytes)
    end = min(int(last), size_bytes - 1) if last else size_bytes - 1
    return Part(206, start, end - start + 1, size_bytes)


def part_wanted(method: str, headers: Mapping[str, str], *, size_bytes: int, sha256: str) -> Part:
    """Return what to send for a request: 200 whole, 206 a part, 304 nothing new, 416 outside.

    `If-None-Match` goes before `Range`; a range is for GET alone, and only while `If-Range` names these very bytes.
    """
    tag = strong_etag(sha256)
    known = headers.get("If-None-Match", "")
    if known.strip() == "*" or tag in ETAG.findall(known):
        return Part(304, 0, 0, size_bytes)
    whole = Part(200, 0, size_bytes, size_bytes)
    asked = headers.get("Range", "")
    condition = headers.get("If-Range", "").strip()
    if method != "GET" or not asked or condition not in ("", tag):
        return whole
    return range_parse(asked, size_bytes) or whole
