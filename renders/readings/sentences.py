"""The one table from an event's verb to a sentence in the film's words, and to the page it leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from projects.engine.briefsheet import BY_NAME
from projects.models import Event
from renders.readings.talk import name_of


class Kind(StrEnum):
    """What an event is about; the feed is filtered by it."""

    SCRIPT = "script"
    PICTURES = "pictures"
    VERDICTS = "verdicts"
    TALK = "talk"
    CUT = "cut"
    LOOK = "look"
    PEOPLE = "people"


KIND_NAMES: dict[Kind, str] = {
    Kind.SCRIPT: "Script and shots",
    Kind.PICTURES: "Pictures and jobs",
    Kind.VERDICTS: "Verdicts and retakes",
    Kind.TALK: "Comments and advice",
    Kind.CUT: "Cut and films",
    Kind.LOOK: "Look and cast",
    Kind.PEOPLE: "People",
}


class Page(StrEnum):
    """Where a sentence leads."""

    BOARD = "board"
    ROOM = "review"
    SHOT = "shot"
    SCRIPT = "script"
    CUT = "cut"
    LOOK = "look"
    PEOPLE = "people"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Sentence:
    """How a verb is told: `words` follow a person's name, `[…]` is the link, `{…}` comes from the payload.

    `by_apex`: the machine did it, for whoever the event names. `quote` names what of the payload is quoted below.
    """

    kind: Kind
    words: str
    page: Page
    quote: str = ""
    by_apex: bool = False


K, P = Kind, Page
SENTENCES: dict[str, Sentence] = {
    "project.created": Sentence(K.PEOPLE, "started [{name}]", P.BOARD),
    "project.commercial": Sentence(K.PEOPLE, "said that [{name}] is {use}", P.PEOPLE),
    "project.engines": Sentence(K.PICTURES, "said [who draws] first and who may follow", P.BOARD),
    "member.invited": Sentence(K.PEOPLE, "invited [{for_whom}] as {role}", P.PEOPLE),
    "invitation.withdrawn": Sentence(K.PEOPLE, "withdrew the invitation of [{for_whom}]", P.PEOPLE),
    "member.added": Sentence(K.PEOPLE, "{became}", P.PEOPLE),
    "member.removed": Sentence(K.PEOPLE, "took [{user}] off the project", P.PEOPLE),
    "script.imported": Sentence(
        K.SCRIPT, "broke [{name}] down into {shots} shots in {scenes} scenes", P.SCRIPT
    ),
    "script.written": Sentence(K.SCRIPT, "wrote [{title}] by {writer}", P.SCRIPT, by_apex=True),
    "script.edited": Sentence(K.SCRIPT, "edited the draft of [{title}]", P.SCRIPT),
    "scene.renamed": Sentence(K.SCRIPT, "renamed [scene {scene}]", P.SCRIPT, "changes"),
    "scene.updated": Sentence(K.SCRIPT, "changed [scene {scene}]", P.SCRIPT, "changes"),
    "scene.look": Sentence(K.LOOK, "changed the look of [scene {scene}]", P.SCRIPT, "changes"),
    "shot.look": Sentence(K.LOOK, "changed the look of [{code}]", P.SHOT, "changes"),
    "shot.updated": Sentence(K.SCRIPT, "changed the brief of [{code}]", P.SHOT, "changes"),
    "shot.cast": Sentence(K.SCRIPT, "changed who is seen in [{code}]", P.SHOT, "changes"),
    "shot.moved": Sentence(K.SCRIPT, "moved [{code}] in its scene", P.SHOT),
    "shot.split": Sentence(K.SCRIPT, "cut [{code}] in two: {new} is new", P.SHOT),
    "shot.merged": Sentence(K.SCRIPT, "joined {with} to [{code}]", P.SHOT),
    "shot.omitted": Sentence(K.SCRIPT, "left [{code}] out of the cut", P.SHOT),
    "shot.restored": Sentence(K.SCRIPT, "brought [{code}] back", P.SHOT),
    "shot.retake": Sentence(K.VERDICTS, "sent [{code}] to retake", P.ROOM, "reason"),
    "line.recorded": Sentence(K.SCRIPT, "brought a recording of the line of [{code}]", P.SHOT),
    "line.unrecorded": Sentence(K.SCRIPT, "took back the recording of [{code}]", P.SHOT),
    "shot.review_asked": Sentence(K.TALK, "asked {names} to review [{code}]", P.ROOM),
    "character.created": Sentence(K.LOOK, "added [{name}] to the cast", P.CHARACTER),
    "character.embodied": Sentence(K.LOOK, "cast [{name}] for the stage", P.CHARACTER),
    "character.updated": Sentence(K.LOOK, "changed [{name}]", P.CHARACTER, "changes"),
    "bible.published": Sentence(K.LOOK, "published [look {version}]", P.LOOK),
    "variant.created": Sentence(
        K.PICTURES, "drew [variant {number} of {code}]", P.ROOM, by_apex=True
    ),
    "variant.approved": Sentence(
        K.VERDICTS, "approved [variant {number} of {code}]", P.ROOM, "reason"
    ),
    "variant.rejected": Sentence(
        K.VERDICTS, "rejected [variant {number} of {code}]", P.ROOM, "reason"
    ),
    "variant.reopened": Sentence(
        K.VERDICTS, "took the verdict on [variant {number} of {code}] back", P.ROOM
    ),
    "variant.superseded": Sentence(
        K.VERDICTS, "set [variant {number} of {code}] aside for variant {by}", P.ROOM
    ),
    "variant.proved": Sentence(
        K.PICTURES, "made [variant {number} of {code}] again: {found}", P.ROOM
    ),
    "variant.recommended": Sentence(
        K.TALK, "{advises} [variant {number} of {code}]", P.ROOM, "words"
    ),
    "variant.unrecommended": Sentence(
        K.TALK, "took advice on [variant {number} of {code}] back", P.ROOM
    ),
    "comment.added": Sentence(K.TALK, "{spoke} [{place}]", P.ROOM, "says"),
    "comment.edited": Sentence(K.TALK, "corrected a comment on [{place}]", P.ROOM, "says"),
    "comment.resolved": Sentence(K.TALK, "resolved a thread on [{place}]", P.ROOM, "says"),
    "comment.reopened": Sentence(K.TALK, "opened a thread on [{place}] again", P.ROOM, "says"),
    "job.requested": Sentence(K.PICTURES, "asked for [{title}]", P.BOARD),
    "job.finished": Sentence(K.PICTURES, "{ended} [{title}]", P.BOARD, by_apex=True),
    "job.cancelled": Sentence(K.PICTURES, "cancelled [{title}]", P.BOARD),
    "job.retried": Sentence(K.PICTURES, "tried [{title}] again", P.BOARD),
    "cut.built": Sentence(K.CUT, "built [cut {version}]", P.CUT),
    "grade.saved": Sentence(K.CUT, "graded [{place}]", P.CUT),
    "table.imported": Sentence(K.CUT, "imported the colour table [{title}]", P.CUT),
    "delivery.ready": Sentence(
        K.CUT, "finished [a film of cut {cut}], check {verdict}", P.CUT, by_apex=True
    ),
}
UNKNOWN = Sentence(K.SCRIPT, "changed [something]", P.BOARD)
"""For a row of the log that an older or newer Apex wrote."""

ENDED = {"done": "finished", "failed": "could not finish", "cancelled": "stopped"}
ADVISES = {"for": "recommended", "against": "advised against"}
_LINK = re.compile(r"^(?P<before>[^\[]*)(?:\[(?P<link>[^\]]*)\](?P<after>.*))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an event, filled in: what stands before, in and after its link."""

    who: str
    before: str
    link: str
    after: str
    quote: str
    sentence: Sentence


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def verbs_of(kind: str) -> list[str]:
    """Return the verbs of a kind."""
    return [verb for verb, sentence in SENTENCES.items() if sentence.kind == kind]


