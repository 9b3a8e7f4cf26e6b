"""What is costly to make and the same each time: kept once under the hash of all it was made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import NotFound
from renders.models import KeptSample, Media
from renders.services.media import media_path


def sample_keep(kind: str, key: Sequence[Any], make: Callable[[], Media]) -> Media:
    """Return what was kept under a key, made now where it is new; a file that is gone is made again in its place."""
    name = document_hash(list(key))
    standing = KeptSample.objects.select_related("media").filter(key=name).first()
    if standing is not None:
        try:
            media_path(standing.media)
        except NotFound:
            make()
        return standing.media
    row, _ = KeptSample.objects.get_or_create(key=name, defaults={"kind": kind, "media": make()})
    return row.media
