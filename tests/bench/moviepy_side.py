"""MoviePy at its best: stills graded beforehand, zoomed as clips, crossfaded, written by the same ffmpeg and settings.

Run: `python -m tests.bench.moviepy_side OUT WIDTH HEIGHT FPS FRAMES_A_SHOT MIXED_FRAMES STILL…`
"""

from __future__ import annotations

import os
import sys


def main(arguments: list[str]) -> None:
    """Render the stills as shots with a slow zoom and a crossfade between each two."""
    from apexsite.kit.ffmpeg import ffmpeg_path

    os.environ["IMAGEIO_FFMPEG_EXE"] = ffmpeg_path()
    from moviepy import CompositeVideoClip, ImageClip, vfx

    out, stills = arguments[0], arguments[6:]
    width, height, fps, frames, mixed = (float(number) for number in arguments[1:6])
    size, length, fade = (int(width), int(height)), frames / fps, mixed / fps
    clips = []
    for number, path in enumerate(stills):
        still = ImageClip(path)
        cover = max(size[0] / still.w, size[1] / still.h)
        shown = length if number == len(stills) - 1 else length + fade
        moved = still.with_duration(shown).resized(lambda t, c=cover: c * (1.05 + 0.1 * t / length))
        shot = CompositeVideoClip([moved.with_position("center")], size=size, bg_color=(0, 0, 0))
        shot = shot.with_duration(shown).with_start(number * length)
        clips.append(shot.with_effects([vfx.CrossFadeIn(fade)]) if number else shot)
    film = CompositeVideoClip(clips, size=size).with_duration(len(stills) * length)
    film.write_videofile(
        out, fps=fps, codec="libx264", preset="medium", audio=False, logger=None,
        ffmpeg_params=["-crf", "18", "-pix_fmt", "yuv420p", "-g", str(int(2 * fps))],
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
