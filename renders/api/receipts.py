"""The door to a job's receipts: every asking of every try, also those no picture came of."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from projects.api.doors import Rows
from projects.api.serializers import AT
from renders.models import Attempt, RenderJob
from renders.readings.rows import job_for


@extend_schema_serializer(
    examples=example(
        {"task": 0, "attempt": 2, "status": "done", "engine": "gemini", "fault": "",
         "cost_cents": 6.7, "created_at": AT, "ended_at": AT,
         "receipt": [{"engine": "gemini", "next_engine": "", "code": "", "fault": "", "reason": "",
                      "model": "gemini-3.1-flash-image", "started": AT, "seconds": 4.1,
                      "cost_cents": 6.7, "tries": 1}]}
    )
)  # fmt: skip
class ReceiptShown(serializers.ModelSerializer[Attempt]):
    """One try at one picture: who was asked, in what order, how each asking ended, what it cost."""

    task = serializers.IntegerField(source="task.index")
    attempt = serializers.IntegerField(source="fence")
    status = serializers.CharField(help_text="As a job's, or lost with its worker.")
    receipt = serializers.SerializerMethodField()

    class Meta:
        model = Attempt
        fields = (
            "task", "attempt", "status", "engine", "fault", "cost_cents", "created_at", "ended_at",
            "receipt",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_receipt(self, attempt: Attempt) -> list[dict[str, object]]:
        """Return the askings in their order."""
        return list(attempt.receipt)


class Receipts(Rows):
    """Every try of a job, with the receipts of who was asked."""

    noun, shows, find, order = "receipts", ReceiptShown, staticmethod(job_for), ("created_at",)

    def rows(self, parent: RenderJob) -> QuerySet[Attempt]:
        """Return them."""
        return Attempt.objects.filter(task__job=parent).select_related("task")
