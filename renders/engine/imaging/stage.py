"""The previz backend: real cameras, light and people, drawn by the stage program on this machine's processor."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from apexsite.kit.errors import BackendError
from apexsite.kit.faultwords import words_of_fault
from apexsite.kit.pixels import Bytes3
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from renders.engine.imaging.base import Capabilities, ImageRequest, RenderedImage
from renders.engine.stage.environment import cache_root, stage_availability

ENGINE = "stage"
VERSION = "1"
TIMEOUT_SECONDS = {"sketch": 90.0, "draft": 240.0, "good": 900.0}
"""House choice: some ten times what each takes on two free cores."""

MOST_KEPT = 300
DATA = ("depth", "masks", "normal", "blend")
FILES = {
    "depth": "depth.png",
    "masks": "masks.png",
    "normal": "normal.png",
    "blend": "shot.blend",
}


class StageBackend:
    """Draws previz pictures in the stage program; the same request gives the same picture on the same machine."""

    capabilities = Capabilities(
        name=ENGINE,
        title="Previz stage",
        tier="previz",
        is_deterministic=True,
        needs_network=False,
        licence="own pictures; the stage program is GPL-3.0-or-later (Blender), its people CC0",
        is_commercial=True,
        most_pixels=4096 * 2304,
    )

    def availability(self) -> Availability:
        """Say whether the stage is installed and switched on."""
        return stage_availability()

    def render(self, request: ImageRequest, progress: Progress) -> RenderedImage:
        """Draw one picture.

        Raises `NotAvailable` without the stage, `NotSupported` for children, animals, crowds and unknown things,
        `BackendError` when the program fails, `Cancelled` when the listener stops.
        """
        self.availability().require()
        document = document_of(request)
        folder, meta = drawn(document, progress)
        pixels = picture_of(folder, request.width, request.height)
        files = {name: folder / file for name, file in FILES.items() if (folder / file).exists()}
        parameters = _parameters(request, document, meta, folder)
        return RenderedImage(pixels, ENGINE, VERSION, parameters, files)

    def forget(self, request: ImageRequest) -> None:
        """Let go of what was kept of a request, so that it is really drawn the next time."""
        from renders.engine.stage.briefs import brief_hash

        shutil.rmtree(cache_root() / brief_hash(document_of(request))[:32], ignore_errors=True)


def document_of(request: ImageRequest) -> dict[str, Any]:
    """Return the stage's brief of a request."""
    from characters.engine.casting.rules import body_from_profile
    from renders.engine.stage.briefs import refuse_unsupported, stage_brief
    from renders.engine.stage.props import prop_of

    refuse_unsupported(request.brief)
    if prop_of(request.brief):
        request = replace(request, cast=(), bodies=())
    bodies = request.bodies or tuple(body_from_profile(profile)[0] for profile in request.cast)
    outputs = ("picture",) if request.quality == "sketch" else ("picture", *DATA)
    return stage_brief(request, bodies, quality=request.quality, outputs=outputs)


def drawn(document: dict[str, Any], progress: Progress) -> tuple[Path, dict[str, Any]]:
    """Return the folder of a brief's files and the record of its scene, drawn now or kept from before."""
    from renders.engine.stage.briefs import brief_hash
    from renders.engine.stage.process import STAGE

    folder = cache_root() / brief_hash(document)[:32]
    record = folder / "meta.json"
    if not record.exists():
        _make_room()
        with one_at_a_time(progress):
            if not record.exists():
                with whole_or_nothing(folder):
                    made = STAGE.draw(
                        {**document, "folder": str(folder)},
                        timeout_seconds=TIMEOUT_SECONDS[document["quality"]],
                        progress=progress,
                    )
                    half = folder / "meta.half"
                    half.write_text(json.dumps(made.meta), encoding="utf-8")
                    half.replace(record)
        _prune()
    os.utime(folder)
    return folder, json.loads(record.read_text(encoding="utf-8"))


def _make_room() -> None:
    try:
        cache_root().mkdir(parents=True, exist_ok=True)
        (cache_root() / "lock").touch()
    except OSError as err:
        raise BackendError(
            f"the stage's folder: {words_of_fault(err, cache_root())}", permanent=False
        ) from err


@contextlib.contextmanager
def one_at_a_time(progress: Progress) -> Iterator[None]:
    """Hold the machine's stage: two programs at once would take twice the memory and be no faster."""
    with (cache_root() / "lock").open("w", encoding="ascii") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                progress.advance(0, 10, "waiting for the stage")
                time.sleep(0.1)
        yield


