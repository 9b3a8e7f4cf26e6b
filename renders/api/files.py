"""Doors to the files themselves: the same views as the pages use, for who comes with a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from asgiref.sync import async_to_sync
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from projects.api.doors import Door
from renders.readings.rows import delivery_for, variant_for
from renders.web import media, stems


class File(Door):
    """A file of a row; ranges, ETag and the check of the person are the page's own."""

    sends: ClassVar[Callable[..., Any]]
    kind: ClassVar[str] = "image/png"
    verb: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Describe the file."""
        super().__init_subclass__(**kwargs)
        extend_schema_view(
            get=extend_schema(
                operation_id=f"{cls.noun}_{cls.verb}",
                tags=[cls.noun],
                summary=cls.__doc__,
                responses={(200, cls.kind): OpenApiTypes.BINARY},
            )
        )(cls)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Take any `Accept`: a file is what it is."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Send it."""
        self.found("view")
        request._request.user = request.user
        return async_to_sync(type(self).sends)(request._request, **kwargs)  # type: ignore[no-any-return]


class VariantPicture(File):
    """The picture of a variant."""

    noun, verb, find = "variants", "picture", staticmethod(variant_for)
    sends = staticmethod(media.variant_picture)


class VariantThumbnail(File):
    """The thumbnail of a variant."""

    noun, verb, find = "variants", "thumbnail", staticmethod(variant_for)
    sends = staticmethod(media.variant_thumbnail)


class DeliveryFilm(File):
    """The film."""

    noun, verb, find, kind = "deliveries", "film", staticmethod(delivery_for), "video/mp4"
    sends = staticmethod(media.delivery_film)


class DeliveryStem(File):
    """A part of the sound: dialogue, music or effects, 32-bit float; together they are the mix before the limiter."""

    noun, verb, find, kind = "deliveries", "stem", staticmethod(delivery_for), "audio/wav"
    sends = staticmethod(stems.delivery_stem)


class DeliveryContactSheet(File):
    """All shots of the film on one sheet."""

    noun, verb, find = "deliveries", "contact_sheet", staticmethod(delivery_for)
    sends = staticmethod(media.delivery_contact_sheet)


class DeliveryPoster(File):
    """One frame of the film."""

    noun, verb, find, kind = "deliveries", "poster", staticmethod(delivery_for), "image/jpeg"
    sends = staticmethod(media.delivery_poster)
