"""Build a cut from approved variants: speech is timed, cuts are laid on the beats, stale approvals stop it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import document_hash, schema_label
from apexsite.kit.errors import InputError, StateError, listed
from apexsite.kit.seeds import seed_from_name
from projects import access
from projects.engine.framing import CameraMove, Join
from projects.events import event_record
from projects.models import Episode, Project, Shot
from renders.bridge import shot_inputs_hashes
from renders.engine.timeline.build import PlannedShot, build_timeline
from renders.engine.timeline.document import timeline_from_document, timeline_to_document
from renders.engine.timeline.matches import with_matches
from renders.engine.timeline.model import Timeline
from renders.models import Cut, Tier, Variant, Verdict
from renders.services.grades import cut_grades
from renders.services.media import media_path
from renders.services.motionedits import carried, depths_for, named
from renders.services.musicplans import BeatWish, music_plan, standing_wish
from renders.services.soundplans import LEAD_IN_FRAMES, PlannedLine, lines_of, lines_unspoken

FADE_SECONDS = Fraction(1, 2)
VERSION = 1


class LinesUnspoken(StateError):
    """The cut cannot be timed before its lines are spoken; the facts name their shots."""


def shots_in_cut(episode: Episode) -> list[Shot]:
    """Return the shots that are not omitted, in the order of the script."""
    shots = Shot.objects.filter(scene__episode=episode).exclude(status=Shot.Status.OMITTED)
    return list(shots.select_related("scene").order_by("scene__number", "order"))


def cut_build(
    *,
    user: AbstractUser,
    episode: Episode,
    tier: str = Tier.STORYBOARD,
    music: Path | None = None,
    waive_stale: str = "",
    beats: BeatWish | None = None,
    may_speak: bool = True,
) -> Cut:
    """Build and store a new version of an episode's cut; the same cut again is the version there is.

    1. Every shot needs an approved variant of this tier, made from the present brief; else a `StateError` names
       the shots. Stale ones pass only with a reason (`waive_stale`), which is kept in the cut.
    2. Lines are spoken once to know their length; a shot never becomes shorter than its line.
    3. Cuts go to beats: those of `music` as found, or those of Apex's own bed, which are known exactly; at the
       tempo and with the offset `beats` asks for, else as the cut before was built.

    Speaking takes as long as it takes: who must answer at once says `may_speak=False` and gets `LinesUnspoken`.
    """
    access.require(user, episode.project, "make")
    shots = shots_in_cut(episode)
    if not shots:
        raise StateError("the episode has no shots yet; import a script first")
    variants, waived = _approved(episode, shots, tier, waive_stale)
    project = episode.project
    lines = _lines(project, shots, may_speak=may_speak)
    wish = beats or standing_wish(episode, tier)
    sound = music_plan(episode, shots, music, wish)
    planned = _planned(shots, variants, lines, project.rate)
    timeline = build_timeline(
        planned,
        rate=project.rate,
        width=project.width,
        height=project.height,
        beats_frames=sound.pop("beats_frames"),
        beat_residuals_frames=sound.pop("beat_residuals_frames"),
        beat_confidences=sound.pop("beat_confidences", None),
        fade_in_frames=project.rate.frames_at(FADE_SECONDS),
        fade_out_frames=project.rate.frames_at(2 * FADE_SECONDS),
    )
    depths = depths_for(
        {str(row.pk): row for row in variants.values()},
        {code: str(row.pk) for code, row in variants.items()},
    )
    timeline = carried(timeline, _standing(episode, tier), depths=depths)
    timeline = with_matches(timeline, seed=film_seed(project))
    document = {
        "schema": schema_label("cut", VERSION),
        "timeline": _portable(named(timeline, depths=depths), variants),
        "variants": {code: str(variant.pk) for code, variant in variants.items()},
        "speech": _placed(timeline, lines),
        "music": sound,
        "stale_waived": waived,
        **cut_grades(project, shots),
    }
    return cut_store(user, episode, tier, document, timeline)


def _lines(project: Project, shots: list[Shot], *, may_speak: bool) -> dict[str, PlannedLine]:
    """Return the spoken lines by shot; raises `LinesUnspoken` where some are not and nobody may wait for them."""
    if not may_speak and (unspoken := lines_unspoken(project, shots)):
        raise LinesUnspoken(
            f"the lines of {len(unspoken)} shots are not spoken yet: {listed(unspoken)}",
            unspoken=unspoken,
        )
    return lines_of(project, shots)


def _standing(episode: Episode, tier: str) -> Timeline | None:
    """Return the newest cut of this tier as it stands."""
    newest = Cut.objects.filter(episode=episode, tier=tier).order_by("-version").first()
    document = newest.document.get("timeline") if newest else None
    return timeline_from_document(document) if document else None


def film_seed(project: Project) -> int:
    """Return the seed of a project's films: their moves and their grain."""
    return seed_from_name(f"{project.name}/grain")


