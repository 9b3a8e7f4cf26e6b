"""Faces and looks shown as pictures: the IP-Adapter, found by path, one slot for each person shown."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from apexsite.kit.errors import BackendError, RequestRefused
from apexsite.kit.faultwords import words_of_fault
from renders.engine.imaging.base import Reference
from renders.engine.imaging.diffusion.pipeline import Loaded, placed
from renders.engine.imaging.diffusion.places import HOME, models_root

if TYPE_CHECKING:
    from PIL.Image import Image

ADAPTER = "ip-adapter-plus-face"
ADAPTER_FILE = "ip-adapter-plus-face_sdxl_vit-h.safetensors"
"""The adapter's ledger id, the name of its folder too, and its file, there or beside it; `image_encoder` lies in the folder.

Free for commercial work, unlike those that read InsightFace's numbers. Source: huggingface.co/h94/IP-Adapter, Apache-2.0,
`sdxl_models/ip-adapter-plus-face_sdxl_vit-h.safetensors` and `models/image_encoder`.
"""

SCALE = 0.6
"""How strongly faces are held. Source: the IP-Adapter page of the diffusers documentation, 0.5 to 0.8 for faces."""

TIGHTER_SCALE = 0.2
"""What full tightness adds to the scale. House choice."""

MOST_PEOPLE = 3
MOST_SIDE = 8192


def adapter_weights() -> Path | None:
    """Return the adapter's file where it and its image encoder are placed, else None."""
    root = models_root()
    if not (root / ADAPTER / "image_encoder" / "config.json").is_file():
        return None
    ways = (root / ADAPTER / ADAPTER_FILE, root / ADAPTER_FILE)
    return next((path for path in ways if path.is_file()), None)


def adapter_remedy() -> str:
    """Return what to place where."""
    return (
        f"{ADAPTER_FILE} and models/image_encoder of huggingface.co/h94/IP-Adapter placed in "
        f"{ADAPTER} in {HOME}"
    )


def refuse_with_slicing(loaded: Loaded, names: Sequence[str]) -> None:
    """Raise `RequestRefused` when attention is sliced and faces are shown.

    diffusers' slices replace the adapter's processors without a word and the call breaks later. Source: seen with
    diffusers 0.42.1; its documentation of enable_attention_slicing warns of the same.
    """
    if names and loaded.is_sliced:
        raise RequestRefused(
            f"attention is sliced here (APEX_SDXL_MEMORY=slicing) and faces are shown ({', '.join(names)}): the two cannot "
            "go together; take slicing out of APEX_SDXL_MEMORY, or draw without reference pictures"
        )


def adapter_fitted(loaded: Loaded, slots: int, *, tightness: float = 0.0) -> None:
    """Load the adapter with a slot for each person, or take it out for 0; the scale follows tightness, 0 to 1."""
    if loaded.identity_slots != slots:
        if loaded.identity_slots:
            loaded.pipe.unload_ip_adapter()
            loaded.identity_slots = 0
        if slots:
            _load(loaded, slots)
        placed(loaded, is_offloaded=loaded.is_offloaded)
    if slots:
        scale = SCALE + TIGHTER_SCALE * tightness
        loaded.pipe.set_ip_adapter_scale([scale] * slots)


def _load(loaded: Loaded, slots: int) -> None:
    weights = adapter_weights()
    if weights is None:
        raise BackendError(f"{ADAPTER} is gone; get it with: {adapter_remedy()}", permanent=True)
    try:
        loaded.pipe.load_ip_adapter(
            str(models_root()),
            subfolder="",
            weight_name=[weights.relative_to(models_root()).as_posix()] * slots,
            image_encoder_folder=f"{ADAPTER}/image_encoder",
            local_files_only=True,
        )
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError) as err:
        raise BackendError(
            f"{weights.name} cannot be loaded: {words_of_fault(err, weights)}", permanent=True
        ) from err
    loaded.identity_slots = slots


def picture_of(reference: Reference) -> Image:
    """Return a reference's picture in RGB; raises `RequestRefused` for what is none."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(reference.content), formats=("PNG", "JPEG", "WEBP"))
        if max(image.size) > MOST_SIDE:
            raise ValueError(f"{image.width}×{image.height}, at most {MOST_SIDE} a side")
        return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as err:
        raise RequestRefused(
            f"the reference picture of {reference.of} cannot be read: {err}"
        ) from err


def faces_by_person(
    references: Sequence[Reference], keys: Sequence[str]
) -> dict[str, list[Reference]]:
    """Return the references that show somebody of the cast, by their key in the cast's order, three people at most."""
    shown = {key: [one for one in references if one.of == key] for key in keys}
    return dict([(key, found) for key, found in shown.items() if found][:MOST_PEOPLE])
