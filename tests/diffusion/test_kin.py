"""The other models through the same engine: Hyper-SDXL over SDXL base, FLUX, a single file."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from apexsite.kit.errors import RequestRefused
from apexsite.kit.progress import NullProgress
from renders.engine.imaging.base import Reference
from renders.engine.imaging.diffusion.sdxl import SdxlBackend
from renders.engine.imaging.options import LoraUse, PictureOptions
from renders.engine.prompting.prompt import Prompt, PromptPart
from tests.diffusion.conftest import asking
from tests.singlefile import write_single_file
from tests.tinymodel import tiny_flux

pytestmark = [pytest.mark.gen, pytest.mark.xdist_group("diffusion")]
QUIET = NullProgress()
WORDS = Prompt(
    (PromptPart("action", "a bus at night", "brief", 0),),
    (PromptPart("faults", "blurred", "tables", 0),),
)


@pytest.fixture(scope="session")
def flux_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_flux(tmp_path_factory.mktemp("flux") / "tiny-flux")


@pytest.fixture
def flux(cold: SdxlBackend, flux_folder: Path, monkeypatch: pytest.MonkeyPatch) -> SdxlBackend:
    monkeypatch.setenv("APEX_SDXL_MODEL", str(flux_folder))
    return cold


def test_flux_draws_the_same_bytes_again_and_other_ones_by_seed(flux: SdxlBackend) -> None:
    one, again, other = (flux.render(asking(prompt=WORDS, seed=seed), QUIET) for seed in (7, 7, 8))
    assert one.pixels.tobytes() == again.pixels.tobytes() != other.pixels.tobytes()
    assert one.parameters["pipeline"] == "FluxPipeline"
    assert one.parameters["scheduler"] == "FlowMatchEulerDiscreteScheduler"
    assert one.parameters["drawn_at"] == [48, 32]


def test_flux_is_told_in_its_last_sentence_what_not_to_show_and_it_is_said(
    flux: SdxlBackend,
) -> None:
    made = flux.render(asking(prompt=WORDS), QUIET).parameters
    assert made["negative"] == ""
    assert "blurred" in made["prompt_2"] and "blurred" not in made["prompt"]
    assert "reads no negative prompt" in " ".join(made["left_out"])


def test_flux_starts_from_a_picture_and_refuses_a_lora_for_sdxl(flux: SdxlBackend) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (48, 32), (200, 90, 40)).save(buffer, "PNG")
    start = Reference(buffer.getvalue(), "image/png", "start", "0" * 64)
    plain = flux.render(asking(), QUIET)
    shown = flux.render(asking(references=(start,)), QUIET)
    assert shown.parameters["pipeline"] == "FluxImg2ImgPipeline"
    assert shown.pixels.tobytes() != plain.pixels.tobytes()
    assert flux.render(asking(), QUIET).pixels.tobytes() == plain.pixels.tobytes()
    with pytest.raises(RequestRefused, match="Tiny FLUX takes those for FLUX"):
        flux.render(asking(options=PictureOptions(loras=(LoraUse("old-look"),))), QUIET)


def test_a_face_for_flux_is_left_out_in_words(flux: SdxlBackend) -> None:
    face = Reference(b"unread", "image/png", "ann_1", "0" * 64)
    made = flux.render(asking(references=(face,)), QUIET).parameters
    assert "reference pictures of ann_1: it has no adapter" in made["left_out"]


def test_hyper_draws_in_eight_steps_with_its_lora_over_the_base(
    cold: SdxlBackend, models: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from renders.engine.imaging.diffusion import places
    from renders.engine.imaging.diffusion.profiles import profiles

    monkeypatch.delenv("APEX_SDXL_MODEL")
    (models / "sdxl-base-1.0").symlink_to(tiny_folder / "tiny-xl")
    lora = models / "Hyper-SDXL-8steps-CFG-lora.safetensors"
    (models / "warm-light.safetensors").rename(lora)
    # The real table but for the sizes: a random model of 70,000 numbers has no use for a megapixel.
    small = {key: replace(one, sizes=((96, 64),)) for key, one in profiles().items()}
    monkeypatch.setattr(places, "profiles", lambda: small)
    monkeypatch.setattr(places, "profile_of", small.__getitem__)
    base = cold.render(asking(options=PictureOptions(steps=8)), QUIET)
    hyper = cold.render(asking(options=PictureOptions(model="hyper-sdxl-8step")), QUIET)
    after = cold.render(asking(options=PictureOptions(steps=8)), QUIET)
    assert hyper.parameters["steps"] == 8
    assert hyper.parameters["scheduler"] == "DDIMScheduler"
    (told,) = hyper.parameters["loras"]
    assert (told["file"], told["scale"]) == (lora.name, 1.0)
    assert base.parameters["scheduler"] == "EulerDiscreteScheduler"
    assert base.pixels.tobytes() == after.pixels.tobytes() != hyper.pixels.tobytes()
    more = cold.render(
        asking(options=PictureOptions(model="hyper-sdxl-8step", more_steps=10)), QUIET
    )
    assert more.parameters["steps"] == 12
    (told,) = more.parameters["left_out"]
    assert told.startswith("6 of 10 more steps: Hyper-SDXL") and told.endswith("at most 12")
    with pytest.raises(RequestRefused, match="steps=30: Hyper-SDXL, eight steps"):
        cold.render(asking(options=PictureOptions(model="hyper-sdxl-8step", steps=30)), QUIET)


def test_a_single_file_draws_what_its_folder_draws(
    cold: SdxlBackend, tiny_folder: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from renders.engine.imaging.diffusion.warm import WARM

    folder = cold.render(asking(), QUIET)
    assert WARM._loaded is not None
    path = write_single_file(WARM._loaded.pipe, models / "traded.safetensors")
    small = models / "traded"
    shutil.copytree(tiny_folder / "tiny-xl", small, ignore=shutil.ignore_patterns("*.safetensors"))
    monkeypatch.setenv("APEX_SDXL_MODEL", str(path))
    single = cold.render(asking(), QUIET)
    assert single.parameters["weights"]["name"] == "traded.safetensors"
    assert single.parameters["model"] == "tiny-xl"
    assert single.pixels.tobytes() == folder.pixels.tobytes()
