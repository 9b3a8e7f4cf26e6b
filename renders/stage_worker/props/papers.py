# SPDX-License-Identifier: GPL-3.0-or-later
"""Paper: letter, envelope, folder, photograph, book, newspaper or map, card."""

from __future__ import annotations

import bpy
import numpy as np

from renders.stage_worker.props.forms import leaf, paper, round_outline, slab, written_paper
from renders.stage_worker.props.look import Look
from renders.stage_worker.sets.build import box, lathe
from renders.stage_worker.sets.materials import cloth, leather
from renders.stage_worker.shading import Shader, linear, plain


def letter(look: Look) -> None:
    """Put a letter by hand, unfolded, a corner up, on a second leaf."""
    leaf("second", 0.148, 0.21, paper("#DCD4BE"), turn=-9, at=(0.012, 0.006, 0))
    leaf("letter", 0.148, 0.21, written_paper(look.or_else("#EDE6D2")), turn=4, curl=0.010, folds=3, at=(0, 0, 0.0015))  # fmt: skip


def envelope(look: Look) -> None:
    """Put an envelope on its face: flap, seams and a seal of wax."""
    colour = look.or_else("#D9CBA8")
    card, edge = paper(colour), plain("seam", _darker(colour, 0.72), roughness=0.9)
    slab("envelope", round_outline(0.22, 0.125, 0.002), 0.0, 0.004, card, bevel=0.001)
    left, right, top, low = (-0.11, 0.0625), (0.11, 0.0625), 0.0046, (0.0, -0.012)
    slab("flap shade", [left, (low[0], low[1] - 0.0022), right], 0.0040, 0.0043, edge, bevel=0)
    slab("flap", [left, low, right], 0.0042, top, card, bevel=0.0003)
    for side in (-1, 1):
        seam = box("seam", (side * 0.056, -0.032, 0.0042), (0.118, 0.0009, 0.0003), edge, bevel=0)
        seam.rotation_euler = (0, 0, np.radians(side * -27))
    wax = plain("wax", "#8E1216", roughness=0.3)
    lathe("seal", [(0.0, 0.0), (0.0165, 0.0), (0.018, 0.0018), (0.0155, 0.0042), (0.0125, 0.0036), (0.0, 0.0033)], (0, -0.006, top), wax, sectors=26)  # fmt: skip
    for a in np.radians((0, 60, 120)):
        box("seal mark", (0, -0.006, top + 0.0036), (0.015, 0.0022, 0.0012), wax, bevel=0.0005, turn=float(np.degrees(a)))  # fmt: skip


def folder(look: Look) -> None:
    """Put a file folder with papers that stick out, tied with a tape."""
    card = plain("folder", look.or_else("#B08A4E"), roughness=0.8)
    slab("under", _tabbed(), 0.0, 0.002, card, bevel=0.0006)
    for i, turn in enumerate((1.6, -1.2, 0.6)):
        leaf("paper", 0.21, 0.29, written_paper(lines=34.0) if i == 2 else paper("#E2DCCB"), at=(0.008 * i - 0.004, -0.008 + 0.003 * i, 0.004 + 0.004 * i), turn=turn)  # fmt: skip
    cover = slab("cover", round_outline(0.235, 0.305, 0.004), 0.0, 0.002, card, bevel=0.0006)
    cover.location, cover.rotation_euler = (-0.004, -0.004, 0.0165), (0, np.radians(-1.2), 0)
    label = slab("label", round_outline(0.10, 0.050, 0.003), 0.0, 0.0004, written_paper("#F0EBDD", lines=4.0), bevel=0)  # fmt: skip
    label.location, label.rotation_euler = (0.0, 0.045, 0.0187), (0, np.radians(-1.2), 0)
    red = cloth("#8E1E22")
    for turn, wide in ((0.0, 0.245), (90.0, 0.315)):
        tape = box("tape", (0, 0, 0.0193), (wide, 0.009, 0.0012), red, bevel=0, turn=turn)
        tape.location.y -= 0.03 * (turn == 0.0)


def _tabbed() -> list[tuple[float, float]]:
    plain_shape = round_outline(0.24, 0.31, 0.004)
    head = [p for p in plain_shape if p[1] > 0]
    rest = [p for p in plain_shape if p[1] <= 0]
    tab = [(0.105, 0.155), (0.098, 0.172), (0.030, 0.172), (0.022, 0.155)]
    return [p for p in head if p[0] > 0] + tab + [p for p in head if p[0] <= 0] + rest


def photograph(look: Look) -> None:
    """Put a photograph with a white border: two figures before a low sun, faded."""
    leaf("card", 0.105, 0.128, paper("#EFEBE0"), turn=-5, curl=0.005)
    shown = leaf("picture", 0.089, 0.092, _shown(look), turn=-5, curl=0.002, at=(-0.001, 0.010, 0.0012))  # fmt: skip
    shown["page"] = True


