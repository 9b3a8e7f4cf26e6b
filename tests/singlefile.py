"""A diffusers SDXL written as the one file that checkpoints are traded as: the original names of its parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

RESNET = (
    ("norm1", "in_layers.0"),
    ("conv1", "in_layers.2"),
    ("norm2", "out_layers.0"),
    ("conv2", "out_layers.3"),
    ("time_emb_proj", "emb_layers.1"),
    ("conv_shortcut", "skip_connection"),
)
UNET = (
    ("time_embedding.linear_1", "time_embed.0"),
    ("time_embedding.linear_2", "time_embed.2"),
    ("add_embedding.linear_1", "label_emb.0.0"),
    ("add_embedding.linear_2", "label_emb.0.2"),
    ("conv_in", "input_blocks.0.0"),
    ("conv_norm_out", "out.0"),
    ("conv_out", "out.2"),
    ("down_blocks.0.resnets.0", "input_blocks.1.0"),
    ("down_blocks.0.downsamplers.0.conv", "input_blocks.2.0.op"),
    ("down_blocks.1.resnets.0", "input_blocks.3.0"),
    ("down_blocks.1.attentions.0", "input_blocks.3.1"),
    ("mid_block.resnets.0", "middle_block.0"),
    ("mid_block.attentions.0", "middle_block.1"),
    ("mid_block.resnets.1", "middle_block.2"),
    ("up_blocks.0.resnets.0", "output_blocks.0.0"),
    ("up_blocks.0.attentions.0", "output_blocks.0.1"),
    ("up_blocks.0.resnets.1", "output_blocks.1.0"),
    ("up_blocks.0.attentions.1", "output_blocks.1.1"),
    ("up_blocks.0.upsamplers.0.conv", "output_blocks.1.2.conv"),
    ("up_blocks.1.resnets.0", "output_blocks.2.0"),
    ("up_blocks.1.resnets.1", "output_blocks.3.0"),
)
"""The tiny UNet's blocks, one layer each, in the original numbering."""


def write_single_file(pipe: Any, path: Path) -> Path:
    """Save a tiny SDXL pipeline as one safetensors file."""
    from safetensors.torch import save_file

    state = {f"model.diffusion_model.{_unet(k)}": v for k, v in pipe.unet.state_dict().items()}
    state |= {f"first_stage_model.{_vae(k)}": v for k, v in pipe.vae.state_dict().items()}
    for key, value in pipe.text_encoder.state_dict().items():
        whole = key if key.startswith("text_model.") else f"text_model.{key}"
        state[f"conditioner.embedders.0.transformer.{whole}"] = value
    state |= _open_clip(pipe.text_encoder_2.state_dict())
    save_file({key: value.contiguous().clone() for key, value in state.items()}, str(path))
    return path


def _unet(key: str) -> str:
    for new, old in UNET:
        if key.startswith(f"{new}."):
            rest = key.removeprefix(f"{new}.")
            for part, original in RESNET if ".resnets." in key else ():
                if rest.startswith(f"{part}."):
                    rest = rest.replace(part, original, 1)
            return f"{old}.{rest}"
    raise AssertionError(key)


def _vae(key: str) -> str:
    side, _, rest = key.partition(".")
    if side not in ("encoder", "decoder"):
        return key
    rest = rest.replace("mid_block.resnets.0", "mid.block_1")
    rest = rest.replace("mid_block.resnets.1", "mid.block_2")
    rest = rest.replace("mid_block.attentions.0", "mid.attn_1")
    rest = rest.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut")
    for part in ("q", "k", "v"):
        rest = rest.replace(f"to_{part}.", f"{part}.")
    rest = rest.replace("to_out.0", "proj_out").replace("group_norm", "norm")
    for number in range(4):
        down, up = f"down_blocks.{number}", f"up_blocks.{number}"
        rest = rest.replace(f"{down}.resnets", f"down.{number}.block")
        rest = rest.replace(f"{down}.downsamplers.0", f"down.{number}.downsample")
        rest = rest.replace(f"{up}.resnets", f"up.{3 - number}.block")
        rest = rest.replace(f"{up}.upsamplers.0", f"up.{3 - number}.upsample")
    return f"{side}.{rest}"


def _open_clip(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the second text encoder's numbers as OpenCLIP names them: q, k and v in one, the projection turned."""
    import torch
    from diffusers.loaders.single_file_utils import DIFFUSERS_TO_LDM_MAPPING

    names = DIFFUSERS_TO_LDM_MAPPING["openclip"]
    state: dict[str, Any] = {}
    for key, value in parts.items():
        if key in names["layers"]:
            old = names["layers"][key]
            state[old] = value.T if old == "text_projection" else value
            continue
        old = f"transformer.{key}"
        for new, original in names["transformer"].items():
            old = old.replace(new, original)
        if "q_proj" in key:
            trio = [parts[key.replace("q_proj", f"{letter}_proj")] for letter in "qkv"]
            kind = key.rpartition(".")[2]
            state[old.replace(f".q_proj.{kind}", f".in_proj_{kind}")] = torch.cat(trio)
        elif "k_proj" not in key and "v_proj" not in key:
            state[old] = value
    return {f"conditioner.embedders.1.model.{key}": value for key, value in state.items()}
