"""A character heard and seen: a line really spoken, a portrait from an approved picture or drawn; each made once."""

from __future__ import annotations

from apexsite.kit.pixels import jpeg_bytes, read_picture
from apexsite.kit.progress import NullProgress
from characters.models import Character
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage, ShotSize, TimeOfDay
from projects.models import Shot
from renders.bridge import current_bible, profile_of
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest
from renders.engine.sound.speakers import title_of
from renders.models import Media, Tier, Variant, Verdict
from renders.services.engines import backend_for
from renders.services.keptsamples import sample_keep
from renders.services.ledger import voice_for
from renders.services.media import media_keep_bytes, media_path
from renders.services.soundplans import voice_settings
from renders.services.speech import lines_kept, voice_choice

MOST_SPOKEN = 160
"""Letters of a sample. House choice: about ten seconds."""
PORTRAIT_SIZE = 480
LEAST_FACE = 48
"""Height in pixels of a face that still makes a portrait. House choice."""


def sample_text(character: Character) -> str:
    """Return the first line the character speaks in the film, else a sentence that says the name."""
    shots = Shot.objects.filter(
        scene__episode__project=character.project_id, speaker=character.key
    ).exclude(dialogue="")
    first = shots.order_by("scene__number", "order").values_list("dialogue", flat=True).first()
    text = " ".join(str(first or "").split())[:MOST_SPOKEN]
    if any(letter.isalnum() for letter in text):
        return text
    name = character.name[:80]
    return f"My name is {name}." if any(c.isalnum() for c in name) else "This is how I sound."


def voice_sample(character: Character) -> Media:
    """Return a WAV of the character speaking; raises `NotAvailable` where no voice is installed."""
    asked = (sample_text(character), voice_settings(profile_of(character)))
    return lines_kept([asked], engine=voice_for(character.project).engine)[0].media


def voice_named(character: Character) -> tuple[str, str, bool]:
    """Return who speaks for the character here, what the natural voice lacks where it is the plain one, and whether
    lines leave the house."""
    choice = voice_choice()
    settings = voice_settings(profile_of(character))
    return title_of(choice.engine, settings), choice.lacks, choice.is_online


def portrait(character: Character) -> Media:
    """Return a square portrait: the face in the newest approved picture that holds it large, else a drawn head."""
    found = _face(character)
    if found is not None:
        variant, box = found
        return sample_keep(
            "portrait",
            ["face", str(variant.pk), [round(v) for v in box]],
            lambda: _keep(_cropped(variant, box)),
        )
    bible = bible_from(current_bible(character.project).document)
    profile = profile_of(character)
    key = ["head", profile.profile_hash, bible.bible_hash]
    return sample_keep("portrait", key, lambda: _keep(_drawn(character)))


def portrait_variant(character: Character) -> Variant | None:
    """Return the approved variant the portrait is cut from, or None where it is drawn."""
    found = _face(character)
    return found[0] if found else None


def _face(character: Character) -> tuple[Variant, list[float]] | None:
    variants = (
        Variant.objects.filter(
            shot__castings__character=character,
            verdict=Verdict.APPROVED,
        )
        .exclude(shot__status=Shot.Status.OMITTED)
        .select_related("media")
        .order_by("-updated_at")[:12]
    )
    found = []
    for age, variant in enumerate(variants):
        recipe = variant.recipe
        box = recipe.get("parameters", {}).get("face_boxes", {}).get(character.key)
        # Over a shoulder one may see the back of a head, and in an insert no face at all.
        is_faced = recipe.get("brief", {}).get("coverage") not in (Coverage.OTS, Coverage.INSERT)
        if not box or not is_faced or box[3] - box[1] < LEAST_FACE:
            continue
        if box[2] - box[0] >= LEAST_FACE * 0.5:
            others = len(recipe.get("cast", [])) > 1
            found.append((others, age, variant, [float(v) for v in box]))
    return min(found, key=lambda one: one[:2])[2:] if found else None


def _cropped(variant: Variant, box: list[float]) -> bytes:
    import numpy as np
    from PIL import Image

    picture = Image.fromarray(read_picture(media_path(variant.media)))
    side = min(2.0 * (box[3] - box[1]), picture.width, picture.height)
    left = min(max(0.0, (box[0] + box[2]) / 2 - side / 2), picture.width - side)
    top = min(max(0.0, (box[1] + box[3]) / 2 - side * 0.45), picture.height - side)
    square = picture.crop((round(left), round(top), round(left + side), round(top + side)))
    sized = square.resize((PORTRAIT_SIZE, PORTRAIT_SIZE), Image.Resampling.LANCZOS)
    return jpeg_bytes(np.asarray(sized, dtype=np.uint8))


def _drawn(character: Character) -> bytes:
    profile = profile_of(character)
    brief = ShotBrief(
        code="portrait",
        place="plain room",
        action="",
        time_of_day=TimeOfDay.DAY,
        size=ShotSize.MCU,
        coverage=Coverage.SINGLE,
        lens_mm=85,
        cast=(profile.key,),
    )
    request = ImageRequest(
        brief=brief,
        cast=(profile,),
        bible=bible_from(
            current_bible(character.project).document, {"composition": {"rule": "centred"}}
        ),
        width=PORTRAIT_SIZE,
        height=PORTRAIT_SIZE,
        seed=profile.seed,
    )
    image = BACKENDS.get(backend_for(Tier.STORYBOARD)).render(request, NullProgress())
    return jpeg_bytes(image.pixels)


def _keep(content: bytes) -> Media:
    return media_keep_bytes(
        content, content_type="image/jpeg", width=PORTRAIT_SIZE, height=PORTRAIT_SIZE
    )
