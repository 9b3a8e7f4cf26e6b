"""Addresses of websockets."""

from __future__ import annotations

from django.urls import path

from renders.consumers import ProjectConsumer

websocket_urlpatterns = [
    path("ws/projects/<uuid:project_id>/", ProjectConsumer.as_asgi()),
]
