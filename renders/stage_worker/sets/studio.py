# SPDX-License-Identifier: GPL-3.0-or-later
"""An empty studio: a painted backdrop that sweeps into the floor on all sides."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.lighting import area_light
from renders.stage_worker.sets.build import lathe
from renders.stage_worker.shading import Shader, linear


def build(time_of_day: str) -> None:
    """Build the studio; the time of day makes no difference here."""
    shader = Shader("backdrop")
    cloud = shader.noise(0.55, detail=4.0)
    tint = shader.ramp(cloud, [(0.3, linear("#6E6B66")), (0.75, linear("#97928A"))])
    shader.link(tint, shader.input("Base Color"))
    shader.set(roughness=0.9, specular_ior_level=0.2)
    bend = [(5.0 + 1.6 * np.sin(a), 1.6 - 1.6 * np.cos(a)) for a in np.linspace(0, np.pi / 2, 14)]
    lathe(
        "backdrop",
        [(0.0, 0.0), (2.5, 0.0), *bend, (6.6, 7.0)],
        (0, 0, 0),
        shader.material,
        sectors=64,
    )
    for x, y in ((2.6, 3.4), (-2.6, 3.4), (0.0, -3.6)):
        area_light(
            np.array([x, y, 0.3]),
            np.array([x * 0.9, y * 1.6, 2.2]),
            watts=130,
            size=1.6,
            colour=(1, 0.98, 0.95),
        )
