"""Scopes count what is there and draw it; presets are grades that leave black black but where they say so."""

from __future__ import annotations

import json

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from renders.engine.grading.fold import fold_grade
from renders.engine.grading.grade import grade_from
from renders.engine.grading.presets import PRESETS, preset_named
from renders.engine.grading.scope_pictures import ACCENT, HEIGHT, WIDTH, ScopeKind, scope_picture
from renders.engine.grading.scopes import measure
from renders.engine.grading.skin import SKIN_DEGREES


def _halves(left: tuple[float, float, float], right: tuple[float, float, float]) -> np.ndarray:
    pixels = np.empty((40, 60, 3), np.float32)
    pixels[:, :30], pixels[:, 30:] = left, right
    return pixels


def test_every_pixel_is_counted_once_at_its_level_and_place() -> None:
    scopes = measure(_halves((0.0, 0.2, 1.0), (0.4, 0.4, 0.4)))
    assert scopes.histogram.sum(axis=1).tolist() == [2400] * 4
    assert scopes.vectors.sum() == 2400
    assert scopes.histogram[0][[0, 102]].tolist() == [1200, 1200]
    assert scopes.waveform[0, 0, :30].sum() == 1200
    assert scopes.waveform[0, 0, 30:].sum() == 0


def test_numbers_say_what_is_clipped_how_bright_it_is_and_where_skin_lies() -> None:
    numbers = measure(_halves((0.0, 0.0, 0.0), (0.776, 0.525, 0.259))).numbers()
    assert numbers["clipped_black_percent"] == 50.0
    assert numbers["clipped_white_percent"] == 0.0
    assert numbers["mean_red_percent"] == pytest.approx(38.8)
    assert numbers["skin_hued_percent"] == pytest.approx(50, abs=6)
    assert abs(numbers["skin_degrees"] - SKIN_DEGREES) < 25
    assert json.loads(json.dumps(numbers)) == numbers
    assert measure(_halves((0.1,) * 3, (0.9,) * 3)).numbers()["skin_degrees"] is None


def test_a_large_picture_is_thinned_not_refused() -> None:
    assert measure(np.zeros((1200, 1600, 3), np.float32)).pixels <= 600_000


@pytest.mark.parametrize("kind", list(ScopeKind))
def test_a_scope_is_a_dark_picture_that_changes_with_what_it_measures(kind: ScopeKind) -> None:
    rng = np.random.default_rng(1)
    one = scope_picture(measure(rng.random((60, 80, 3), dtype=np.float32)), kind=kind)
    other = scope_picture(measure(rng.random((60, 80, 3), dtype=np.float32) ** 3), kind=kind)
    assert one.shape == (HEIGHT, WIDTH, 3)
    assert not np.array_equal(one, other)
    assert np.median(one) < 0xB0
    assert one[0, 0].tolist() == [0x24] * 3


def test_a_waveform_stands_at_the_level_of_its_picture_and_skin_on_its_line() -> None:
    grey = scope_picture(measure(np.full((40, 60, 3), 0.75, np.float32)), kind="waveform")
    lit = grey[:, 300].max(axis=-1).astype(int).argmax()
    assert lit == pytest.approx(14 + 376 * 0.25, abs=2)
    vectors = scope_picture(measure(_halves((0.5,) * 3, (0.5,) * 3)), kind="vectorscope")
    assert (np.abs(vectors.astype(int) - ACCENT).max(axis=-1) < 50).sum() > 100


def test_an_unknown_scope_is_refused() -> None:
    with pytest.raises(InputError, match="must be one of histogram"):
        scope_picture(measure(np.zeros((4, 4, 3), np.float32)), kind="xray")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.key)
def test_every_preset_is_a_grade_with_a_source_that_lifts_no_black_by_accident(preset) -> None:  # type: ignore[no-untyped-def]
    grade = grade_from(preset.values)
    ends = np.array([[[0, 0, 0], [1, 1, 1]]], np.float32)
    black, _ = fold_grade(grade).apply(ends)[0]
    assert preset.source
    assert preset_named(preset.key) is preset
    assert black.max() == pytest.approx(grade["curve_black"] / 100.0, abs=0.02)
    assert fold_grade(grade).error.is_within_limits()


def test_an_unknown_preset_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InputError, match="must be one of none, natural"):
        preset_named("sepia")
