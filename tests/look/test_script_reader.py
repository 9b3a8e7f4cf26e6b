"""Bytes of script files: what is read, and what is refused with a clear word."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from projects.engine.script.reader import MOST_BYTES, read_script

SCENE = "INT. KÖK - NATT\n\nÅSA\nHej – då.\n"


def test_utf8_with_and_without_byte_order_mark_reads_the_same() -> None:
    plain = read_script(SCENE.encode("utf-8"), name="a.fountain")
    assert plain == SCENE
    assert read_script(SCENE.encode("utf-8-sig"), name="a.fountain") == plain


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_utf16_with_byte_order_mark_reads(encoding: str) -> None:
    mark = {"utf-16": b"", "utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}[encoding]
    assert read_script(mark + SCENE.encode(encoding), name="a.txt") == SCENE


def test_windows_1252_reads_when_it_is_not_utf8() -> None:
    assert read_script("JOSÉ – “hola”".encode("cp1252"), name="a.txt") == "JOSÉ – “hola”"


def test_bytes_undefined_in_windows_1252_still_read_as_latin_1() -> None:
    text = read_script("É ".encode("latin-1") + b"\x81 and some more words" * 1, name="a.txt")
    assert text.startswith("É")


def test_line_ends_become_newlines() -> None:
    assert read_script(b"a\r\nb\rc\n", name="a.txt") == "a\nb\nc\n"


def test_decomposed_letters_become_one_letter() -> None:
    assert read_script("A\u030aSA".encode(), name="a.txt") == "ÅSA"


@pytest.mark.parametrize("content", [b"", b" \n\t \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_script_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(InputError, match=r"empty\.fountain is empty"):
        read_script(content, name="empty.fountain")


def test_a_script_over_two_megabytes_is_refused_and_one_of_two_is_not() -> None:
    with pytest.raises(InputError, match="at most 2,097,152 bytes"):
        read_script(b"a" * (MOST_BYTES + 1), name="big.txt")
    assert len(read_script(b"a" * MOST_BYTES, name="big.txt")) == MOST_BYTES


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(range(256)) * 4, "not text"),
        (b"hello\0world", "control characters"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "zip or Word"),
        (b"{\\rtf1 hi}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_binary_junk_is_refused_with_what_is_valid(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_script(content, name="junk.bin")
    assert "junk.bin" in caught.value.message
    assert "valid: Fountain or plain text" in caught.value.message


def test_the_line_of_the_first_control_character_is_named() -> None:
    with pytest.raises(InputError, match="the first on line 3"):
        read_script(b"a\nb\nc\0", name="x.txt")
