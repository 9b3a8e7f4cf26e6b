"""The arguments of each encoder: quality or rate, profile and level, closed groups, samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from apexsite.kit.errors import InputError, listed
from apexsite.kit.timecode import FrameRate
from renders.engine.export.profile import Profile


def picture_arguments(
    profile: Profile, *, rate: FrameRate, pass_number: int = 0, pass_log: Path | None = None
) -> list[str]:
    """Return the encoder's arguments. Of two passes give the number and where their log lies.

    Every group of frames is closed, so that a film can be cut and joined at its key frames.
    """
    try:
        special = _SPECIAL[profile.encoder]
    except KeyError:
        raise InputError(
            f"encoder={profile.encoder!r} is not known; valid: {listed(_SPECIAL)}"
        ) from None
    arguments = ["-c:v", profile.encoder, "-pix_fmt", profile.pixel_format]
    if not profile.is_intra:
        gop = max(1, round(rate.fps * profile.gop_seconds))
        arguments += ["-preset", profile.preset, "-g", str(gop), "-flags", "+cgop"]
        arguments += ["-b:v", f"{profile.video_kbps}k"] if profile.video_kbps else []
        arguments += [] if profile.video_kbps else ["-crf", str(profile.crf)]
    if profile.max_kbps:
        arguments += ["-maxrate", f"{profile.max_kbps}k", "-bufsize", f"{profile.buffer_kbits}k"]
    if profile.b_frames is not None:
        arguments += ["-bf", str(profile.b_frames)]
    if pass_number:
        arguments += ["-pass", str(pass_number), "-passlogfile", str(pass_log)]
    return [*arguments, *special(profile), *profile.extra]


def _x264(profile: Profile) -> list[str]:
    arguments = ["-profile:v", profile.codec_profile] if profile.codec_profile else []
    arguments += ["-level:v", profile.level] if profile.level else []
    options = ["open-gop=0"]
    if profile.lookahead_frames is not None:
        options.append(f"rc-lookahead={profile.lookahead_frames}")
    if profile.video_kbps:
        options.append("nal-hrd=vbr")
    return [*arguments, "-x264-params", ":".join(options)]


def _x265(profile: Profile) -> list[str]:
    options = ["log-level=error", "open-gop=0", "hrd=0"]
    if profile.lookahead_frames is not None:
        options.append(f"rc-lookahead={profile.lookahead_frames}")
    tag = ["-tag:v", "hvc1"] if profile.container in ("mp4", "mov") else []
    return ["-profile:v", profile.codec_profile, "-x265-params", ":".join(options), *tag]


def _svt_av1(profile: Profile) -> list[str]:
    # 2: a key frame begins a closed group.
    return ["-svtav1-params", "irefresh-type=2"]


def _prores(profile: Profile) -> list[str]:
    tags = "color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    return [
        "-profile:v", profile.codec_profile, "-vendor", "apl0", "-bsf:v", f"prores_metadata={tags}",
    ]  # fmt: skip


def _dnxhd(profile: Profile) -> list[str]:
    rate = ["-b:v", f"{profile.video_kbps}k"] if profile.video_kbps else []
    return ["-profile:v", profile.codec_profile, *rate]


_SPECIAL: dict[str, Callable[[Profile], list[str]]] = {
    "libx264": _x264,
    "libx265": _x265,
    "libsvtav1": _svt_av1,
    "prores_ks": _prores,
    "dnxhd": _dnxhd,
}
