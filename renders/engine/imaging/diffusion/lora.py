"""LoRAs: found by id, refused by name when they are made for another base, mixed in and taken out again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from apexsite.kit.errors import InputError, NotAvailable, RequestRefused
from renders.engine.imaging.diffusion.headers import TensorHeader, read_header
from renders.engine.imaging.diffusion.pipeline import Loaded
from renders.engine.imaging.diffusion.places import FoundModel, file_ways, models_root
from renders.engine.imaging.options import LoraUse

WORD_WIDTHS = {768: "Stable Diffusion 1.x", 1024: "Stable Diffusion 2.x", 2048: "SDXL"}
"""Numbers a word has where pictures attend to words, by base. Source: cross_attention_dim in each model's UNet config."""

SDXL_WIDTH = 2048
WORD_KEY = re.compile(r"attn2[._]to_[kv][._].*(lora_down|lora_A|lora\.down)")
FLUX_KEY = re.compile(r"(single_transformer_blocks|double_blocks|single_blocks|^transformer\.)")
SECOND_ENCODER_KEY = re.compile(r"^(lora_te2_|text_encoder_2\.)")
MAKERS_WORDS = ("modelspec.architecture", "ss_base_model_version", "baseModel")
"""Where trainers write the base: the model specification of Stability, kohya's scripts, others."""

MAKERS_BASES = (
    ("flux", ("flux",)),
    ("sdxl", ("sdxl", "stable-diffusion-xl")),
    ("Stable Diffusion 1.x", ("sd_v1", "sd1", "stable-diffusion-v1", "sd 1")),
    ("Stable Diffusion 2.x", ("sd_v2", "sd2", "stable-diffusion-v2", "sd 2")),
    ("Stable Diffusion 3", ("sd3", "stable-diffusion-3")),
)


def lora_path(use: LoraUse) -> Path:
    """Return a LoRA's file: `<id>.safetensors` in the models folder or its `loras`, or the one file of folder `<id>`.

    Raises `RequestRefused` for a name that is no bare id and `NotAvailable` when it is not here.
    """
    if not use.model or Path(use.model).name != use.model or use.model.startswith("."):
        raise RequestRefused(f"LoRA {use.model!r} must be a bare id, such as film-grain-xl")
    root = models_root()
    ways = [*file_ways(use.model), root / "loras" / f"{use.model}.safetensors"]
    inside = sorted((root / use.model).glob("*.safetensors"))
    ways += inside if len(inside) == 1 else []
    for path in ways:
        if path.is_file():
            return path
    raise NotAvailable(f"LoRA {use.model} is not here; get it with: its file placed as {ways[0]}")


def refuse_other_base(path: Path, found: FoundModel) -> None:
    """Raise `RequestRefused` naming the LoRA and both bases when it is not made for this model; its header is read only.

    A LoRA that says nothing of its base in shapes, names or words is refused too: mixed in, it would do nothing or harm.
    """
    try:
        header = read_header(path)
    except InputError as err:
        raise RequestRefused(f"LoRA {path.stem}: {err.message}") from err
    base = lora_base(header, own_width=word_width(found))
    family = found.profile.family
    if base.lower() != family:
        raise RequestRefused(
            f"LoRA {path.stem} is made for {base or 'no base it tells'}; "
            f"{found.profile.title} takes those for {family.upper()}"
        )


def lora_base(header: TensorHeader, *, own_width: int = SDXL_WIDTH) -> str:
    """Return the base a LoRA is made for, `flux`, `SDXL` or another's name; empty when nothing tells.

    Shapes are believed before names, names before the maker's words. `own_width` is the width of words of the model at
    hand, which is SDXL's kin.
    """
    for name, shape in header.shapes.items():
        if WORD_KEY.search(name) and len(shape) >= 2:
            if shape[1] == own_width:
                return "SDXL"
            return WORD_WIDTHS.get(shape[1], f"a model whose words have {shape[1]} numbers")
    if any(FLUX_KEY.search(name) for name in header.shapes):
        return "flux"
    if any(SECOND_ENCODER_KEY.search(name) for name in header.shapes):
        return "SDXL"
    told = " ".join(header.words.get(key, "") for key in MAKERS_WORDS).lower()
    return next((base for base, marks in MAKERS_BASES if any(m in told for m in marks)), "")


def word_width(found: FoundModel) -> int:
    """Return the width of words of a model: what its UNet's config says, else SDXL's."""
    folder = found.configs or found.path
    try:
        config = json.loads((folder / "unet" / "config.json").read_text(encoding="utf-8"))
        width = config.get("cross_attention_dim", SDXL_WIDTH)
        return width if isinstance(width, int) else SDXL_WIDTH
    except (OSError, ValueError, AttributeError):
        return SDXL_WIDTH


def loras_of(found: FoundModel, uses: Sequence[LoraUse]) -> tuple[tuple[str, float], ...]:
    """Return (path, scale) of the model's own LoRA and those asked for, each checked against the base."""
    wanted = [(found.lora, found.profile.base_lora_scale)] if found.lora else []
    wanted += [(lora_path(use), use.scale) for use in uses]
    for path, _ in wanted:
        refuse_other_base(path, found)
    return tuple((str(path), scale) for path, scale in wanted)


def loras_mixed(loaded: Loaded, wanted: tuple[tuple[str, float], ...]) -> None:
    """Mix in exactly these LoRAs: those of the picture before are taken out, and the numbers are as loaded again."""
    if loaded.loras == wanted:
        return
    if loaded.loras:
        loaded.pipe.unload_lora_weights()
        loaded.loras = ()
    names = []
    for number, (path, _) in enumerate(wanted):
        name = f"lora_{number}"
        file = Path(path)
        try:
            loaded.pipe.load_lora_weights(
                str(file.parent), weight_name=file.name, adapter_name=name, local_files_only=True
            )
        except (ValueError, KeyError, RuntimeError, TypeError, AttributeError, OSError) as err:
            loaded.pipe.unload_lora_weights()
            raise RequestRefused(f"LoRA {file.stem} cannot be mixed in: {err}") from err
        names.append(name)
    if names:
        loaded.pipe.set_adapters(names, adapter_weights=[scale for _, scale in wanted])
    loaded.loras = wanted
