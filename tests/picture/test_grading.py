"""The four stages: known numbers, skin and greys, black that stays black, and a fold nobody can tell from them."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.colour import delta_e_2000, lab_of_srgb
from apexsite.kit.errors import InputError
from renders.engine.grading.creative import tone_curve
from renders.engine.grading.fields import FIELDS, IDENTITY, Stage
from renders.engine.grading.fold import MOST_LIMIT, P99_LIMIT, fold_grade, grade_exactly, no_tables
from renders.engine.grading.gamut import ColourSpace, convert, light_matrix, xyz_from_rgb
from renders.engine.grading.grade import Grade, grade_from
from renders.engine.grading.skin import SKIN_DEGREES, chroma_of, rgb_of, skin_mask
from renders.engine.grading.table import Table, identity_table, look_up
from renders.engine.grading.tetrahedra import interpolate

SKINS = ("#FDBCB4", "#F1C27D", "#E0AC69", "#8D5524", "#3B2219", "#735244", "#C29682", "#C68642")
"""The bible's tones of seed S1, darker ones, and both skin patches of a ColorChecker."""

SEED_GRADE = {"exposure_stops": 0.2, "contrast_percent": 15.0, "brightness_percent": 5.0,
              "saturation_percent": 8.0, "temperature_kelvin": 5600.0, "tint": 0.0}  # fmt: skip


