"""Keep files by content and know their rows."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from apexsite.kit.store import ContentStore
from renders.models import Media


def content_store() -> ContentStore:
    """Return the site's media store."""
    return ContentStore(Path(settings.APEX_MEDIA_ROOT))


def media_keep_bytes(
    content: bytes, *, content_type: str, width: int = 0, height: int = 0
) -> Media:
    """Keep bytes and return their row; the same content is one row."""
    stored = content_store().put_bytes(content)
    return _row(stored.sha256, stored.size_bytes, content_type, width, height)


def media_keep_file(path: Path, *, content_type: str, width: int = 0, height: int = 0) -> Media:
    """Keep a copy of a file and return its row."""
    stored = content_store().put_file(path)
    return _row(stored.sha256, stored.size_bytes, content_type, width, height)


def media_path(media: Media) -> Path:
    """Return where a media's file lies; raises `NotFound` when the store lost it."""
    return content_store().open_path(media.sha256)


def _row(sha256: str, size_bytes: int, content_type: str, width: int, height: int) -> Media:
    media, _ = Media.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size_bytes": size_bytes,
            "content_type": content_type,
            "width": width,
            "height": height,
        },
    )
    return media
