"""A tiny SDXL with random numbers, made here and saved as a diffusers folder: the real loader and loop run on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from renders.engine.prompting.tokens import BEGIN, END, vocabulary

SIZES = [[64, 64], [96, 64], [64, 96], [112, 64]]
PROFILE = {
    "follows": "sdxl-base-1.0",
    "id": "tiny-xl",
    "title": "Tiny XL",
    "steps": 4,
    "sizes": SIZES,
    "licence": "random numbers, nobody's",
}
WORD_WIDTH = 40
"""Two text encoders of 16 and 24; SDXL's own are 768 and 1280."""


def tokenizer_made(folder: Path) -> Any:
    """Save CLIP's tokenizer from its own vocabulary; returns it."""
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    known = vocabulary()
    (folder / "vocab.json").write_text(json.dumps(known.ids), encoding="utf-8")
    merges = "\n".join(" ".join(pair) for pair in sorted(known.ranks, key=known.ranks.__getitem__))
    (folder / "merges.txt").write_text(f"#version: 0.2\n{merges}\n", encoding="utf-8")
    return CLIPTokenizer.from_pretrained(str(folder), model_max_length=77)


def tiny_unet(**changes: Any) -> Any:
    """Return a UNet of SDXL's kind with 70,000 numbers."""
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        **{
            "block_out_channels": (8, 16),
            "layers_per_block": 1,
            "sample_size": 8,
            "in_channels": 4,
            "out_channels": 4,
            "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
            "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
            "attention_head_dim": (2, 4),
            "use_linear_projection": True,
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": 8,
            "transformer_layers_per_block": (1, 1),
            "projection_class_embeddings_input_dim": 24 + 6 * 8,
            "cross_attention_dim": WORD_WIDTH,
            "norm_num_groups": 4,
            **changes,
        }
    )


def tiny_model(folder: Path, *, seed: int = 0) -> Path:
    """Save a whole tiny SDXL with a profile of its own into a folder; the seed makes its numbers."""
    import torch
    from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    tokenizer = tokenizer_made(folder.parent / f"{folder.name}-words")
    torch.manual_seed(seed)
    first, second = (
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=width,
            intermediate_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            projection_dim=width,
            max_position_embeddings=77,
            bos_token_id=BEGIN,
            eos_token_id=END,
            pad_token_id=END,
        )
        for width in (16, 24)
    )
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        norm_num_groups=4,
        sample_size=64,
    )
    pipe = StableDiffusionXLPipeline(
        vae=vae,
        text_encoder=CLIPTextModel(first),
        text_encoder_2=CLIPTextModelWithProjection(second),
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        unet=tiny_unet(),
        scheduler=EulerDiscreteScheduler(
            beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012
        ),
        add_watermarker=False,
    )
    pipe.save_pretrained(str(folder))
    (folder / "apex-profile.json").write_text(json.dumps(PROFILE), encoding="utf-8")
    return folder


