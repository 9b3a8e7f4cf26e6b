"""A cut's captions: what its lines say, when their words are heard, named by who speaks."""

from __future__ import annotations

from apexsite.kit.timecode import FrameRate
from characters.models import Character
from renders.engine.captions.align import written_words
from renders.engine.captions.layout import captions_of
from renders.engine.captions.model import CaptionTrack, Utterance
from renders.models import Cut


def captions_of_cut(cut: Cut) -> CaptionTrack:
    """Return the captions of a stored cut; none for one without a timeline."""
    document = cut.document
    timeline = document.get("timeline")
    if not timeline:
        return CaptionTrack(cut.episode.project.rate, ())
    rate = FrameRate.parse(str(timeline["rate"]))
    names = dict(
        Character.objects.filter(project=cut.episode.project_id).values_list("key", "name")
    )
    said = []
    for line in document.get("speech", []):
        words = written_words(
            line["text"],
            [(text, start, end) for text, start, end in line.get("words", [])],
            seconds=line["seconds"],
            at_seconds=float(rate.seconds_at(line["start_frame"])),
        )
        speaker = line.get("speaker", "")
        said.append(Utterance(words, names.get(speaker, speaker)))
    cuts, at = [], 0
    for clip in timeline["clips"]:
        cuts.append(at)
        at += clip["duration_frames"]
    return captions_of(said, rate=rate, length_frames=at, cuts_frames=cuts)