def _approved(
    episode: Episode, shots: Sequence[Shot], tier: str, waive_stale: str
) -> tuple[dict[str, Variant], dict[str, Any]]:
    found = Variant.objects.filter(
        shot__in=shots, tier=tier, verdict=Verdict.APPROVED
    ).select_related("media", "shot")
    variants = {variant.shot.code: variant for variant in found}
    missing = [shot.code for shot in shots if shot.code not in variants]
    if missing:
        raise StateError(
            f"{len(missing)} shots have no approved {tier} variant: {listed(missing)}",
            missing=missing,
        )
    present = shot_inputs_hashes(episode)
    stale = [s.code for s in shots if variants[s.code].inputs_hash != present[s.pk]]
    if stale and not waive_stale.strip():
        raise StateError(
            f"{len(stale)} approved variants are stale, their brief changed: {listed(stale)}; "
            "approve new ones, or say why the old ones may stand",
            stale=stale,
        )
    waived = {"shots": stale, "reason": waive_stale.strip()} if stale else {}
    return variants, waived


def _planned(
    shots: Sequence[Shot],
    variants: dict[str, Variant],
    lines: dict[str, PlannedLine],
    rate: Any,
) -> list[PlannedShot]:
    planned, last_scene = [], None
    for shot in shots:
        line = lines.get(shot.code)
        planned.append(
            PlannedShot(
                code=shot.code,
                picture=media_path(variants[shot.code].media),
                duration_frames=shot.duration_frames,
                move=CameraMove(shot.move),
                speech_frames=line.needed_frames(rate) if line else 0,
                transition_in="" if shot.transition_in == Join.AUTOMATIC else shot.transition_in,
                starts_scene=last_scene not in (None, shot.scene_id),
            )
        )
        last_scene = shot.scene_id
    return planned


def _portable(timeline: Timeline, variants: dict[str, Variant]) -> dict[str, Any]:
    # Pictures are named by content, so that the document means the same on every machine.
    pictures = tuple(f"sha256:{variants[clip.shot_code].media.sha256}" for clip in timeline.clips)
    return timeline_to_document(timeline, pictures=pictures)


def _placed(timeline: Timeline, lines: dict[str, PlannedLine]) -> list[dict[str, Any]]:
    placed = []
    for clip, start in zip(timeline.clips, timeline.starts(), strict=True):
        line = lines.get(clip.shot_code)
        if line is not None:
            placed.append(line.to_document(start_frame=start + LEAD_IN_FRAMES))
    return placed


@transaction.atomic
def cut_store(
    user: AbstractUser,
    episode: Episode,
    tier: str,
    document: dict[str, Any],
    timeline: Timeline,
    *,
    edits: Cut | None = None,
) -> Cut:
    """Keep a version of a cut; what equals the newest is the newest. `edits` is the version that was edited.

    Raises `StateError` when the edited version is not the newest any more.
    """
    Episode.objects.select_for_update().get(pk=episode.pk)
    if tier not in Tier.values:
        raise InputError(f"tier={tier!r} must be one of {listed(Tier.values)}")
    versions = Cut.objects.filter(episode=episode).order_by("-version")
    newest = versions.first()
    made_from = document_hash(document)
    if newest is not None and newest.inputs_hash == made_from and newest.tier == tier:
        return newest
    if edits is not None and (latest := versions.filter(tier=tier).first()) not in (None, edits):
        raise StateError(
            f"cut {edits.version} is not the newest any more, cut {latest.version} is; look at that one first"
        )
    last = newest.version if newest is not None else 0
    cut = Cut.objects.create(
        episode=episode,
        version=last + 1,
        tier=tier,
        document=document,
        inputs_hash=made_from,
        duration_frames=timeline.duration_frames,
    )
    event_record(
        episode.project,
        "cut.built",
        cut,
        actor=user,
        payload={"version": cut.version, "tier": tier, "frames": cut.duration_frames},
    )
    return cut
