"""A cut's captions: what its lines say, when their words are heard, named by who speaks."""

from __future__ import annotations

from characters.models import Character
from renders.engine.captions.align import written_words
from renders.engine.captions.layout import captions_of
from renders.engine.captions.model import CaptionTrack, Utterance
from renders.engine.timeline.document import timeline_from_document
from renders.models import Cut


def captions_of_cut(cut: Cut) -> CaptionTrack:
    """Return the captions of a stored cut; none for one without a timeline."""
    document = cut.document
    timeline = document.get("timeline")
    if not timeline:
        return CaptionTrack(cut.episode.project.rate, ())
    laid = timeline_from_document(timeline)
    rate = laid.rate
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
    return captions_of(
        said, rate=rate, length_frames=laid.duration_frames, cuts_frames=laid.starts()
    )
