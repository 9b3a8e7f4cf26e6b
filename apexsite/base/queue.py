"""Enqueue work by dotted name, only after the transaction committed, so a worker never looks for a row that is not there."""

from __future__ import annotations

from django.db import transaction


def enqueue(dotted_name: str, *arguments: object, cluster: str | None = None) -> None:
    """Send a wake-up for `dotted_name(*arguments)` when the present transaction has committed.

    A wake-up may be lost or come twice; the rows are the truth and the reaper sends lost ones again.
    """

    def send() -> None:
        from django_q.tasks import async_task

        options = {"cluster": cluster} if cluster else {}
        async_task(dotted_name, *arguments, **options)

    transaction.on_commit(send)
