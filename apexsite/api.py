"""All addresses of the REST API, version 1, and its description."""

from __future__ import annotations

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from projects.api.doors import Door

app_name = "api"


class Description(SpectacularAPIView):
    """The description of this API; it tells nothing of any production, so anyone may read it."""

    authentication_classes = Door.authentication_classes


urlpatterns = [
    path("schema/", Description.as_view(), name="schema"),
    path("", include("projects.api.urls")),
    path("", include("characters.api.urls")),
    path("", include("renders.api.urls")),
]
