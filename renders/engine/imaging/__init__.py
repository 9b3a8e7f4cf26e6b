"""Picture engines of the renders app, by name; every engine's drawing code loads on its first picture."""

from __future__ import annotations

from apexsite.kit.registry import Registry
from renders.engine.imaging.base import ImageBackend
from renders.engine.imaging.cloud.gemini import GeminiBackend
from renders.engine.imaging.cloud.hf_endpoint import EndpointBackend
from renders.engine.imaging.diffusion.sdxl import SdxlBackend
from renders.engine.imaging.stage import StageBackend
from renders.engine.imaging.storyboard import StoryboardBackend

BACKENDS: Registry[ImageBackend] = Registry("picture engine")
BACKENDS.add("storyboard", StoryboardBackend())
BACKENDS.add("stage", StageBackend())
BACKENDS.add("sdxl", SdxlBackend())
BACKENDS.add("hf_endpoint", EndpointBackend())
BACKENDS.add("gemini", GeminiBackend())

__all__ = ["BACKENDS"]
