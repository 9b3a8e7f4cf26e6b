"""How jobs, cuts and films look from outside, and what may be sent to them."""

from __future__ import annotations

from django.urls import reverse
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from projects.api.script_serializers import Object
from projects.api.serializers import AT, UUID, choice_of
from renders.api.serializers import Link
from renders.engine.captions.model import CaptionMode
from renders.engine.export.profiles import DEFAULT, PROFILES
from renders.models import (
    Cut,
    Delivery,
    JobKind,
    RenderJob,
    Tier,
    WorkStatus,
)


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "project": UUID, "episode": UUID, "shot": UUID, "kind": "variants",
         "status": "running", "title": "3 variants of 1A", "percent": 40, "said": "drawing",
         "errors": [],
         "is_cancel_requested": False, "requested_by": "ben", "created_at": AT,
         "finished_at": None}
    )
)  # fmt: skip
class JobShown(serializers.ModelSerializer[RenderJob]):
    """What somebody asked for and how far it is."""

    requested_by = serializers.CharField(
        source="requested_by.username", default=None, allow_null=True
    )
    percent = serializers.SerializerMethodField()
    errors = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField(help_text="What it does or waits for, in words.")

    class Meta:
        model = RenderJob
        fields = (
            "id", "project", "episode", "shot", "kind", "status", "title", "percent", "said",
            "errors", "is_cancel_requested", "requested_by", "created_at", "finished_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_percent(self, job: RenderJob) -> int:
        """Return how much of the work is done."""
        shares = [
            1.0 if task.status == "done" else task.progress_done / (task.progress_total or 1)
            for task in job.tasks.all()
            if not task.is_part
        ]
        return round(100 * sum(shares) / len(shares)) if shares else 0

    def get_said(self, job: RenderJob) -> str:
        """Return the words of the first task that runs, else of one that waits for another try."""
        said = {task.status: task.progress_message for task in reversed(job.tasks.all())}
        return str(said.get("running") or said.get("queued") or "")

    def get_errors(self, job: RenderJob) -> list[str]:
        """Return what went wrong."""
        return [task.error for task in job.tasks.all() if task.error]


class JobsAsked(Given):
    """Which jobs."""

    status = choice_of(WorkStatus.choices)
    kind = choice_of(JobKind.choices)


@extend_schema_serializer(
    examples=example({"tier": "storyboard", "waive_stale": "only the dialogue changed"})
)
class CutGiven(Given):
    """Which fidelity; `waive_stale` says why stale approvals may stand."""

    tier = serializers.ChoiceField(choices=Tier.choices, default=Tier.STORYBOARD)
    waive_stale = serializers.CharField(max_length=400, default="", allow_blank=True)


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "episode": UUID, "version": 2, "tier": "storyboard",
         "duration_frames": 1440, "created_at": AT}
    )
)  # fmt: skip
class CutShown(serializers.ModelSerializer[Cut]):
    """A version of a film's cut."""

    class Meta:
        model = Cut
        fields = ("id", "episode", "version", "tier", "duration_frames", "created_at")
        read_only_fields = fields


@extend_schema_serializer(examples=example({"is_preview": True}))
class RenderGiven(Given):
    """A preview is quicker: 720 lines, fewer steps of the encoder."""

    is_preview = serializers.BooleanField(default=False)
    profile = serializers.ChoiceField(
        choices=tuple(PROFILES),
        default=DEFAULT,
        help_text="The delivery. One that this cut cannot be is refused with every reason; a preview has its own.",
    )
    captions = serializers.ChoiceField(
        choices=[mode.value for mode in CaptionMode],
        default="",
        allow_blank=True,
        help_text="A track, burned into the picture, or none; empty as the profile says.",
    )


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "cut": UUID, "profile": "h264_1080p", "is_preview": True, "frames": 1440,
         "qc_verdict": "met", "qc_report": {"verdict": "met"}, "size_bytes": 4200000,
         "sha256": "e3b0c442…", "film": f"/api/v1/deliveries/{UUID}/film",
         "contact_sheet": f"/api/v1/deliveries/{UUID}/contact-sheet",
         "poster": f"/api/v1/deliveries/{UUID}/poster",
         "stems": {"dialogue": f"/api/v1/deliveries/{UUID}/stems/dialogue"}, "created_at": AT}
    )
)  # fmt: skip
class DeliveryShown(serializers.ModelSerializer[Delivery]):
    """A finished film with the report of its check."""

    qc_report = Object()
    size_bytes = serializers.IntegerField(source="film.size_bytes")
    sha256 = serializers.CharField(source="film.sha256")
    film = Link("delivery-film")
    contact_sheet = Link("delivery-contact-sheet")
    poster = Link("delivery-poster")
    stems = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields = (
            "id", "cut", "profile", "is_preview", "frames", "qc_verdict", "qc_report",
            "size_bytes", "sha256", "film", "contact_sheet", "poster", "stems", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_stems(self, delivery: Delivery) -> dict[str, str]:
        """Return the address of each part of the sound by its kind."""
        return {
            stem.kind: reverse("api:delivery-stem", args=[delivery.pk, stem.kind])
            for stem in delivery.stems.all()
        }


class DeliveriesAsked(Given):
    """Which films."""

    cut = serializers.UUIDField(required=False)
    is_preview = serializers.BooleanField(required=False, allow_null=True, default=None)
