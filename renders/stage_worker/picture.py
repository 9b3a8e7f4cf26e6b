# SPDX-License-Identifier: GPL-3.0-or-later
"""Rendering: Cycles on the CPU with a denoiser, three qualities; the data passes in a render of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bpy


@dataclass(frozen=True, slots=True)
class Quality:
    """Samples, bounces, and the noise at which a pixel is done (0: every pixel gets all samples)."""

    samples: int
    bounces: int
    threshold: float
    denoising: str


QUALITIES: dict[str, Quality] = {
    "sketch": Quality(2, 1, 0.0, "FAST"),
    "draft": Quality(4, 3, 0.0, "BALANCED"),
    "good": Quality(28, 6, 0.015, "HIGH"),
}
"""Source: measured (`make bench WHAT=stage`; figures in docs/lookbook.md).

Only lamps are aimed at, and things that glow (panes, signs) light by being met. On the street at night hundreds of panes
took the few samples from the lamps: without them 4 samples came nearer to the converged picture (30.2 dB) than 5 with
them (29.5 dB with a light tree, 30.0 dB without), at half the processor time; a good picture has the same brightness
within 0.2 % and costs 54 %. Elsewhere 4 samples are 0.4 to 0.8 dB under 5.
"""


def set_render(
    quality: str,
    *,
    width: int,
    height: int,
    seed: int,
    exposure: float,
    contrast: str,
    keep: bool = False,
) -> None:
    """Set the scene's renderer; `keep` holds the geometry for a second render of the same scene."""
    scene, wanted = bpy.context.scene, QUALITIES[quality]
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 100
    scene.render.use_persistent_data = keep
    scene.cycles.device = "CPU"
    scene.cycles.samples = wanted.samples
    scene.cycles.use_adaptive_sampling = wanted.threshold > 0
    scene.cycles.adaptive_threshold = wanted.threshold
    scene.cycles.seed = seed % 2**31
    scene.cycles.use_light_tree = False
    for material in bpy.data.materials:
        material.cycles.emission_sampling = "NONE"
    scene.cycles.use_denoising = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    scene.cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    scene.cycles.denoising_prefilter = "FAST"
    scene.cycles.denoising_quality = wanted.denoising
    scene.cycles.max_bounces = wanted.bounces
    scene.cycles.diffuse_bounces = min(wanted.bounces, 3)
    scene.cycles.glossy_bounces = min(wanted.bounces, 3)
    scene.cycles.transparent_max_bounces = 6
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.cycles.sample_clamp_indirect = 4.0
    scene.cycles.blur_glossy = 1.0
    scene.cycles_curves.shape = "RIBBONS"
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = contrast
    scene.view_settings.exposure = exposure
    scene.render.film_transparent = False
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.image_settings.color_depth = "8"


def render_picture(target: Path) -> None:
    """Render the scene into one PNG."""
    bpy.context.scene.render.filepath = str(target)
    bpy.ops.render.render(write_still=True)
