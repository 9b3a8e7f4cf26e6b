"""Rejections teach: reasons of a fixed list become changes of the next batch, and offline engines do what they can."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.progress import NullProgress
from characters.engine.profile import CharacterProfile
from renders.engine.finish.steps import finished
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.diffusion.asked import refuse_wrong_options, steps_of
from renders.engine.imaging.diffusion.profiles import profile_of, profiles
from renders.engine.imaging.options import MOST_MORE_STEPS, PictureOptions
from renders.engine.imaging.storyboard import StoryboardBackend
from renders.engine.lessons import REASONS, Rejection, lessons_of, reasons_checked
from renders.engine.lessons.effects import changes_of
from renders.engine.lessons.lesson import learnt, lesson_prompt
from tests.picture.held import asked


def rejected(*reasons: str, brightness: float = 0.0, **parameters: object) -> Rejection:
    finish = {"brightness": brightness} if brightness else {}
    return Rejection(reasons, finish, parameters)


def test_every_reason_has_a_key_of_its_own_and_teaches_something() -> None:
    assert len({reason.hotkey for reason in REASONS.values()}) == len(REASONS)
    for key, reason in REASONS.items():
        assert reason.key == key
        (lesson,) = lessons_of([rejected(key)])
        assert reason.label in lesson.because
        assert reason.words and reason.negative


def test_too_dark_twice_is_brighter_than_too_dark_once() -> None:
    once, twice = (lessons_of([rejected("too_dark")] * n)[0] for n in (1, 2))
    assert once.finish["brightness"] == 0.3
    assert twice.finish["brightness"] == 0.45
    assert twice.because == "brighter: “too dark” twice"


def test_too_dark_again_after_a_brighter_batch_goes_on_from_there() -> None:
    (lesson,) = lessons_of([rejected("too_dark"), rejected("too_dark", brightness=0.3)])
    assert lesson.finish["brightness"] == pytest.approx(0.6)


def test_too_bright_after_too_dark_lands_between_the_two() -> None:
    (lesson,) = lessons_of([rejected("too_dark"), rejected("too_bright", brightness=0.3)])
    assert lesson.finish["brightness"] == 0.15
    assert "too bright" in lesson.because


def test_what_a_person_sets_stands_over_what_a_lesson_would_set() -> None:
    lessons = lessons_of([rejected("too_dark", "blurred", "look")])
    mine = PictureOptions(finish={"brightness": -0.2}, steps=12)
    options = learnt(mine, lessons)
    assert options.finish == {"brightness": -0.2, "sharpen": 0.35}
    assert (options.steps, options.tightness) == (12, 0.3)


def test_more_steps_are_added_to_the_models_own_as_far_as_it_takes_them() -> None:
    options = learnt(PictureOptions(), lessons_of([rejected("blurred")]))
    assert (options.steps, options.more_steps) == (None, 10)
    for name in profiles():
        profile = profile_of(name)
        most = profile.steps_range[1]
        refuse_wrong_options(profile, replace(asked(), options=options))
        assert steps_of(profile, options) == min(profile.steps + 10, most) >= profile.steps
        assert steps_of(profile, PictureOptions(steps=most, more_steps=10)) == most
    assert steps_of(profile_of("hyper-sdxl-8step"), options) == 12
    twenty = learnt(PictureOptions(), lessons_of([rejected("artefacts")] * 20))
    assert twenty.more_steps == MOST_MORE_STEPS
    assert PictureOptions.from_document(options.to_document()) == options
    assert "more_steps" not in PictureOptions().to_document()


@pytest.mark.parametrize("more", [-1, MOST_MORE_STEPS + 1, True, 2.5, "4"])
def test_more_steps_out_of_bounds_are_refused(more: object) -> None:
    with pytest.raises(InputError, match="more_steps"):
        PictureOptions.from_document({"more_steps": more})


def test_only_an_engine_that_draws_in_steps_says_that_it_draws_more() -> None:
    (lesson,) = lessons_of([rejected("blurred")])
    told = {name: changes_of(lesson, backend.capabilities) for name, backend in BACKENDS}
    assert {name for name, said in told.items() if any("steps" in one for one in said)} == {"sdxl"}
    assert "up to 10 more steps" in told["sdxl"]


def test_a_lesson_left_off_changes_nothing_and_is_not_told() -> None:
    lessons = lessons_of([rejected("too_dark", "blurred")])
    options = learnt(PictureOptions(), lessons, leave_off=["too_dark"])
    assert options.finish == {"sharpen": 0.35}
    assert options.lessons == ("blurred",)
    assert options.because == ("sharper: “blurred” once",)


def test_options_with_lessons_come_back_from_their_document() -> None:
    lessons = lessons_of(
        [rejected("framing", "light", subject_point=[0.36, 0.4], light_side="left")]
    )
    options = learnt(PictureOptions(), lessons)
    assert options.avoid == {"across": (0.36,), "light_side": ("left",)}
    assert PictureOptions.from_document(options.to_document()) == options


@pytest.mark.parametrize(
    "avoid", [{"up": [1]}, {"across": 0.4}, {"across": ["left"]}, {"light_side": [True]}, [1]]
)
def test_what_cannot_be_avoided_is_refused(avoid: object) -> None:
    with pytest.raises(InputError, match="avoid"):
        PictureOptions.from_document({"avoid": avoid})


def test_the_prompt_gets_parts_and_negatives_that_name_rejections_as_their_source() -> None:
    prompt = lesson_prompt(["too_dark", "artefacts"])
    assert {part.source for part in (*prompt.parts, *prompt.negative)} == {"rejections"}
    assert "well exposed" in prompt.parts[0].words
    assert "extra fingers" in prompt.negative[1].words


def test_reasons_are_checked_against_the_list_and_kept_once_in_its_order() -> None:
    assert reasons_checked(["noisy", "too_dark", "noisy"]) == ("too_dark", "noisy")
    with pytest.raises(InputError, match="ugly"):
        reasons_checked(["ugly"])


LEAD = CharacterProfile(key="mara", name="Mara", gender="female")


def drawn(options: PictureOptions, *, index: int = 0) -> tuple[np.ndarray, dict[str, object]]:
    base = asked()
    request: ImageRequest = replace(
        base,
        brief=replace(base.brief, place="OFFICE", action="Mara waits.", cast=("mara",)),
        cast=(LEAD,),
        width=256,
        height=144,
        variant_index=index,
        options=options,
    )
    image = finished(StoryboardBackend().render(request, NullProgress()), request)
    return image.pixels, image.parameters


def test_a_storyboard_picture_rejected_as_too_dark_is_drawn_brighter() -> None:
    before, _ = drawn(PictureOptions())
    after, _ = drawn(learnt(PictureOptions(), lessons_of([rejected("too_dark")])))
    assert after.mean() > before.mean() * 1.08


def test_a_storyboard_picture_rejected_for_its_framing_is_framed_otherwise() -> None:
    seen: list[float] = []
    rejections = []
    for index in range(3):
        _, told = drawn(learnt(PictureOptions(), lessons_of(rejections)), index=index)
        across = float(told["subject_point"][0])  # type: ignore[index]
        assert all(abs(across - other) > 0.05 for other in seen), (across, seen)
        seen.append(across)
        rejections.append(rejected("framing", subject_point=told["subject_point"]))


def test_a_storyboard_picture_rejected_for_its_light_is_lit_from_the_other_side() -> None:
    _, told = drawn(PictureOptions())
    lessons = lessons_of([rejected("light", light_side=told["light_side"])])
    for index in range(2):
        _, again = drawn(learnt(PictureOptions(), lessons), index=index)
        assert again["light_side"] != told["light_side"]
