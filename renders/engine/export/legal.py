"""What a delivery cannot be, said before anything is rendered: each problem with what is valid instead.

>>> require_legal(profile_named("shorts"), width=1920, height=1080, fps=Fraction(25), frames=100)
InputError: Shorts 9:16: raster=1920×1080 has the wrong shape, expected 9:16; valid: for instance 1080×1920
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from apexsite.kit.errors import InputError, listed
from renders.engine.export.levels import LEVELS, least_level, level_named, why_over
from renders.engine.export.profile import Profile, raster_of
from renders.engine.timeline.model import Timeline

HOLDS: dict[str, dict[str, tuple[str, ...]]] = {
    "mp4": {"video": ("h264", "hevc", "av1"), "audio": ("aac", "flac", "opus", "alac")},
    "mov": {
        "video": ("h264", "hevc", "prores", "dnxhd"),
        "audio": ("aac", "alac", "pcm_s16le", "pcm_s24le"),
    },
    "mkv": {
        "video": ("h264", "hevc", "av1", "prores", "dnxhd"),
        "audio": ("aac", "flac", "opus", "pcm_s16le", "pcm_s24le"),
    },
}
"""What players read of a container. Source: the registration authority's list (mp4ra.org), Apple QuickTime File Format,
the Matroska codec list; what only some players read is left out."""

PIXELS: dict[str, dict[str, tuple[str, ...]]] = {
    "h264": {
        "": ("yuv420p",), "high": ("yuv420p",), "high10": ("yuv420p", "yuv420p10le"),
        "high422": ("yuv420p", "yuv420p10le", "yuv422p", "yuv422p10le"),
    },
    "hevc": {"main": ("yuv420p",), "main10": ("yuv420p", "yuv420p10le")},
    "av1": {"": ("yuv420p", "yuv420p10le")},
    "prores": {
        "proxy": ("yuv422p10le",), "lt": ("yuv422p10le",), "standard": ("yuv422p10le",),
        "hq": ("yuv422p10le",), "4444": ("yuv444p10le",),
    },
    "dnxhd": {
        "dnxhd": ("yuv422p", "yuv422p10le"), "dnxhr_lb": ("yuv422p",), "dnxhr_sq": ("yuv422p",),
        "dnxhr_hq": ("yuv422p",), "dnxhr_hqx": ("yuv422p10le",), "dnxhr_444": ("yuv444p10le",),
    },
}  # fmt: skip
"""Samples each profile of a codec codes. Source: H.264 A.2, H.265 A.3, AV1 A.2 (Main), Apple's ProRes white paper,
SMPTE ST 2019-1 (VC-3) and Avid's DNxHR codec paper."""

PRORES_RASTERS = (
    (720, 480), (720, 486), (720, 576), (960, 720), (1280, 720), (1280, 1080), (1440, 1080),
    (1920, 1080), (1998, 1080), (2048, 858), (2048, 1080), (2048, 1152), (2048, 1556),
    (3840, 2160), (3996, 2160), (4096, 1716), (4096, 2160), (4096, 2304), (4096, 3112),
    (5120, 2160), (5120, 2700), (6144, 3240), (8192, 4320),
)  # fmt: skip
"""Rasters with a published target rate. Source: Apple ProRes white paper, target data rates; DCI flat and scope (SMPTE
ST 428-1) beside them."""

