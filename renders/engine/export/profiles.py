"""Delivery profiles: encoder, quality, sound and what a check demands, by name."""

from __future__ import annotations

from dataclasses import dataclass

from apexsite.kit.errors import InputError, listed
from renders.engine.captions.model import CaptionMode


@dataclass(frozen=True, slots=True)
class Profile:
    """How a film is written. `crf` is x264's quality; `loudness_lufs` ± `loudness_tolerance_lu` is asked of the sound."""

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
    gop_seconds: int
    loudness_lufs: float = -16.0
    loudness_tolerance_lu: float = 1.0
    true_peak_dbtp: float = -1.0
    coding_peak_db: float = 1.0
    captions: CaptionMode = CaptionMode.TRACK


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "h264_1080p", "H.264 delivery", "h264", "libx264", "medium", 18,
            "yuv420p", "aac", 320, 48_000, 2,
        ),
        Profile(
            "h264_preview", "H.264 preview", "h264", "libx264", "veryfast", 21,
            "yuv420p", "aac", 192, 48_000, 2,
        ),
    )
}  # fmt: skip
"""All profiles. Loudness: EBU R128 s2 (streaming, −16 to −20 LUFS; the film's mix is made at −16), ± 1 LU and true peak
−1 dBTP from EBU R128 v4 (2020). A lossy codec may raise the peak by a
decibel (house choice, measured). The rest is a house choice:
quality above what streaming sites ask for, a key frame every two seconds so that players seek well."""

PREVIEW_LINES = 720
"""Most lines of a preview. House choice: judged in a browser, not on a screen."""


def profile_named(name: str) -> Profile:
    """Return the profile, or raise `InputError` with the valid names."""
    try:
        return PROFILES[name]
    except KeyError:
        raise InputError(f"profile={name!r} is not known; valid: {listed(PROFILES)}") from None


def preview_raster(width: int, height: int) -> tuple[int, int]:
    """Return the raster of a preview: at most 720 lines, the same shape, both sides even."""
    if height <= PREVIEW_LINES:
        return width, height
    return max(2, 2 * round(width * PREVIEW_LINES / height / 2)), PREVIEW_LINES
