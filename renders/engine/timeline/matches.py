"""Fill in where the shots of each match dissolve look alike, as they are framed in the middle of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from apexsite.kit.pixels import Floats3, read_picture, to_float
from apexsite.kit.seeds import seed_mix
from renders.engine.motion.keyframes import window_of_keys
from renders.engine.motion.moves import window_at
from renders.engine.motion.window import Window
from renders.engine.timeline.model import Clip, Timeline
from renders.engine.transitions.likeness import SEARCH_WIDTH, find_match


def with_matches(timeline: Timeline, *, seed: int) -> Timeline:
    """Return the timeline with a `match` in every match dissolve that has none; `seed` is the film's.

    Raises `InputError` for pictures that cannot be read.
    """
    clips = list(timeline.clips)
    for number, clip in enumerate(clips):
        if clip.transition_in != "match_dissolve" or clip.match is not None:
            continue
        before, half = clips[number - 1], clip.transition_in_frames // 2
        match = find_match(
            framed_still(timeline, number - 1, frame=before.duration_frames + half, seed=seed),
            framed_still(timeline, number, frame=half, seed=seed),
        )
        clips[number] = replace(clip, match=match)
    return replace(timeline, clips=tuple(clips))


def seen_frames(timeline: Timeline, number: int) -> int:
    """Return how long a clip is seen: its own length and the transition after it."""
    seen = timeline.clips[number].duration_frames
    if number + 1 < len(timeline.clips):
        seen += timeline.clips[number + 1].transition_in_frames
    return seen


def clip_window(timeline: Timeline, number: int, *, frame: float, seed: int) -> Window:
    """Return the window of a clip's frame; its move ends where it is last seen, in the transition after it."""
    clip: Clip = timeline.clips[number]
    if clip.motion.keys:
        return window_of_keys(clip.motion.keys, frame=frame)
    return window_at(
        clip.move,
        frame=frame,
        duration_frames=seen_frames(timeline, number),
        seed=seed_mix(seed, clip.shot_code),
        curve=clip.motion.curve,
        amount=clip.motion.amount,
    )


def framed_still(timeline: Timeline, number: int, *, frame: int, seed: int) -> Floats3:
    """Return a small picture of what a clip shows at a frame; float32 [0, 1], twice as wide as the search needs."""
    from PIL import Image

    window = clip_window(timeline, number, frame=frame, seed=seed)
    picture = Image.fromarray(read_picture(timeline.clips[number].picture))
    shape = min(picture.width / timeline.width, picture.height / timeline.height)
    wide, tall = shape * timeline.width, shape * timeline.height
    left = picture.width / 2 + (window.centre_x - 0.5 - 0.5 / window.zoom) * wide
    top = picture.height / 2 + (window.centre_y - 0.5 - 0.5 / window.zoom) * tall
    box = (left, top, left + wide / window.zoom, top + tall / window.zoom)
    box = (max(box[0], 0), max(box[1], 0), min(box[2], picture.width), min(box[3], picture.height))
    size = (2 * SEARCH_WIDTH, round(2 * SEARCH_WIDTH * timeline.height / timeline.width))
    small = picture.resize(size, Image.Resampling.BOX, box=box)
    return to_float(np.asarray(small, dtype=np.uint8))
