"""Jobs of a kind that only tests have: one task or more, done by a function in `tests.renders.probes`."""

from __future__ import annotations

import pytest

from tests.renders import probes
from tests.servers import postgres_url  # noqa: F401


@pytest.fixture
def probe(project, ben, settings):
    """Return a maker of jobs: `probe("publishes", tasks=3)`."""
    settings.APEX_EXTRA_RUNNERS = {name: f"tests.renders.probes.{name}" for name in probes.NAMES}

    def make(kind="publishes", *, tasks=1, user=ben, **more):
        from renders.services.jobs import job_create

        requests = more.pop("requests", [{"n": n} for n in range(tasks)])
        return job_create(
            user=user, project=project, kind=kind, title=f"probe {kind}", requests=requests, **more
        )

    probes.calls.clear()
    return make
