"""The base app."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Ground of all apps."""

    name = "apexsite.base"
    label = "base"
