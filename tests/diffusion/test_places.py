"""Where weights are looked for, what is said when they are not there, and the table of models. No library needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apexsite.kit.errors import InputError, NotAvailable
from renders.engine.imaging.diffusion import places
from renders.engine.imaging.diffusion.asked import guidance_of
from renders.engine.imaging.diffusion.places import availability, found_model
from renders.engine.imaging.diffusion.profiles import FAMILIES, own_profile, profile_of, profiles
from renders.engine.imaging.diffusion.sdxl import SdxlBackend
from renders.engine.imaging.diffusion.sizes import (
    brought_to,
    covering_crop,
    lower_size,
    nearest_size,
)
from renders.engine.models_manifest import load_manifest

SIZES = profile_of("sdxl-base-1.0").sizes


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("APEX_MODELS", str(tmp_path))
    monkeypatch.delenv("APEX_SDXL_MODEL", raising=False)
    monkeypatch.setattr(places, "missing_packages", list)
    return tmp_path


def folder_at(path: Path, profile: dict[str, object] | None = None) -> Path:
    path.mkdir(parents=True)
    (path / "model_index.json").write_text("{}")
    if profile is not None:
        (path / "apex-profile.json").write_text(json.dumps(profile))
    return path


def test_every_model_has_sources_sizes_in_steps_of_64_and_a_known_family() -> None:
    for profile in profiles().values():
        assert profile.sources and profile.licence and profile.family in FAMILIES
        assert all(side % 64 == 0 for size in profile.sizes for side in size)
        assert profile.steps_range[0] <= profile.steps <= profile.steps_range[1]
        assert profile.guidance_range[0] <= profile.guidance <= profile.guidance_range[1]


def test_the_table_and_the_ledger_agree_on_who_may_sell() -> None:
    ledger = {entry.id: entry for entry in load_manifest()}
    for model_id, profile in profiles().items():
        assert ledger[model_id].is_commercial == profile.is_commercial
        assert ledger[model_id].base in (profile.base, "sdxl-base-1.0")


def test_without_weights_it_is_said_what_to_place_where(root: Path) -> None:
    found = availability()
    assert not found.is_available
    assert "stabilityai/stable-diffusion-xl-base-1.0" in found.remedy
    assert "placed as sdxl-base-1.0 (with model_index.json) in the folder of models" in found.remedy
    assert str(root) not in found.reason + found.remedy
    assert "APEX_SDXL_MODEL=" in found.remedy


def test_without_the_libraries_the_tier_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "missing_packages", lambda: ["torch", "peft"])
    found = availability()
    assert found.reason == "torch, peft for picture models is not installed"
    assert found.remedy == "make install TIER=gen"


def test_a_folder_in_the_models_folder_is_found_by_its_id(root: Path) -> None:
    folder_at(root / "realvisxl-v5")
    found = found_model("")
    assert found.profile.id == "realvisxl-v5" and found.path == root / "realvisxl-v5"
    with pytest.raises(NotAvailable, match="Juggernaut XL are not here"):
        found_model("juggernaut-xl")


def test_the_variable_names_a_folder_anywhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APEX_SDXL_MODEL", str(root / "else" / "juggernaut-xl"))
    with pytest.raises(NotAvailable, match="is not there; get it with: a diffusers folder"):
        found_model("")
    folder_at(root / "else" / "juggernaut-xl")
    assert found_model("").profile.id == "juggernaut-xl"
    assert found_model("juggernaut-xl").path == root / "else" / "juggernaut-xl"


def test_a_single_file_needs_the_small_files_of_its_parts(root: Path) -> None:
    (root / "sd_xl_base_1.0.safetensors").write_bytes(b"numbers")
    with pytest.raises(NotAvailable, match="names no parts; get it with: the model_index"):
        found_model("")
    folder_at(root / "sd_xl_base_1.0")
    found = found_model("")
    assert found.path.name == "sd_xl_base_1.0.safetensors"
    assert found.configs == root / "sd_xl_base_1.0"


def test_a_file_that_can_hold_code_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "model.ckpt").write_bytes(b"pickle")
    monkeypatch.setenv("APEX_SDXL_MODEL", str(root / "model.ckpt"))
    with pytest.raises(InputError, match="can hold code"):
        found_model("")
    assert "can hold code" in availability().reason


def test_hyper_needs_its_base_and_its_lora(root: Path) -> None:
    folder_at(root / "sdxl-base-1.0")
    with pytest.raises(NotAvailable, match="Hyper-SDXL-8steps-CFG-lora"):
        found_model("hyper-sdxl-8step")
    (root / "Hyper-SDXL-8steps-CFG-lora.safetensors").write_bytes(b"numbers")
    found = found_model("hyper-sdxl-8step")
    assert found.lora == root / "Hyper-SDXL-8steps-CFG-lora.safetensors"
    assert found.path == root / "sdxl-base-1.0"


def test_the_licence_told_is_that_of_the_model_it_would_draw_with(root: Path) -> None:
    assert SdxlBackend().capabilities.model_id == "sdxl-base-1.0"
    folder_at(root / "flux.1-dev")
    told = SdxlBackend().capabilities
    assert (told.model_id, told.is_commercial, told.takes_negative) == ("flux.1-dev", False, False)
    folder_at(root / "sdxl-base-1.0")
    assert SdxlBackend().capabilities.is_commercial


def test_a_model_of_ones_own_is_in_no_ledger_and_brings_its_licence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"follows": "flux.1-dev", "id": "ours", "licence": "ours", "steps": 20}
    monkeypatch.setenv("APEX_SDXL_MODEL", str(folder_at(root / "ours", own)))
    told = SdxlBackend().capabilities
    assert (told.model_id, told.licence, told.is_commercial) == ("", "ours", False)
    monkeypatch.delenv("APEX_SDXL_MODEL")
    assert found_model("ours").profile.steps == 20


def test_weights_of_no_told_licence_are_sold_by_nobody(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APEX_SDXL_MODEL", str(folder_at(root / "found-somewhere")))
    told = SdxlBackend().capabilities
    assert (told.model_id, told.is_commercial) == ("", False)
    assert "apex-profile.json" in told.licence
    named = folder_at(root / "elsewhere" / "Juggernaut-XL_v9_RunDiffusionPhoto_v2")
    monkeypatch.setenv("APEX_SDXL_MODEL", str(named))
    assert SdxlBackend().capabilities.model_id == "juggernaut-xl"


def test_of_a_repository_fetched_whole_only_what_is_loaded_counts(root: Path) -> None:
    folder = folder_at(root / "whole")
    (folder / "model_index.json").write_text('{"_class_name": "X", "unet": ["a", "b"], "vae": []}')
    for name in ("unet/model.safetensors", "unet/model.fp16.safetensors", "vae/v.safetensors"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"numbers")
    (folder / "all_in_one.safetensors").write_bytes(b"numbers")
    read = [str(path.relative_to(folder)) for path in places.weight_files(folder)]
    assert read == ["unet/model.fp16.safetensors", "vae/v.safetensors"]
    before = places.fingerprint(folder)
    (folder / "all_in_one.safetensors").write_bytes(b"others")
    assert places.fingerprint(folder) == before
    (folder / "vae/v.safetensors").write_bytes(b"others")
    assert places.fingerprint(folder) != before


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("no json", "must be a JSON object"),
        ("[]", "must be a JSON object"),
        ('{"id": "x"}', "`follows`"),
        ('{"follows": "nobody"}', "model='nobody' is not known"),
        ('{"follows": "sdxl-base-1.0", "colour": 1}', "'colour' is not known"),
        ('{"follows": "sdxl-base-1.0", "steps": "many"}', "steps='many' must be"),
        ('{"follows": "sdxl-base-1.0", "steps": 0}', "steps=0 must be"),
        ('{"follows": "sdxl-base-1.0", "is_commercial": "yes"}', "is_commercial='yes' must be"),
        ('{"follows": "sdxl-base-1.0", "licence": 5}', "licence=5 must be"),
        ('{"follows": "sdxl-base-1.0", "sizes": [[63, 64]]}', "multiples of 8"),
        ('{"follows": "sdxl-base-1.0", "sizes": []}', "must be a list"),
    ],
)
def test_a_wrong_profile_of_ones_own_says_what_is_valid(
    tmp_path: Path, document: str, said: str
) -> None:
    path = tmp_path / "apex-profile.json"
    path.write_text(document)
    with pytest.raises(InputError, match=said):
        own_profile(path)


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        ((1024, 768), (1152, 896)),
        ((1080, 1920), (768, 1344)),
        ((2304, 1296), (1344, 768)),
        ((512, 512), (1024, 1024)),
        ((2390, 1000), (1536, 640)),
    ],
)
def test_the_nearest_trained_size_has_the_nearest_shape(
    asked: tuple[int, int], drawn: tuple[int, int]
) -> None:
    assert nearest_size(SIZES, *asked) == drawn


def test_a_lower_size_keeps_the_shape_and_ends_at_512() -> None:
    assert lower_size(1152, 896) == (832, 640)
    assert lower_size(832, 640) is None


def test_a_picture_is_cropped_at_its_centre_and_resized() -> None:
    from PIL import Image

    assert covering_crop(1152, 896, (1024, 768)) == (0, 16, 1152, 864)
    striped = Image.new("RGB", (120, 100), (255, 0, 0))
    striped.paste((0, 0, 255), (0, 20, 120, 80))
    made = brought_to(striped, (60, 30))
    assert made.size == (60, 30)
    assert made.getpixel((30, 1)) == made.getpixel((30, 28)) == (0, 0, 255)


def test_tightness_adds_up_to_two_and_never_more_than_the_model_takes() -> None:
    base, hyper = profile_of("sdxl-base-1.0"), profile_of("hyper-sdxl-8step")
    assert guidance_of(base, None, 0.0) == 5.0
    assert guidance_of(base, None, 1.0) == 7.0
    assert guidance_of(base, 6.0, 0.5) == 7.0
    assert guidance_of(hyper, 7.5, 1.0) == 8.0
