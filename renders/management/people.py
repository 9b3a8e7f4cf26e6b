"""The five people of the demo, one for each role, with passwords of this machine's own."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User

from projects.models import Membership, Project, Role
from projects.services.projects import member_add

PEOPLE: dict[str, tuple[str, str]] = {
    "ada": ("Ada", Role.OWNER),
    "dora": ("Dora", Role.DIRECTOR),
    "ben": ("Ben", Role.ARTIST),
    "cleo": ("Cleo", Role.REVIEWER),
    "vic": ("Vic", Role.VIEWER),
}
WORDS = (
    "amber",
    "birch",
    "cobalt",
    "delta",
    "ember",
    "fjord",
    "gravel",
    "harbor",
    "indigo",
    "juniper",
)


def passwords_path() -> Path:
    """Return where this machine keeps the passwords of the demo people."""
    return Path(settings.VAR_DIR) / "demo-logins.json"


def people_ensure() -> dict[str, str]:
    """Make the demo people where they are missing; returns user name → password."""
    path = passwords_path()
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    for username, (first_name, _) in PEOPLE.items():
        if username in known and User.objects.filter(username=username).exists():
            continue
        known[username] = (
            f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
        )
        user, _ = User.objects.get_or_create(username=username, defaults={"first_name": first_name})
        user.is_staff = username == "ada"
        user.is_superuser = False
        user.set_password(known[username])
        user.save()
    _ada_keeps_the_site()
    path.write_text(json.dumps(known))
    path.chmod(0o600)
    return known


def _ada_keeps_the_site() -> None:
    """Let Ada into every room of the admin; she stays an owner like any other in the projects themselves."""
    keepers, _ = Group.objects.get_or_create(name="Keepers of the site")
    keepers.permissions.set(
        Permission.objects.filter(content_type__app_label__in=("projects", "characters", "renders"))
    )
    User.objects.get(username="ada").groups.add(keepers)


def people_join(project: Project, owner: User) -> None:
    """Give each of the demo people their role in a project."""
    for username, (_, role) in PEOPLE.items():
        member = User.objects.get(username=username)
        if not Membership.objects.filter(project=project, user=member, role=role).exists():
            member_add(user=owner, project=project, member=member, role=role)
