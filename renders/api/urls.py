"""Addresses of pictures, jobs, cuts and films under `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from renders.api import (
    beats,
    cameras,
    drift,
    files,
    films,
    grades,
    ledger,
    palettes,
    pictures,
    prompts,
    recordings,
    sketches,
    timelines,
)

EPISODE, VARIANT = "episodes/<uuid:episode_id>", "variants/<uuid:variant_id>"
DELIVERY, SHOT = "deliveries/<uuid:delivery_id>", "shots/<uuid:shot_id>"
urlpatterns = [
    path("models/", ledger.Models.as_view(), name="models"),
    path(
        f"{SHOT}:request-variants",
        pictures.RequestVariants.as_view(),
        name="shot-request-variants",
    ),
    path(
        "scenes/<uuid:scene_id>:request-sketches",
        sketches.RequestSketches.as_view(),
        name="scene-request-sketches",
    ),
    path(f"{EPISODE}/variants/", pictures.Variants.as_view(), name="variants"),
    path(f"{VARIANT}/", pictures.VariantOne.as_view(), name="variant"),
    path(f"{VARIANT}/palette/", palettes.VariantPalette.as_view(), name="variant-palette"),
    path(f"{VARIANT}:take-colours", palettes.TakeColours.as_view(), name="variant-take-colours"),
    path(f"{VARIANT}:approve", pictures.Approve.as_view(), name="variant-approve"),
    path(f"{VARIANT}:tighten", drift.Tighten.as_view(), name="variant-tighten"),
    path(f"{EPISODE}/drift/", drift.EpisodeDrift.as_view(), name="drift"),
    path(f"{EPISODE}:tighten", drift.TightenAll.as_view(), name="episode-tighten"),
    path(f"{VARIANT}:reject", pictures.Reject.as_view(), name="variant-reject"),
    path(f"{VARIANT}:undo", pictures.Undo.as_view(), name="variant-undo"),
    path(f"{VARIANT}/scores/", pictures.Scores.as_view(), name="scores"),
    path(f"{VARIANT}/reviews/", pictures.Reviews.as_view(), name="reviews"),
    path(f"{VARIANT}/picture", files.VariantPicture.as_view(), name="variant-picture"),
    path(f"{VARIANT}/thumbnail", files.VariantThumbnail.as_view(), name="variant-thumbnail"),
    path("projects/<uuid:project_id>/grade/", grades.ProjectGrade.as_view(), name="project-grade"),
    path("scenes/<uuid:scene_id>/grade/", grades.SceneGrade.as_view(), name="scene-grade"),
    path(f"{SHOT}/grade/", grades.ShotGrade.as_view(), name="shot-grade"),
    path(f"{SHOT}/prompt/", prompts.ShotPrompt.as_view(), name="shot-prompt"),
    path(f"{SHOT}/scopes/", grades.ShotScopes.as_view(), name="shot-scopes"),
    path("projects/<uuid:project_id>/jobs/", films.Jobs.as_view(), name="jobs"),
    path("jobs/<uuid:job_id>/", films.JobOne.as_view(), name="job"),
    path("jobs/<uuid:job_id>:cancel", films.JobCancel.as_view(), name="job-cancel"),
    path(f"{EPISODE}:speak", films.Speak.as_view(), name="episode-speak"),
    path(f"{EPISODE}:build-cut", films.BuildCut.as_view(), name="episode-build-cut"),
    path(f"{EPISODE}:cut-on-beat", beats.CutOnBeat.as_view(), name="episode-cut-on-beat"),
    path(f"{EPISODE}/recordings/", recordings.Recordings.as_view(), name="recordings"),
    path(f"{SHOT}/recording", recordings.ShotRecording.as_view(), name="shot-recording"),
    path(f"{EPISODE}/cuts/", films.Cuts.as_view(), name="cuts"),
    path("cuts/<uuid:cut_id>/", films.CutOne.as_view(), name="cut"),
    path("cuts/<uuid:cut_id>/beats", beats.CutBeats.as_view(), name="cut-beats"),
    path("cuts/<uuid:cut_id>:render", films.RenderCut.as_view(), name="cut-render"),
    path("cuts/<uuid:cut_id>/timeline", timelines.CutTimeline.as_view(), name="cut-timeline"),
    path("cuts/<uuid:cut_id>/edit-lists", timelines.CutEditLists.as_view(), name="cut-edit-lists"),
    path("cuts/<uuid:cut_id>:edit", timelines.EditCut.as_view(), name="cut-edit"),
    path("cuts/<uuid:cut_id>:move-camera", cameras.MoveCamera.as_view(), name="cut-move-camera"),
    path("cuts/<uuid:cut_id>:bring", timelines.BringList.as_view(), name="cut-bring"),
    path(f"{EPISODE}/deliveries/", films.Deliveries.as_view(), name="deliveries"),
    path(f"{DELIVERY}/", films.DeliveryOne.as_view(), name="delivery"),
    path(f"{DELIVERY}/stems/<slug:kind>", files.DeliveryStem.as_view(), name="delivery-stem"),
    path(f"{DELIVERY}/film", files.DeliveryFilm.as_view(), name="delivery-film"),
    path(
        f"{DELIVERY}/contact-sheet",
        files.DeliveryContactSheet.as_view(),
        name="delivery-contact-sheet",
    ),
    path(f"{DELIVERY}/poster", files.DeliveryPoster.as_view(), name="delivery-poster"),
]
