"""Spans rendered to closed segments that are kept on disk by key, by any number of workers, and joined without loss.

cache = SegmentCache(Path("var/segments"))
files = render_segments(spans, cache=cache, draw=painter_of, profile=profile, progress=NullProgress())
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.errors import MediaError
from apexsite.kit.pixels import Codes
from apexsite.kit.progress import Progress
from apexsite.kit.timecode import FrameRate
from renders.engine.export.codecs import picture_arguments
from renders.engine.export.encode import (
    COLOUR_TAGS,
    Encoder,
    container_arguments,
    copied_tag,
    frames_input,
)
from renders.engine.export.profile import Profile
from renders.engine.export.spans import RenderSpan

Draw = Callable[[int], Codes]

THREADS = 4
"""Threads of each segment's encoder, fixed: some encoders' bytes depend on it, and every machine must give the same."""

WAIT_SECONDS = 0.2
KEEP_BYTES = 20 * 2**30
"""Room for segments before the oldest go. House choice: a feature film of the usual delivery."""


@dataclass(frozen=True, slots=True)
class SegmentCache:
    """A folder of finished segments, shared by all workers of a machine."""

    root: Path

    def path(self, key: str, suffix: str) -> Path:
        """Return where a segment lies or will lie."""
        return self.root / key[:2] / f"{key}{suffix}"

    @contextmanager
    def claimed(self, key: str) -> Iterator[bool]:
        """Hold a segment while it is rendered; False where another worker holds it. A killed worker lets go."""
        lock = self.root / key[:2] / f"{key}.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("a") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def tidy(self, *, keep_bytes: int = KEEP_BYTES) -> int:
        """Delete the segments unused for longest until the rest fits; returns how many went."""
        found = []
        for path in self.root.glob("*/*"):
            with suppress(FileNotFoundError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        total, gone = sum(size for _, size, _ in found), 0
        for _, size, path in sorted(found):
            if total <= keep_bytes:
                break
            path.unlink(missing_ok=True)
            total, gone = total - size, gone + 1
        return gone


@dataclass(frozen=True, slots=True)
class Segments:
    """The files of a film's spans in order, and how many of them this call rendered."""

    files: tuple[Path, ...]
    rendered: int


def segment_suffix(profile: Profile) -> str:
    """Return the ending of a segment's file; both containers count in ticks of the rate, as Matroska does not."""
    return ".mov" if profile.is_intra else ".mp4"


def segment_arguments(profile: Profile, *, rate: FrameRate) -> list[str]:
    """Return the encoder's arguments of every segment of a film; part of its key."""
    arguments = [*picture_arguments(profile, rate=rate), *copied_tag(profile)]
    arguments += ["-threads", str(THREADS)] if profile.encoder == "libx264" else []
    arguments += [*COLOUR_TAGS, "-chroma_sample_location", "left", "-fps_mode", "passthrough"]
    container = segment_suffix(profile).removeprefix(".")
    return [*arguments, *container_arguments(container, rate=rate)]


def render_segments(
    spans: Sequence[RenderSpan],
    *,
    cache: SegmentCache,
    draw: Callable[[], Draw],
    raster: tuple[int, int],
    rate: FrameRate,
    profile: Profile,
    progress: Progress,
    workers: int = 1,
    waits: bool = True,
) -> Segments:
    """Render what the cache lacks and return all segments; `draw` makes what draws frames, one for each worker.

    Threads of this process and other processes share the work by the cache alone. A segment is moved into its place only
    when it is whole and its frames are counted. Without `waits` what others hold is left to them. Raises what a worker raised: `MediaError`, `Cancelled`, …
    """
    suffix = segment_suffix(profile)
    arguments = frames_input(width=raster[0], height=raster[1], rate=rate, depth=profile.depth)
    arguments += segment_arguments(profile, rate=rate)
    team = _Team(spans, cache, suffix, arguments, progress, waits)
    crew = [
        threading.Thread(target=team.work, args=(draw,), daemon=True) for _ in range(workers - 1)
    ]
    for member in crew:
        member.start()
    team.work(draw)
    for member in crew:
        member.join()
    if team.errors:
        raise team.errors[0]
    return Segments(tuple(cache.path(span.key, suffix) for span in spans), team.rendered)


