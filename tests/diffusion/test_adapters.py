"""LoRAs and faces shown as pictures: mixed in, taken out, refused for another base or together with sliced attention."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path

import pytest
from PIL import Image

from apexsite.kit.errors import NotAvailable, RequestRefused
from apexsite.kit.progress import NullProgress
from renders.engine.imaging.base import ImageRequest, Reference
from renders.engine.imaging.diffusion.headers import TensorHeader
from renders.engine.imaging.diffusion.identity import ADAPTER
from renders.engine.imaging.diffusion.lora import lora_base
from renders.engine.imaging.diffusion.sdxl import SdxlBackend
from renders.engine.imaging.options import LoraUse, PictureOptions
from tests.diffusion.conftest import asking

pytestmark = [pytest.mark.gen, pytest.mark.xdist_group("diffusion")]
QUIET = NullProgress()


def with_lora(name: str, scale: float = 1.0) -> ImageRequest:
    return asking(options=PictureOptions(loras=(LoraUse(name, scale),)))


def face_of(key: str, level: int = 200) -> Reference:
    buffer = io.BytesIO()
    Image.linear_gradient("L").point(lambda v: (v + level) % 256).convert("RGB").save(buffer, "PNG")
    return Reference(buffer.getvalue(), "image/png", key, "0" * 64)


@pytest.fixture
def adapter(models: Path, tiny_folder: Path) -> Path:
    (models / ADAPTER).symlink_to(tiny_folder / "adapter")
    return models / ADAPTER


def test_a_lora_changes_the_picture_and_taking_it_out_restores_the_bytes(
    engine: SdxlBackend,
) -> None:
    plain = engine.render(asking(), QUIET)
    mixed = engine.render(with_lora("warm-light"), QUIET)
    weak = engine.render(with_lora("warm-light", 0.1), QUIET)
    after = engine.render(asking(), QUIET)
    assert len({one.pixels.tobytes() for one in (plain, mixed, weak)}) == 3
    assert after.pixels.tobytes() == plain.pixels.tobytes()
    (told,) = mixed.parameters["loras"]
    assert (told["file"], told["scale"]) == ("warm-light.safetensors", 1.0)
    assert len(told["fingerprint"]) == 16


def test_a_lora_for_another_base_is_refused_by_name_and_the_model_stays(
    engine: SdxlBackend,
) -> None:
    plain = engine.render(asking(), QUIET)
    with pytest.raises(
        RequestRefused, match=r"old-look is made for Stable Diffusion 1\.x; Tiny XL"
    ):
        engine.render(with_lora("old-look"), QUIET)
    assert engine.render(asking(), QUIET).pixels.tobytes() == plain.pixels.tobytes()


def test_a_lora_that_is_not_here_says_where_to_place_it(engine: SdxlBackend, models: Path) -> None:
    with pytest.raises(NotAvailable, match=str(models / "lost.safetensors")):
        engine.render(with_lora("lost"), QUIET)


@pytest.mark.parametrize("name", ["../secret", "a/b", ".hidden", ""])
def test_a_lora_is_named_by_a_bare_id(engine: SdxlBackend, name: str) -> None:
    with pytest.raises(RequestRefused, match="bare id"):
        engine.render(with_lora(name), QUIET)


@pytest.mark.parametrize(
    "content",
    [b"", b"short", struct.pack("<Q", 2**60) + b"{}", struct.pack("<Q", 2) + b"[]", b"\xff" * 64],
)
def test_a_broken_lora_file_is_refused_in_words(
    engine: SdxlBackend, models: Path, content: bytes
) -> None:
    (models / "broken.safetensors").write_bytes(content)
    with pytest.raises(RequestRefused, match="no whole safetensors file"):
        engine.render(with_lora("broken"), QUIET)


def test_a_lora_cut_short_is_refused_before_it_is_loaded(engine: SdxlBackend, models: Path) -> None:
    whole = (models / "warm-light.safetensors").read_bytes()
    (models / "cut.safetensors").write_bytes(whole[:-8])
    with pytest.raises(RequestRefused, match="its header says"):
        engine.render(with_lora("cut"), QUIET)


@pytest.mark.parametrize(
    ("shapes", "words", "base"),
    [
        ({"lora_unet_down_attn2_to_k.lora_down.weight": (4, 2048)}, {}, "SDXL"),
        ({"lora_unet_down_attn2_to_k.lora_down.weight": (4, 768)}, {}, "Stable Diffusion 1.x"),
        ({"unet.x.attn2.to_v.lora_A.weight": (4, 1024)}, {}, "Stable Diffusion 2.x"),
        ({"unet.x.attn2.to_v.lora_A.weight": (4, 99)}, {}, "a model whose words have 99 numbers"),
        ({"transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight": (4, 9)}, {}, "flux"),
        ({"lora_te2_text_model_x.lora_down.weight": (4, 1280)}, {}, "SDXL"),
        ({"other": (1,)}, {"ss_base_model_version": "sdxl_base_v1-0"}, "SDXL"),
        ({"other": (1,)}, {"modelspec.architecture": "flux-1-dev/lora"}, "flux"),
        ({"other": (1,)}, {"ss_base_model_version": "sd_v1"}, "Stable Diffusion 1.x"),
        ({"other": (1,)}, {}, ""),
    ],
)
def test_the_base_of_a_lora_is_read_from_shapes_names_and_words(
    shapes: dict[str, tuple[int, ...]], words: dict[str, str], base: str
) -> None:
    assert lora_base(TensorHeader(shapes, words)).lower() == base.lower()


def test_a_lora_that_tells_no_base_is_refused(engine: SdxlBackend, models: Path) -> None:
    header = json.dumps({"x": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    content = struct.pack("<Q", len(header)) + header + b"\0" * 4
    (models / "mute.safetensors").write_bytes(content)
    with pytest.raises(RequestRefused, match="mute is made for no base it tells"):
        engine.render(with_lora("mute"), QUIET)


def test_a_face_shown_changes_the_picture_and_its_absence_restores_it(
    engine: SdxlBackend, adapter: Path
) -> None:
    plain = engine.render(asking(), QUIET)
    ann = engine.render(asking(references=(face_of("ann_1"),)), QUIET)
    other = engine.render(asking(references=(face_of("ann_1", 40),)), QUIET)
    both = engine.render(asking(references=(face_of("ann_1"), face_of("bob_2", 40))), QUIET)
    after = engine.render(asking(), QUIET)
    assert len({one.pixels.tobytes() for one in (plain, ann, other, both)}) == 4
    assert both.parameters["faces"] == {"ann_1": 1, "bob_2": 1}
    assert after.pixels.tobytes() == plain.pixels.tobytes()


def test_a_face_and_a_lora_go_together(engine: SdxlBackend, adapter: Path) -> None:
    options = PictureOptions(loras=(LoraUse("warm-light"),))
    face = engine.render(asking(references=(face_of("ann_1"),)), QUIET)
    both = engine.render(asking(references=(face_of("ann_1"),), options=options), QUIET)
    assert face.pixels.tobytes() != both.pixels.tobytes()


def test_sliced_attention_draws_but_refuses_faces(
    cold: SdxlBackend, adapter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APEX_SDXL_MEMORY", "slicing")
    made = cold.render(asking(), QUIET)
    assert made.parameters["memory"]["attention_slicing"]
    with pytest.raises(RequestRefused, match="take slicing out of APEX_SDXL_MEMORY"):
        cold.render(asking(references=(face_of("ann_1"),)), QUIET)


def test_without_the_adapter_a_face_is_left_out_in_words(engine: SdxlBackend, models: Path) -> None:
    made = engine.render(asking(references=(face_of("ann_1"), face_of("style"))), QUIET)
    told = " ".join(made.parameters["left_out"])
    assert f"reference pictures of ann_1: {ADAPTER} is not here" in told
    assert "the reference picture of style" in told
