"""A thousand shots with ten variants each, in the proportions of a production in its middle."""

from __future__ import annotations

from characters.models import Casting, Character
from characters.services.scripts import script_import
from projects.models import Episode, Project, Scene, Shot
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from projects.services.shots import shot_brief_hash
from renders.bridge import shot_inputs_hashes
from renders.models import Media, Review, Score, Variant
from renders.services.media import media_keep_bytes

SCENES, SHOTS_A_SCENE, VARIANTS = 20, 50, 10
SIZES = ("LS", "MS", "MCU", "CU", "ECU")
SCRIPT = b"INT. COURTROOM - DAY\n\nMARA VOSS (50s), a judge, looks up.\n\nMARA\nYou were there.\n\nIVO (30s), thin.\n\nIVO\nI was asleep.\n"
SAID = "I was asleep on the night bus, and nobody woke me before the depot."


def production(
    user: object, *, name: str = "Night Bus", picture: bytes = b"one picture"
) -> Project:
    """Make a project whose first episode has 20 scenes of 50 shots, each with ten variants and a cast of two."""
    project = project_create(user=user, name=name, width=1920, height=1080)  # type: ignore[arg-type]
    episode = script_import(
        user=user,  # type: ignore[arg-type]
        episode=episode_first(project),
        content=SCRIPT,
        name="bench.fountain",
    )
    Shot.objects.filter(scene__episode=episode).delete()
    shots = _shots(episode)
    cast = list(Character.objects.filter(project=project))
    Casting.objects.bulk_create(
        Casting(shot=shot, character=one, position=place)
        for number, shot in enumerate(shots)
        for place, one in enumerate(cast[: 1 + number % 2])
    )
    _variants(
        episode, shots, media_keep_bytes(picture, content_type="image/png", width=2304, height=1296)
    )
    return project


def _shots(episode: Episode) -> list[Shot]:
    scene = Scene.objects.get(episode=episode, number=1)
    more = Scene.objects.bulk_create(
        Scene(
            episode=episode, number=number, heading=f"EXT. STREET {number} - NIGHT",
            place="street", mood="tense", weather="rain", look_hash=f"{number:064x}",
        )
        for number in range(2, SCENES + 1)
    )  # fmt: skip
    shots = [
        Shot(
            scene=scene, code=f"s{scene.number:02d}_{10 * order:03d}", order=order,
            size=SIZES[order % len(SIZES)], lens_mm=(24, 35, 50, 85, 100)[order % 5],
            duration_frames=48 + 12 * (order % 5),
            action=f"Ivo waits by the bench, {order}, and the rain goes on without him.",
            speaker="ivo" if order % 3 == 0 else "", dialogue=SAID if order % 3 == 0 else "",
        )
        for scene in (scene, *more)
        for order in range(1, SHOTS_A_SCENE + 1)
    ]  # fmt: skip
    for shot in shots:
        shot.brief_hash = shot_brief_hash(shot)
    return Shot.objects.bulk_create(shots)


def _variants(episode: Episode, shots: list[Shot], media: Media) -> None:
    hashes = shot_inputs_hashes(episode)
    variants = [
        Variant(
            shot=shot, tier="storyboard", number=number, media=media, thumbnail=media, engine="sketch",
            recipe={"schema": "apex.recipe/1"}, score_total=((7 * number + place) % 10) / 10 + 0.05,
            inputs_hash="0" * 64 if place % 20 == 0 else hashes[shot.pk],
            verdict="approved" if number == 3 and place % 2 else "rejected" if number < 3 else "waiting",
        )
        for place, shot in enumerate(shots)
        for number in range(1, VARIANTS + 1)
    ]  # fmt: skip
    Variant.objects.bulk_create(variants, batch_size=2000)
    Review.objects.bulk_create(
        Review(
            variant=variant,
            verdict="approved",
            actor_kind="policy",
            inputs_hash=variant.inputs_hash,
        )
        for variant in variants
        if variant.verdict == "approved"
    )
    Score.objects.bulk_create(
        (
            Score(variant=variant, criterion=name, weight=0.25, value=0.5)
            for variant in variants
            for name in ("composition", "artifacts", "aesthetic", "style")
        ),
        batch_size=4000,
    )
