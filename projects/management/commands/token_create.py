"""Make a token for the API: `manage.py token_create ada --scope read --scope make [--name …] [--days 90]`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError
from projects.models import Scope
from projects.services.tokens import LIFETIME_DAYS, token_create


class Command(BaseCommand):
    """Prints the secret alone on standard output, so that a script can keep it."""

    help = "Make a token for the API and print it; it is told only once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("username")
        parser.add_argument("--scope", action="append", choices=Scope.values, help="repeatable")
        parser.add_argument("--name", default="made on the command line")
        parser.add_argument("--days", type=int, default=LIFETIME_DAYS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"username={options['username']!r} is nobody here")
        try:
            token, secret = token_create(
                user=user,
                name=options["name"],
                scopes=options["scope"] or [Scope.READ],
                days=options["days"],
            )
        except ApexError as err:
            raise CommandError(err.message) from err
        until = f"{token.expires_at:%Y-%m-%d}"
        self.stderr.write(f"{', '.join(token.scopes)} as {user.username} until {until}; told once:")
        self.stdout.write(secret)
