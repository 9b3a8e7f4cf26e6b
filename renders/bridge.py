"""Rows ⇄ engine values: the only translator between what is stored and what the engines speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from apexsite.kit.documents import document_hash
from apexsite.kit.seeds import SEED_MAX, seed_from_name
from characters.engine.human.cast import BodyCast
from characters.engine.profile import CharacterProfile
from characters.models import Casting, Character
from characters.services.characters import profile_from_document
from projects.engine.bible import StyleBible
from projects.engine.brief import ShotBrief
from projects.engine.framing import (
    CameraAngle,
    CameraMove,
    Coverage,
    Setting,
    ShotSize,
    TimeOfDay,
)
from projects.engine.terms import Terms
from projects.models import Episode, Project, Scene, Shot, StyleBibleVersion
from projects.readings.terms import bible_settled, terms_now
from projects.services.looks import look_of
from renders.engine.imaging.base import ImageRequest, Reference
from renders.engine.imaging.options import PictureOptions
from renders.engine.lessons.lesson import lesson_prompt
from renders.engine.prompting.build import build_prompt
from renders.engine.prompting.prompt import Prompt
from renders.engine.stage.memory import SceneMemory


def current_bible(project: Project) -> StyleBibleVersion:
    """Return the project's current style bible row."""
    return StyleBibleVersion.objects.get(project=project, is_current=True)


def cast_of(shot: Shot) -> list[Character]:
    """Return the characters of a shot from left to right."""
    castings = Casting.objects.filter(shot=shot).select_related("character").order_by("position")
    return [casting.character for casting in castings]


def brief_of(shot: Shot, cast_keys: Iterable[str]) -> ShotBrief:
    """Return a shot and its scene as the frozen brief."""
    scene = shot.scene
    return ShotBrief(
        code=shot.code,
        place=scene.place,
        action=shot.action,
        setting=Setting(scene.setting),
        time_of_day=TimeOfDay(scene.time_of_day),
        size=ShotSize(shot.size),
        angle=CameraAngle(shot.angle),
        coverage=Coverage(shot.coverage),
        lens_mm=shot.lens_mm,
        move=CameraMove(shot.move),
        duration_frames=shot.duration_frames,
        cast=tuple(cast_keys),
        speaker=shot.speaker,
        dialogue=shot.dialogue,
        prop=shot.prop,
        mood=scene.mood,
        lighting=scene.lighting,
        weather=scene.weather,
    )


def bible_of(shot: Shot, version: StyleBibleVersion) -> StyleBible:
    """Return the project's look with the scene's override laid over it, and the shot's over that."""
    return bible_settled(look_of(shot, version.document))


def profile_of(character: Character) -> CharacterProfile:
    """Return a character's row as the frozen profile."""
    return profile_from_document(character.profile)


def picture_seed(shot: Shot, variant_index: int, given: int | None = None) -> int:
    """Return the seed of a variant: the one given, else the scene's, plus the variant's index.

    Source: seed S4, "Fixed random seed per scene"; names, not row ids, so the same script draws the same film.
    """
    scene = shot.scene
    name = f"{scene.episode.project.name}/{scene.episode.number}/{scene.number}"
    base = seed_from_name(name) if given is None else given
    return (base + variant_index) % (SEED_MAX + 1)


def image_request(
    shot: Shot,
    *,
    width: int,
    height: int,
    variant_index: int,
    seed: int | None = None,
    options: PictureOptions | None = None,
    references: tuple[Reference, ...] = (),
) -> tuple[ImageRequest, StyleBibleVersion]:
    """Return the engine's request for a variant of a shot, and the bible version it was made with."""
    version = current_bible(shot.scene.episode.project)
    people = cast_of(shot)
    profiles = tuple(profile_of(character) for character in people)
    bodies = tuple(BodyCast.from_document(person.body) for person in people if person.body)
    request = ImageRequest(
        brief=brief_of(shot, (profile.key for profile in profiles)),
        cast=profiles,
        bible=bible_of(shot, version),
        width=width,
        height=height,
        seed=picture_seed(shot, variant_index, seed),
        variant_index=variant_index,
        bodies=bodies if len(bodies) == len(profiles) else (),
        blocking=shot.blocking,
        scene=scene_memory(shot.scene),
        references=references,
        options=options or PictureOptions(),
    )
    return replace(request, prompt=prompt_for(shot, request)), version


def prompt_for(
    shot: Shot,
    request: ImageRequest,
    *,
    edits: Mapping[str, Any] | None = None,
    terms: Terms | None = None,
) -> Prompt:
    """Return the prompt of a request: the site's own terms, what its lessons add, and the shot's edits or those given."""
    return build_prompt(
        request,
        terms=terms_now() if terms is None else terms,
        lessons=lesson_prompt(request.options.lessons),
        edits=shot.prompt_edits if edits is None else edits,
    )


def scene_memory(scene: Scene) -> SceneMemory:
    """Return who is in a scene as they come in, and its shots' actions in order."""
    shots = Shot.objects.filter(scene=scene).order_by("order")
    castings = (
        Casting.objects.filter(shot__scene=scene)
        .select_related("character")
        .order_by("shot__order", "position")
    )
    people = {casting.character_id: casting.character for casting in castings}
    return SceneMemory(
        tuple(profile_of(character) for character in people.values()),
        tuple(shots.values_list("code", "action")),
    )


def combined_hash(
    *, brief_hash: str, look_hash: str, bible_hash: str, cast_hashes: Iterable[str]
) -> str:
    """Return the one hash of all inputs of a picture; another hash than a variant's means it is stale."""
    return document_hash([brief_hash, look_hash, bible_hash, list(cast_hashes)])


def shot_inputs_hashes(episode: Episode) -> dict[UUID, str]:
    """Return the present inputs hash of every shot of an episode, in three queries however many shots."""
    bible_hash = current_bible(episode.project).bible_hash
    casts: dict[UUID, list[str]] = {}
    castings = Casting.objects.filter(shot__scene__episode=episode).order_by("shot", "position")
    for shot_id, cast_hash in castings.values_list("shot_id", "character__cast_hash"):
        casts.setdefault(shot_id, []).append(cast_hash)
    shots = Shot.objects.filter(scene__episode=episode)
    return {
        shot_id: combined_hash(
            brief_hash=brief_hash,
            look_hash=look_hash,
            bible_hash=bible_hash,
            cast_hashes=casts.get(shot_id, []),
        )
        for shot_id, brief_hash, look_hash in shots.values_list(
            "pk", "brief_hash", "scene__look_hash"
        )
    }


def shot_inputs_hash(shot: Shot) -> str:
    """Return the present inputs hash of one shot."""
    return combined_hash(
        brief_hash=shot.brief_hash,
        look_hash=shot.scene.look_hash,
        bible_hash=current_bible(shot.scene.episode.project).bible_hash,
        cast_hashes=[character.cast_hash for character in cast_of(shot)],
    )