def tiny_lora(path: Path, *, width: int = WORD_WIDTH, words: dict[str, str] | None = None) -> Path:
    """Save a LoRA over the tiny UNet's attention, for a base whose words are `width` wide."""
    import torch
    from peft import LoraConfig, get_peft_model_state_dict
    from safetensors.torch import save_file

    torch.manual_seed(5)
    unet = tiny_unet(cross_attention_dim=width)
    unet.add_adapter(
        LoraConfig(r=2, lora_alpha=2, init_lora_weights=False, target_modules=["to_k", "to_v"])
    )
    state = {f"unet.{key}": value * 8 for key, value in get_peft_model_state_dict(unet).items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(state, str(path), metadata={"format": "pt", **(words or {})})
    return path


def tiny_adapter(folder: Path) -> Path:
    """Save an IP-Adapter of the plus-face kind over the tiny UNet, with its image encoder."""
    import torch
    from safetensors.torch import save_file
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    torch.manual_seed(6)
    vision = CLIPVisionConfig(
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        projection_dim=16,
        image_size=32,
        patch_size=8,
    )
    CLIPVisionModelWithProjection(vision).save_pretrained(str(folder / "image_encoder"))
    unet = tiny_unet()
    state: dict[str, Any] = {}
    for number, name in enumerate(n for n in unet.attn_processors if "attn2" in n):
        attention = unet.get_submodule(name.removesuffix(".processor"))
        for part in ("k", "v"):
            key = f"ip_adapter.{2 * number + 1}.to_{part}_ip.weight"
            state[key] = torch.randn(attention.to_k.out_features, WORD_WIDTH)
    state |= {f"image_proj.{k}": v for k, v in _projection_state().items()}
    save_file(state, str(folder / "ip-adapter-plus-face_sdxl_vit-h.safetensors"))
    return folder


def _projection_state() -> dict[str, Any]:
    """Return numbers for a resampler of four layers under the names the file format uses."""
    import torch

    wide, deep, queries = 16, WORD_WIDTH, 4
    state = {
        "latents": torch.randn(1, queries, deep),
        "proj_in.weight": torch.randn(deep, wide) * 0.3,
        "proj_in.bias": torch.zeros(deep),
        "proj_out.weight": torch.randn(deep, deep) * 0.3,
        "proj_out.bias": torch.zeros(deep),
        "norm_out.weight": torch.ones(deep),
        "norm_out.bias": torch.zeros(deep),
    }
    for layer in range(4):
        for norm in ("norm1", "norm2"):
            state[f"layers.{layer}.0.{norm}.weight"] = torch.ones(deep)
            state[f"layers.{layer}.0.{norm}.bias"] = torch.zeros(deep)
        state[f"layers.{layer}.0.to_q.weight"] = torch.randn(64, deep) * 0.3
        state[f"layers.{layer}.0.to_kv.weight"] = torch.randn(128, deep) * 0.3
        state[f"layers.{layer}.0.to_out.weight"] = torch.randn(deep, 64) * 0.3
        state[f"layers.{layer}.1.0.weight"] = torch.ones(deep)
        state[f"layers.{layer}.1.0.bias"] = torch.zeros(deep)
        state[f"layers.{layer}.1.1.weight"] = torch.randn(deep * 4, deep) * 0.3
        state[f"layers.{layer}.1.3.weight"] = torch.randn(deep, deep * 4) * 0.3
    return state


def tiny_flux(folder: Path) -> Path:
    """Save a whole tiny FLUX with random numbers and a profile of its own into a folder."""
    import torch
    from diffusers import (
        AutoencoderKL,
        FlowMatchEulerDiscreteScheduler,
        FluxPipeline,
        FluxTransformer2DModel,
    )
    from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel, T5Tokenizer

    tokenizer = tokenizer_made(folder.parent / f"{folder.name}-words")
    pieces = ["<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz0123456789,.:-"]
    torch.manual_seed(3)
    clip = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        projection_dim=32,
        bos_token_id=BEGIN,
        eos_token_id=END,
        pad_token_id=END,
    )
    t5 = T5Config(
        vocab_size=len(pieces) + 100, d_model=32, d_kv=8, d_ff=16, num_layers=1, num_heads=2
    )
    pipe = FluxPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKL(
            block_out_channels=(4,),
            latent_channels=1,
            norm_num_groups=1,
            use_quant_conv=False,
            use_post_quant_conv=False,
            shift_factor=0.06,
            scaling_factor=1.5,
            sample_size=32,
        ),
        text_encoder=CLIPTextModel(clip),
        tokenizer=tokenizer,
        text_encoder_2=T5EncoderModel(t5),
        tokenizer_2=T5Tokenizer(vocab=[(piece, -1.0) for piece in pieces]),
        transformer=FluxTransformer2DModel(
            in_channels=4,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=32,
            pooled_projection_dim=32,
            axes_dims_rope=(4, 4, 8),
            guidance_embeds=True,
        ),
    )
    pipe.save_pretrained(str(folder))
    profile = PROFILE | {"follows": "flux.1-dev", "id": "tiny-flux", "title": "Tiny FLUX"}
    profile["sizes"] = [[32, 32], [48, 32]]
    (folder / "apex-profile.json").write_text(json.dumps(profile), encoding="utf-8")
    return folder