class _Team:
    """Workers on one film's spans: who renders what is settled by claims, how far they are is counted together."""

    def __init__(
        self,
        spans: Sequence[RenderSpan],
        cache: SegmentCache,
        suffix: str,
        arguments: list[str],
        progress: Progress,
        waits: bool,
    ) -> None:
        self.spans, self.cache, self.suffix, self.waits = spans, cache, suffix, waits
        self.arguments, self.progress = arguments, progress
        self.total = sum(span.frames for span in spans)
        self.done, self.rendered = 0, 0
        self.known: set[str] = set()
        self.errors: list[BaseException] = []
        self.counting = threading.Lock()

    def work(self, draw: Callable[[], Draw]) -> None:
        """Render until nothing is left; waits for what others hold, and takes it over if they let go."""
        try:
            open_spans = {span.key: span for span in self.spans}
            drawing: list[Draw] = []
            while open_spans and not self.errors:
                before = len(open_spans)
                for key, span in list(open_spans.items()):
                    if self.errors:
                        return
                    if self._is_ready(span, drawing, draw):
                        del open_spans[key]
                if len(open_spans) == before and not self.waits:
                    return
                if len(open_spans) == before:
                    time.sleep(WAIT_SECONDS)
                    self._tell(0, "waiting for another worker")
        except BaseException as err:  # noqa: BLE001 - handed to the caller of render_segments
            self.errors.append(err)

    def _is_ready(self, span: RenderSpan, drawing: list[Draw], draw: Callable[[], Draw]) -> bool:
        path = self.cache.path(span.key, self.suffix)
        if is_whole(path, span.frames):
            with suppress(FileNotFoundError):
                os.utime(path)
            self._found(span)
            return True
        with self.cache.claimed(span.key) as is_mine:
            if not is_mine:
                return False
            if not is_whole(path, span.frames):
                if not drawing:
                    drawing.append(draw())
                self._render(span, path, drawing[0])
        return True

    def _render(self, span: RenderSpan, path: Path, draw: Draw) -> None:
        part = path.with_name(f".{path.stem}-{os.getpid()}-{threading.get_ident()}{path.suffix}")
        try:
            with Encoder([*self.arguments, str(part)]) as encoder:
                for frame in range(span.start, span.end):
                    if self.errors:
                        raise self.errors[0]
                    encoder.write(draw(frame))
                    self._tell(1, f"{span.name}, frame {frame + 1} of {self.total}")
            if not is_whole(part, span.frames):
                raise MediaError(
                    f"segment {span.name} holds another number of frames than {span.frames}",
                    tool="ffmpeg",
                )
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        with self.counting:
            self.rendered += 1
            self.known.add(span.key)

    def _found(self, span: RenderSpan) -> None:
        with self.counting:
            fresh = span.key not in self.known
            self.known.add(span.key)
        if fresh:
            self._tell(span.frames, f"{span.name} is there")

    def _tell(self, frames: int, message: str) -> None:
        with self.counting:
            self.done += frames
            self.progress.advance(min(self.done, self.total), self.total, message)


def is_whole(path: Path, frames: int) -> bool:
    """Return whether a segment is there, begins with a key frame and holds exactly so many frames."""
    import av

    if not path.is_file():
        return False
    try:
        with av.open(str(path)) as container:
            packets = [p for p in container.demux(container.streams.video[0]) if p.size]
    except (av.FFmpegError, IndexError):
        return False
    return len(packets) == frames and bool(packets[0].is_keyframe)


def join_input(files: Sequence[Path], listing: Path) -> list[str]:
    """Write the list of segments and return the arguments that read them as one picture."""
    lines = [
        f"file '{str(path.resolve()).replace(chr(39), chr(39) + chr(92) + chr(39) * 2)}'"
        for path in files
    ]
    listing.write_text("ffconcat version 1.0\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return ["-f", "concat", "-safe", "0", "-i", str(listing)]
