"""Compile what is compiled on first use, so that no user waits for it: `manage.py warm [--beats]`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from renders.engine.timeline.beats import warm_up as warm_beats
from renders.engine.warm import warm_painter


class Command(BaseCommand):
    """Fills the compiler's cache; the second run takes a second."""

    help = "Compile the frame resampler, and with --beats the beat tracker too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--beats", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile."""
        warm_painter()
        if options["beats"]:
            warm_beats()
