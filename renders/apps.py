"""The renders app."""

from django.apps import AppConfig


class RendersConfig(AppConfig):
    """Wing 3: the picture."""

    name = "renders"
