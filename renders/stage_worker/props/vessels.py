# SPDX-License-Identifier: GPL-3.0-or-later
"""Vessels and what stands in them: cup, glass, bottle, candle, flower; a hat."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.lighting import area_light
from renders.stage_worker.meshes import mesh_object
from renders.stage_worker.props.forms import BRASS, clear_glass, metal, paper, tube
from renders.stage_worker.props.look import Look
from renders.stage_worker.sets.build import lathe
from renders.stage_worker.sets.materials import cloth
from renders.stage_worker.shading import Shader, glow, linear, plain


def cup(look: Look) -> None:
    """Put a cup of coffee on a saucer."""
    china = plain("china", look.or_else("#E6E0D4"), roughness=0.15, coat_weight=0.4)
    lathe("saucer", [(0.0, 0.004), (0.030, 0.0), (0.046, 0.004), (0.072, 0.016), (0.074, 0.018), (0.046, 0.009), (0.0, 0.009)], (0, 0, 0), china, sectors=64)  # fmt: skip
    lathe("cup", [(0.0, 0.009), (0.024, 0.009), (0.026, 0.014), (0.036, 0.030), (0.0425, 0.058), (0.044, 0.076), (0.0425, 0.0765), (0.0405, 0.058), (0.033, 0.031), (0.0, 0.018)], (0, 0, 0), china, sectors=64)  # fmt: skip
    lathe("coffee", [(0.0415, 0.066), (0.0, 0.066)], (0, 0, 0), plain("coffee", "#2A140A", roughness=0.06), sectors=48)  # fmt: skip
    ear = [(0.040 + 0.022 * float(np.sin(a)) * 1.05, 0.0, 0.046 + 0.019 * float(np.cos(a))) for a in np.linspace(0.1, np.pi - 0.1, 18)]  # fmt: skip
    tube("ear", ear, 0.0038, china)


def glass(look: Look) -> None:
    """Put a tumbler of whisky, or of what its colour says, with a heavy foot."""
    # one wall: light meets six surfaces at most before it is given up as black
    sides = [(0.0, 0.0), (0.036, 0.0), (0.0385, 0.006), (0.0415, 0.092), (0.0405, 0.0935)]
    lathe("tumbler", sides, (0, 0, 0), clear_glass(), sectors=56)
    drink = clear_glass(look.or_else("#F0C070"), share=0.95)
    lathe("drink", [(0.0, 0.0145), (0.0364, 0.0170), (0.0378, 0.043), (0.0, 0.043)], (0, 0, 0), drink, sectors=56)  # fmt: skip


def bottle(look: Look) -> None:
    """Put a bottle of wine with a label."""
    lathe("bottle", [(0.0, 0.006), (0.030, 0.0), (0.0375, 0.006), (0.0380, 0.185), (0.034, 0.208), (0.018, 0.236), (0.0145, 0.252), (0.0140, 0.292), (0.0160, 0.294), (0.0160, 0.304), (0.0, 0.304)], (0, 0, 0), plain("bottle", look.or_else("#12261A"), roughness=0.06, coat_weight=0.6), sectors=64)  # fmt: skip
    lathe("foil", [(0.0148, 0.258), (0.0148, 0.292), (0.0165, 0.294), (0.0165, 0.306), (0.0, 0.307)], (0, 0, 0), plain("foil", "#6A1A22", roughness=0.35, metallic=0.6), sectors=48)  # fmt: skip
    turn = np.linspace(-2.65, -0.5, 26)
    points = np.array([[0.0384 * np.cos(a), 0.0384 * np.sin(a), z] for z in (0.055, 0.145) for a in turn])  # fmt: skip
    n = len(turn)
    mesh_object("label", points, [[i, i + 1, n + i + 1, n + i] for i in range(n - 1)], material=paper("#E4DAC0"))  # fmt: skip
    for low, high, wide in ((0.120, 0.124, 0.55), (0.098, 0.112, 0.75), (0.075, 0.078, 0.45)):
        arc = np.linspace(-1.57 - wide, -1.57 + wide, 16)
        band = np.array([[0.0387 * np.cos(a), 0.0387 * np.sin(a), z] for z in (low, high) for a in arc])  # fmt: skip
        k = len(arc)
        mesh_object("print", band, [[i, i + 1, k + i + 1, k + i] for i in range(k - 1)], material=plain("print", "#3A1A1A"))  # fmt: skip


def candle(look: Look) -> None:
    """Put a candle in a brass holder, alight unless the words put it out."""
    brass = metal(BRASS, roughness=0.2)
    lathe("holder", [(0.0, 0.0), (0.052, 0.0), (0.056, 0.008), (0.050, 0.006), (0.018, 0.006), (0.0155, 0.010), (0.0155, 0.026), (0.013, 0.026), (0.013, 0.012)], (0, 0, 0), brass, sectors=56)  # fmt: skip
    grip = [(0.052 + 0.017 * (1 - float(np.cos(a))), 0.0, 0.012 + 0.016 * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 24, endpoint=False)]  # fmt: skip
    tube("grip", grip, 0.0028, brass, closed=True)
    wax = Shader("wax")
    wax.set(base_color=linear(look.or_else("#EDE2C6")), roughness=0.45, subsurface_weight=0.3, subsurface_scale=0.01)  # fmt: skip
    lathe("candle", [(0.0125, 0.012), (0.0122, 0.108), (0.0112, 0.112), (0.0075, 0.1095), (0.0, 0.108)], (0, 0, 0), wax.material, sectors=40)  # fmt: skip
    for a, low in ((0.5, 0.082), (-1.3, 0.064), (-2.2, 0.090)):
        x, y = 0.0126 * float(np.cos(a)), 0.0126 * float(np.sin(a))
        tube("drip", [(x * 0.96, y * 0.96, 0.110), (x, y, (low + 0.11) / 2), (x, y, low)], [0.0014, 0.0016, 0.0024], wax.material)  # fmt: skip
    tube("wick", [(0, 0, 0.107), (0.0006, 0, 0.1165)], 0.0007, plain("wick", "#15110D"), sectors=8)
    if look.lit:
        lathe("flame", [(0.0, 0.0), (0.0030, 0.003), (0.0042, 0.008), (0.0034, 0.016), (0.0015, 0.025), (0.0, 0.031)], (0, 0, 0.1125), glow("flame", "#FFB04A", 14.0), sectors=24)  # fmt: skip
        for x, y in ((0.02, -0.05), (-0.03, 0.02)):
            area_light(np.array([x, y, 0.15]), np.array([0, 0, 0.05]), watts=0.8, size=0.03, colour=(1.0, 0.62, 0.26))  # fmt: skip


def flower(look: Look) -> None:
    """Put a rose that lies on its stem with two leaves."""
    petal = Shader("petal")
    petal.set(base_color=linear(look.or_else("#A3122A")), roughness=0.55, sheen_weight=0.3)
    green = plain("leaf", "#2C4A22", roughness=0.5)
    tube("stem", [(0.055, 0.020, 0.024), (0.02, 0.008, 0.012), (-0.06, -0.012, 0.004), (-0.16, -0.016, 0.003)], [0.0028, 0.0026, 0.0024, 0.0022], green)  # fmt: skip
    _rose(petal.material, np.array([0.060, 0.022, 0.027]))
    for x, side in ((-0.035, 1), (-0.085, -1)):
        u = np.linspace(0, 1, 14)
        wide = 0.015 * np.sin(np.pi * u**0.8)
        mid = np.stack([x + 0.035 * u, side * 0.045 * u - 0.006, 0.006 + 0.016 * np.sin(2.4 * u)], axis=-1)  # fmt: skip
        rows = np.stack([mid + np.outer(wide * s, [0.8, -0.55 * side, 0.25 * abs(s)]) for s in (-1, 0, 1)])  # fmt: skip
        _grid("leaf", rows, green)


def _rose(material: object, centre: np.ndarray) -> None:
    """Put petals in rings round an axis that leans to the front; inner ones stand, outer ones open."""
    ahead = np.array([0.62, -0.22, 0.75])
    ahead = ahead / np.linalg.norm(ahead)
    side = np.cross(ahead, [0, 1.0, 0])
    side /= np.linalg.norm(side)
    up = np.cross(ahead, side)
    for layer, (count, radius, high, open_) in enumerate(((3, 0.004, 0.028, 0.05), (4, 0.009, 0.030, 0.18), (5, 0.014, 0.029, 0.42), (5, 0.019, 0.026, 0.85))):  # fmt: skip
        for k in range(count):
            start = 2 * np.pi * (k + 0.45 * layer) / count
            a = start + np.linspace(-0.62, 0.62, 11) * 2.4 * np.pi / count / 1.6
            h = np.linspace(0, 1, 9)
            turn, level = np.meshgrid(a, h)
            edge = 1 - 0.30 * ((turn - start) / (a[-1] - start)) ** 2
            r = radius * (0.35 + 0.65 * np.sin(level * 1.5)) + open_ * 0.020 * level**2.2
            z = high * level * edge
            rows = (
                centre
                + (r * np.cos(turn))[..., None] * side
                + (r * np.sin(turn))[..., None] * up
                + (z - 0.006)[..., None] * ahead
            )
            _grid("petal", rows, material)


def _grid(name: str, rows: np.ndarray, material: object) -> None:
    high, wide, _ = rows.shape
    faces = [[i * wide + j, i * wide + j + 1, (i + 1) * wide + j + 1, (i + 1) * wide + j] for i in range(high - 1) for j in range(wide - 1)]  # fmt: skip
    mesh_object(name, rows.reshape(-1, 3), faces, material=material, subdivide=1)


def hat(look: Look) -> None:
    """Put a felt hat with a ribbon and a pinched crown."""
    felt, ribbon = cloth(look.or_else("#3A342E")), cloth("#16130F")
    a = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    rings = [(1.62, 0.010), (1.66, 0.014), (1.30, 0.004), (1.04, 0.004), (1.0, 0.012), (0.98, 0.06), (0.93, 0.098), (0.84, 0.113), (0.60, 0.112), (0.0, 0.100)]  # fmt: skip
    rows = []
    for r, z in rings:
        x, y = 0.082 * r * np.cos(a), 0.100 * r * np.sin(a)
        pinch = np.exp(-(((np.abs(np.cos(a)) - 0.65) / 0.25) ** 2)) * (y < 0) * (z > 0.05) * 0.012
        dip = -0.022 * np.clip(-y / 0.1, 0, 1) ** 2 * (z > 0.09) if z > 0.09 else 0.0
        snap = -0.010 * np.clip(-y / 0.16, 0, 1) ** 2 * (r > 1.2)
        rows.append(np.stack([x * (1 - pinch * 8), y, z + dip + snap + 0.012], axis=-1))
    grid = np.concatenate([np.array(rows), np.array(rows)[:, :1]], axis=1)
    _grid("hat", grid, felt)
    band = np.array([[[0.082 * (r + 0.012) * np.cos(t), 0.100 * (r + 0.012) * np.sin(t), z + 0.012] for t in np.append(a, 0)] for r, z in ((1.0, 0.010), (0.995, 0.034))])  # fmt: skip
    _grid("ribbon", band, ribbon)
