"""A shot's card as HTML. Written in Python and not as a template: a page draws a hundred, and a template costs ten times as much.

Addresses are written out for the same reason; `tests/renders/test_board.py` resolves each. Everything a person
typed goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from renders.readings.cards import ShotCard

STALE = '<span class="mark stale" title="The brief changed since this was made">⟳ stale</span>'
RETAKE = '<span class="mark waiting">↻ retake</span>'
QUICK = '<span class="mark" title="Drawn in seconds by the stage. Approve it, and its draft takes its place">sketch</span>'
REJECTED = '<span class="mark rejected">✕ rejected</span>'
NOTHING, DRAWING = '<span class="none">No variants yet</span>', '<span class="none">Drawing…</span>'


def cards_markup(
    cards: Iterable[ShotCard], *, tier: str, may_make: bool, may_ask: bool, is_swap: bool = False
) -> SafeString:
    """Return the markup of cards; `is_swap` marks each to replace the one of the same shot on the page."""
    return mark_safe(  # noqa: S308
        "".join(
            _card(card, tier=tier, may_make=may_make, may_ask=may_ask, is_swap=is_swap)
            for card in cards
        )
    )


def _card(card: ShotCard, *, tier: str, may_make: bool, may_ask: bool, is_swap: bool) -> str:
    pk, code = str(card.pk), escape(card.code)
    swap = ' hx-swap-oob="true"' if is_swap else ""
    score = (
        f'<span class="score" title="Score of the variant shown">{card.score:.2f}</span>'
        if card.score is not None
        else ""
    )
    tick = (
        f'<label class="tick"><input type="checkbox" name="shot" value="{pk}" form="bulk" tabindex="-1" '
        f'aria-label="Tick {code}"></label>'
        if may_make
        else ""
    )
    hidden = "" if card.tasks_open else " hidden"
    return (
        f'<article class="card" id="shot-{pk}" data-shot="{pk}" data-card="/shots/{pk}/card"{swap}>\n'
        f'<a class="still" href="/shots/{pk}/review?tier={tier}" data-testid="open-review" '
        f'aria-label="Review {code}">{_still(card, code)}{_corner(card)}'
        f'<span class="progress"{hidden} data-testid="progress">'
        f'<i style="width:{card.progress_percent}%"></i></span></a>{tick}\n'
        f'<div class="facts"><a class="code" href="/shots/{pk}/" title="The brief of {code}">{code}</a>'
        f'<span class="quiet">{card.facts}</span>{score}</div>\n'
        f'<p class="words">{escape(card.words)}</p>{_why(card)}{_ask(card, pk) if may_ask else ""}</article>\n'
    )


def _still(card: ShotCard, code: str) -> str:
    if card.picture is None:
        return DRAWING if card.tasks_open else NOTHING
    return (
        f'<img src="/media/variants/{card.picture}/thumbnail" alt="{code}, {escape(card.action[:80])}" '
        'loading="lazy" decoding="async">'
    )


def _corner(card: ShotCard) -> str:
    marks = RETAKE if card.status == "retake" else ""
    if card.is_stand_in:
        why = escape(card.stand_in_why or "The stage could not draw this; a sketch stands in")
        marks += f'<span class="mark" title="{why}">✎ sketch</span>'
    if card.is_sketch:
        marks += QUICK
    if card.drift:
        far = f"Drifts from the look: {card.drift:.2f}, the limit is {card.drift_limit:.2f}"
        marks += f'<span class="mark drift" title="{far}">↗ drift</span>'
    if card.nearest_set:
        near = escape(card.nearest_set)
        marks += f'<span class="mark" title="This place has no set; the nearest was drawn">set: {near}</span>'
    if card.verdict:
        marks += (STALE if card.is_stale else "") + _verdict(card)
    return f'<span class="corner">{marks}</span>' if marks else ""


def _why(card: ShotCard) -> str:
    if not card.stand_in_why:
        return ""
    return f'<p class="why" title="{escape(card.stand_in_why)}">✎ {escape(card.stand_in_why)}</p>'


def _verdict(card: ShotCard) -> str:
    if card.verdict == "approved":
        if card.is_policy and card.carried_why:
            why = escape(card.carried_why[:1].upper() + card.carried_why[1:])
            return f'<span class="mark approved" title="{why}">✓ by policy, as its sketch</span>'
        who = "by policy" if card.is_policy else "approved"
        return f'<span class="mark approved">✓ {who}</span>'
    if card.verdict == "rejected":
        return REJECTED
    return f'<span class="mark waiting">◐ {card.waiting_count} waiting</span>'


def _ask(card: ShotCard, pk: str) -> str:
    address = f"/shots/{pk}/variants"
    state, words = "", "Ask for 3 variants"
    if card.tasks_open:
        state, words = " disabled", f"{card.tasks_open} on the way"
    return (
        f'<button class="plain ask" form="ask" formaction="{address}" hx-post="{address}" '
        'hx-target="closest .card" hx-swap="outerHTML" hx-disabled-elt="this" '
        f'data-testid="ask-variants"{state}>{words}</button>'
    )
