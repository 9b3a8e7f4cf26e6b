"""One real row of everything an address can name, for asking every route as everybody."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User

from apexsite.kit.timecode import FrameRate
from apexsite.policies import Who
from characters.models import Character
from projects.models import Notification, ScriptDraft, Shot, StyleBibleVersion
from projects.services.invitations import invitation_create
from projects.services.tokens import token_create
from renders.engine.timeline.document import timeline_to_document
from renders.engine.timeline.model import Clip, Timeline
from renders.models import Cut, Delivery, LineRecording, Stem, VariantFile
from renders.services.reviews import review_approve
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of

NAMES = {
    Who.STRANGER: "dan",
    Who.VIEWER: "vic",
    Who.REVIEWER: "cleo",
    Who.ARTIST: "ben",
    Who.DIRECTOR: "dora",
    Who.OWNER: "ada",
    Who.STAFF: "sam",
    Who.SUPERUSER: "root",
}


def everybody() -> dict[Who, User | None]:
    """Return who asks; the project's people and Dan are there already."""
    User.objects.create_user("sam", password="sam-password", is_staff=True)
    User.objects.create_superuser("root", password="root-password")
    people = User.objects.in_bulk(NAMES.values(), field_name="username")
    return {Who.ANONYMOUS: None, **{who: people[name] for who, name in NAMES.items()}}


def arguments(project, episode, ada, dora, cleo):  # type: ignore[no-untyped-def]
    """Return for every name of an address argument a value that leads to a row of the project."""
    from renders.services.comments import comment_add

    shot = first_shot(episode)
    variant = variant_of(shot)
    review_approve(user=dora, variant=variant)
    cut = Cut.objects.create(
        episode=episode, version=1, tier="storyboard", document=_cut_document(variant)
    )
    delivery = Delivery.objects.create(
        cut=cut, profile="web", film=variant.media, contact_sheet=variant.media,
        poster=variant.media, frames=1, qc_verdict="met", qc_report={},
    )  # fmt: skip
    Stem.objects.create(delivery=delivery, kind="depth", media=variant.media)
    LineRecording.objects.create(
        shot=shot, text="other words", sound=variant.media, original=variant.media,
        file_name="line.wav", seconds=1.0,
    )  # fmt: skip
    invitation, secret = invitation_create(
        user=ada, project=project, role="viewer", for_whom="Night porter"
    )
    other = Shot.objects.exclude(pk=shot.pk).first()
    comment = comment_add(user=cleo, shot=shot, body="Closer?")
    comment_add(user=ada, shot=shot, body="@cleo Yes")
    return {
        "project_id": project.pk,
        "episode_id": episode.pk,
        "scene_id": shot.scene_id,
        "shot_id": shot.pk,
        "variant_id": variant.pk,
        "kind": VariantFile.objects.create(variant=variant, kind="depth", media=variant.media).kind,
        "cut_id": cut.pk,
        "bible_id": StyleBibleVersion.objects.filter(project=project)[0].pk,
        "delivery_id": delivery.pk,
        "comment_id": comment.pk,
        "character_id": Character.objects.filter(project=project)[0].pk,
        "notification_id": Notification.objects.get(user=cleo).pk,
        "job_id": variants_request(user=ada, shot=other).pk,
        "draft_id": ScriptDraft.objects.create(
            episode=episode,
            asked={"topic": "night", "style": "noir", "shots": 10, "scenes": 3, "language": "en"},
            text="INT. X - DAY\n\nRain.\n",
            written_at=episode.created_at,
            version=1,
        ).pk,
        "invitation_id": invitation.pk,
        "secret": secret,
        "token_id": token_create(user=cleo, name="notes", scopes=["read"])[0].pk,
        "user_id": User.objects.get(username="vic").pk,
    }


def form(name: str, rows: dict[str, object]) -> dict[str, object]:
    """Return what a route must be sent to come as far as its answer; most need nothing for that."""
    shot = Shot.objects.select_related("scene").get(pk=rows["shot_id"])
    following = (
        Shot.objects.filter(scene=shot.scene, order__gt=shot.order).order_by("order").first()
    )
    return {"shot-merge": {"with": str(following.pk) if following else ""}}.get(name, {})


def _cut_document(variant):  # type: ignore[no-untyped-def]
    """Return a cut of one shot, so that what is read from a cut has something to read."""
    clip = Clip(variant.shot.code, Path(f"sha256:{variant.media.sha256}"), 24)
    timeline = Timeline(FrameRate.parse(24), 96, 54, (clip,))
    return {
        "timeline": timeline_to_document(timeline),
        "variants": {variant.shot.code: str(variant.pk)},
        "speech": [],
        "music": {},
    }
