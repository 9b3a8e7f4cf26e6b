"""Timeline → film: every frame drawn from graded stills and streamed into the encoder; all or nothing on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from apexsite.kit.errors import InputError
from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import Progress
from apexsite.kit.timecode import FrameRate
from renders.engine.captions.burn import CaptionPainter
from renders.engine.captions.model import CaptionMode, CaptionTrack
from renders.engine.captions.srt import srt_of
from renders.engine.export.encode import Encoder, film_output, first_pass, frames_input
from renders.engine.export.legal import as_delivered
from renders.engine.export.profiles import DEFAULT, PREVIEW, Profile, profile_named
from renders.engine.export.segments import SegmentCache, Segments, join_input
from renders.engine.export.vbv import buffer_holds
from renders.engine.grading.stills import FilmGrades
from renders.engine.painting import FramePainter
from renders.engine.parts import Offer, film_part, film_segments
from renders.engine.timeline.model import Timeline


@dataclass(frozen=True, slots=True)
class FilmResult:
    """A finished film and what it took: seconds spent on the stills, and on frames and encoding together."""

    path: Path
    frames: int
    width: int
    height: int
    rate: FrameRate
    seconds_prepare: float
    seconds_render: float
    segments: int = 0
    segments_rendered: int = 0


def render_film(
    timeline: Timeline,
    *,
    grade: Mapping[str, Any] | FilmGrades,
    film_grain: float = 0.0,
    seed: int,
    audio: Path | None,
    out: Path,
    profile: str = DEFAULT,
    preview: bool = False,
    captions: CaptionTrack | None = None,
    caption_mode: CaptionMode | None = None,
    facts: Mapping[str, str] | None = None,
    cache: SegmentCache | None = None,
    workers: int = 1,
    offer: Offer | None = None,
    progress: Progress,
) -> FilmResult:
    """Render the timeline to `out`, which appears only when it is whole.

    A preview has at most 720 lines. Sound is cut or padded with silence to the picture. `captions` become a track or are
    drawn in as `caption_mode` says, else as the profile does. `facts` are the file's tags. With a `cache` each shot is a
    segment that is kept, rendered by `workers` threads and by whoever shares the cache, and joined to the same bytes;
    `offer` is told which are missing. Raises `InputError` for what cannot be delivered or used, `MediaError` when the
    encoder fails, `Cancelled` from `progress`; then nothing is left at `out` and the encoder is gone.
    """
    began = perf_counter()
    _require_files(timeline, audio)
    chosen = profile_named(PREVIEW if preview else profile)
    timeline = as_delivered(timeline, chosen)
    look: dict[str, Any] = {"grade": grade, "film_grain": film_grain, "seed": seed}
    painter = FramePainter(timeline, **look, depth=chosen.depth)
    painter.frame(0)  # a picture or grade that cannot be used shows before an encoder is started
    total, rate = timeline.duration_frames, timeline.rate
    mode = _mode(captions, caption_mode, chosen)
    part, segments = part_file(out), Segments((), 0)
    burner, text = caption_painter(captions, mode, timeline), _text_file(captions, mode, part)
    try:
        given: dict[str, Any] = {"profile": chosen, "rate": rate, "frames": total, "audio": audio, "out": part,
                 "captions": text, "facts": facts}  # fmt: skip
        if cache is not None and chosen.can_be_joined:
            told: dict[str, Any] = {"workers": workers, "progress": progress, "offer": offer}
            segments = _joined(film_segments(painter, burner, chosen, cache, **told), given)
        if not segments.files:
            _encode(painter, burner, _passes(given), progress, depth=chosen.depth)
        part.chmod(0o644)
        part.replace(out)
    finally:
        _clear(part)
    return FilmResult(
        path=out,
        frames=total,
        width=timeline.width,
        height=timeline.height,
        rate=rate,
        seconds_prepare=painter.seconds_prepare,
        seconds_render=perf_counter() - began - painter.seconds_prepare,
        segments=len(segments.files),
        segments_rendered=segments.rendered,
    )


def _joined(segments: Segments, given: dict[str, Any]) -> Segments:
    """Join segments to the film and return them, or none where together they would empty the decoder's buffer.

    Segments share no buffer: where too many bits meet at a join, one encoder has to see them all.
    """
    part: Path = given["out"]
    listing = join_input(segments.files, part.with_suffix(".txt"))
    run_ffmpeg([*listing, *film_output(**given, is_copied=True)])
    held = buffer_holds(part, given["profile"], fps=given["rate"].fps)
    return segments if held else Segments((), 0)


def render_part(
    timeline: Timeline,
    *,
    grade: Mapping[str, Any] | FilmGrades,
    film_grain: float = 0.0,
    seed: int,
    profile: str = DEFAULT,
    preview: bool = False,
    captions: CaptionTrack | None = None,
    caption_mode: CaptionMode | None = None,
    cache: SegmentCache,
    key: str,
    progress: Progress,
) -> bool:
    """Render the one segment of a film that has this key into the cache, for whoever joins the film.

    Give what `render_film` is given. Returns whether it was rendered here; `NotFound` where the film has none such.
    """
    chosen = profile_named(PREVIEW if preview else profile)
    timeline = as_delivered(timeline, chosen)
    look: dict[str, Any] = {"grade": grade, "film_grain": film_grain, "seed": seed}
    painter = FramePainter(timeline, **look, depth=chosen.depth)
    burner = caption_painter(captions, _mode(captions, caption_mode, chosen), timeline)
    return film_part(painter, burner, chosen, cache, key=key, progress=progress)


def _mode(
    captions: CaptionTrack | None, asked: CaptionMode | None, profile: Profile
) -> CaptionMode:
    has_words = captions is not None and bool(captions.captions)
    return (asked or profile.captions) if has_words else CaptionMode.NONE


def part_file(out: Path) -> Path:
    """Return a new hidden file beside `out`, to be filled and then moved there."""
    handle, name = tempfile.mkstemp(
        dir=out.parent, prefix=f".{out.stem}-", suffix=f".part{out.suffix}"
    )
    os.close(handle)
    return Path(name)


def _clear(part: Path) -> None:
    """Delete the unfinished film and what was written beside it for it."""
    for left in part.parent.glob(f"{part.stem}*"):
        left.unlink()


def _text_file(captions: CaptionTrack | None, mode: CaptionMode, part: Path) -> Path | None:
    """Write the captions beside the film where they become a track, and return where."""
    if captions is None or mode != CaptionMode.TRACK:
        return None
    text = part.with_suffix(".srt")
    text.write_text(srt_of(captions), encoding="utf-8")
    return text


def _passes(given: dict[str, Any]) -> list[list[str]]:
    """Return the arguments of each pass over the film, one or two."""
    profile: Profile = given["profile"]
    if not profile.two_pass:
        return [film_output(**given)]
    log = given["out"].with_suffix(".log")
    return [
        first_pass(profile, rate=given["rate"], pass_log=log),
        film_output(**given, pass_log=log),
    ]


def _encode(
    painter: FramePainter,
    burner: CaptionPainter | None,
    passes: list[list[str]],
    progress: Progress,
    *,
    depth: int,
) -> None:
    timeline = painter.timeline
    total = timeline.duration_frames
    given = frames_input(
        width=timeline.width, height=timeline.height, rate=timeline.rate, depth=depth
    )
    for turn, arguments in enumerate(passes):
        with Encoder([*given, *arguments]) as encoder:
            for number in range(total):
                frame = painter.frame(number)
                encoder.write(burner.onto(frame, frame=number) if burner else frame)
                done = turn * total + number + 1
                progress.advance(done, total * len(passes), f"frame {number + 1} of {total}")


def caption_painter(
    captions: CaptionTrack | None, mode: CaptionMode, timeline: Timeline
) -> CaptionPainter | None:
    """Return what draws the captions into the picture, or None where they are not drawn in."""
    if captions is None or mode != CaptionMode.BURNED:
        return None
    return CaptionPainter(captions, width=timeline.width, height=timeline.height)


def _require_files(timeline: Timeline, audio: Path | None) -> None:
    for clip in timeline.clips:
        if not clip.picture.is_file():
            raise InputError(
                f"picture={str(clip.picture)!r} of shot {clip.shot_code} is not a file"
            )
        if clip.motion.depth is not None and not clip.motion.depth.is_file():
            raise InputError(
                f"depth={str(clip.motion.depth)!r} of shot {clip.shot_code} is not a file"
            )
    if audio is not None and not audio.is_file():
        raise InputError(f"audio={str(audio)!r} is not a file; give a WAV or None")
