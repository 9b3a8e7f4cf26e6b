"""A request to draw, and vendors' settings that point at this machine."""

from __future__ import annotations

import pytest

from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import (
    CameraAngle,
    CameraMove,
    Coverage,
    Setting,
    ShotSize,
    TimeOfDay,
)
from renders.engine.imaging.base import ImageRequest

CLOUD = (
    "APEX_GEMINI_KEY", "APEX_GEMINI_URL", "APEX_GEMINI_MODEL",
    "APEX_HF_ENDPOINT", "APEX_HF_TOKEN", "APEX_HF_PROFILE", "APEX_CLOUD_ONLY",
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_vendors(monkeypatch):
    """Begin each test with no vendor set."""
    for name in CLOUD:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def brief():
    """One shot's brief."""
    return ShotBrief(
        code="s01_001", place="Courtroom", action="The judge looks up.", setting=Setting.INT,
        time_of_day=TimeOfDay.DAY, size=ShotSize.MS, angle=CameraAngle.EYE,
        coverage=Coverage.SINGLE, lens_mm=50, move=CameraMove.STATIC, duration_frames=48, cast=(),
        speaker="", dialogue="", prop="", mood="tense", lighting="", weather="",
    )  # fmt: skip


@pytest.fixture
def request_of(brief):
    """Return what makes a request of that brief, a small one of 16:9."""

    def made(bible=None, **more):
        values = {"width": 320, "height": 180, "seed": 7, **more}
        return ImageRequest(brief=brief, cast=(), bible=bible_from(bible or {}), **values)

    return made
