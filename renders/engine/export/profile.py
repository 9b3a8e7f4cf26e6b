"""A delivery profile: how a film is written and what its check demands. The list itself is `profiles.py`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from renders.engine.captions.model import CaptionMode


@dataclass(frozen=True, slots=True)
class Profile:
    """How a film is written. `crf` is constant quality; with `video_kbps` the rate is set instead.

    `rates` and `rasters` empty mean any that the codec holds; `shape` is width:height that the raster must have.
    `loudness_lufs` ± `loudness_tolerance_lu` is asked of the sound.
    """

    name: str
    title: str
    codec: str
    encoder: str
    preset: str
    crf: int
    pixel_format: str
    audio_codec: str
    audio_bitrate_kbps: int
    audio_rate_hz: int
    gop_seconds: Fraction | int
    container: str = "mp4"
    codec_profile: str = ""
    level: str = ""
    video_kbps: int = 0
    max_kbps: int = 0
    buffer_kbits: int = 0
    two_pass: bool = False
    b_frames: int | None = None
    lookahead_frames: int | None = None
    rates: tuple[Fraction, ...] = ()
    rasters: tuple[tuple[int, int], ...] = ()
    shape: tuple[int, int] | None = None
    most_seconds: int | None = None
    most_lines: int | None = None
    extra: tuple[str, ...] = ()
    purpose: str = ""
    loudness_lufs: float = -16.0
    loudness_tolerance_lu: float = 1.0
    true_peak_dbtp: float = -1.0
    coding_peak_db: float = 1.0
    captions: CaptionMode = CaptionMode.TRACK

    @property
    def depth(self) -> int:
        """Return the bits of a sample."""
        return 10 if "10" in self.pixel_format else 8

    @property
    def sampling(self) -> str:
        """Return the chroma sampling: "420", "422" or "444"."""
        return next(name for name in ("420", "422", "444") if name in self.pixel_format)

    @property
    def is_intra(self) -> bool:
        """Return whether every frame stands alone."""
        return self.codec in ("prores", "dnxhd")

    @property
    def content_type(self) -> str:
        """Return the media type of the finished file."""
        return CONTENT_TYPES[self.container]

    @property
    def plays_in_browsers(self) -> bool:
        """Return whether today's browsers play it without a plug-in."""
        return self.container == "mp4" and self.pixel_format == "yuv420p"

    @property
    def can_be_joined(self) -> bool:
        """Return whether parts encoded alone join to the same film: quality is constant, no budget is shared."""
        return not self.two_pass and not (self.video_kbps and not self.is_intra)


CONTENT_TYPES = {"mp4": "video/mp4", "mov": "video/quicktime", "mkv": "video/x-matroska"}

PREVIEW_LINES = 720
"""Most lines of a preview. House choice: judged in a browser, not on a screen."""


def raster_of(profile: Profile, width: int, height: int) -> tuple[int, int]:
    """Return the raster a film of this raster gets: made smaller, sides even, where the profile has a most."""
    if profile.most_lines is None or height <= profile.most_lines:
        return width, height
    return max(2, 2 * round(width * profile.most_lines / height / 2)), profile.most_lines


def preview_raster(width: int, height: int) -> tuple[int, int]:
    """Return the raster of a preview: at most 720 lines, the same shape, both sides even."""
    if height <= PREVIEW_LINES:
        return width, height
    return max(2, 2 * round(width * PREVIEW_LINES / height / 2)), PREVIEW_LINES
