# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces of clothing: where each is cut out of the helper body and how far it stands off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from renders.stage_worker.garments import along_arm, neckline, v_opening

Limit = Callable[[np.ndarray], np.ndarray]
SHOE = "#15110F"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of cloth: its block (tights or skirt), cutting limits (kept where ≥ 0), stand-off in metres.

    `buttons` are heights on the template of buttons down the middle of the front.
    """

    name: str
    block: str
    limits: tuple[Limit, ...]
    colour: str
    cloth: str = "wool"
    offset: Limit = lambda t: np.full(len(t), 0.006)
    thick: float = 0.003
    fine: bool = True
    buttons: tuple[float, ...] = ()


def above(height: float) -> Limit:
    """Keep what lies above a height of the template."""
    return lambda t: t[:, 2] - height


def below(height: float) -> Limit:
    """Keep what lies below a height of the template."""
    return lambda t: height - t[:, 2]


def sleeve(end: float) -> Limit:
    """Keep the arm up to a place: 0 shoulder, 1 elbow, 2 wrist."""
    return lambda t: end - along_arm(t)


def trunk_above(height: float) -> Limit:
    """Keep the trunk above a height and all of the arms."""
    return lambda t: np.where(along_arm(t) > 0.15, 1.0, t[:, 2] - height)


def stand_off(
    trunk: float, *, sleeve_end: float = 0.0, hem: float = 0.0, hem_from: float = 0.2
) -> Limit:
    """Return a stand-off: `trunk` everywhere, more towards the sleeve's end and below `hem_from`."""

    def offset(t: np.ndarray) -> np.ndarray:
        out = np.full(len(t), trunk) + sleeve_end * np.clip(along_arm(t) / 2, 0, 1) ** 1.5
        return out + hem * np.clip((hem_from - t[:, 2]) / 0.5, 0, 1) * (along_arm(t) <= 0)

    return offset


def close_at_neck(offset: Limit, *, drop: float, wide: float, nape: float) -> Limit:
    """Return a stand-off that dies away towards the neckline, so that a soft collar lies on the skin."""

    def lying(t: np.ndarray) -> np.ndarray:
        below_line = neckline(t, drop=drop, wide=wide, nape=nape)
        return offset(t) * (0.22 + 0.78 * np.clip(below_line / 0.045, 0, 1))

    return lying


def collar(drop: float = 0.0, wide: float = 0.0, nape: float = 0.0) -> Limit:
    """Keep what lies below the neckline."""
    return lambda t: neckline(t, drop=drop, wide=wide, nape=nape)


def open_front(bottom: float, half: float = 0.060) -> Limit:
    """Cut a V on the chest."""
    return lambda t: v_opening(t, bottom=bottom, half=half)


def trousers(colour: str) -> list[Piece]:
    """Return trousers."""
    return [
        Piece(
            "trousers",
            "tights",
            (below(0.135), above(-0.755), lambda t: -along_arm(t) + 0.0),
            colour,
            offset=stand_off(0.008, hem=0.012),
        )
    ]


def shoes() -> list[Piece]:
    """Return plain leather shoes."""
    return [
        Piece(
            "shoes",
            "tights",
            (below(-0.735),),
            SHOE,
            cloth="leather",
            offset=lambda t: np.full(len(t), 0.006),
            fine=False,
        )
    ]


def shirt(colour: str, *, drop: float = 0.0, cloth: str = "cotton") -> list[Piece]:
    """Return a shirt tucked into the trousers."""
    return [
        Piece(
            "shirt",
            "tights",
            (collar(drop), trunk_above(0.10), sleeve(1.93)),
            colour,
            cloth=cloth,
            offset=stand_off(0.005, sleeve_end=0.006),
        )
    ]


def lapel(bottom: float, half: float) -> tuple[Limit, ...]:
    """Keep the strip beside the V, wide at the chest, ending in a notch below the collar."""

    def outside(t: np.ndarray) -> np.ndarray:
        share = np.clip((t[:, 2] - bottom) / (0.60 - bottom), 0, 1.4)
        wide = half * share**0.8 + 0.062 * np.clip(share * 1.25, 0, 1)
        return wide - np.abs(t[:, 0])

    def notch(t: np.ndarray) -> np.ndarray:
        return 0.520 + 0.35 * (np.abs(t[:, 0]) - 0.06) - t[:, 2]

    def front(t: np.ndarray) -> np.ndarray:
        return -0.01 - t[:, 1]

    return (open_front(bottom, half), outside, notch, front, above(bottom))


def jacket_collar(half: float) -> tuple[Limit, ...]:
    """Keep the band round the neck that runs into the lapels."""

    def band(t: np.ndarray) -> np.ndarray:
        return 0.036 + 0.020 * np.clip((0.0 - t[:, 1]) / 0.08, 0, 1) - neckline(t)

    def under(t: np.ndarray) -> np.ndarray:
        return neckline(t) + 0.010

    def notch(t: np.ndarray) -> np.ndarray:
        return t[:, 2] - 0.512 - 0.35 * (np.abs(t[:, 0]) - 0.06)

    def near_neck(t: np.ndarray) -> np.ndarray:
        return 0.084 - np.abs(t[:, 0]) - 0.25 * np.clip(0.55 - t[:, 2], 0, 1)

    return (band, under, notch, near_neck, open_front(0.30, half))