def _hex(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def _exact(colours: np.ndarray, **numbers: float) -> np.ndarray:
    return grade_exactly(
        np.asarray(colours, np.float64), grade=grade_from(numbers), table_named=no_tables
    )


def _hue(colour: np.ndarray) -> float:
    _, cb, cr = chroma_of(colour)
    return float(np.degrees(np.arctan2(cr, cb)))


def test_a_grade_that_says_nothing_changes_nothing_and_every_number_changes_something() -> None:
    rng = np.random.default_rng(4)
    pixels = rng.random((8, 9, 3), dtype=np.float32)
    assert np.array_equal(fold_grade(grade_from({})).apply(pixels), pixels)
    for field in FIELDS:
        if field.name.startswith(("skin_", "lut_")) or field.stage == Stage.FINISHING:
            continue
        value = field.identity + (field.most - field.identity) * 0.3 or -20.0
        value = value if value != field.identity else 80.0
        graded = _exact(pixels, **{field.name: value})
        assert np.abs(graded - pixels).max() > 0.01, field.name


def test_the_seeds_own_grade_is_folded_without_a_visible_trace() -> None:
    folded = fold_grade(grade_from(SEED_GRADE))
    assert folded.size == 33
    assert folded.error.most < 0.1


@pytest.mark.parametrize(
    "numbers",
    [
        {**SEED_GRADE, "others_saturation_percent": -30.0, "teal_orange_percent": 50.0},
        {"teal_orange_percent": 100.0, "skin_hue_degrees": 5.0, "contrast_percent": 20.0},
        {"temperature_kelvin": 3200.0, "exposure_stops": 1.0},
    ],
)
def test_a_fold_keeps_to_the_limits_on_colours_it_was_not_measured_on(
    numbers: dict[str, float],
) -> None:
    grade = grade_from(numbers)
    folded = fold_grade(grade)
    colours = np.random.default_rng(77).random((60, 70, 3))
    wanted = np.clip(grade_exactly(colours, grade=grade, table_named=no_tables), 0, 1)
    got = folded.apply(colours.astype(np.float32))
    off = delta_e_2000(lab_of_srgb(got), lab_of_srgb(wanted))
    assert folded.size >= (65 if grade.needs_mask else 33)
    assert np.percentile(off, 99) <= P99_LIMIT
    assert off.max() <= MOST_LIMIT
    assert folded.to_document()["de2000_max"] <= MOST_LIMIT


def test_a_grade_no_cube_holds_is_done_stage_by_stage() -> None:
    numbers = {"exposure_stops": -1.0, "contrast_percent": 40.0, "gamma": 1.5}
    folded = fold_grade(grade_from(numbers))
    pixels = np.random.default_rng(3).random((5, 6, 3), dtype=np.float32)
    assert folded.size == 0
    assert np.allclose(folded.apply(pixels), np.clip(_exact(pixels, **numbers), 0, 1), atol=1e-6)


def test_the_skin_mask_takes_every_shade_of_skin_and_no_grey() -> None:
    grade = grade_from({})
    assert skin_mask(np.array([_hex(tone) for tone in SKINS]), grade=grade).min() > 0.5
    greys = np.repeat(np.linspace(0, 1, 256)[:, None], 3, axis=1)
    assert skin_mask(greys, grade=grade).max() == 0.0
    assert skin_mask(np.add(greys, [0.01, 0.0, -0.01]), grade=grade).max() < 0.2
    others = np.array(
        [_hex(c) for c in ("#2C3E50", "#3FA34D", "#1E88E5", "#8E24AA", "#00FFFF", "#8A1020")]
    )
    assert skin_mask(others, grade=grade).max() < 0.05


def test_a_narrower_box_and_a_harder_edge_take_less() -> None:
    tones = np.array([_hex(tone) for tone in SKINS])
    soft = skin_mask(tones, grade=grade_from({}))
    hard = skin_mask(tones, grade=grade_from({"skin_softness": 0.05}))
    small = skin_mask(tones, grade=grade_from({"skin_cr_min": 0.6, "skin_softness": 0.05}))
    assert (hard <= soft + 1e-9).all()
    assert small.sum() < hard.sum()


def test_selective_desaturation_leaves_skin_and_greys_the_world() -> None:
    face, sea = _hex("#C68642"), _hex("#1E6FA5")
    numbers = {"others_saturation_percent": -100.0}
    assert np.abs(_exact(face, **numbers) - face).max() < 0.02
    graded = _exact(sea, **numbers)
    assert np.ptp(graded) < 1e-9
    assert chroma_of(graded)[0] == pytest.approx(chroma_of(sea)[0])


def test_a_positive_hue_turns_skin_to_red_and_keeps_its_luma() -> None:
    face = _hex("#E0AC69")
    redder = _exact(face, skin_hue_degrees=10.0)
    assert _hue(redder) == pytest.approx(_hue(face) - 10.0, abs=0.5)
    assert chroma_of(redder)[0] == pytest.approx(chroma_of(face)[0])


def test_teal_and_orange_colours_shadows_and_lights_but_not_black_white_or_skin() -> None:
    numbers = {"teal_orange_percent": 100.0}
    assert np.array_equal(_exact(np.zeros(3), **numbers), np.zeros(3))
    assert np.allclose(_exact(np.ones(3), **numbers), 1.0)
    dark, light = _exact(np.full(3, 0.2), **numbers), _exact(np.full(3, 0.75), **numbers)
    assert dark[2] > dark[1] > dark[0]
    assert light[0] > light[1] > light[2]
    for tone in SKINS:
        graded = _exact(_hex(tone), **numbers)
        assert abs(_hue(graded) - SKIN_DEGREES) < 26, tone  # skin stays on its line, never green


def test_a_curve_goes_through_its_points_never_overshoots_and_goes_on_outside() -> None:
    heights = [0.0, 0.15, 0.5, 0.9, 1.0]
    at = np.linspace(-0.2, 1.3, 400)
    curve = tone_curve(at, heights=heights)
    assert np.allclose(tone_curve(np.linspace(0, 1, 5), heights=heights), heights)
    assert (np.diff(curve) >= -1e-12).all()
    assert _exact(np.array([0.0, 0.5, 1.0]), curve_mids=50.0) == pytest.approx([0, 0.5, 1])


def test_white_balance_and_tint_move_greys_and_no_stage_lifts_black() -> None:
    for numbers in (SEED_GRADE, {"temperature_kelvin": 3200.0}, {"others_saturation_percent": -50.0},
                    {"skin_brightness_percent": 30.0}, {"gamma": 2.0}, {"exposure_stops": 2.0}):  # fmt: skip
        assert _exact(np.zeros(3), **numbers).max() <= 1e-12, numbers


def test_tetrahedra_are_exact_on_points_and_planes_and_keep_greys_grey() -> None:
    rng = np.random.default_rng(1)
    colours = rng.random((500, 3))
    assert np.allclose(interpolate(identity_table(5).points, colours), colours, atol=1e-12)
    slope = rng.random((3, 3))
    linear = identity_table(7).points @ slope
    assert np.allclose(interpolate(linear, colours), colours @ slope, atol=1e-12)
    points = rng.random((4, 4, 4, 3))
    at = np.array([[1, 0, 2], [3, 3, 3], [0, 0, 0], [2, 3, 1]])
    assert np.allclose(interpolate(points, at / 3), points[tuple(at.T)], atol=1e-12)
    neutral = np.repeat(rng.random((9, 9, 9, 1)), 3, axis=3)
    assert np.ptp(interpolate(neutral, np.repeat(rng.random((50, 1)), 3, 1)), axis=-1).max() == 0
    assert np.array_equal(
        interpolate(points, np.array([[-3.0, 0, 9.0]])), points[0, 0, 3][None]
    )  # outside is the edge


def test_tetrahedra_agree_with_another_program() -> None:
    ocio = pytest.importorskip("PyOpenColorIO")
    rng = np.random.default_rng(8)
    points = rng.random((9, 9, 9, 3)).astype(np.float32)
    lut = ocio.Lut3DTransform(gridSize=9)
    lut.setInterpolation(ocio.INTERP_TETRAHEDRAL)
    for r, g, b in np.ndindex(9, 9, 9):
        lut.setValue(r, g, b, *(float(v) for v in points[r, g, b]))
    processor = ocio.Config.CreateRaw().getProcessor(lut).getDefaultCPUProcessor()
    colours = rng.random((40, 40, 3), dtype=np.float32)
    theirs = colours.copy()
    processor.applyRGB(theirs)
    assert np.abs(interpolate(points, colours) - theirs).max() < 2e-6


def test_one_channel_tables_are_linear_between_their_points() -> None:
    side = np.linspace(0, 1, 3)
    table = Table(np.stack([side**2, side, 1 - side], axis=1), (0, 0, 0), (2, 1, 1))
    assert look_up(table, np.array([0.5, 0.5, 0.25])) == pytest.approx([0.125, 0.5, 0.75])


@pytest.mark.parametrize(
    ("space", "name"),
    [("rec709", "ITU-R BT.709"), ("rec2020", "ITU-R BT.2020"), ("p3_d65", "P3-D65"), ("dci_p3", "DCI-P3")],
)  # fmt: skip
def test_primaries_give_the_published_matrices(space: str, name: str) -> None:
    colour = pytest.importorskip("colour")
    theirs = colour.RGB_COLOURSPACES[name]
    assert np.abs(xyz_from_rgb(ColourSpace(space)) - theirs.matrix_RGB_to_XYZ).max() < 6e-4
    wanted = colour.matrix_RGB_to_RGB(colour.RGB_COLOURSPACES["ITU-R BT.709"], theirs, "Bradford")
    ours = light_matrix(source=ColourSpace.REC709, target=ColourSpace(space))
    assert np.abs(ours - wanted).max() < 6e-4


def test_709_in_2020_is_the_standards_matrix_and_every_way_leads_back() -> None:
    """Source: BT.2087-0, table 2."""
    ours = light_matrix(source=ColourSpace.REC709, target=ColourSpace.REC2020)
    assert ours[0] == pytest.approx([0.6274, 0.3293, 0.0433], abs=1e-4)
    colours = np.random.default_rng(6).random((50, 3))
    for space in ColourSpace:
        there = convert(colours, source=ColourSpace.REC709, target=space)
        back = convert(there, source=space, target=ColourSpace.REC709)
        assert np.allclose(back, colours, atol=1e-12)
        assert convert(np.ones(3), source=ColourSpace.REC709, target=space) == pytest.approx(1.0)


def test_luma_and_chroma_go_there_and_back() -> None:
    colours = np.random.default_rng(2).random((30, 3))
    assert np.allclose(rgb_of(*chroma_of(colours)), colours)


def test_documents_are_laid_over_one_another_and_say_only_what_differs() -> None:
    grade = grade_from({"exposure_stops": 0.5, "tint": 3}, {"tint": 0}, {"vignette": 0.3})
    assert grade.to_document() == {
        "schema": "apex.grade/1", "exposure_stops": 0.5, "vignette": 0.3
    }  # fmt: skip
    assert grade_from(grade.to_document()) == grade
    assert grade_from({}).values == IDENTITY
    assert isinstance(grade, Grade)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"warmth": 1}, "grade.warmth is not known"),
        ({"exposure_stops": "bright"}, "must be a number"),
        ({"exposure_stops": True}, "must be a number"),
        ({"vignette": float("inf")}, "must be from 0 to 0.95"),
        ({"skin_y_min": 0.9, "skin_y_max": 0.2}, "skin_y_min=0.9 must be below"),
        ({"lut": "../../etc/passwd"}, "must be empty or sha256"),
        ({"lut_space": "rec601"}, "must be one of rec709"),
        ({"schema": "apex.grade/9"}, "newer than this Apex"),
        ({"schema": "apex.bible/1"}, "must be 'apex.grade/1'"),
    ],
)
def test_a_document_that_cannot_be_used_is_refused_by_name(
    document: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        grade_from(document)


def test_a_grade_that_names_a_table_needs_somebody_to_give_it() -> None:
    with pytest.raises(InputError, match="names a table, but none were given"):
        fold_grade(grade_from({"lut": "sha256:" + "a" * 64}))
