"""The filter line: what it understands, and that nothing is passed over."""

from __future__ import annotations

import pytest

from renders.readings.filterline import MOST_TERMS, STATUSES, Term, filter_line, suggestions

CAST = {"mara_voss": "Mara Voss", "ivo": "Ivo", "mark": "Mark"}


def terms(text: str) -> list[Term]:
    line = filter_line(text, cast=CAST)
    assert line.notes == []
    return line.terms


def test_the_line_of_the_help_is_understood() -> None:
    assert terms('scene:2 status:waiting size:cu cast:mara stale "bench"') == [
        Term("scene", "2", last=2),
        Term("status", "waiting"),
        Term("size", "CU"),
        Term("cast", "mara_voss"),
        Term("flag", "stale"),
        Term("words", "bench"),
    ]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("scene:2-4", Term("scene", "2", last=4)),
        ("-stale", Term("flag", "stale", is_not=True)),
        ("Waiting", Term("status", "waiting")),
        ("ecu", Term("size", "ECU")),
        ("ivo", Term("cast", "ivo")),
        ('cast:"Mara Voss"', Term("cast", "mara_voss")),
        ("status:stale", Term("flag", "stale")),
        ('-"night bus"', Term("words", "night bus", is_not=True)),
        ('"never closed', Term("words", "never closed")),
        ("code:S02-", Term("code", "S02-")),
    ],
)
def test_a_word_is_understood(text: str, term: Term) -> None:
    assert terms(text) == [term]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bench", "in quotes"),
        ("scene:two", "a scene is a number"),
        ("scene:²", "a scene is a number"),
        ("scene:1-2-3", "a scene is a number"),
        ("status:done", "waiting, approved"),
        ("size:xl", "ECU, CU"),
        ("cast:anna", "nobody here; in the cast: Ivo"),
        ("cast:ma", "may be Mara Voss, Mark"),
        ("colour:red", "there is scene:, status:"),
        ('""', "empty"),
        ("x" * 300, "…"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_stays(text: str, said: str) -> None:
    line = filter_line(f"{text} stale", cast=CAST)
    assert len(line.notes) == 1 and said in line.notes[0]
    assert line.terms == [Term("flag", "stale")]


def test_every_letter_typed_is_read_or_said() -> None:
    line = filter_line('a:b:c -- "" - : ":" cast: " ', cast=CAST)
    assert len(line.terms) + len(line.notes) >= 5


def test_a_pasted_page_is_read_to_a_limit_and_that_is_said() -> None:
    line = filter_line("stale " * 500, cast=CAST)
    assert len(line.terms) == MOST_TERMS
    assert "Only the first" in line.notes[-1]


def test_every_suggestion_is_understood() -> None:
    for word in suggestions(CAST, 3):
        assert terms(word)
    assert {f"status:{status}" for status in STATUSES} <= set(suggestions(CAST, 3))
