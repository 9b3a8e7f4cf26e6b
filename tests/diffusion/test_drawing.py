"""Pictures drawn by a real pipeline with random numbers: seeds, sizes, start pictures, cancel."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.errors import Cancelled, RequestRefused
from apexsite.kit.progress import NullProgress
from renders.engine.imaging.base import Reference
from renders.engine.imaging.diffusion.sdxl import SdxlBackend
from renders.engine.imaging.options import PictureOptions
from renders.engine.prompting.prompt import Prompt, PromptPart
from tests.diffusion.conftest import asking

pytestmark = [pytest.mark.gen, pytest.mark.xdist_group("diffusion")]
QUIET = NullProgress()


class Heard:
    """Keeps what was told; stops at a step when asked to."""

    def __init__(self, stop_at: int = 10**6) -> None:
        self.told: list[tuple[int, int, str]] = []
        self.stop_at = stop_at

    def advance(self, done: int, total: int, message: str = "") -> None:
        self.told.append((done, total, message))
        if message.startswith("step") and done >= self.stop_at:
            raise Cancelled("stop")


def start_picture(level: int = 200) -> Reference:
    buffer = io.BytesIO()
    Image.new("RGB", (120, 60), (level, 90, 40)).save(buffer, "PNG")
    return Reference(buffer.getvalue(), "image/png", "start", "0" * 64)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(engine: SdxlBackend) -> None:
    one, again = engine.render(asking(), QUIET), engine.render(asking(), QUIET)
    other = engine.render(asking(seed=8), QUIET)
    assert one.pixels.shape == (64, 96, 3) and one.pixels.dtype == np.uint8
    assert one.pixels.tobytes() == again.pixels.tobytes()
    assert np.abs(one.pixels.astype(int) - other.pixels).mean() > 1


def test_the_same_bytes_come_from_a_model_loaded_anew(engine: SdxlBackend) -> None:
    from renders.engine.imaging.diffusion.warm import WARM

    one = engine.render(asking(), QUIET)
    assert WARM.is_warm
    WARM.free()
    assert engine.render(asking(), QUIET).pixels.tobytes() == one.pixels.tobytes()


def test_a_picture_of_a_batch_is_the_picture_alone(engine: SdxlBackend) -> None:
    requests = [asking(seed=seed) for seed in (3, 4, 5)]
    batch = engine.render_batch(requests, QUIET)
    for request, drawn in zip(requests, batch, strict=True):
        assert engine.render(request, QUIET).pixels.tobytes() == drawn.pixels.tobytes()
    assert [one.parameters["batch"]["index"] for one in batch] == [0, 1, 2]


def test_pictures_drawn_together_are_those_drawn_alone_but_for_rounding(
    engine: SdxlBackend,
) -> None:
    requests = [asking(seed=seed) for seed in (3, 4, 5)]
    together = engine.render_batch(requests, QUIET, together=2)
    for request, drawn in zip(requests, together, strict=True):
        alone = engine.render(request, QUIET).pixels.astype(int)
        assert np.abs(alone - drawn.pixels).max() <= 2
    assert together[0].parameters["batch"]["together"] == 2


def test_words_change_the_picture_and_so_do_words_of_what_not_to_show(engine: SdxlBackend) -> None:
    bus = Prompt((PromptPart("action", "a bus at night", "brief", 0),))
    not_red = Prompt(bus.parts, (PromptPart("colour", "red", "bible", 0),))
    plain, asked, without = (
        engine.render(asking(prompt=prompt), QUIET) for prompt in (Prompt(), bus, not_red)
    )
    assert len({one.pixels.tobytes() for one in (plain, asked, without)}) == 3
    assert without.parameters["prompt"] == "a bus at night"
    assert without.parameters["negative"] == "red"


def test_what_clip_cannot_hold_goes_to_the_second_encoder_or_is_named(engine: SdxlBackend) -> None:
    many = " ".join(f"w{number}" for number in range(150))
    long = Prompt(
        (
            PromptPart("film", "old stock", "bible", 103),
            PromptPart("light", f"low sun, {many}", "bible", 102),
            PromptPart("action", "ann walks", "brief", 1),
        )
    )
    made = engine.render(asking(prompt=long), QUIET).parameters
    assert made["prompt"].startswith("ann walks, low sun")
    assert made["prompt_tokens"] <= 75
    assert made["prompt_2"] != made["prompt"]
    assert "light" in [one["part"] for one in made["dropped"]]


def test_the_encoders_cut_nothing_off_what_they_are_told(
    engine: SdxlBackend, caplog: pytest.LogCaptureFixture
) -> None:
    from renders.engine.imaging.diffusion.warm import WARM

    made = engine.render(asking(), QUIET).parameters
    assert WARM._loaded is not None
    counted = len(WARM._loaded.pipe.tokenizer(made["prompt"])["input_ids"])
    assert counted == made["prompt_tokens"] + 2 <= 77
    assert "truncated" not in caplog.text


def test_an_untrained_size_is_drawn_at_the_nearest_and_both_are_recorded(
    engine: SdxlBackend,
) -> None:
    made = engine.render(asking(width=192, height=108), QUIET)
    assert made.pixels.shape == (108, 192, 3)
    assert made.parameters["drawn_at"] == [112, 64]
    assert made.parameters["sized_to"] == [192, 108]
    assert made.parameters["crop"] == [0, 0, 112, 63]


def test_every_step_is_told_and_a_cancel_ends_within_one(engine: SdxlBackend) -> None:
    heard = Heard()
    engine.render(asking(), heard)
    steps = [told for told in heard.told if told[2].startswith("step")]
    assert [done for done, _, _ in steps] == [1, 2, 3, 4]
    stopped = Heard(stop_at=2)
    with pytest.raises(Cancelled):
        engine.render(asking(), stopped)
    assert [told[0] for told in stopped.told if told[2].startswith("step")] == [1, 2]


def test_after_a_cancel_the_model_is_still_warm_and_draws_the_same(engine: SdxlBackend) -> None:
    from renders.engine.imaging.diffusion.warm import WARM

    before = engine.render(asking(), QUIET)
    with pytest.raises(Cancelled):
        engine.render(asking(seed=99), Heard(stop_at=1))
    assert WARM.is_warm
    assert engine.render(asking(), QUIET).pixels.tobytes() == before.pixels.tobytes()


def test_a_start_picture_is_redrawn_by_its_strength(engine: SdxlBackend) -> None:
    shown = {"references": (start_picture(),)}
    little, much = (
        engine.render(asking(options=PictureOptions(strength=s), **shown), QUIET)
        for s in (0.25, 1.0)
    )
    dark = engine.render(
        asking(options=PictureOptions(strength=0.25), references=(start_picture(10),)), QUIET
    )
    assert (little.parameters["steps_drawn"], much.parameters["steps_drawn"]) == (1, 4)
    assert little.pixels.tobytes() != dark.pixels.tobytes() != much.pixels.tobytes()
    assert little.parameters["pipeline"] == "StableDiffusionXLImg2ImgPipeline"


def test_words_alone_draw_the_same_after_a_start_picture(engine: SdxlBackend) -> None:
    before = engine.render(asking(), QUIET)
    engine.render(asking(references=(start_picture(),)), QUIET)
    assert engine.render(asking(), QUIET).pixels.tobytes() == before.pixels.tobytes()


def test_a_strength_that_redraws_nothing_is_refused(engine: SdxlBackend) -> None:
    shown = asking(references=(start_picture(),), options=PictureOptions(strength=0.1))
    with pytest.raises(RequestRefused, match="redraws nothing"):
        engine.render(shown, QUIET)


def test_a_start_picture_that_is_none_is_refused(engine: SdxlBackend) -> None:
    broken = Reference(b"not a picture", "image/png", "start", "0" * 64)
    with pytest.raises(RequestRefused, match="reference picture of start"):
        engine.render(asking(references=(broken,)), QUIET)


def test_tightness_raises_the_guidance_and_is_recorded(engine: SdxlBackend) -> None:
    plain = engine.render(asking(), QUIET)
    tight = engine.render(asking(options=PictureOptions(tightness=0.5)), QUIET)
    assert (plain.parameters["guidance"], tight.parameters["guidance"]) == (5.0, 6.0)
    assert plain.pixels.tobytes() != tight.pixels.tobytes()
