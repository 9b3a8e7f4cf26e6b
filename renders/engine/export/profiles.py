"""The delivery profiles by name, as data."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from apexsite.kit.errors import InputError, listed
from renders.engine.captions.model import CaptionMode
from renders.engine.export.profile import (
    PREVIEW_LINES,
    Profile,
    preview_raster,
    raster_of,
)

__all__ = [
    "DEFAULT",
    "PREVIEW",
    "PREVIEW_LINES",
    "PROFILES",
    "Profile",
    "plays_in_browsers",
    "preview_raster",
    "profile_named",
    "profile_title",
    "raster_of",
]

FILM, NTSC = Fraction(24000, 1001), Fraction(30000, 1001)
HALF = Fraction(1, 2)

DEFAULT, PREVIEW = "h264_1080p", "h264_preview"

_STREAM: dict[str, Any] = {"codec": "h264", "encoder": "libx264", "pixel_format": "yuv420p", "audio_codec": "aac",
           "audio_rate_hz": 48_000}  # fmt: skip
_MASTER: dict[str, Any] = {"preset": "", "crf": 0, "audio_codec": "pcm_s24le", "audio_bitrate_kbps": 0,
           "audio_rate_hz": 48_000, "gop_seconds": 0, "container": "mov", "coding_peak_db": 0.1,
           "loudness_lufs": -23.0, "captions": CaptionMode.NONE}  # fmt: skip

PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            DEFAULT, "H.264 delivery", "h264", "libx264", "medium", 18,
            "yuv420p", "aac", 320, 48_000, 2,
            purpose="for the screen and most sites",
        ),
        Profile(
            PREVIEW, "H.264 preview", "h264", "libx264", "veryfast", 21,
            "yuv420p", "aac", 192, 48_000, 2, most_lines=PREVIEW_LINES,
            purpose="to look at in a browser: at most 720 lines",
        ),
        Profile(
            name="draft", title="Draft", preset="ultrafast", crf=26, audio_bitrate_kbps=128,
            gop_seconds=2, most_lines=540, purpose="quickest: at most 540 lines", **_STREAM,
        ),
        Profile(
            name="youtube_1080p", title="YouTube 1080p", preset="medium", crf=18,
            audio_bitrate_kbps=384, gop_seconds=HALF, codec_profile="high", level="4.2",
            max_kbps=16_000, buffer_kbits=24_000, b_frames=2, lookahead_frames=40,
            most_lines=1080, loudness_lufs=-14.0,
            purpose="two B frames, closed groups of half a second, −14 LUFS", **_STREAM,
        ),
        Profile(
            name="youtube_2160p", title="YouTube 4K", preset="medium", crf=18,
            audio_bitrate_kbps=384, gop_seconds=HALF, codec_profile="high", level="5.2",
            max_kbps=60_000, buffer_kbits=90_000, b_frames=2, lookahead_frames=40,
            shape=(16, 9), rasters=((2560, 1440), (3840, 2160)), loudness_lufs=-14.0,
            purpose="1440 or 2160 lines for YouTube", **_STREAM,
        ),
        Profile(
            name="shorts", title="Shorts 9:16", preset="medium", crf=18,
            audio_bitrate_kbps=384, gop_seconds=HALF, codec_profile="high", level="4.2",
            max_kbps=16_000, buffer_kbits=24_000, b_frames=2, lookahead_frames=40,
            shape=(9, 16), most_seconds=180, loudness_lufs=-14.0,
            purpose="upright, at most three minutes", **_STREAM,
        ),
        Profile(
            name="broadcast_1080p2997", title="Broadcast 1080p29.97", preset="medium", crf=0,
            audio_bitrate_kbps=320, gop_seconds=HALF, codec_profile="high", level="4.1",
            video_kbps=25_000, max_kbps=35_000, buffer_kbits=35_000, two_pass=True, b_frames=2,
            lookahead_frames=40, rates=(NTSC,), rasters=((1920, 1080),), loudness_lufs=-24.0,
            true_peak_dbtp=-2.0, purpose="two passes at 25 Mb/s, −24 LKFS", **_STREAM,
        ),
        Profile(
            name="prores_hq", title="ProRes 422 HQ master", codec="prores", encoder="prores_ks",
            pixel_format="yuv422p10le", codec_profile="hq",
            purpose="ten bits, every frame alone: for grading and archives", **_MASTER,
        ),
        Profile(
            name="dnxhd_220", title="DNxHD 220", codec="dnxhd", encoder="dnxhd",
            pixel_format="yuv422p", codec_profile="dnxhd", video_kbps=220_000, rates=(NTSC,),
            rasters=((1920, 1080),), purpose="for edit suites at 29.97", **_MASTER,
        ),
        Profile(
            name="dnxhr_hqx", title="DNxHR HQX master", codec="dnxhd", encoder="dnxhd",
            pixel_format="yuv422p10le", codec_profile="dnxhr_hqx",
            purpose="ten bits at any raster and rate", **_MASTER,
        ),
        Profile(
            name="hevc_10bit", title="HEVC 10 bit", codec="hevc", encoder="libx265",
            preset="medium", crf=20, pixel_format="yuv420p10le", audio_codec="aac",
            audio_bitrate_kbps=320, audio_rate_hz=48_000, gop_seconds=2, codec_profile="main10",
            b_frames=4, lookahead_frames=40, purpose="ten bits at half the size",
        ),
        Profile(
            name="av1_archive", title="AV1 archive", codec="av1", encoder="libsvtav1", preset="6",
            crf=20, pixel_format="yuv420p10le", audio_codec="flac", audio_bitrate_kbps=0,
            audio_rate_hz=48_000, gop_seconds=2, container="mkv", coding_peak_db=0.1,
            loudness_lufs=-23.0, captions=CaptionMode.NONE,
            purpose="ten bits, open formats only",
        ),
    )
}  # fmt: skip
"""All profiles.

Loudness: EBU R128 s2 (streaming, −16 to −20 LUFS; the film's mix is made at −16); −14 is where YouTube plays; −23 is EBU
R128 v4 (2020), ± 1 LU, true peak −1 dBTP; −24 LKFS, −2 dBTP is ATSC A/85. A lossy codec may raise the peak by a decibel
(house choice, measured). YouTube: two B frames, closed groups of half the rate, AAC 384 kb/s (support.google.com/youtube,
1722171). ProRes: Apple's white paper; DNxHD 220 is 1080p29.97 in Avid's table. Half a second of GOP and 25 Mb/s within
level 4.1 for broadcast, and the rest, are house choices: quality above what sites ask for, key frames so that players seek well."""


def profile_named(name: str) -> Profile:
    """Return the profile, or raise `InputError` with the valid names."""
    try:
        return PROFILES[name]
    except KeyError:
        raise InputError(f"profile={name!r} is not known; valid: {listed(PROFILES)}") from None


def plays_in_browsers(name: str) -> bool:
    """Return whether browsers play files of the profile; True for one that is not offered any more."""
    return name not in PROFILES or PROFILES[name].plays_in_browsers


def profile_title(name: str) -> str:
    """Return the profile's title, or the name itself of one that is not offered any more."""
    return PROFILES[name].title if name in PROFILES else name
