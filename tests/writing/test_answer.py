"""A model's answer: found among other words, checked to the last element, faults by path, no markup through it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from projects.engine.script import parse_script
from projects.engine.script.model import Action, Dialogue
from projects.engine.writing.answer import AnswerFaulty, script_from_answer
from projects.engine.writing.fountain import cue_of, fountain_of
from projects.engine.writing.schema import ANSWER_SCHEMA

GOOD: dict[str, Any] = {
    "title": "The Lost Ferry",
    "logline": "A judge asks about a ferry.",
    "scenes": [
        {
            "heading": "INT. COURTROOM - DAY",
            "elements": [
                {"type": "action", "text": "ADA QUIROGA (50s) waits.", "character": "", "manner": ""},
                {"type": "dialogue", "text": "Begin.", "character": "Ada", "manner": "quietly"},
                {"type": "dialogue", "text": "I was there.", "character": "Tom", "manner": "V.O."},
            ],
        }
    ],
}  # fmt: skip


def _with(path: str, value: Any) -> str:
    document = json.loads(json.dumps(GOOD))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    at = document
    for step in way:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return json.dumps(document)


def _faults(answer: str) -> list[str]:
    with pytest.raises(AnswerFaulty) as caught:
        script_from_answer(answer)
    return caught.value.faults


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}",
        "```json\n{}\n```",
        "Here is your script:\n```\n{}\n```\nEnjoy!",
        "<think>A ferry {{lost}}…</think>\n\n{}",
        "Sure. {} Anything else?",
        "\ufeff{}",
    ],
)
def test_a_script_is_found_in_every_wrapping_models_use(wrapped: str) -> None:
    bare = json.dumps(GOOD)
    script = script_from_answer(wrapped.replace("{{", "{").replace("}}", "}").replace("{}", bare))
    assert script.title == "The Lost Ferry"
    assert [element.character for element in script.scenes[0].elements] == ["", "Ada", "Tom"]


def test_the_good_answer_fits_the_schema_that_is_sent() -> None:
    import jsonschema

    jsonschema.validate(GOOD, ANSWER_SCHEMA)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("title", ..., "$.title is missing; valid: a string"),
        ("title", 7, "$.title is a number; valid: a string"),
        ("title", " \u202e ", "$.title is empty; valid: words"),
        ("logline", "x" * 401, "$.logline is 401 letters long; valid: at most 400"),
        ("scenes", {}, "$.scenes is an object; valid: a list of 1 to 40"),
        ("scenes", [], "$.scenes has 0 entries; valid: 1 to 40"),
        ("scenes.0", "a scene", "$.scenes[0] is a string; valid: an object"),
        ("scenes.0.mood", "dark", "$.scenes[0] has mood; valid: only elements, heading"),
        ("scenes.0.heading", "The court", '$.scenes[0].heading is "The court"; valid: a heading such'),
        ("scenes.0.elements.1.type", "speech", '$.scenes[0].elements[1].type is "speech"; valid: \'action\''),
        ("scenes.0.elements.1.character", "", "$.scenes[0].elements[1].character is empty; valid: words"),
        ("scenes.0.elements.1.character", "…", "valid: a name with letters"),
        ("scenes.0.elements.0.text", None, "$.scenes[0].elements[0].text is null; valid: a string"),
        ("scenes.0.elements.0.text", "x" * 701, "$.scenes[0].elements[0].text is 701 letters long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_path(path: str, value: Any, told: str) -> None:
    (fault,) = _faults(_with(path, value))
    assert told in fault


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("", "$ is empty"),
        ("<think>hm</think>", "$ is empty"),
        ("I cannot do that.", "$ is no JSON object"),
        ("[1, 2]", "$ is no JSON object"),
        ('{"title": "x", "sce', "$ is no JSON object"),
        ("[" * 100_000, "$ is no JSON object"),
        ("x" * 400_001, "at most 400,000 are read"),
    ],
    ids=range(7),
)
def test_what_is_no_json_object_says_so(answer: str, told: str) -> None:
    assert told in _faults(answer)[0]


def test_all_faults_are_told_at_once() -> None:
    faults = _faults(json.dumps({"title": 1, "scenes": [{"heading": "x", "elements": [{}]}]}))
    assert len(faults) == 5
    assert faults[-1].startswith("$.scenes[0].elements[0].text")


HOSTILE = [
    "INT. ANOTHER ROOM - NIGHT",
    ".FORCED HEADING",
    "CUT TO:",
    "FADE OUT.",
    "> centred <",
    "# Section",
    "= synopsis",
    "===",
    "~lyrics",
    "@CUE",
    "!forced",
    "[[ a note",
    "/* a boneyard",
    "EVERYBODY SHOUTS",
    "*bold* _under_ \\* ^",
    "(beat)",
    "Stop! Now = never #3 @home",
    "Title: other",
    "{{braces}}",
    "line\nINT. SECOND LINE - DAY\n\nMORE",
]


def test_no_words_of_an_answer_become_markup() -> None:
    document = json.loads(json.dumps(GOOD))
    speeches = [
        {"type": "dialogue", "text": words, "character": name, "manner": words}
        for words, name in zip(HOSTILE, ["Ada^", "EXT. Bob", "@eve", "Ada (V.O.)", "李雷"] * 4, strict=False)
    ]  # fmt: skip
    actions = [{"type": "action", "text": words, "character": "Ada"} for words in HOSTILE]
    pairs = [each for pair in zip(actions, speeches, strict=True) for each in pair]
    document["scenes"][0]["elements"] = pairs
    document["title"] = document["logline"] = "Title: x ]] /* *bold*"
    text = fountain_of(script_from_answer(json.dumps(document)), credit="By a model", note="noir")
    screenplay = parse_script(text.encode(), name="a.fountain")
    (scene,) = screenplay.scenes
    assert (scene.heading, scene.transition) == ("INT. COURTROOM - DAY", "")
    kinds = [type(element) for element in scene.elements]
    assert kinds == [Action, Dialogue] * len(HOSTILE)
    assert screenplay.credit == "By a model"
    assert "Stop! Now = never #3 @home" in [element.text for element in scene.elements]


def test_cues_stay_cues() -> None:
    assert [cue_of(name) for name in ("Ada Quiroga", "judge (v.o.)", "Ext Bob", "李雷", "2nd man")] == [
        "ADA QUIROGA", "JUDGE", "@EXT BOB", "@李雷", "@2ND MAN",
    ]  # fmt: skip


def test_a_voice_unseen_and_a_manner_are_kept_apart() -> None:
    text = fountain_of(script_from_answer(json.dumps(GOOD)), credit="By m", note="n")
    speeches = [
        element
        for element in parse_script(text.encode(), name="a.fountain").scenes[0].elements
        if isinstance(element, Dialogue)
    ]
    assert [(s.cue, s.extension, s.parenthetical) for s in speeches] == [
        ("ADA", "", "quietly"),
        ("TOM", "V.O.", ""),
    ]
