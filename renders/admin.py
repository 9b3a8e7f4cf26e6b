"""Rows of the picture for whoever runs the site. Status and verdict have their own owners; here one only looks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from apexsite.kit.errors import ApexError
from projects.web.rooms import LookOnly, Told, act_on
from renders.models import (
    Attempt,
    ColourTable,
    Comment,
    Cut,
    Delivery,
    DriftReading,
    GradeVersion,
    KeptSample,
    LedgerChange,
    LedgerEntry,
    LineRecording,
    Media,
    Mention,
    Pick,
    Recommendation,
    RenderJob,
    RenderTask,
    RerenderProof,
    Review,
    Score,
    Stem,
    Variant,
    VariantFile,
)
from renders.services.jobs import job_cancel, job_retry
from renders.services.ledgersync import SITE_FIELDS, ledger_check, ledger_say
from renders.services.reviews import review_approve, review_reject, review_undo


@admin.register(Media)
class MediaAdmin(LookOnly):
    """Files by content."""

    list_display = ("sha256", "content_type", "size_bytes", "width", "height", "created_at")
    list_filter = ("content_type",)
    search_fields = ("sha256",)


@admin.register(DriftReading)
class DriftReadingAdmin(LookOnly):
    """How far pictures lie from their look, as measured."""

    list_display = ("variant", "bible", "distance", "model_name", "updated_at")
    list_select_related = ("variant__shot__scene__episode__project", "bible__project")
    list_filter = ("variant__tier", "variant__verdict")
    search_fields = ("variant__shot__code", "bible__project__name")


@admin.register(Variant)
class VariantAdmin(LookOnly):
    """Candidate pictures; verdicts are given in the review room."""

    list_display = ("shot", "tier", "number", "verdict", "score_total", "engine", "created_at")
    list_select_related = ("shot__scene__episode__project",)
    list_filter = ("tier", "verdict", "engine", "defect")
    search_fields = ("shot__code", "shot__scene__episode__project__name", "inputs_hash")
    actions = ("approve", "reject", "take_back")

    @admin.action(description="Approve")
    def approve(self, request: HttpRequest, rows: QuerySet[Variant]) -> None:
        """Approve the chosen variants."""

        def act(variant: Variant) -> str:
            review_approve(user=request.user, variant=variant)
            return "Approved."

        act_on(self, request, rows, act)

    @admin.action(description="Reject: not the brief")
    def reject(self, request: HttpRequest, rows: QuerySet[Variant]) -> None:
        """Reject the chosen variants."""

        def act(variant: Variant) -> str:
            review_reject(user=request.user, variant=variant, reason="not the brief")
            return "Rejected: not the brief."

        act_on(self, request, rows, act)

    @admin.action(description="Take the verdict back")
    def take_back(self, request: HttpRequest, rows: QuerySet[Variant]) -> None:
        """Let the chosen variants wait again."""

        def act(variant: Variant) -> str:
            review_undo(user=request.user, variant=variant)
            return "Verdict taken back."

        act_on(self, request, rows, act)


@admin.register(Score)
class ScoreAdmin(LookOnly):
    """Scores by criterion."""

    list_display = ("variant", "criterion", "value", "weight", "reason")
    list_select_related = ("variant__shot",)
    list_filter = ("criterion",)
    search_fields = ("variant__shot__code", "reason")


@admin.register(Review)
class ReviewAdmin(LookOnly):
    """Verdicts as they were given."""

    list_display = ("variant", "verdict", "actor_kind", "actor", "reason", "created_at")
    list_select_related = ("variant__shot", "actor")
    list_filter = ("verdict", "actor_kind")
    search_fields = ("variant__shot__code", "actor__username", "reason", "reasons")


@admin.register(Pick)
class PickAdmin(LookOnly):
    """People's choices beside the machine's."""

    list_display = ("variant", "machine", "waiting", "is_agreed", "is_taken_back", "created_at")
    list_select_related = ("variant__shot", "machine__shot")
    list_filter = ("is_agreed", "is_taken_back", "tier")
    search_fields = ("variant__shot__code", "project__name")


@admin.register(RenderJob)
class RenderJobAdmin(LookOnly):
    """What was asked for."""

    list_display = ("title", "kind", "status", "queue", "project", "requested_by", "created_at")
    list_select_related = ("project", "requested_by")
    list_filter = ("status", "kind", "queue")
    search_fields = ("title", "project__name", "requested_by__username")
    date_hierarchy = "created_at"
    actions = ("cancel", "try_again")

    @admin.action(description="Cancel")
    def cancel(self, request: HttpRequest, rows: QuerySet[RenderJob]) -> None:
        """Stop the chosen jobs; what is published stays."""

        def act(job: RenderJob) -> str:
            job_cancel(user=request.user, job=job)
            return "Cancelled."

        act_on(self, request, rows, act)

    @admin.action(description="Try again from the failed step")
    def try_again(self, request: HttpRequest, rows: QuerySet[RenderJob]) -> None:
        """Queue what failed in the chosen jobs again."""

        def act(job: RenderJob) -> str:
            job_retry(user=request.user, job=job)
            return "Tried again."

        act_on(self, request, rows, act)


@admin.register(RenderTask)
class RenderTaskAdmin(LookOnly):
    """Pieces of work."""

    list_display = ("job", "index", "status", "fence", "worker", "lease_until", "error")
    list_select_related = ("job",)
    list_filter = ("status",)
    search_fields = ("job__title", "worker", "error")


@admin.register(Attempt)
class AttemptAdmin(LookOnly):
    """Tries at a piece of work."""

    list_display = (
        "task", "fence", "worker", "status", "engine", "fault", "cost_cents",
        "created_at", "ended_at", "error",
    )  # fmt: skip
    list_select_related = ("task__job",)
    list_filter = ("status", "engine", "fault")
    search_fields = ("task__job__title", "worker", "error")


@admin.register(Cut)
class CutAdmin(LookOnly):
    """Versions of a cut."""

    list_display = ("episode", "version", "tier", "duration_frames", "created_at")
    list_select_related = ("episode__project",)
    list_filter = ("tier",)
    search_fields = ("episode__title", "episode__project__name")


@admin.register(Delivery)
class DeliveryAdmin(LookOnly):
    """Finished films."""

    list_display = ("cut", "profile", "is_preview", "frames", "qc_verdict", "created_at")
    list_select_related = ("cut__episode__project",)
    list_filter = ("qc_verdict", "is_preview", "profile")
    search_fields = ("cut__episode__title", "cut__episode__project__name")


@admin.register(Comment)
class CommentAdmin(LookOnly):
    """What people said of shots."""

    list_display = ("shot", "author", "body", "parent", "resolved_at", "created_at")
    list_select_related = ("shot", "author", "parent__shot", "parent__author")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter),)
    search_fields = ("shot__code", "author__username", "body")


@admin.register(Mention)
class MentionAdmin(LookOnly):
    """Who was named in what."""

    list_display = ("user", "comment", "created_at")
    list_select_related = ("user", "comment__shot", "comment__author")
    search_fields = ("user__username", "comment__body")


@admin.register(Recommendation)
class RecommendationAdmin(LookOnly):
    """Advice on variants."""

    list_display = ("variant", "person", "advice", "words", "created_at")
    list_select_related = ("variant__shot", "person")
    list_filter = ("advice",)
    search_fields = ("variant__shot__code", "person__username", "words")


@admin.register(KeptSample)
class KeptSampleAdmin(LookOnly):
    """Spoken lines and portraits that can be made again."""

    list_display = ("kind", "key", "media", "created_at")
    list_select_related = ("media",)
    list_filter = ("kind",)
    search_fields = ("key",)


@admin.register(GradeVersion)
class GradeVersionAdmin(LookOnly):
    """What a film, a scene or a shot was graded with."""

    list_display = ("project", "version", "scene", "shot", "is_current", "created_by", "created_at")
    list_select_related = ("project", "scene", "shot", "created_by")
    list_filter = ("is_current",)
    search_fields = ("project__name", "shot__code")


@admin.register(ColourTable)
class ColourTableAdmin(LookOnly):
    """Imported .cube files."""

    list_display = ("title", "project", "size", "is_3d", "created_by", "created_at")
    list_select_related = ("project", "created_by")
    list_filter = ("is_3d",)
    search_fields = ("title", "project__name")


@admin.register(VariantFile)
class VariantFileAdmin(LookOnly):
    """What the stage keeps beside a picture: depth, masks, normals, the Blender scene."""

    list_display = ("variant", "kind", "media", "created_at")
    list_select_related = ("variant__shot", "media")
    list_filter = ("kind",)
    search_fields = ("variant__shot__code",)


@admin.register(LineRecording)
class LineRecordingAdmin(LookOnly):
    """Lines brought as recordings; they are taken off on the shot's page."""

    list_display = ("shot", "file_name", "seconds", "uploaded_by", "created_at")
    list_select_related = ("shot__scene", "uploaded_by")
    search_fields = ("shot__code", "file_name", "text")


