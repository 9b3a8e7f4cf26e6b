"""The sound of a cut as a strip: the lines where they are said over the music, made once for each sound."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apexsite.kit.errors import InputError
from renders.engine.timeline.document import timeline_from_document
from renders.engine.timeline.model import Timeline
from renders.models import Cut, Media
from renders.services.films import music_file
from renders.services.keptsamples import sample_keep
from renders.services.media import media_keep_bytes, media_path
from renders.services.speech import speech_files

if TYPE_CHECKING:
    from renders.engine.timeline.peaks import Heights

VERSION = 1


def waveform(cut: Cut) -> Media:
    """Return a PNG of the cut's sound, one column a frame; raises `InputError` for a cut without a timeline."""
    if "timeline" not in cut.document:
        raise InputError(f"cut {cut.version} was stored without a timeline; build the cut again")
    timeline = timeline_from_document(cut.document["timeline"])
    return sample_keep(
        "waveform", ["waveform", VERSION, *_sound_of(cut, timeline)], lambda: _drawn(cut, timeline)
    )


def _sound_of(cut: Cut, timeline: Timeline) -> list[Any]:
    document = cut.document
    lines = [(line.get("sound"), line["text"], line["start_frame"]) for line in document["speech"]]
    return [str(timeline.rate), timeline.duration_frames, lines, document.get("music", {})]


def _drawn(cut: Cut, timeline: Timeline) -> Media:
    from renders.engine.timeline.peaks import laid, peaks_png

    frames, speech = timeline.duration_frames, cut.document["speech"]
    music = _music(cut.document.get("music", {}), timeline)
    said = [
        (int(line["start_frame"]), _peaks(path, timeline, frames=frames))
        for line, path in zip(speech, speech_files(speech), strict=True)
    ]
    quiet = music * 0
    content = peaks_png(music, laid(quiet, said))
    return media_keep_bytes(content, content_type="image/png")


def _music(plan: Mapping[str, Any], timeline: Timeline) -> Heights:
    """Return the music's heights; composed once for each plan and length, as an edit of the order changes neither."""
    import numpy as np

    key = ["music heights", VERSION, str(timeline.rate), timeline.duration_frames, dict(plan)]

    def make() -> Media:
        with tempfile.TemporaryDirectory(prefix="apex-peaks-") as name:
            path = music_file(dict(plan), timeline, Path(name)) if plan else None
            heights = _peaks(path, timeline, frames=timeline.duration_frames)
        text = json.dumps(heights.tolist(), separators=(",", ":"))
        return media_keep_bytes(text.encode(), content_type="application/json")

    kept = sample_keep("waveform", key, make)
    return np.array(json.loads(media_path(kept).read_bytes()), np.uint8)


def _peaks(path: Path | None, timeline: Timeline, *, frames: int) -> Heights:
    import numpy as np

    from renders.engine.sound.wav import SAMPLE_RATE, read_sound
    from renders.engine.timeline.peaks import frame_peaks

    if path is None:
        return np.zeros(frames, np.uint8)
    return frame_peaks(
        read_sound(path), frames=frames, samples_per_frame=SAMPLE_RATE / timeline.rate.fps
    )
