"""What trained models say of a picture, from ONNX files one brings by path: text likeness, aesthetic quality. Absent without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from apexsite.kit.colour import Doubles
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3
from renders.engine.prompting.tokens import BEGIN, END, PLACES, token_ids
from renders.engine.scoring.card import SubScore
from renders.engine.scoring.onnxfile import onnx_run, onnx_session
from renders.engine.scoring.views import ramp

SIDE = 224
MEAN = (0.48145466, 0.4578275, 0.40821073)
DEVIATION = (0.26862954, 0.26130258, 0.27577711)
"""Side and channel statistics of CLIP's inputs. Source: openai/CLIP, `_transform`."""
LIKENESS_SCALE = 2.5
"""Source: CLIPScore, Hessel et al. (2021): 2.5 × max(cos, 0); usual cosines are 0.2 to 0.35."""
PLAIN, FINE = 3.5, 6.5
"""LAION scores, 1 to 10, of pictures nobody and everybody likes. Source: the distribution of AVA's means; house choice."""


@dataclass(frozen=True, slots=True)
class Models:
    """Paths of ONNX files, empty for none.

    `clip_image`: float32 1×3×S×S → one vector. `clip_text`: int64 1×77 tokens of CLIP → a vector as long.
    `aesthetic`: a picture's unit vector 1×D → one number from 1 to 10, as LAION's head on CLIP ViT-L/14.
    `landmarks`: a face 1×3×S×S → 136 numbers, see `faces.py`.
    """

    clip_image: str = ""
    clip_text: str = ""
    aesthetic: str = ""
    landmarks: str = ""


def neural_parts(pixels: Bytes3, *, text: str, models: Models) -> tuple[SubScore, SubScore]:
    """Return prompt adherence and aesthetic quality; None, with the reason, for what has no model here.

    A model that is named and cannot be used is said by name and is absent, it never stands for a number.
    """
    try:
        vector = image_vector(pixels, models.clip_image) if models.clip_image else None
    except InputError as err:
        absent = (SubScore(name, None, err.message) for name in ("prompt_adherence", "quality"))
        return next(absent), next(absent)
    return _adherence(vector, text, models), _quality(vector, models)


def _adherence(vector: Doubles | None, text: str, models: Models) -> SubScore:
    name = "prompt_adherence"
    if vector is None or not models.clip_text:
        return SubScore(name, None, "no model here")
    if not text.strip():
        return SubScore(name, None, "no words were asked with")
    try:
        words = text_vector(text, models.clip_text)
    except InputError as err:
        return SubScore(name, None, err.message)
    if len(words) != len(vector):
        told = f"{Path(models.clip_text).name} and {Path(models.clip_image).name} are no pair"
        return SubScore(name, None, told)
    cosine = float(vector @ words)
    return SubScore(name, min(1.0, LIKENESS_SCALE * max(cosine, 0.0)), f"cosine {cosine:.3f}")


def _quality(vector: Doubles | None, models: Models) -> SubScore:
    if vector is None or not models.aesthetic:
        return SubScore("quality", None, "no model here")
    try:
        found = onnx_run(models.aesthetic, vector[None].astype(np.float32))
    except InputError as err:
        return SubScore("quality", None, err.message)
    if found.size != 1:
        return SubScore("quality", None, f"{Path(models.aesthetic).name} gives no single number")
    points = float(found.ravel()[0])
    return SubScore("quality", ramp(points, bad=PLAIN, good=FINE), f"{points:.2f} of 10")


def image_vector(pixels: Bytes3, path: str) -> Doubles:
    """Return the unit vector of a uint8 H×W×3 picture: shorter side to S, the middle square, as CLIP was trained."""
    from PIL import Image

    shape = onnx_session(path).get_inputs()[0].shape
    side = shape[2] if len(shape) == 4 and isinstance(shape[2], int) else SIDE
    picture = Image.fromarray(pixels)
    scale = side / min(picture.size)
    width, height = (max(side, round(length * scale)) for length in picture.size)
    left, top = (width - side) // 2, (height - side) // 2
    picture = picture.resize((width, height), Image.Resampling.BICUBIC)
    plane = np.asarray(picture.crop((left, top, left + side, top + side)), dtype=np.float32) / 255.0
    scaled = (plane - np.asarray(MEAN, np.float32)) / np.asarray(DEVIATION, np.float32)
    return _unit(onnx_run(path, np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])), path)


def text_vector(text: str, path: str) -> Doubles:
    """Return the unit vector of a text, cut to CLIP's 77 places."""
    ids = [BEGIN, *token_ids(text)[: PLACES - 2], END]
    row = np.zeros((1, PLACES), np.int64)
    row[0, : len(ids)] = ids
    return _unit(onnx_run(path, row), path)


def _unit(found: np.ndarray[Any, Any], path: str) -> Doubles:
    vector = np.asarray(found, np.float64).ravel()
    length = float(np.linalg.norm(vector))
    if not np.isfinite(vector).all() or not length:
        raise InputError(f"{Path(path).name} gave no vector")
    return vector / length
