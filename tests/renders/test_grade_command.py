"""`manage.py grade`: a picture or a film with a .cube, a preset, numbers; refused in one line, nothing left behind."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.pixels import png_bytes, read_picture
from renders.engine.grading.cube import cube_text
from renders.engine.grading.table import Table, identity_table


@pytest.fixture
def cube(tmp_path: Path) -> Path:
    """Return a table that turns red and blue round."""
    path = tmp_path / "turned é 'x'.cube"
    path.write_text(cube_text(Table(identity_table(3).points[..., ::-1])), encoding="utf-8")
    return path


def _grade(*words: object) -> dict[str, object]:
    out = io.StringIO()
    call_command("grade", *map(str, words), stdout=out)
    return dict(json.loads(out.getvalue()))


def test_a_cube_is_laid_over_a_picture_and_its_scopes_are_drawn(tmp_path: Path, cube: Path) -> None:
    still = tmp_path / "still.png"
    still.write_bytes(png_bytes(np.full((20, 30, 3), (200, 90, 40), np.uint8)))
    said = _grade(still, "--cube", cube, "--out", tmp_path / "o.png", "--scopes", tmp_path / "s")
    assert read_picture(tmp_path / "o.png")[5, 5].tolist() == [40, 90, 200]
    assert said["cube"]["de2000_max"] < 0.1  # type: ignore[index]
    assert len(list((tmp_path / "s").glob("*.png"))) == 4


def test_a_cube_is_laid_over_a_film_in_a_folder_with_odd_letters(
    tmp_path: Path, cube: Path
) -> None:
    folder = tmp_path / "it's a [film] 🎬, one"
    folder.mkdir()
    film = folder / "a.mp4"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "color=c=0xC85A28:s=64x48:r=24:d=0.25", "-pix_fmt", "yuv420p",
         "-vf", "scale=out_color_matrix=bt709:out_range=tv", film]
    )  # fmt: skip
    _grade(film, "--cube", cube, "--out", folder / "b.mp4")
    picture = folder / "b.png"
    run_ffmpeg(
        ["-i", folder / "b.mp4", "-frames:v", "1", "-vf", "scale=in_color_matrix=bt709", picture]
    )
    middle = read_picture(picture)[24, 32].astype(int)
    assert np.abs(middle - (0x28, 0x5A, 0xC8)).max() <= 4
    assert sorted(p.name for p in folder.iterdir()) == ["a.mp4", "b.mp4", "b.png"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "gamma=0"], "grade.gamma=0.0 must be from"),
        (["--set", "gamma"], "must look like exposure_stops=0.5"),
        (["--cube", "none.cube"], "none.cube is not a file"),
        (["--out", "x.gif"], "must end in .png"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    tmp_path: Path, words: list[str], said: str
) -> None:
    still = tmp_path / "still.png"
    still.write_bytes(png_bytes(np.zeros((4, 4, 3), np.uint8)))
    with pytest.raises(CommandError, match=said):
        _grade(still, "--out", tmp_path / "o.png", *words)
    assert not (tmp_path / "o.png").exists()


def test_stage_four_is_not_laid_over_a_finished_film(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(b"")
    with pytest.raises(CommandError, match="film_grain, vignette, sharpening cannot be laid"):
        _grade(film, "--preset", "cinematic", "--out", tmp_path / "b.mp4")
