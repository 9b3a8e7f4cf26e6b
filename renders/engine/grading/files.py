"""A picture file or a film file, graded into another: whole or not there.

grade_picture_file(Path("still.png"), folded=fold_grade(grade_from({"gamma": 1.1})), out=Path("graded.png"))
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from apexsite.kit.errors import InputError
from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.pixels import jpeg_bytes, png_bytes, read_picture, to_bytes, to_float
from renders.engine.grading.cube import cube_text
from renders.engine.grading.finishing import finish_still, frame_still
from renders.engine.grading.fold import Folded, fold_points
from renders.engine.grading.scope_pictures import ScopeKind, scope_picture
from renders.engine.grading.scopes import measure
from renders.engine.grading.table import Table

FILM_POINTS = 65
MOST_SECONDS = 3600.0
FRAME_NUMBERS = ("film_grain", "vignette", "sharpening", "chromatic_aberration", "halation")
CONTAINERS = (".mp4", ".mov", ".mkv")


def grade_picture_file(
    source: Path, *, folded: Folded, out: Path, scopes: Path | None = None
) -> None:
    """Write the picture with all four stages to `out`, a PNG or JPEG by its name; scopes to a folder if asked.

    Raises `InputError` for a picture that cannot be read, or a name that is neither.
    """
    if out.suffix.lower() not in (".png", ".jpg", ".jpeg"):
        raise InputError(f"out={out.name!r} must end in .png, .jpg or .jpeg")
    pixels = to_float(read_picture(source))
    still = finish_still(folded.apply(pixels), grade=folded.grade)
    graded = to_bytes(frame_still(still, grade=folded.grade))
    is_png = out.suffix.lower() == ".png"
    _write_whole(out, png_bytes(graded) if is_png else jpeg_bytes(graded, quality=95))
    if scopes is not None:
        scopes.mkdir(parents=True, exist_ok=True)
        measured = measure(to_float(graded))
        for kind in ScopeKind:
            _write_whole(scopes / f"{kind}.png", png_bytes(scope_picture(measured, kind=kind)))


def grade_film(source: Path, *, folded: Folded, out: Path) -> None:
    """Write a film with stages 1 to 3 laid over every frame, sound as it is, to an mp4, mov or mkv.

    Frames go through planar float, tetrahedra and BT.709 limited range both ways; the encoder is x264 at 16.
    Raises `InputError` for stage 4, which belongs to a cut's own film, or another kind of file; `MediaError`
    when ffmpeg fails, and then nothing is left at `out`.
    """
    given = [name for name in FRAME_NUMBERS if folded.grade[name]]
    if given:
        raise InputError(f"{', '.join(given)} cannot be laid over a finished film; render the cut")
    if out.suffix.lower() not in CONTAINERS:
        raise InputError(f"out={out.name!r} must end in {', '.join(CONTAINERS)}")
    if out.resolve() == source.resolve():
        raise InputError(f"out={out} is the film itself; name another file")
    points = fold_points(folded.grade, size=FILM_POINTS, table_named=folded.table_named)
    table = Table(np.clip(points.astype(np.float64), 0.0, 1.0))
    with tempfile.TemporaryDirectory(prefix="apex-grade-", dir=out.parent) as name:
        folder = Path(name)
        # A plain name in the filter needs no quoting, whatever the folders are called.
        cube = Path(tempfile.gettempdir()) / f"{folder.name}.cube"
        part = folder / f"part{out.suffix.lower()}"
        try:
            cube.write_text(cube_text(table), encoding="ascii")
            graph = (
                "scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format=gbrpf32le,"
                f"lut3d=file={cube}:interp=tetrahedral,"
                "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p"
            )
            tags = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]
            run_ffmpeg(
                ["-i", source.resolve(), "-vf", graph, "-map", "0:v:0", "-map", "0:a?",
                 "-c:v", "libx264", "-preset", "medium", "-crf", "16", *tags,
                 "-color_range", "tv", "-c:a", "copy", part],
                timeout_seconds=MOST_SECONDS,
            )  # fmt: skip
            part.replace(out)
        finally:
            cube.unlink(missing_ok=True)


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
