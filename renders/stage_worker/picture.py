# SPDX-License-Identifier: GPL-3.0-or-later
"""Rendering: Cycles on the CPU with a denoiser, three qualities; the data passes in a render of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bpy


@dataclass(frozen=True, slots=True)
class Quality:
    """Samples, bounces, and the noise at which a pixel is done."""

    samples: int
    bounces: int
    threshold: float


QUALITIES: dict[str, Quality] = {
    "sketch": Quality(2, 1, 0.1),
    "draft": Quality(5, 3, 0.05),
    "good": Quality(28, 6, 0.015),
}
"""Source: measured (`make bench WHAT=stage`; figures in docs/lookbook.md)."""

MANY_LAMPS = 14
"""With more lamps than this a tree chooses among them; with fewer it costs more than it saves (a sixth of a draft)."""


def set_render(
    quality: str, *, width: int, height: int, seed: int, exposure: float, contrast: str
) -> None:
    """Set the scene's renderer."""
    scene, wanted = bpy.context.scene, QUALITIES[quality]
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 100
    scene.render.use_persistent_data = False
    scene.cycles.device = "CPU"
    scene.cycles.samples = wanted.samples
    scene.cycles.use_adaptive_sampling = wanted.samples > 4
    scene.cycles.adaptive_threshold = wanted.threshold
    scene.cycles.seed = seed % 2**31
    many = len(bpy.data.lights) > MANY_LAMPS
    scene.cycles.use_light_tree = quality == "good" or (many and quality == "draft")
    scene.cycles.use_denoising = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    scene.cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    scene.cycles.denoising_prefilter = "FAST"
    scene.cycles.denoising_quality = {"sketch": "FAST", "draft": "BALANCED", "good": "HIGH"}[
        quality
    ]
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
