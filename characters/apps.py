"""The characters app."""

from django.apps import AppConfig


class CharactersConfig(AppConfig):
    """Wing 2: the person."""

    name = "characters"