@admin.register(Stem)
class StemAdmin(LookOnly):
    """Dialogue and music beside a delivery."""

    list_display = ("delivery", "kind", "media", "created_at")
    list_select_related = ("delivery__cut__episode__project", "media")
    list_filter = ("kind",)
    search_fields = ("delivery__cut__episode__project__name",)


class LedgerForm(forms.ModelForm):
    """What a site says of a model; the ledger's own rules answer beside the field."""

    licence_source = forms.URLField(required=False, max_length=300, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """Return the values if the ledger takes them."""
        values = super().clean() or {}
        asked = {name: value for name, value in values.items() if name in self.changed_data}
        try:
            ledger_check(self.instance, asked)
        except ApexError as err:
            self.add_error(str(err.facts["field"]), err.message)
        return values


@admin.register(LedgerEntry)
class LedgerEntryAdmin(Told):
    """Models, LoRAs, voices and face models: built-in facts are the release's, the last four lines the site's."""

    form = LedgerForm
    list_per_page = 100
    list_display = (
        "model_id", "kind", "title", "licence", "is_commercial", "site_commercial", "sunset",
        "site_sunset", "replacement", "is_builtin",
    )  # fmt: skip
    list_filter = ("kind", "is_commercial", "is_builtin")
    search_fields = ("model_id", "title", "licence", "vendor")

    def get_readonly_fields(
        self, request: HttpRequest, obj: LedgerEntry | None = None
    ) -> list[str]:
        """Return the facts of a built-in entry; a site's own entry keeps only its id."""
        names = [field.name for field in LedgerEntry._meta.fields]
        if obj is not None and obj.is_builtin:
            return [name for name in names if name not in SITE_FIELDS]
        fixed = ["id", "created_at", "updated_at", "is_builtin"]
        return fixed if obj is None else [*fixed, "model_id"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Pictures name the entries they were made with."""
        return False

    def save_model(self, request: HttpRequest, obj: LedgerEntry, form: Any, change: bool) -> None:
        """Write by the service, which keeps who changed what."""
        said = {name: form.cleaned_data[name] for name in form.changed_data}
        stored = LedgerEntry.objects.get(pk=obj.pk) if change else LedgerEntry()
        if not change:
            stored.pk = obj.pk
        ledger_say(user=request.user, entry=stored, values=said)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what releases and people changed."""
        changes = LedgerChange.objects.filter(entry=unquote(object_id)).select_related("actor")
        told = {"ledger_changes": changes[:200]}
        return super().history_view(request, object_id, {**(extra_context or {}), **told})


@admin.register(RerenderProof)
class RerenderProofAdmin(LookOnly):
    """Pictures made again from their recipes."""

    list_display = (
        "variant", "result", "is_as_expected", "psnr_db", "delta_e_mean", "asked_by", "created_at",
    )  # fmt: skip
    list_select_related = ("variant__shot", "asked_by")
    list_filter = ("result", "is_as_expected")
    search_fields = ("variant__shot__code", "words")


@admin.register(LedgerChange)
class LedgerChangeAdmin(LookOnly):
    """What changed in the ledger."""

    list_display = ("entry", "actor", "changes", "created_at")
    list_select_related = ("entry", "actor")
    search_fields = ("entry__model_id", "actor__username")
