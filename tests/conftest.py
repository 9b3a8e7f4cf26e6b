"""People, a project, and what every test stands on: temporary media, no network."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

TIER_PACKAGES = {
    "vision": ("cv2", "mediapipe"),
    "gen": ("torch", "diffusers"),
    "stage": (),
    "hosted": ("edge_tts", "huggingface_hub", "httpx2"),
}
LEAST_TESTS = 3200
"""Fewer collected tests than this fail CI: tests that vanish are noticed. Raise it as the suite grows."""

ROLES = {"ada": "owner", "dora": "director", "ben": "artist", "cleo": "reviewer", "vic": "viewer"}


def pytest_configure(config: pytest.Config) -> None:
    """Declare a mark for each tier that has tests of its own."""
    for tier in TIER_PACKAGES:
        config.addinivalue_line("markers", f"{tier}: needs the {tier} tier")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests of tiers that are not asked for, and say how many."""
    asked = os.environ.get("APEX_TIERS", "core dev").split()
    out = [
        i for i in items if any(i.get_closest_marker(t) for t in TIER_PACKAGES if t not in asked)
    ]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
        print(f"\n{len(out)} tests of absent tiers deselected (tiers: {' '.join(asked)})")
    is_whole_suite = not config.invocation_params.args or not any(
        str(argument).startswith("tests") for argument in config.invocation_params.args
    )
    if os.environ.get("CI") and is_whole_suite and len(items) < LEAST_TESTS:
        raise pytest.UsageError(f"{len(items)} tests collected, {LEAST_TESTS} expected at least")
    for tier in asked:
        lacking = [p for p in TIER_PACKAGES.get(tier, ()) if importlib.util.find_spec(p) is None]
        if lacking and os.environ.get("CI"):
            raise pytest.UsageError(f"tier {tier} is asked for but {lacking} is not installed")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):  # type: ignore[no-untyped-def]
    """Turn a skip into a failure under CI: what users rely on must run there."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"


@pytest.fixture(autouse=True)
def media_root(tmp_path: Path, settings) -> Path:  # type: ignore[no-untyped-def]
    """Give each test a media folder of its own."""
    settings.APEX_MEDIA_ROOT = tmp_path / "media"
    settings.APEX_OUTPUT_ROOT = tmp_path / "outputs"
    settings.APEX_MODELS_ROOT = tmp_path / "models"
    settings.APEX_ONLINE_VOICE = ""
    settings.APEX_WRITER_URL = ""
    return tmp_path / "media"


def person(name: str):  # type: ignore[no-untyped-def]
    """Make a user called `name`."""
    from django.contrib.auth.models import User

    return User.objects.create_user(name, password=f"{name}-password", first_name=name.title())


@pytest.fixture
def ada(db):  # type: ignore[no-untyped-def]
    """Ada owns the project."""
    return person("ada")


@pytest.fixture
def dora(db):  # type: ignore[no-untyped-def]
    """Dora directs: she approves."""
    return person("dora")


@pytest.fixture
def ben(db):  # type: ignore[no-untyped-def]
    """Ben makes pictures."""
    return person("ben")


@pytest.fixture
def cleo(db):  # type: ignore[no-untyped-def]
    """Cleo reviews and recommends."""
    return person("cleo")


@pytest.fixture
def vic(db):  # type: ignore[no-untyped-def]
    """Vic looks."""
    return person("vic")


@pytest.fixture
def dan(db):  # type: ignore[no-untyped-def]
    """Dan is a stranger."""
    return person("dan")


@pytest.fixture
def project(ada, dora, ben, cleo, vic):  # type: ignore[no-untyped-def]
    """A small project with everybody in their role but Dan, who is a stranger."""
    from projects.services.projects import member_add, project_create

    made = project_create(user=ada, name="Night Bus", width=192, height=108)
    for member in (dora, ben, cleo, vic):
        member_add(user=ada, project=made, member=member, role=ROLES[member.username])
    return made


SCRIPT = b"""Title: Night Bus

INT. COURTROOM - DAY

MARA VOSS (50s), a judge with silver hair, looks up.

MARA
You were there.

IVO (30s), thin, in a grey coat, does not move. A TAPE RECORDER on the table.

IVO
I was asleep on the night bus.

EXT. STREET - NIGHT

Rain. Neon. Ivo walks away.
"""


@pytest.fixture
def episode(project, ada):  # type: ignore[no-untyped-def]
    """The project's first episode with a two-scene script broken down."""
    from characters.services.scripts import script_import
    from projects.services.scripts import episode_first

    return script_import(
        user=ada, episode=episode_first(project), content=SCRIPT, name="night_bus.fountain"
    )
