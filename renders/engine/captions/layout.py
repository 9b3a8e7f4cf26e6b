"""From timed words to captions: where to break, how long to stay, and which cut to stop at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.captions.model import Caption, CaptionTrack, TimedWord, Utterance


@dataclass(frozen=True, slots=True)
class CaptionRules:
    """What a reader can take in. Source of the figures: Netflix Timed Text Style Guide, English, adult programmes."""

    letters_per_line: int = 42
    lines: int = 2
    least_seconds: Fraction = Fraction(5, 6)
    most_seconds: Fraction = Fraction(7)
    gap_frames: int = 2
    snap_frames: int = 12
    letters_per_second: int = 20

    def __post_init__(self) -> None:
        if self.letters_per_line < 8 or self.lines not in (1, 2):
            raise InputError(
                f"letters_per_line={self.letters_per_line} must be 8 or more and lines={self.lines} 1 or 2"
            )


SENTENCE_END, CLAUSE_END = ".?!…", ",;:—"
BREAK_COSTS = {"sentence": 0.0, "clause": 0.15, "word": 0.6}
"""What ending a caption after a sentence, a clause, any word costs against an empty line's 1. House choice."""
CAPTION_COST = 0.35
"""What one more caption costs, so that text is not torn to pieces. House choice."""


def captions_of(
    utterances: Sequence[Utterance],
    *,
    rate: FrameRate,
    length_frames: int,
    cuts_frames: Sequence[int] = (),
    rules: CaptionRules | None = None,
) -> CaptionTrack:
    """Return the captions of what is said, in order of time.

    Breaks fall at sentence and clause ends where the text allows. A caption stays up for 5/6 s at least where the
    next one leaves the room, and ends on a cut that is at most 12 frames away. Nothing is said twice or left out.

    >>> rate = FrameRate.parse(25)
    >>> said = Utterance((TimedWord("Order.", 1.0, 1.4),), "Judge")
    >>> captions_of([said], rate=rate, length_frames=100).captions
    (Caption(start_frame=25, end_frame=46, lines=('Order.',), speaker='Judge'),)
    """
    chosen = rules or CaptionRules()
    blocks: list[tuple[float, float, tuple[str, ...], str]] = []
    for utterance in sorted(
        utterances, key=lambda said: said.words[0].start_seconds if said.words else 0.0
    ):
        for words in _broken(utterance.words, chosen):
            lines = _lines(" ".join(word.text for word in words), chosen)
            blocks.append((words[0].start_seconds, words[-1].end_seconds, lines, utterance.speaker))
    blocks.sort(key=lambda block: block[0])
    return CaptionTrack(rate, _timed(blocks, rate, length_frames, sorted(cuts_frames), chosen))


def _broken(words: Sequence[TimedWord], rules: CaptionRules) -> list[Sequence[TimedWord]]:
    """Return the words in captions: the cheapest way of all, found from the end."""
    count = len(words)
    best: list[tuple[float, int]] = [(0.0, count)] * (count + 1)
    for first in range(count - 1, -1, -1):
        options = []
        for after in range(first + 1, count + 1):
            part = words[first:after]
            text = " ".join(word.text for word in part)
            seconds = part[-1].end_seconds - part[0].start_seconds
            fits = _lines(text, rules) if after > first + 1 else ("",)
            if len(fits) > rules.lines or (seconds > rules.most_seconds and after > first + 1):
                break
            options.append((_cost(part, text, rules, after == count) + best[after][0], after))
        best[first] = min(options)
    parts, at = [], 0
    while at < count:
        parts.append(words[at : best[at][1]])
        at = best[at][1]
    return parts


def _cost(part: Sequence[TimedWord], text: str, rules: CaptionRules, is_last: bool) -> float:
    last = part[-1].text.rstrip("\"'”’)")[-1:]
    kind = (
        "sentence"
        if is_last or last in SENTENCE_END
        else "clause"
        if last in CLAUSE_END
        else "word"
    )
    emptiness = 1.0 - min(1.0, len(text) / rules.letters_per_line)
    return CAPTION_COST + BREAK_COSTS[kind] + emptiness**2


def _lines(text: str, rules: CaptionRules) -> tuple[str, ...]:
    """Return the text on one line, or on as few as it needs, two of them as even as the words allow."""
    limit = rules.letters_per_line
    if len(text) <= limit:
        return (text,)
    words = text.split(" ")
    if rules.lines == 2:
        ways = []
        for at in range(1, len(words)):
            upper, lower = " ".join(words[:at]), " ".join(words[at:])
            if max(len(upper), len(lower)) <= limit:
                ends_clause = upper[-1] in SENTENCE_END + CLAUSE_END
                # The longer line below reads better and covers less of a face.
                unevenness = abs(len(upper) - len(lower)) + (4 if len(upper) > len(lower) else 0)
                ways.append((unevenness - (10 if ends_clause else 0), upper, lower))
        if ways:
            return min(ways)[1:]
    lines = [""]
    for word in words:
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(joined) > limit:
            lines.append(word)
        else:
            lines[-1] = joined
    return tuple(lines)


def _timed(
    blocks: Sequence[tuple[float, float, tuple[str, ...], str]],
    rate: FrameRate,
    length_frames: int,
    cuts: Sequence[int],
    rules: CaptionRules,
) -> tuple[Caption, ...]:
    starts = [_start(rate.frames_at(max(0.0, block[0])), cuts, rules) for block in blocks]
    captions: list[Caption] = []
    for number, (_, said_until, lines, speaker) in enumerate(blocks):
        start = max(starts[number], captions[-1].end_frame if captions else 0)
        following = starts[number + 1] if number + 1 < len(blocks) else None
        limit = length_frames if following is None else following - rules.gap_frames
        letters = sum(len(line) for line in lines)
        reading = max(rules.least_seconds, Fraction(letters, rules.letters_per_second))
        wanted = max(rate.frames_at(said_until), start + rate.frames_at(reading))
        end = min(_end(wanted, rate.frames_at(said_until), cuts, rules), limit)
        end = min(max(end, start + 1), length_frames)
        if start < end:
            captions.append(Caption(start, end, lines, speaker))
    return tuple(captions)


def _start(frame: int, cuts: Sequence[int], rules: CaptionRules) -> int:
    """Return the cut shortly before a word as the caption's start, else the word's own frame."""
    at = bisect_right(cuts, frame) - 1
    return cuts[at] if at >= 0 and frame - cuts[at] <= rules.snap_frames else frame


def _end(wanted: int, said_until: int, cuts: Sequence[int], rules: CaptionRules) -> int:
    """Return an end that leaves two frames before a cut within reach, and never cuts a word off."""
    at = bisect_left(cuts, wanted)
    if at < len(cuts) and cuts[at] - wanted <= rules.snap_frames:
        return (
            cuts[at] - rules.gap_frames if cuts[at] - rules.gap_frames >= said_until else cuts[at]
        )
    if at and wanted - cuts[at - 1] <= rules.snap_frames:
        held = cuts[at - 1] - rules.gap_frames
        return held if held >= said_until else wanted
    return wanted
