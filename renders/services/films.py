"""Render a cut: speak, play, mix, move, grade, encode, check, deliver."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import Document, document_hash
from apexsite.kit.errors import InputError, listed
from apexsite.kit.pixels import jpeg_bytes
from apexsite.kit.progress import Progress
from projects import access
from projects.events import event_record
from projects.models import Episode
from renders import states
from renders.engine.captions.model import CaptionMode
from renders.engine.contact import contact_sheet
from renders.engine.export.legal import as_delivered
from renders.engine.export.profiles import DEFAULT, PREVIEW, Profile, profile_named
from renders.engine.export.qc import QcReport, check_film
from renders.engine.sound.mix import MixReport, PlacedSpeech, mix_film
from renders.engine.sound.music import compose_bed
from renders.engine.timeline.document import timeline_from_document
from renders.engine.timeline.model import Clip, Timeline
from renders.models import Cut, Delivery, JobKind, Media, RenderJob, RenderTask, Stem
from renders.readings.captions import captions_of_cut
from renders.services.cuts import film_seed
from renders.services.grades import fold_errors, grades_of_cut
from renders.services.jobs import job_create
from renders.services.ledger import film_permit
from renders.services.media import content_store, media_keep_bytes, media_keep_file
from renders.services.speech import speech_files, voices_in

if TYPE_CHECKING:
    from renders.engine.assembly import FilmResult
    from renders.engine.parts import Offer

PROFILE = DEFAULT
CODEC_HEADROOM_DB = 1.0
"""What a lossy codec may add to the true peak. Source: house measurement, AAC raised it by up to about 1 dB."""


def film_request(
    *,
    user: AbstractUser,
    cut: Cut,
    is_preview: bool = False,
    captions: str = "",
    profile: str = PROFILE,
) -> RenderJob:
    """Ask for the film of a cut; while the same one is on its way, that is the answer.

    `captions` empty means as the profile says. Raises `InputError` with every reason when the cut cannot be
    delivered as the profile.
    """
    wanted = profile_named(PREVIEW if is_preview else profile)
    if captions and captions not in tuple(CaptionMode):
        raise InputError(f"captions={captions!r} must be one of {listed(CaptionMode)}")
    project = cut.episode.project
    access.require(user, project, "make")
    if "timeline" not in cut.document:
        raise InputError(f"cut {cut.version} was stored without a timeline; build the cut again")
    as_delivered(timeline_from_document(cut.document["timeline"]), wanted)
    film_permit(cut)
    what = "preview" if is_preview else "film" if profile == PROFILE else wanted.title
    with transaction.atomic():
        # The episode's row is the lock: two presses of the button meet here.
        Episode.objects.select_for_update().get(pk=cut.episode_id)
        standing = RenderJob.objects.filter(
            kind=JobKind.FILM,
            status__in=states.OPEN,
            tasks__request__cut=str(cut.pk),
            tasks__request__is_preview=is_preview,
            tasks__request__captions=captions,
            tasks__request__profile=profile,
        ).first()
        if standing is not None:
            return standing
        return job_create(
            user=user,
            project=project,
            kind=JobKind.FILM,
            title=f"{what} of {cut.episode} cut {cut.version}",
            requests=[
                {
                    "cut": str(cut.pk),
                    "profile": profile,
                    "is_preview": is_preview,
                    "captions": captions,
                }
            ],
            episode=cut.episode,
        )


def timeline_of(cut: Cut) -> Timeline:
    """Return a stored cut as a timeline whose pictures and depths lie in this machine's store."""
    timeline = timeline_from_document(cut.document["timeline"])
    return replace(timeline, clips=tuple(_in_store(clip) for clip in timeline.clips))


def _in_store(clip: Clip) -> Clip:
    store = content_store()
    picture = store.open_path(str(clip.picture).removeprefix("sha256:"))
    if clip.motion.depth is None:
        return replace(clip, picture=picture)
    depth = store.open_path(str(clip.motion.depth).removeprefix("sha256:"))
    return replace(clip, picture=picture, motion=replace(clip.motion, depth=depth))


