"""One tiny model for all tests of a process, and the engine over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from characters.engine.profile import CharacterProfile
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.diffusion.sdxl import SdxlBackend
from tests.tinymodel import tiny_adapter, tiny_lora, tiny_model

PEOPLE = (CharacterProfile("ann_1", "Ann"), CharacterProfile("bob_2", "Bob"))
BRIEF = ShotBrief("s1", "office", "They talk", cast=("ann_1", "bob_2"))


def asking(**changes: object) -> ImageRequest:
    """Return a request of 96×64 with seed 7; changes by name."""
    values = {"width": 96, "height": 64, "seed": 7, **changes}
    return ImageRequest(BRIEF, PEOPLE, bible_from({}), **values)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a models folder with a tiny model, two LoRAs and an adapter."""
    import torch

    torch.set_num_threads(1)  # the model is so small that threads only wait for each other
    root = tmp_path_factory.mktemp("diffusion") / "models"
    tiny_model(root / "tiny-xl")
    tiny_lora(root / "warm-light.safetensors")
    tiny_lora(root / "old-look.safetensors", width=768)
    tiny_adapter(root / "adapter")
    return root


@pytest.fixture
def models(tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a models folder of the test's own with the tiny model as the machine's; no adapter yet."""
    root = tmp_path / "models"
    root.mkdir(parents=True, exist_ok=True)
    for file in tiny_folder.glob("*.safetensors"):
        shutil.copy(file, root)
    monkeypatch.setenv("APEX_MODELS", str(root))
    monkeypatch.setenv("APEX_SDXL_MODEL", str(tiny_folder / "tiny-xl"))
    monkeypatch.delenv("APEX_SDXL_MEMORY", raising=False)
    return root


@pytest.fixture
def engine(models: Path) -> SdxlBackend:
    """Give the engine; its model stays warm from test to test, as in a worker."""
    return SdxlBackend()


@pytest.fixture
def cold(engine: SdxlBackend) -> Iterator[SdxlBackend]:
    """Give the engine with no model in memory, for tests that tamper with it; none is left afterwards."""
    from renders.engine.imaging.diffusion.warm import WARM

    WARM.free()
    yield engine
    WARM.free()
