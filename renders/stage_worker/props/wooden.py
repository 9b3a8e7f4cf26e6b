# SPDX-License-Identifier: GPL-3.0-or-later
"""Turned and joined wood: a gavel on its sounding block, a box with a lid. Metres, front towards -y, z = 0 the surface."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.props.forms import BRASS, metal, round_outline, slab
from renders.stage_worker.props.look import Look
from renders.stage_worker.sets.build import box, lathe
from renders.stage_worker.sets.materials import wood

HEAD = [
    (0.0, -0.050), (0.017, -0.050), (0.026, -0.047), (0.0275, -0.041), (0.0275, -0.028), (0.0245, -0.025),
    (0.0245, -0.022), (0.022, -0.019), (0.022, -0.014), (0.0235, -0.012), (0.0235, 0.012), (0.022, 0.014),
    (0.022, 0.019), (0.0245, 0.022), (0.0245, 0.025), (0.0275, 0.028), (0.0275, 0.041), (0.026, 0.047),
    (0.017, 0.050), (0.0, 0.050),
]  # fmt: skip
HANDLE = [
    (0.0, 0.0), (0.0075, 0.0), (0.0075, 0.030), (0.0095, 0.034), (0.0070, 0.040), (0.0065, 0.075), (0.0085, 0.115),
    (0.0105, 0.150), (0.0095, 0.185), (0.0070, 0.205), (0.0105, 0.212), (0.0125, 0.222), (0.0100, 0.232), (0.0, 0.236),
]  # fmt: skip
BLOCK = [
    (0.0, 0.0), (0.072, 0.0), (0.075, 0.003), (0.075, 0.010), (0.069, 0.014), (0.068, 0.019), (0.0655, 0.023),
    (0.058, 0.0245), (0.0, 0.0245),
]  # fmt: skip


def gavel(look: Look) -> None:
    """Put a gavel across its sounding block, a brass band round the head."""
    oak = wood(look.or_else("#7A4222"), roughness=0.2)
    dark = wood("#4E2A16", roughness=0.22, along="x")
    lathe("sounding block", BLOCK, (0.0, 0.0, 0.0), dark, sectors=64)
    high, tilt, turn = 0.0245 + 0.0275, np.radians(96), np.radians(-58)
    head = lathe("gavel head", HEAD, (0.0, 0.0, high), oak, sectors=56)
    head.rotation_euler = (np.radians(90), 0, turn)
    band = lathe(
        "band", [(0.0238, -0.008), (0.0246, -0.007), (0.0246, 0.007), (0.0238, 0.008)],
        (0.0, 0.0, high), metal(BRASS, roughness=0.18), sectors=56,
    )  # fmt: skip
    band.rotation_euler = head.rotation_euler
    away = turn + np.radians(90)
    handle = lathe("gavel handle", HANDLE, (0.0, 0.0, high), oak, sectors=32)
    handle.rotation_euler = (0, tilt, away + np.radians(90))


def keepsake_box(look: Look) -> None:
    """Put a small box with its lid ajar and a clasp of brass."""
    body = wood(look.or_else("#6A3A20"), along="x")
    slab("box", round_outline(0.20, 0.13, 0.006), 0.0, 0.072, body, bevel=0.003)
    lid = slab("lid", round_outline(0.206, 0.136, 0.006), 0.0, 0.020, body, bevel=0.004)
    lid.location, lid.rotation_euler = (0, 0.003, 0.0745), (np.radians(3.0), 0, 0)
    brass = metal(BRASS)
    box("clasp", (0, -0.0665, 0.066), (0.022, 0.004, 0.026), brass, bevel=0.0015)
    for x in (-0.096, 0.096):
        for z in (0.006, 0.066):
            box("corner", (x, -0.063, z), (0.014, 0.008, 0.014), brass, bevel=0.001)