def _skirt_front(t: np.ndarray) -> np.ndarray:
    gap = np.abs(t[:, 0]) - 0.10 * np.clip((0.02 - t[:, 2]) / 0.4, 0, 1)
    return np.where(t[:, 1] < -0.03, gap, 1.0)


def _curved_front(t: np.ndarray) -> np.ndarray:
    gap = np.abs(t[:, 0]) - 0.45 * np.clip(0.13 - t[:, 2], 0, 1) ** 1.5
    return np.where((t[:, 1] < -0.03) & (t[:, 2] < 0.13), gap, 1.0)


def jacket(
    colour: str,
    *,
    hem: float = -0.012,
    bottom: float = 0.30,
    half: float = 0.058,
    ease: float = 0.013,
) -> list[Piece]:
    """Return a jacket: trunk with a V that closes at the button, lapels, collar; longer ones with a skirt part."""
    trunk = (
        collar(),
        trunk_above(max(hem, -0.012)),
        sleeve(1.88),
        open_front(bottom, half),
        _curved_front,
    )
    made = [
        Piece(
            "jacket",
            "tights",
            trunk,
            colour,
            offset=stand_off(ease, sleeve_end=0.009, hem=0.030, hem_from=0.16),
            thick=0.004,
            buttons=(bottom - 0.02, bottom - 0.10),
        ),
        Piece(
            "lapels",
            "tights",
            lapel(bottom, half),
            colour,
            offset=stand_off(ease + 0.007),
            thick=0.003,
        ),
        Piece(
            "collar",
            "tights",
            jacket_collar(half),
            colour,
            offset=stand_off(ease + 0.009),
            thick=0.003,
        ),
    ]
    if hem < -0.02:
        limits = (above(hem), below(0.05), _skirt_front)
        made.append(
            Piece(
                "skirt part",
                "skirt",
                limits,
                colour,
                offset=stand_off(ease + 0.004, hem=0.02),
                thick=0.004,
            )
        )
    return made


def shirt_collar(colour: str) -> list[Piece]:
    """Return a turned-down collar with points, open a little at the throat."""

    def top(t: np.ndarray) -> np.ndarray:
        return neckline(t) + 0.016

    def edge(t: np.ndarray) -> np.ndarray:
        front = np.clip((-0.02 - t[:, 1]) / 0.06, 0, 1)
        point = np.exp(-(((np.abs(t[:, 0]) - 0.034) / 0.020) ** 2))
        return 0.022 + front * (0.004 + 0.024 * point) - neckline(t)

    def throat(t: np.ndarray) -> np.ndarray:
        gap = np.abs(t[:, 0]) - 0.004 - 0.55 * np.clip(neckline(t) + 0.004, 0, 1)
        return np.where(t[:, 1] < 0.0, gap, 1.0)

    def near_neck(t: np.ndarray) -> np.ndarray:
        return 0.078 - np.abs(t[:, 0])

    def stands(t: np.ndarray) -> np.ndarray:
        return 0.009 + 0.10 * np.clip(0.016 + neckline(t), 0, 0.05)

    return [
        Piece(
            "shirt collar",
            "tights",
            (top, edge, throat, near_neck),
            colour,
            cloth="cotton",
            offset=stands,
            thick=0.002,
        )
    ]


def tie(colour: str) -> list[Piece]:
    """Return a tie: blade and knot."""

    def blade(t: np.ndarray) -> np.ndarray:
        return np.where(t[:, 1] < -0.02, 0.013 + 0.055 * (0.55 - t[:, 2]) - np.abs(t[:, 0]), -1.0)

    def knot(t: np.ndarray) -> np.ndarray:
        return np.where(t[:, 1] < -0.02, 0.012 + 0.32 * (t[:, 2] - 0.548) - np.abs(t[:, 0]), -1.0)

    return [
        Piece(
            "tie",
            "tights",
            (blade, above(0.16), below(0.553)),
            colour,
            cloth="silk",
            offset=stand_off(0.011),
            thick=0.002,
        ),
        Piece(
            "knot",
            "tights",
            (knot, above(0.545), below(0.572)),
            colour,
            cloth="silk",
            offset=stand_off(0.017),
            thick=0.006,
        ),
    ]


def bands() -> list[Piece]:
    """Return the white bands of a judge: two tabs under a collar."""

    def tabs(t: np.ndarray) -> np.ndarray:
        share = np.clip((0.57 - t[:, 2]) / 0.14, 0, 1)
        inside = 0.012 + 0.022 * share - np.abs(t[:, 0])
        return np.where(t[:, 1] < -0.02, np.minimum(inside, np.abs(t[:, 0]) - 0.0015 * share), -1.0)

    return [
        Piece(
            "bands",
            "tights",
            (tabs, above(0.425), below(0.575)),
            "#F4F2EC",
            cloth="cotton",
            offset=stand_off(0.027),
            thick=0.002,
        )
    ]
