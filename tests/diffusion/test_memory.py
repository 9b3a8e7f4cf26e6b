"""Memory that runs out: rung after rung on the real pipeline, told and recorded; ways to take less."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import BackendError, NotAvailable, OutOfMemory, RequestRefused
from apexsite.kit.progress import NullProgress
from renders.engine.imaging.diffusion import pipeline, warm
from renders.engine.imaging.diffusion.ladder import Way, rungs
from renders.engine.imaging.diffusion.memory import allocator_set, is_out_of_memory
from renders.engine.imaging.diffusion.sdxl import SdxlBackend
from renders.engine.imaging.options import PictureOptions
from tests.diffusion.conftest import asking

pytestmark = [pytest.mark.gen, pytest.mark.xdist_group("diffusion")]
QUIET = NullProgress()


@pytest.fixture
def starved(cold: SdxlBackend, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Give a way to make the real UNet run out of memory while a rule holds."""
    import torch

    def starve(rule):  # type: ignore[no-untyped-def]
        cold.render(asking(), QUIET)
        loaded = warm.WARM._loaded
        assert loaded is not None
        whole = loaded.pipe.unet.forward

        def step(sample, *args, **kwargs):  # type: ignore[no-untyped-def]
            if rule(loaded, sample):
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
            return whole(sample, *args, **kwargs)

        monkeypatch.setattr(loaded.pipe.unet, "forward", step)

    return starve


def test_tiles_are_tried_first_and_recorded(cold: SdxlBackend, starved) -> None:  # type: ignore[no-untyped-def]
    starved(lambda loaded, _: not loaded.pipe.vae.use_tiling)
    made = cold.render(asking(), QUIET).parameters
    assert made["rungs"] == ["VAE in tiles"]
    assert made["memory"]["vae_tiling"] is True


def test_a_batch_is_halved_down_to_one(cold: SdxlBackend, starved) -> None:  # type: ignore[no-untyped-def]
    starved(lambda _, sample: sample.shape[0] > 2)  # two: with words and without
    made = cold.render_batch([asking(seed=s) for s in range(4)], QUIET, together=4)
    assert made[0].parameters["rungs"] == ["VAE in tiles", "2 at once", "1 at once"]
    assert len({one.pixels.tobytes() for one in made}) == 4


def test_the_raster_is_lowered_and_the_picture_still_has_the_size_asked_for(
    cold: SdxlBackend,
    starved,  # type: ignore[no-untyped-def]
    caplog: pytest.LogCaptureFixture,
) -> None:
    starved(lambda _, sample: sample.shape[-1] > 8)
    made = cold.render(asking(), QUIET)
    assert made.pixels.shape == (64, 96, 3)
    assert made.parameters["drawn_at"] == [64, 64]
    assert made.parameters["trained_size"] == [96, 64]
    assert made.parameters["rungs"] == ["VAE in tiles", "drawn at 64×64"]
    told = [r.getMessage() for r in caplog.records if r.name.endswith("diffusion.ladder")]
    assert [one.rpartition("trying ")[2] for one in told] == ["VAE in tiles", "drawn at 64×64"]


def test_after_the_last_rung_it_is_said_what_was_tried(cold: SdxlBackend, starved) -> None:  # type: ignore[no-untyped-def]
    starved(lambda *_: True)
    with pytest.raises(OutOfMemory, match="tried: VAE in tiles, drawn at 64×64") as caught:
        cold.render(asking(), QUIET)
    assert caught.value.permanent and not warm.WARM.is_warm


def test_the_next_picture_is_drawn_as_if_nothing_had_been(cold: SdxlBackend, starved) -> None:  # type: ignore[no-untyped-def]
    plain = cold.render(asking(), QUIET)
    starved(lambda loaded, sample: sample.shape[-1] > 8)
    cold.render(asking(), QUIET)
    warm.WARM.free()
    assert cold.render(asking(), QUIET).pixels.tobytes() == plain.pixels.tobytes()


def test_another_error_is_no_lack_of_memory(
    cold: SdxlBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold.render(asking(), QUIET)
    loaded = warm.WARM._loaded
    assert loaded is not None

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("shapes do not fit")

    monkeypatch.setattr(loaded.pipe.unet, "forward", broken)
    with pytest.raises(BackendError, match="Tiny XL broke: shapes do not fit"):
        cold.render(asking(), QUIET)
    assert not warm.WARM.is_warm


def test_the_ladder_offloads_where_there_is_a_gpu() -> None:
    names = [name for name, _ in rungs(Way(1152, 896, together=3), can_offload=True)]
    assert names == [
        "VAE in tiles",
        "model offloaded to main memory",
        "2 at once",
        "1 at once",
        "drawn at 832×640",
    ]


@pytest.mark.parametrize(
    ("error", "is_memory"),
    [
        (MemoryError(), True),
        (RuntimeError("CUDA error: out of memory"), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), True),
        (RuntimeError("shapes do not fit"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_lack_of_memory_is_told_from_other_errors(error: Exception, is_memory: bool) -> None:
    assert is_out_of_memory(error) is is_memory


def test_a_model_larger_than_free_memory_is_not_begun(
    cold: SdxlBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "free_mb", lambda *_: 0)
    monkeypatch.setattr(pipeline, "number_count", lambda _: 3_500_000_000)
    with pytest.raises(
        OutOfMemory, match="takes 14000 MB of main memory as float32, 0 MB are free"
    ):
        cold.render(asking(), QUIET)


def test_under_pressure_the_warm_model_is_let_go(
    cold: SdxlBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "is_pressed", lambda *_: True)
    cold.render(asking(), QUIET)
    assert not warm.WARM.is_warm


def test_an_unknown_way_of_saving_memory_is_refused(
    cold: SdxlBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APEX_SDXL_MEMORY", "tiling,magic")
    with pytest.raises(
        RequestRefused, match="'magic' is not known; valid: tiling, offload, slicing"
    ):
        cold.render(asking(), QUIET)


def test_the_allocator_is_set_unless_somebody_did(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("PYTORCH_ALLOC_CONF", raising=False)
    monkeypatch.setenv("PYTORCH_CUDA_ALLOC_CONF", "max_split_size_mb:128")
    allocator_set()
    assert "PYTORCH_ALLOC_CONF" not in os.environ
    monkeypatch.delenv("PYTORCH_CUDA_ALLOC_CONF")
    allocator_set()
    assert os.environ["PYTORCH_ALLOC_CONF"] == "expandable_segments:True"


def test_options_outside_what_the_model_takes_are_refused(cold: SdxlBackend) -> None:
    with pytest.raises(RequestRefused, match=r"guidance=25: Tiny XL takes from 1 to 20"):
        cold.render(asking(options=PictureOptions(guidance=25.0)), QUIET)
    with pytest.raises(RequestRefused, match="model='nobody' is not known"):
        cold.render(asking(options=PictureOptions(model="nobody")), QUIET)
    with pytest.raises(NotAvailable, match=r"the weights of RealVisXL V5.0 are not here; get it"):
        cold.render(asking(options=PictureOptions(model="realvisxl-v5")), QUIET)
