"""The renders app; after each migrate the watchdog is on the schedule and the model ledger is the release's."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

WATCHDOG = "renders: take back what dead workers hold"


def watchdog_ensure(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """Put `renders.tasks.reap` on django-q's schedule, every minute, once."""
    from django.db import connections
    from django_q.models import Schedule

    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    Schedule.objects.using(using).get_or_create(
        name=WATCHDOG,
        defaults={
            "func": "renders.tasks.reap",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
            "repeats": -1,
        },
    )


def ledger_ensure(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """Bring the model ledger's built-in rows to what this release's manifest says."""
    from django.db import connections
    from django.utils.module_loading import import_string

    from renders.models import LedgerChange, LedgerEntry

    tables = connections[using].introspection.table_names()
    if {LedgerEntry._meta.db_table, LedgerChange._meta.db_table} <= set(tables):
        # By its name, as jobs name their runners: an app stands below the services.
        import_string("renders.services.ledgersync.ledger_sync")(using=using)


class RendersConfig(AppConfig):
    """Wing 3: the picture."""

    name = "renders"

    def ready(self) -> None:
        """Listen for the end of a migrate."""
        post_migrate.connect(watchdog_ensure, sender=self, dispatch_uid="renders.watchdog")
        post_migrate.connect(ledger_ensure, sender=self, dispatch_uid="renders.ledger")
