"""How one shot becomes the next, as the script says it: `MATCH CUT TO:` between scenes, a whip pan in the action."""

from __future__ import annotations

import re

from projects.engine.framing import Join

JOIN_WORDS: tuple[tuple[Join, str], ...] = (
    (Join.MATCH_DISSOLVE, r"\bmatch(?:ed)?[ -](?:cut|dissolve)\b"),
    (Join.WHIP_PAN, r"\b(?:whip|swish|flash)[ -]?pan\b"),
    (
        Join.CROSSFADE,
        r"\b(?:cross[ -]?)?(?:dissolve|fade) (?:to|into)\b(?! black)|\bcross[ -]?fade\b",
    ),
    (Join.DIP, r"\b(?:fade|dip) (?:to|through) black\b"),
    (Join.CUT, r"\b(?:smash |jump |hard )?cut to\b"),
)
"""Words for joins; the first that is found counts. Source: common screenplay transitions."""


def join_asked(words: str, *, is_transition: bool) -> Join:
    """Return what a transition line asks for, or what action asks for, which can only be a whip pan or a match.

    >>> join_asked("MATCH CUT TO:", is_transition=True).value
    'match_dissolve'
    """
    for join, pattern in JOIN_WORDS:
        if not is_transition and join not in (Join.MATCH_DISSOLVE, Join.WHIP_PAN):
            continue
        if re.search(pattern, words, re.IGNORECASE):
            return join
    return Join.AUTOMATIC
