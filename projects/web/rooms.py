"""The rooms of the administration: what all of them tell, and acts that go through services."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from apexsite.kit.errors import ApexError
from projects.models import Event


def act_on(
    room: admin.ModelAdmin, request: HttpRequest, rows: Iterable[Any], act: Callable[[Any], str]
) -> None:
    """Call a service for each row: what it does is kept in the row's history, what it refuses is said."""
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                words = act(row)
                room.log_change(request, row, words)
        except ApexError as err:
            room.message_user(request, f"{row}: {err.message}", messages.ERROR)
        else:
            done += 1
    if done:
        room.message_user(request, f"Done for {done}.", messages.SUCCESS)


class Told(admin.ModelAdmin):
    """A room whose history shows the project's log beside what was done here."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who did what to a row, here and everywhere else."""
        events = Event.objects.filter(
            target_kind=self.model._meta.model_name, target_id=str(unquote(object_id))
        )
        told = {"events": events.select_related("actor").order_by("-at")[:200]}
        return super().history_view(request, object_id, {**(extra_context or {}), **told})


class LookOnly(Told):
    """A room to look in: services write these rows, and nothing here adds, changes or deletes one."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds a row here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes a row here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes a row here."""
        return False


class WordsOnly(Told):
    """Only the fields named in `words` may be corrected; every other one is written by services alone."""

    words: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return every field that is not plain words; a field added later is closed until it is opened."""
        return [f.name for f in self.model._meta.fields if f.name not in self.words]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are made by services: they write the event and the counter with them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Deleting here would pass by the log."""
        return False
