"""Doors to recorded lines: brought as the sound file itself, listed, heard, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from apexsite.base.api.schema import example
from apexsite.base.api.versions import answer_with_etag
from apexsite.kit.errors import InputError, NotFound
from projects import access
from projects.api.doors import Door, Rows
from projects.api.serializers import AT, UUID
from projects.models import Episode, Shot
from renders.engine.sound.recording import MOST_BYTES
from renders.models import LineRecording
from renders.readings.line import recordings_of
from renders.services.recordings import recording_remove, recording_upload

NAME = OpenApiParameter("name", str, description="What the file is called; at most 200 letters.")


class SoundFile(BaseParser):
    """Takes the body as it comes, whatever it calls itself, and no more of it than a recording may have."""

    media_type = "*/*"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, context: Mapping[str, Any] | None = None
    ) -> bytes:  # fmt: skip
        """Return the bytes; one more than allowed where there are too many."""
        return bytes(stream.read(MOST_BYTES + 1))


@extend_schema_serializer(
    examples=example(
        {"shot": UUID, "shot_code": "s01_020", "text": "Order!", "is_current": True,
         "file_name": "order take 3.wav", "seconds": 1.42,
         "facts": {"codec": "pcm_s16le", "channels": 1, "rate_hz": 48000, "file_seconds": 2.1},
         "uploaded_by": "ben", "updated_at": AT}
    )
)  # fmt: skip
class RecordingShown(serializers.ModelSerializer[LineRecording]):
    """A recorded line; it is played while the shot's words are those it was recorded for (`is_current`)."""

    shot_code = serializers.CharField(source="shot.code")
    is_current = serializers.SerializerMethodField()
    facts = serializers.DictField()
    uploaded_by = serializers.CharField(
        source="uploaded_by.username", default=None, allow_null=True
    )

    class Meta:
        model = LineRecording
        fields = (
            "shot", "shot_code", "text", "is_current", "file_name", "seconds", "facts",
            "uploaded_by", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_is_current(self, recording: LineRecording) -> bool:
        """Return whether the words are still the same."""
        return recording.text == recording.shot.dialogue


class Recordings(Rows):
    """The recorded lines of a film, shot by shot."""

    noun, shows, find = "recordings", RecordingShown, staticmethod(access.episode_for)
    order = ("shot__scene__number", "shot__order", "created_at")

    def rows(self, parent: Episode) -> QuerySet[LineRecording]:
        """Return them."""
        return recordings_of(parent)


class ShotRecording(Door):
    """The recording of a shot's line: read it, bring one in its place, take it back."""

    noun, find, shows = "recordings", staticmethod(access.shot_for), RecordingShown
    parser_classes = [SoundFile]
    http_method_names = ("get", "head", "put", "delete")

    @extend_schema(operation_id="recordings_read", tags=["recordings"], responses=RecordingShown)
    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Return what is known of it."""
        return answer_with_etag(request, self.shown(_of(self.found("view"))))

    @extend_schema(
        operation_id="recordings_bring",
        tags=["recordings"],
        parameters=[NAME],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: RecordingShown},
    )
    def put(self, request: Request, **_: Any) -> HttpResponseBase:
        """Take the body as the recording: WAV, MP3, M4A, FLAC or Ogg; the same file again changes nothing."""
        shot = self.found(self.right)
        name = request.query_params.get("name", "recording")[:200]
        if "\x00" in name:
            raise InputError("name holds NUL")
        content = request.data if isinstance(request.data, bytes) else b""
        if not content:
            raise InputError("the body must be a sound file: WAV, MP3, M4A, FLAC or Ogg")
        recording_upload(user=request.user, shot=shot, content=content, name=name)
        return Response(self.shown(_of(shot)))

    @extend_schema(operation_id="recordings_remove", tags=["recordings"], responses={204: None})
    def delete(self, request: Request, **_: Any) -> HttpResponseBase:
        """Take it back, so that the voice speaks again; where there is none nothing happens."""
        recording_remove(user=request.user, shot=self.found(self.right))
        return HttpResponse(status=204)


def _of(shot: Shot) -> LineRecording:
    recording = (
        LineRecording.objects.select_related("shot", "uploaded_by").filter(shot=shot).first()
    )
    if recording is None:
        raise NotFound(f"shot {shot.code} has no recording")
    return recording
