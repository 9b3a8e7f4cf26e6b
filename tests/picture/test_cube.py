"""Tables from .cube files: read, written, read by others, and refused by name when they are broken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from renders.engine.grading.cube import MOST_BYTES, cube_text, read_cube
from renders.engine.grading.fold import fold_grade
from renders.engine.grading.grade import grade_from
from renders.engine.grading.table import Table, identity_table, look_up

TWO = "LUT_3D_SIZE 2\n" + "".join(f"{r} {g} {b}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1))


def test_red_runs_fastest() -> None:
    table = read_cube(TWO.encode())
    assert np.array_equal(table.points, identity_table(2).points)


def test_what_is_written_is_read_again_and_twice_written_is_the_same() -> None:
    rng = np.random.default_rng(1)
    for points in (rng.random((5, 5, 5, 3)), rng.random((17, 3))):
        table = Table(points, (-0.5, 0, 0), (1, 2, 1), 'Dusk "one"')
        text = cube_text(table, comments=("made here\nwith two lines",))
        back = read_cube(text.encode())
        assert np.abs(back.points - points).max() < 1e-7
        assert (back.least, back.most, back.title) == (table.least, table.most, "Dusk one")
        assert cube_text(table, comments=("made here\nwith two lines",)) == text


def test_other_programs_read_what_we_write(tmp_path: Path) -> None:
    colour = pytest.importorskip("colour")
    ocio = pytest.importorskip("PyOpenColorIO")
    rng = np.random.default_rng(2)
    table = Table(identity_table(5).points + rng.normal(0, 0.05, (5, 5, 5, 3)))
    path = tmp_path / "with space and é.cube"
    path.write_text(cube_text(table), encoding="utf-8")
    assert np.allclose(colour.read_LUT(str(path)).table, table.points, atol=1e-6)
    lut = ocio.FileTransform(str(path), interpolation=ocio.INTERP_TETRAHEDRAL)
    processor = ocio.Config.CreateRaw().getProcessor(lut).getDefaultCPUProcessor()
    colours = rng.random((20, 20, 3), dtype=np.float32)
    theirs = colours.copy()
    processor.applyRGB(theirs)
    assert np.abs(look_up(table, colours.astype(np.float64)) - theirs).max() < 2e-6


def test_we_read_what_others_write(tmp_path: Path) -> None:
    colour = pytest.importorskip("colour")
    points = np.random.default_rng(3).random((4, 4, 4, 3))
    lut = colour.LUT3D(points, "theirs", domain=np.array([[-0.1, 0, 0], [1, 1.2, 1]]))
    path = tmp_path / "theirs.cube"
    colour.write_LUT(lut, str(path))
    table = read_cube(path.read_bytes())
    assert np.allclose(table.points, points, atol=1e-6)
    assert table.most == pytest.approx((1, 1.2, 1))


def test_a_table_as_resolve_writes_it_windows_lines_tabs_and_marks_are_read() -> None:
    text = (
        "\ufeff# hello\r\nLUT_1D_SIZE 2\r\nLUT_1D_INPUT_RANGE -1 3\r\n\r\n0\t0\t0\r\n1e0 .5 1\r\n"
    )
    table = read_cube(text.encode())
    assert (table.least, table.most, table.size, table.is_3d) == ((-1,) * 3, (3,) * 3, 2, False)
    assert look_up(table, np.array([1.0, 1.0, 3.0])) == pytest.approx([0.5, 0.25, 1.0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "says no size"),
        ("TITLE x\n", "says no size"),
        ("LUT_3D_SIZE two\n", "LUT_3D_SIZE='two' must be from 2 to 129"),
        ("LUT_3D_SIZE 1\n0 0 0\n", "must be from 2"),
        ("LUT_3D_SIZE 256\n", "must be from 2 to 129"),
        ("LUT_1D_SIZE 99999999999\n", "must be from 2 to 65536"),
        ("LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n", "holds a 1D and a 3D table"),
        (TWO + "0 0 0\n", "more than the 8 rows"),
        (TWO.rsplit("\n", 2)[0], "ends after 7 of 8 rows"),
        (TWO[:-4], "ends in the middle of line 9; it was cut off"),
        (TWO.replace("1 1 1", "1 nan 1"), "line 9: nan must be a number"),
        (TWO.replace("0 0 0", "nan 0 0", 1), "line 2: nan must be a number"),
        (TWO.replace("1 1 1", "1 1 inf"), "line 9: inf"),
        (TWO.replace("1 1 1", "1 1 1e30"), "line 9: 1e"),
        (TWO.replace("0 1 0", "0 1"), "line 4: '0 1' must be three numbers"),
        (TWO.replace("1 1 1", "1 1 one"), "must be three numbers"),
        ("LUT_3D_SIZE 2\nWARP 9\n" + TWO, "line 2: 'WARP' is no keyword"),
        ("LUT_3D_SIZE 2\n" + TWO, "stands there twice"),
        ("DOMAIN_MIN 1 0 0\nDOMAIN_MAX 1 1 1\n" + TWO, "must be below"),
        ("DOMAIN_MIN 1\n" + TWO, "DOMAIN_MIN: '1' must be three numbers"),
        ("\x89PNG\x00\x00", "is no text"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_cube(text.encode())


def test_a_huge_file_is_not_even_looked_at() -> None:
    with pytest.raises(InputError, match="at most"):
        read_cube(b" " * (MOST_BYTES + 1))


def test_a_table_is_one_of_the_stages_at_its_strength() -> None:
    inverted = Table(1.0 - identity_table(9).points)
    name = "sha256:" + "b" * 64
    pixels = np.random.default_rng(4).random((6, 7, 3), dtype=np.float32)
    full = fold_grade(grade_from({"lut": name}), table_named=lambda _: inverted)
    half = fold_grade(grade_from({"lut": name, "lut_percent": 50}), table_named=lambda _: inverted)
    assert np.allclose(full.apply(pixels), 1 - pixels, atol=1e-5)
    assert np.allclose(half.apply(pixels), 0.5, atol=1e-5)
    assert full.error.most < 0.01