PRORES_RATES = tuple(
    Fraction(*pair)
    for pair in (
        (24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (50, 1), (60000, 1001), (60, 1),
    )
)  # fmt: skip
"""Source: Apple ProRes white paper, the rates of its tables."""

DNXHD_1080P: dict[tuple[Fraction, int], tuple[int, ...]] = {
    (Fraction(24000, 1001), 8): (36, 115, 175), (Fraction(24), 8): (36, 115, 175),
    (Fraction(25), 8): (36, 120, 185), (Fraction(30000, 1001), 8): (45, 145, 220),
    (Fraction(50), 8): (75, 240, 365), (Fraction(60000, 1001), 8): (90, 290, 440),
    (Fraction(24000, 1001), 10): (175,), (Fraction(24), 10): (175,), (Fraction(25), 10): (185,),
    (Fraction(50), 10): (365,), (Fraction(60000, 1001), 10): (440,),
}  # fmt: skip
"""Mb/s of 1920×1080 progressive by rate and depth. Source: Avid's DNxHD table as kept by the encoder's own list."""

DNXHR_LEAST, DNXHR_MOST = (256, 120), (8192, 8192)
"""Source: SMPTE ST 2019-1, resolution-independent coding; the least is the encoder's."""


def problems_of(
    profile: Profile, *, width: int, height: int, fps: Fraction, frames: int
) -> tuple[str, ...]:
    """Return every reason why a film of this raster, rate and length cannot be delivered so; empty when it can."""
    found = [*_container(profile), *_pixels(profile)]
    found += _wanted_raster(profile, width, height) + _wanted_rate(profile, fps)
    if width % 2 or height % 2:
        found.append(f"raster={width}×{height} must be even in both sides")
    found += _codec_limits(profile, width, height, fps)
    seconds = Fraction(frames) / fps
    if profile.most_seconds is not None and seconds > profile.most_seconds:
        found.append(
            f"length={float(seconds):.1f} s is too long; valid: at most {profile.most_seconds} s"
        )
    if profile.max_kbps and profile.video_kbps > profile.max_kbps:
        found.append(
            f"rate={profile.video_kbps} kb/s is over its own most; valid: at most {profile.max_kbps} kb/s"
        )
    return tuple(found)


def require_legal(profile: Profile, *, width: int, height: int, fps: Fraction, frames: int) -> None:
    """Raise `InputError` with every reason at once, or return."""
    found = problems_of(profile, width=width, height=height, fps=fps, frames=frames)
    if found:
        raise InputError(f"{profile.title}: {'; and '.join(found)}", problems=list(found))


def as_delivered(timeline: Timeline, profile: Profile) -> Timeline:
    """Return the timeline on the profile's raster; raises `InputError` with every reason why it cannot be delivered."""
    width, height = raster_of(profile, timeline.width, timeline.height)
    require_legal(
        profile, width=width, height=height, fps=timeline.rate.fps, frames=timeline.duration_frames
    )
    return replace(timeline, width=width, height=height)


def _container(profile: Profile) -> list[str]:
    holds = HOLDS.get(profile.container)
    if holds is None:
        return [f"container={profile.container!r} is not known; valid: {listed(HOLDS)}"]
    found = []
    for kind, codec in (("video", profile.codec), ("audio", profile.audio_codec)):
        if codec not in holds[kind]:
            fits = [name for name, other in HOLDS.items() if codec in other[kind]]
            found.append(
                f"container={profile.container} cannot hold {codec}; valid: {listed(fits) or 'none'}"
            )
    return found


def _pixels(profile: Profile) -> list[str]:
    profiles = PIXELS[profile.codec]
    if profile.codec_profile not in profiles:
        return [
            f"profile {profile.codec_profile!r} of {profile.codec} is not known; valid: {listed(profiles)}"
        ]
    valid = profiles[profile.codec_profile]
    if profile.pixel_format in valid:
        return []
    name = f"{profile.codec} {profile.codec_profile}".strip()
    return [f"samples={profile.pixel_format} cannot be coded by {name}; valid: {listed(valid)}"]


def _wanted_raster(profile: Profile, width: int, height: int) -> list[str]:
    if profile.rasters and (width, height) not in profile.rasters:
        return [f"raster={width}×{height} is not one of this delivery; valid: {_rasters(profile)}"]
    if profile.shape and width * profile.shape[1] != height * profile.shape[0]:
        wide, tall = profile.shape
        example = f"{120 * wide}×{120 * tall}"
        return [
            f"raster={width}×{height} has the wrong shape, expected {wide}:{tall}; "
            f"valid: for instance {example}"
        ]
    return []


def _rasters(profile: Profile) -> str:
    return ", ".join(f"{width}×{height}" for width, height in profile.rasters)


def _wanted_rate(profile: Profile, fps: Fraction) -> list[str]:
    if profile.rates and fps not in profile.rates:
        return [
            f"rate={fps} frames a second is not one of this delivery; "
            f"valid: {listed(str(rate) for rate in profile.rates)}"
        ]
    return []


def _codec_limits(profile: Profile, width: int, height: int, fps: Fraction) -> list[str]:
    if profile.codec in LEVELS:
        return _level(profile, width, height, fps)
    if profile.codec == "prores":
        return _prores(width, height, fps)
    return _dnx(profile, width, height, fps)


def _level(profile: Profile, width: int, height: int, fps: Fraction) -> list[str]:
    what: dict[str, Any] = {
        "width": width, "height": height, "fps": fps, "kbps": profile.max_kbps,
        "buffer_kbits": profile.buffer_kbits, "codec_profile": profile.codec_profile or "high",
    }  # fmt: skip
    needed = least_level(profile.codec, **what)
    name = f"{profile.codec} level"
    if profile.level:
        over = why_over(level_named(profile.codec, profile.level), profile.codec, **what)
        if over:
            valid = f"level {needed.name} or above" if needed else "a smaller raster or rate"
            return [f"{name} {profile.level} cannot hold it ({over}); valid: {valid}"]
    elif needed is None:
        top = LEVELS[profile.codec][-1]
        over = why_over(top, profile.codec, **what)
        return [f"no {name} holds it ({over}); valid: a smaller raster or rate"]
    return []


def _prores(width: int, height: int, fps: Fraction) -> list[str]:
    found = []
    if (width, height) not in PRORES_RASTERS:
        near = sorted(PRORES_RASTERS, key=lambda size: abs(size[0] * size[1] - width * height))[:4]
        found.append(
            f"raster={width}×{height} has no ProRes target rate; valid near it: "
            f"{', '.join(f'{w}×{h}' for w, h in near)}, or a DNxHR master at any raster"
        )
    if fps not in PRORES_RATES:
        found.append(f"rate={fps} is none of ProRes; valid: {listed(map(str, PRORES_RATES))}")
    return found


def _dnx(profile: Profile, width: int, height: int, fps: Fraction) -> list[str]:
    if profile.codec_profile != "dnxhd":
        if width < DNXHR_LEAST[0] or height < DNXHR_LEAST[1] or max(width, height) > DNXHR_MOST[0]:
            return [f"raster={width}×{height} is none of DNxHR; valid: 256×120 to 8192×8192"]
        return []
    if (width, height) != (1920, 1080):
        return [f"raster={width}×{height} is not DNxHD; valid: 1920×1080, or a DNxHR profile"]
    mbps = profile.video_kbps // 1000
    valid = DNXHD_1080P.get((fps, profile.depth), ())
    if mbps in valid:
        return []
    rates = listed(map(str, valid)) or "none, use a DNxHR profile"
    return [
        f"{mbps} Mb/s at {fps} frames a second and {profile.depth} bit is not DNxHD; valid: {rates}"
    ]