def film_inputs(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what the picture of an asked-for film is made from, as `render_film` and `render_part` take it."""
    cut = Cut.objects.select_related("episode__project").get(pk=asked["cut"])
    return {
        "timeline": timeline_of(cut),
        "grade": grades_of_cut(cut.document),
        "seed": film_seed(cut.episode.project),
        "profile": asked["profile"],
        "preview": asked["is_preview"],
        "captions": captions_of_cut(cut),
        "caption_mode": CaptionMode(asked["captions"]) if asked.get("captions") else None,
    }


def film_task_run(
    task: RenderTask, progress: Progress, *, offer: Offer | None = None
) -> Callable[[], Delivery]:
    """Render, check and keep the film of a cut; returns what publishes it, to be called under the fence.

    `offer` is told which segments are missing, so that other workers may take some.
    """
    # The resampler brings a compiler with it; only the worker that renders pays for that.
    from renders.engine.assembly import render_film
    from renders.engine.export.segments import SegmentCache

    asked = task.request
    cut = Cut.objects.select_related("episode__project").get(pk=asked["cut"])
    film_permit(cut)
    inputs = film_inputs(asked)
    timeline, grades = inputs["timeline"], inputs["grade"]
    wanted = profile_named(PREVIEW if asked["is_preview"] else asked["profile"])
    with tempfile.TemporaryDirectory(prefix="apex-film-") as name:
        folder = Path(name)
        progress.advance(0, 100, "speaking and mixing")
        mix = sound_render(
            cut.document,
            timeline,
            folder,
            profile=asked["profile"],
            with_stems=not asked["is_preview"],
        )
        film = render_film(
            **inputs,
            audio=mix.path,
            out=(folder / "film").with_suffix(f".{wanted.container}"),
            facts=facts_of(cut),
            cache=SegmentCache(Path(settings.APEX_SEGMENTS_ROOT)),
            workers=settings.APEX_FILM_WORKERS,
            offer=offer,
            progress=_Span(progress, 12, 90, "rendering"),
        )
        progress.advance(90, 100, "checking")
        report = check_film(
            film.path, timeline=_as_rendered(timeline, film), audio=True, profile=wanted.name
        )
        progress.advance(96, 100, "keeping")
        values = _keep(film, report, mix, timeline, folder, cut, wanted)
        stems = {
            stem.kind: media_keep_file(stem.path, content_type="audio/wav") for stem in mix.stems
        }
    values |= {"cut": cut, "task": task, "profile": asked["profile"]}
    values |= {"is_preview": asked["is_preview"]}
    values["recipe"]["grades"] = fold_errors(grades, timeline)
    return lambda: _publish(cut, values, task, stems)


def facts_of(cut: Cut) -> dict[str, str]:
    """Return the tags of a cut's files: they say what is in the project, so the same cut gives the same bytes."""
    return {"title": str(cut.episode), "date": cut.created_at.date().isoformat()}


def sound_render(
    document: Document, timeline: Timeline, folder: Path, *, profile: str, with_stems: bool = False
) -> MixReport:
    """Take the cut's lines, play its music and mix both to the film's length and the profile's loudness."""
    parts = folder / "stems"
    parts.mkdir(exist_ok=True)
    wanted = profile_named(profile)
    speech = document["speech"]
    placed = [
        PlacedSpeech(path=path, start_frame=line["start_frame"])
        for path, line in zip(speech_files(speech), speech, strict=True)
    ]
    return mix_film(
        length_frames=timeline.duration_frames,
        rate=timeline.rate,
        speech=placed,
        music=music_file(document["music"], timeline, folder),
        out=folder / "mix.wav",
        target_lufs=wanted.loudness_lufs,
        true_peak_dbtp=wanted.true_peak_dbtp - CODEC_HEADROOM_DB,
        stems=parts if with_stems else None,
    )


def music_file(plan: dict[str, Any], timeline: Timeline, folder: Path) -> Path | None:
    """Return a cut's music: the file it was built with, else Apex's bed composed into the folder."""
    if plan["source"] == "file":
        path = Path(plan["path"])
        if not path.is_file():
            raise InputError(f"music={path.name} is not there any more; build the cut again")
        return path
    bed = compose_bed(
        mood=plan["mood"],
        tempo_bpm=Fraction(plan["tempo_bpm"]),
        seconds=float(timeline.rate.seconds_at(timeline.duration_frames)),
        seed=plan["seed"],
        out=folder / "music.wav",
    )
    return bed.path


def _as_rendered(timeline: Timeline, film: FilmResult) -> Timeline:
    return replace(timeline, width=film.width, height=film.height)


def _keep(
    film: FilmResult,
    report: QcReport,
    mix: MixReport,
    timeline: Timeline,
    folder: Path,
    cut: Cut,
    wanted: Profile,
) -> dict[str, Any]:
    sheet = contact_sheet(
        [(clip.shot_code, clip.picture) for clip in timeline.clips],
        out=folder / "contact.png",
        title=f"{cut.episode}  ·  {cut.tier}  ·  cut {cut.version}",
    )
    return {
        "film": media_keep_file(
            film.path, content_type=wanted.content_type, width=film.width, height=film.height
        ),
        "contact_sheet": media_keep_file(sheet, content_type="image/png"),
        "poster": media_keep_bytes(_poster(film.path), content_type="image/jpeg"),
        "frames": film.frames,
        "qc_verdict": report.verdict,
        "qc_report": report.to_document(),
        "recipe": {
            "cut_hash": document_hash(cut.document),
            "voice": voices_in(cut.document["speech"]),
            "loudness_lufs": mix.integrated_lufs,
            "true_peak_dbtp": mix.true_peak_dbtp,
            "ducking_db": mix.ducking_db,
            "segments": film.segments,
            "segments_rendered": film.segments_rendered,
            "seconds_prepare": round(film.seconds_prepare, 3),
            "seconds_render": round(film.seconds_render, 3),
        },
    }


def _poster(path: Path) -> bytes:
    """Return a frame from the first third of the film as a JPEG."""
    import av
    import numpy as np

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        container.seek(int((stream.duration or 0) // 3), stream=stream)
        for frame in container.decode(stream):
            return jpeg_bytes(np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8))
    raise InputError(f"{path.name} holds no frame")


def _publish(
    cut: Cut, values: dict[str, Any], task: RenderTask, stems: dict[str, Media]
) -> Delivery:
    delivery = Delivery.objects.create(**values)
    Stem.objects.bulk_create(
        Stem(delivery=delivery, kind=kind, media=media) for kind, media in stems.items()
    )
    event_record(
        cut.episode.project,
        "delivery.ready",
        delivery,
        actor=task.job.requested_by,
        payload={
            "cut": cut.version,
            "episode": str(cut.episode_id),
            "verdict": delivery.qc_verdict,
            "is_preview": delivery.is_preview,
        },
    )
    return delivery


class _Span:
    """A part of the job's progress: from `first` to `last` of a hundred."""

    def __init__(self, progress: Progress, first: int, last: int, message: str) -> None:
        self.progress, self.first, self.last, self.message = progress, first, last, message

    def advance(self, done: int, total: int, message: str = "") -> None:
        at = self.first + (self.last - self.first) * done // max(total, 1)
        self.progress.advance(at, 100, message or self.message)
