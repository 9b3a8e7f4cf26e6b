"""Addresses of productions under `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from projects.api import looks, productions, scripts, terms

PROJECT = "projects/<uuid:project_id>/"
EPISODE = "episodes/<uuid:episode_id>/"
urlpatterns = [
    path("projects/", productions.Projects.as_view(), name="projects"),
    path(PROJECT, productions.ProjectOne.as_view(), name="project"),
    path(f"{PROJECT}members/", productions.Members.as_view(), name="members"),
    path(f"{PROJECT}members/<int:user_id>/", productions.MemberOne.as_view(), name="member"),
    path(f"{PROJECT}episodes/", scripts.Episodes.as_view(), name="episodes"),
    path(f"{PROJECT}style-bibles/", scripts.Bibles.as_view(), name="style-bibles"),
    path("style-bibles/<uuid:bible_id>/", scripts.BibleOne.as_view(), name="style-bible"),
    path(f"{PROJECT}events/", scripts.Events.as_view(), name="events"),
    path("look-terms/", terms.LookTerms.as_view(), name="look-terms"),
    path(EPISODE, scripts.EpisodeOne.as_view(), name="episode"),
    path(f"{EPISODE}scenes/", scripts.Scenes.as_view(), name="scenes"),
    path("scenes/<uuid:scene_id>/look/", looks.SceneLook.as_view(), name="scene-look"),
    path("shots/<uuid:shot_id>/look/", looks.ShotLook.as_view(), name="shot-look"),
    path("scenes/<uuid:scene_id>/", scripts.SceneOne.as_view(), name="scene"),
]
