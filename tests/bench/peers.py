"""What ffmpeg and MLT are asked to do for the film bench: at their best, and as people usually write it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from apexsite.kit.ffmpeg import run_ffmpeg

CODED = ["-c:v", "libx264", "-preset", "medium", "-crf", "18", "-pix_fmt", "yuv420p", "-g", "60"]
ZOOM_FROM, ZOOM_BY = 1.05, 0.10
"""Every side's move: from 1.05 to 1.15 over a shot, about the middle."""

VIGNETTE_ANGLE = 0.45
"""Of ffmpeg's vignette, in radians: the corners' loss of light is near to our 0.3."""


def ffmpeg_graph(
    stills: list[Path],
    frames: int,
    out: Path,
    *,
    mixed: int,
    size: tuple[int, int],
    fps: int,
    noise: float,
    upscale: int = 1,
    cube: Path | None = None,
) -> None:
    """Render by one ffmpeg: zoompan, xfade, vignette, noise.

    `upscale` makes the still larger first, the usual cure against zoompan's jitter. With `cube` the stills are not
    graded beforehand: the table and the rest of the filters run on every frame.
    """
    width, height = size
    inputs: list[str | Path] = [word for path in stills for word in ("-i", path)]
    graph, last = "", ""
    grade = f"lut3d=file='{cube}':interp=tetrahedral," if cube else ""
    for n in range(len(stills)):
        count = frames + (mixed if n < len(stills) - 1 else 0)
        larger = f"scale={upscale * width}:-2," if upscale > 1 else ""
        graph += (
            f"[{n}:v]format=rgb24,{larger}zoompan=z='{ZOOM_FROM}+{ZOOM_BY}*on/{frames}':"
            f"x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d={count}:s={width}x{height}:fps={fps},"
            f"{grade}format=yuv420p[v{n}];"
        )
        if n:
            at = n * frames / fps
            graph += f"{last}[v{n}]xfade=fade:duration={mixed / fps}:offset={at}[x{n}];"
        last = f"[x{n}]" if n else f"[v{n}]"
    strength = f",noise=c0s={round(noise)}:c0f=t" if noise >= 1 else ""
    graph += f"{last}vignette=angle={VIGNETTE_ANGLE}{strength}[film]"
    run_ffmpeg(["-y", *inputs, "-filter_complex", graph, "-map", "[film]", *CODED, out])


def has_mlt() -> bool:
    """Say whether MLT's own player is installed: apt-get install melt."""
    return shutil.which("melt") is not None


def mlt(
    stills: list[Path],
    frames: int,
    out: Path,
    *,
    mixed: int,
    size: tuple[int, int],
    fps: int,
    noise: float,
) -> None:
    """Render by MLT: affine filters with key frames, a luma mix, vignette and noise on the track, its own x264."""
    profile = out.with_suffix(".profile")
    profile.write_text(
        f"description={size[1]}p{fps}\nframe_rate_num={fps}\nframe_rate_den=1\nwidth={size[0]}\nheight={size[1]}\nprogressive=1\n"
        "sample_aspect_num=1\nsample_aspect_den=1\ndisplay_aspect_num=16\ndisplay_aspect_den=9\n"
        "colorspace=709\n"
    )
    words = ["melt", "-silent", "-profile", str(profile)]
    for n, path in enumerate(stills):
        lasts = frames + (mixed if n < len(stills) - 1 else 0)
        rects = ";".join(
            f"{at}=-{50 * (zoom - 1):.3f}%/-{50 * (zoom - 1):.3f}%:{100 * zoom:.3f}%x{100 * zoom:.3f}%"
            for at, zoom in ((0, ZOOM_FROM), (frames, ZOOM_FROM + ZOOM_BY))
        )
        words += [f"pixbuf:{path}", f"out={lasts - 1}"]
        words += ["-attach", "affine", f"transition.rect={rects}"]
        words += ["-mix", str(mixed), "-mixer", "luma"] if n else []
    words += ["-filter", "avfilter.vignette", f"av.angle={VIGNETTE_ANGLE}"]
    if noise >= 1:
        words += ["-filter", "avfilter.noise", f"av.c0s={round(noise)}", "av.c0f=t"]
    words += ["-consumer", f"avformat:{out}", "vcodec=libx264", "preset=medium", "crf=18", "g=60"]
    words += ["an=1", "pix_fmt=yuv420p", "real_time=-1"]
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(words, check=True, capture_output=True, env=quiet)
