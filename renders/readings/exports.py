"""The deliveries a cut can have: every profile, each with the reasons why it cannot be, said before rendering."""

from __future__ import annotations

from dataclasses import dataclass

from renders.engine.export.legal import problems_of
from renders.engine.export.profile import Profile, raster_of
from renders.engine.export.profiles import PREVIEW, PROFILES
from renders.engine.timeline.document import timeline_from_document
from renders.models import Cut


@dataclass(frozen=True, slots=True)
class OfferedProfile:
    """A profile, the raster the cut would get, and what speaks against it."""

    profile: Profile
    width: int
    height: int
    problems: tuple[str, ...]


def profiles_for(cut: Cut) -> list[OfferedProfile]:
    """Return all profiles but the preview's, which has a button of its own; empty for a cut without a timeline."""
    if "timeline" not in cut.document:
        return []
    timeline = timeline_from_document(cut.document["timeline"])
    offered = []
    for profile in PROFILES.values():
        if profile.name == PREVIEW:
            continue
        width, height = raster_of(profile, timeline.width, timeline.height)
        problems = problems_of(
            profile,
            width=width,
            height=height,
            fps=timeline.rate.fps,
            frames=timeline.duration_frames,
        )
        offered.append(OfferedProfile(profile, width, height, problems))
    return offered