def told(event: Event, *, words: str = "") -> Told:
    """Return an event as a sentence; `words` replace the table's where a person is spoken to."""
    sentence = SENTENCES.get(event.verb, UNKNOWN)
    facts = _facts(event)
    parts = _LINK.match(words or sentence.words)
    assert parts is not None  # the pattern matches every text
    filled = {name: (part or "").format_map(facts) for name, part in parts.groupdict().items()}
    return Told(
        who=_who(event, sentence),
        before=filled["before"],
        link=filled["link"],
        after=filled["after"]
        + (" for " + name_of(event.actor) if _is_for(event, sentence) else ""),
        quote=_quote(event.payload.get(sentence.quote)) if sentence.quote else "",
        sentence=sentence,
    )


def _is_for(event: Event, sentence: Sentence) -> bool:
    return sentence.by_apex and event.actor is not None


def _who(event: Event, sentence: Sentence) -> str:
    if sentence.by_apex or event.actor is None:
        return "Apex"
    if event.payload.get("actor_kind") == "policy":
        return f"A policy set going by {name_of(event.actor)}"
    return name_of(event.actor)


def _facts(event: Event) -> _Facts:
    facts = _Facts({k: v for k, v in event.payload.items() if v is not None})
    user, role = facts["user"], facts["role"]
    is_self = event.actor is not None and event.actor.get_username() == user
    number = event.payload.get("number")
    facts |= {
        "became": f"joined as {role}" if is_self else f"made {user} {role}",
        "ended": ENDED.get(str(facts["status"]), "ended"),
        "advises": ADVISES.get(str(facts["advice"]), "gave advice on"),
        "spoke": "answered on" if event.payload.get("is_reply") else "commented on",
        "place": f"variant {number} of {facts['code']}" if number else facts["code"],
    }
    return facts


def _quote(value: object) -> str:
    if isinstance(value, Mapping):
        changes = (_change(name, pair) for name, pair in value.items())
        return "; ".join(change for change in changes if change)
    return str(value) if value else ""


def _change(name: str, pair: object) -> str:
    if not isinstance(pair, list) or len(pair) != 2:
        return ""
    label = BY_NAME[name].label if name in BY_NAME else name.replace("_", " ").capitalize()
    return f"{label}: {pair[0]} → {pair[1]}"
