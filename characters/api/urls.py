"""Addresses of the cast and the shots under `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from characters.api import views

urlpatterns = [
    path(
        "episodes/<uuid:episode_id>:import-script",
        views.ScriptImport.as_view(),
        name="episode-import-script",
    ),
    path("episodes/<uuid:episode_id>/shots/", views.Shots.as_view(), name="shots"),
    path("episodes/<uuid:episode_id>/castings/", views.Castings.as_view(), name="castings"),
    path("shots/<uuid:shot_id>/", views.ShotOne.as_view(), name="shot"),
    path("shots/<uuid:shot_id>:retake", views.ShotRetake.as_view(), name="shot-retake"),
    path("projects/<uuid:project_id>/characters/", views.Characters.as_view(), name="characters"),
    path("characters/<uuid:character_id>/", views.CharacterOne.as_view(), name="character"),
]