def _shown(look: Look) -> bpy.types.Material:
    """Return a picture: sky to ground, and two heads with shoulders, all in one faded tone."""
    shader = Shader("photograph")
    page = shader.attribute("page").outputs["Vector"]
    parts = shader.node("ShaderNodeSeparateXYZ")
    shader.link(page, parts.inputs[0])
    u, v = parts.outputs[0], parts.outputs[1]
    tint = shader.ramp(v, [(0.0, linear("#4A3B2C")), (0.30, linear("#7A6248")), (0.33, linear("#D8B98A")), (1.0, linear("#A9B0A8"))])  # fmt: skip
    for x, high, wide in ((0.36, 0.60, 0.085), (0.62, 0.54, 0.080)):
        for cy, ry, rx in ((high, 0.105, wide), (high - 0.42, 0.32, wide * 2.0)):
            dx = shader.math("DIVIDE", shader.math("SUBTRACT", u, x), rx)
            dy = shader.math("DIVIDE", shader.math("SUBTRACT", v, cy), ry)
            far = shader.math("ADD", shader.math("MULTIPLY", dx, dx), shader.math("MULTIPLY", dy, dy))  # fmt: skip
            tint = shader.mixed(shader.math("LESS_THAN", far, 1.0), tint, linear("#2A2018" if cy < high else "#8A6448"))  # fmt: skip
    faded = shader.mixed(0.22, tint, linear(look.or_else("#C8A878")))
    shader.link(faded, shader.input("Base Color"))
    shader.set(roughness=0.22)
    return shader.material


def book(look: Look) -> None:
    """Put a bound book, shut, a ribbon between its leaves."""
    hide = leather(look.or_else("#5A1E1A"))
    pages = plain("pages", "#E4DAC0", roughness=0.9)
    slab("pages", round_outline(0.148, 0.212, 0.002), 0.004, 0.031, pages, bevel=0.001)
    for low in (0.0, 0.031):
        slab("board", round_outline(0.160, 0.226, 0.003), low, low + 0.0042, hide, bevel=0.0012)
    spine = [(-0.080 - 0.010 * float(np.cos(a)), 0.0, 0.0176 + 0.0176 * float(np.sin(a))) for a in np.linspace(-np.pi / 2, np.pi / 2, 12)]  # fmt: skip
    points = np.array([[x, y, z] for y in (-0.113, 0.113) for x, _, z in spine])
    from renders.stage_worker.meshes import mesh_object

    n = len(spine)
    mesh_object("spine", points, [[i, i + 1, n + i + 1, n + i] for i in range(n - 1)], material=hide)  # fmt: skip
    gold = plain("gold", "#C79A3E", metallic=1.0, roughness=0.35)
    for half in (0.068, 0.060):
        for y in (-half * 1.45, half * 1.45):
            box("line", (0, y, 0.0353), (half * 2, 0.0012, 0.0003), gold, bevel=0)
        for x in (-half, half):
            box("line", (x, 0, 0.0353), (0.0012, half * 2.9, 0.0003), gold, bevel=0)
    for y, wide in ((0.035, 0.070), (0.018, 0.048)):
        box("title", (0, y, 0.0353), (wide, 0.007, 0.0003), gold, bevel=0)
    box("ribbon", (0.02, -0.120, 0.018), (0.006, 0.024, 0.0006), cloth("#B02A2A"), bevel=0)


def map_sheet(look: Look) -> None:
    """Put a map or newspaper: a large sheet of print with its folds."""
    leaf("sheet", 0.38, 0.28, written_paper(look.or_else("#DDD6C2"), "#1A1A1C", lines=46.0), folds=2, curl=0.010, turn=6)  # fmt: skip
    leaf("half", 0.19, 0.28, written_paper("#D5CDB8", "#1A1A1C", lines=46.0), turn=1, at=(0.06, 0.01, 0.014), curl=0.012)  # fmt: skip


def card(look: Look) -> None:
    """Put a card or ticket with a printed band."""
    slab("card", round_outline(0.088, 0.054, 0.003), 0.0, 0.0012, paper(look.or_else("#E9E2CE")), bevel=0.0003)  # fmt: skip
    leaf("print", 0.080, 0.046, written_paper(look.or_else("#E9E2CE"), lines=6.0), at=(0, 0, 0.0008))  # fmt: skip
    box("band", (0, 0.0205, 0.0018), (0.088, 0.009, 0.0004), plain("band", "#7A2430", roughness=0.6), bevel=0)  # fmt: skip


def _darker(colour: str, share: float) -> str:
    return "#" + "".join(f"{int(int(colour[i : i + 2], 16) * share):02X}" for i in (1, 3, 5))
