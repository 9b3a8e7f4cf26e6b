"""The list on the look's page of what differs from it: scenes and shots with a word of their own, styles it brings along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from projects.engine.biblemerge import style_of_scene
from projects.engine.bibleoverrides import override_changes
from projects.models import Project, Scene, Shot
from projects.services.looks import Place
from projects.web.lookplace import address_of, name_of


@dataclass(frozen=True, slots=True)
class Differing:
    """A scene or shot with a look of its own; `is_style` where the document's `scene_styles` say it."""

    name: str
    heading: str
    address: str
    changes: dict[str, list[str]]
    is_style: bool = False


def differing(project: Project, document: Mapping[str, Any]) -> list[Differing]:
    """Return what differs in the order of the script, in two queries however many scenes."""
    scenes = Scene.objects.filter(episode__project=project).select_related("episode")
    if not document.get("scene_styles"):
        scenes = scenes.exclude(bible_override={})
    shots = Shot.objects.filter(scene__episode__project=project).exclude(bible_override={})
    found: list[tuple[tuple[int, int, int], Differing]] = []
    for scene in scenes:
        key = (scene.episode.number, scene.number, -1)
        style = style_of_scene(document, number=scene.number, heading=scene.heading)
        if style:
            found.append((key, _row(scene, style, is_style=True)))
        if scene.bible_override:
            found.append((key, _row(scene, scene.bible_override)))
    for shot in shots.select_related("scene__episode"):
        place = (shot.scene.episode.number, shot.scene.number, shot.order)
        found.append((place, _row(shot, shot.bible_override)))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def homeless_styles(project: Project, document: Mapping[str, Any]) -> list[str]:
    """Return the `scene_id`s of a document's styles that fit no scene: they wait for one."""
    styles = document.get("scene_styles") or []
    if not styles:
        return []
    scenes = list(Scene.objects.filter(episode__project=project).values_list("number", "heading"))
    return [
        str(style["scene_id"])
        for style in styles
        if not any(
            style_of_scene({"scene_styles": [style]}, number=number, heading=heading)
            for number, heading in scenes
        )
    ]


def _row(place: Place, override: Mapping[str, Any], *, is_style: bool = False) -> Differing:
    return Differing(
        name_of(place).capitalize(),
        place.heading if isinstance(place, Scene) else place.action[:80],
        address_of(place),
        override_changes({}, override),
        is_style,
    )