@contextlib.contextmanager
def whole_or_nothing(folder: Path) -> Iterator[None]:
    """Take a picture's folder away when its drawing ends in an error; a folder that cannot be written is one too."""
    try:
        yield
    except OSError as err:
        shutil.rmtree(folder, ignore_errors=True)
        raise BackendError(
            f"the stage's folder: {words_of_fault(err, folder)}", permanent=False
        ) from err
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _prune() -> None:
    """Let go of the pictures longest not asked for; the studio keeps what it made in its own store."""
    kept = sorted(
        (p for p in cache_root().iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime
    )
    for folder in kept[:-MOST_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def picture_of(folder: Path, width: int, height: int) -> Bytes3:
    """Return a folder's drawn picture at the raster asked for: uint8 H×W×3 sRGB; a damaged one is let go of."""
    import numpy as np
    from PIL import Image

    path = folder / "picture.png"
    try:
        with Image.open(path) as image:
            image.load()
            rgb = image.convert("RGB")
    except OSError as err:
        shutil.rmtree(folder, ignore_errors=True)
        raise BackendError(
            f"the stage's picture cannot be read: {err}; it is drawn again", permanent=False
        ) from err
    if rgb.size != (width, height):
        rgb = rgb.resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(rgb, dtype=np.uint8)


def _parameters(
    request: ImageRequest, document: dict[str, Any], meta: dict[str, Any], folder: Path
) -> dict[str, Any]:
    """Return what is measured of the scene; boxes are x0, y0, x1, y1 in pixels of the picture asked for."""
    boxes = {p["key"]: _face_box(p["face"], request) for p in meta["people"]}
    subject = document["subject"]
    point = [0.5, 0.5]
    if meta["people"]:
        eyes = meta["people"][subject]["face"]["eyes"]
        point = [min(1.0, max(0.0, float(v))) for v in eyes]
    return {
        "quality": document["quality"],
        "drawn_at": [document["width"], document["height"]],
        "set_name": meta["set"],
        "set_asked": request.brief.place,
        "set_is_nearest": document["set_name"] != meta["set"],
        "mood": document["mood"],
        "figure_count": len(meta["people"]),
        "face_boxes": boxes,
        "subject_point": point,
        "camera": meta["camera"],
        "depth_m": meta.get("depth_m"),
        "masks": {p["key"]: p["mask"] for p in meta["people"]},
        "blender": meta["blender"],
        "network": meta.get("network", "not known"),
        "blocking": [
            {k: p[k] for k in ("key", "place", "facing_degrees", "pose", "expression", "look_at")}
            for p in document["players"]
        ],
        "prop": document.get("prop", {}).get("name", ""),
        "clothes": document.get("extra", {}).get("clothes", {}),
        "left_out": left_out(request, meta),
        "seed": request.seed,
        "variant_index": request.variant_index,
        "kept_as": folder.name,
        "seconds": meta.get("seconds", {}),
    }


def left_out(request: ImageRequest, meta: dict[str, Any]) -> list[str]:
    """Return what the shot names and the picture has not: weather, crowds and animals, faces outside the frame."""
    from characters.engine.casting.limits import not_drawn

    names = {person.key: person.name for person in request.cast}
    outside = [
        names.get(p["key"], p["key"])
        for p in meta["people"]
        if not all(0.0 <= float(share) <= 1.0 for share in p["face"]["eyes"])
    ]
    told = [f"weather: {request.brief.weather}"] if request.brief.weather else []
    told += [
        f"not supported in previz: {word}"
        for word in not_drawn(request.brief.action, names=tuple(names.values()))
    ]
    if outside:
        size = request.brief.size.value
        told.append(f"faces outside the frame of this {size}: {', '.join(outside)}")
    return told


def _face_box(face: dict[str, list[float]], request: ImageRequest) -> list[int]:
    """Return a box round crown and chin, three quarters as wide as tall."""
    (x0, y0), (x1, y1) = face["crown"], face["chin"]
    tall = abs(y1 - y0) * request.height
    middle, half = (x0 + x1) / 2 * request.width, tall * 0.375
    box = (middle - half, min(y0, y1) * request.height, middle + half, max(y0, y1) * request.height)
    sides = (request.width, request.height, request.width, request.height)
    return [int(min(max(v, 0), side)) for v, side in zip(box, sides, strict=True)]
