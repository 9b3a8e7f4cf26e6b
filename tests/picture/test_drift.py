"""Drift: features against a bible, one distance, the baseline of approved pictures, the EWMA chart, its drawings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.errors import InputError, NotAvailable
from apexsite.kit.pixels import Bytes3, read_picture
from apexsite.kit.progress import NullProgress
from projects.engine.bible import StyleBible, bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import Setting, TimeOfDay
from renders.engine.drift.asked import asked_of
from renders.engine.drift.baseline import baseline_of
from renders.engine.drift.distance import SCALES, Drift, drift_of, joined, with_embedding
from renders.engine.drift.embedding import availability, embedding_away, embedding_of
from renders.engine.drift.ewma import ewma
from renders.engine.drift.features import measured
from renders.engine.drift.layout import LEAST_STEP, Point, chart_of
from renders.engine.drift.png import png_of
from renders.engine.drift.svg import svg_of
from renders.engine.finish.steps import finished
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.options import PictureOptions
from tests.tiny_onnx import write_style_model

PLAIN = bible_from({})
GREEN = bible_from({"color_palette": {"primary_colors": ["#1B3A2F", "#7FA08A", "#D9C58B"]}})


def drift(pixels: Bytes3, bible: StyleBible, hour: TimeOfDay = TimeOfDay.DAY) -> Drift:
    asked = asked_of(bible, time_of_day=hour)
    return drift_of(measured(pixels, asked), asked)


def sketch(
    place: str, hour: TimeOfDay, bible: StyleBible, *, seed: int = 7, drawn: StyleBible = PLAIN
) -> tuple[Bytes3, ImageRequest]:
    """Return a storyboard picture drawn by one bible, and the request of the other."""
    setting = Setting.EXT if place in ("street", "forest") else Setting.INT
    brief = ShotBrief("s1", place, "They talk", setting=setting, time_of_day=hour)
    request = ImageRequest(brief, (), bible, 320, 180, seed)
    image = BACKENDS.get("storyboard").render(replace(request, bible=drawn), NullProgress())
    return image.pixels, request


def flat(*rgb: int) -> Bytes3:
    return np.full((90, 160, 3), rgb, np.uint8)


def test_the_weights_of_the_features_add_up_to_one() -> None:
    assert sum(scale.weight for scale in SCALES.values()) == pytest.approx(1.0)
    assert all(scale.far > scale.free for scale in SCALES.values())


def test_a_picture_too_dark_is_told_with_both_numbers() -> None:
    found = drift(flat(40, 40, 42), PLAIN)
    assert any(
        re.fullmatch(r"darker than the look asks \(lightness 16, asked 58\)", words)
        for words in found.issues
    ), found.issues


def test_a_hue_the_palette_has_not_is_told() -> None:
    violet = drift(flat(150, 40, 190), GREEN)
    assert any("hues the palette has not" in words for words in violet.issues)
    assert violet.distance > 0.4


def test_the_worst_feature_is_said_first() -> None:
    found = drift(flat(150, 40, 190), GREEN)
    told = [found.parts[name] for name in sorted(found.parts, key=lambda n: -found.parts[n])]
    assert told[0] == max(found.parts.values())
    assert found.issues


@pytest.mark.parametrize("place", ["office", "street", "courtroom"])
def test_a_picture_of_this_bible_lies_nearer_than_one_of_another(place: str) -> None:
    own, _ = sketch(place, TimeOfDay.NIGHT, GREEN, drawn=GREEN)
    other, _ = sketch(place, TimeOfDay.NIGHT, GREEN, drawn=PLAIN)
    hour = TimeOfDay.NIGHT
    assert drift(own, GREEN, hour).distance < drift(other, GREEN, hour).distance


@pytest.mark.parametrize("place", ["office", "street", "courtroom", "forest"])
def test_the_tighter_a_real_sketch_is_held_the_nearer_it_lies(place: str) -> None:
    pixels, request = sketch(place, TimeOfDay.NIGHT, GREEN)
    image = BACKENDS.get("storyboard").render(replace(request, bible=PLAIN), NullProgress())
    assert (image.pixels == pixels).all()
    distances = [
        drift(
            finished(image, replace(request, options=PictureOptions(tightness=t))).pixels,
            GREEN,
            TimeOfDay.NIGHT,
        ).distance
        for t in (0.0, 0.5, 1.0)
    ]
    assert distances[1] < 0.8 * distances[0]
    assert distances[2] <= distances[1] + 0.02


def test_a_picture_measured_twice_gives_the_same_numbers() -> None:
    pixels, _ = sketch("office", TimeOfDay.DAY, PLAIN)
    assert drift(pixels, PLAIN) == drift(pixels, PLAIN)


def test_a_picture_that_is_no_picture_is_refused() -> None:
    with pytest.raises(InputError, match="uint8"):
        drift(np.zeros((90, 160, 3), np.float32), PLAIN)  # type: ignore[arg-type]


def test_the_parts_alone_give_the_distance_again() -> None:
    found = drift(flat(150, 40, 190), GREEN)
    assert joined({**found.parts, "embedding": 1.0}) == pytest.approx(found.distance, abs=1e-3)


def test_below_eight_approved_pictures_the_seeds_alarm_holds() -> None:
    baseline = baseline_of([(0.5, {"key": 40.0})] * 7)
    assert (baseline.limit, baseline.is_calibrated) == (0.2, False)
    assert baseline.centroid == {"key": 40.0}
    assert "starting alarm" in baseline.words and "7 are so far" in baseline.words


def test_from_eight_on_the_limit_is_the_95th_percentile_of_theirs() -> None:
    distances = [0.02 * n for n in range(1, 11)]
    baseline = baseline_of([(d, {}) for d in distances])
    assert baseline.limit == pytest.approx(np.percentile(distances, 95), abs=1e-4)
    assert "95th percentile of 10 approved pictures" in baseline.words


def test_the_moving_average_is_the_handbooks() -> None:
    # NIST/SEMATECH e-Handbook 6.3.2.4: lambda 0.3 there; here the recursion by hand for 0.2.
    steps = ewma([0.3, 0.1], mean=0.2, sigma=0.1)
    assert [s.average for s in steps] == pytest.approx([0.22, 0.196])
    first, second = steps[0].upper, steps[1].upper
    assert first == pytest.approx(0.2 + 3 * 0.1 * 0.2)
    assert second == pytest.approx(0.2 + 3 * 0.1 * (0.2 / 1.8 * (1 - 0.8**4)) ** 0.5)


def test_a_slow_walk_is_found_that_no_single_picture_shows() -> None:
    values = [0.10, 0.12, 0.11, 0.09, *[0.17] * 12]
    steps = ewma(values, mean=0.105, sigma=0.03)
    assert not any(step.is_out for step in steps[:4])
    assert steps[-1].is_out
    assert all(value < 0.105 + 3 * 0.03 for value in values)


def test_without_a_baseline_there_is_no_limit_of_the_average() -> None:
    steps = ewma([0.4, 0.4], mean=None, sigma=None)
    assert [(s.average, s.upper) for s in steps] == [(pytest.approx(0.4), None)] * 2


def points(count: int) -> list[Point]:
    return [
        Point(f"s{n // 6 + 1:02d}_{n % 6 + 1}0", n // 6 + 1, 0.3 if n == 9 else 0.1, "approved")
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 12, 48, 200])
def test_the_chart_holds_every_shot_without_codes_touching(count: int) -> None:
    chart = chart_of(points(count), baseline_of([]), title="Drift")
    svg = svg_of(chart)
    assert svg.count("<circle") + svg.count("<path") == count
    assert chart.width >= count * LEAST_STEP
    picture = read_picture(png_of(chart))
    assert picture.shape == (chart.height * 2, chart.width * 2, 3)


def test_an_alarm_has_another_shape_and_links_to_its_shot() -> None:
    shots = [replace(p, link=f"#shot-{n}") if n == 9 else p for n, p in enumerate(points(12))]
    svg = svg_of(chart_of(shots, baseline_of([])))
    assert svg.count("<path") == 1
    assert '<a href="#shot-9"><path class="alarm approved"' in svg
    assert 'class="code-alarm"' in svg


def test_what_people_wrote_is_escaped_in_the_chart() -> None:
    svg = svg_of(chart_of([Point("<b>&", 1, 0.5, "waiting", issues=('"x"',))], baseline_of([])))
    assert "<b>" not in svg
    assert "&lt;b&gt;&amp;" in svg


def test_without_a_style_model_there_is_no_embedding() -> None:
    assert not availability("").is_available
    with pytest.raises(NotAvailable, match="APEX_STYLE_ONNX"):
        embedding_of(flat(1, 2, 3), "")


@pytest.fixture
def style_model(tmp_path: Path) -> str:
    """Return the file of a small true ONNX model."""
    return write_style_model(tmp_path / "style.onnx")


def test_a_style_model_tells_one_look_from_another(style_model: str) -> None:
    red = [embedding_of(flat(200 + n, 20, 20), style_model) for n in range(8)]
    near, far = (
        embedding_of(flat(210, 22, 20), style_model),
        embedding_of(flat(20, 20, 210), style_model),
    )
    assert np.linalg.norm(near) == pytest.approx(1.0, abs=1e-3)
    assert embedding_away(near, red) < 0.05 < 0.9 < embedding_away(far, red)
    assert with_embedding(0.1, 1.0) > 0.5 > with_embedding(0.1, 0.0)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"not a model")
    with pytest.raises(InputError, match=r"broken\.onnx is no ONNX model"):
        embedding_of(flat(1, 2, 3), str(path))
