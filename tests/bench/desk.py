"""CPU of a page of a hundred shots, ours against Zou's, in a production of a thousand. Run it: `make bench WHAT=desk`.

Ours: the board's whole first page with ten variants a shot, database and templates in one web process (SQLite).
Theirs: the JSON of an episode of a hundred shots with four tasks each, web process and PostgreSQL apart.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.sides import Side, free_port, wait_for
from tests.bench.zou_side import VERSION, zou_side

MOST_RATIO = 0.5
ROUNDS, REQUESTS, WARM_UPS = 5, 30, 3
ROOT = Path(__file__).resolve().parents[2]
SEED = """
from django.contrib.auth.models import User
from django.test import Client
from tests.bench.desk_rows import production
ada = User.objects.create_user("ada", password="bench-password")
project, client = production(ada), Client()
client.force_login(ada)
print(project.pk, client.cookies["sessionid"].value)
"""


def apex_side(folder: Path) -> Side:
    """Start and fill Apex in a folder, as `make serve` does, without a worker."""
    environment = {
        **os.environ,
        "APEX_VAR": str(folder / "apex"),
        "DJANGO_SETTINGS_MODULE": "apexsite.settings.dev",
    }
    for name in ("APEX_DATABASE_URL", "APEX_REDIS_URL", "APEX_MEDIA"):
        environment.pop(name, None)
    _manage(environment, "migrate", "--verbosity", "0")
    project, session = _manage(environment, "shell", "--no-imports", "-c", SEED).split()[-2:]
    port, log = free_port(), folder / "apex.log"
    with log.open("wb") as output:
        web = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "apexsite.asgi:application", "--port", str(port),
             "--log-level", "warning"],
            env=environment, cwd=ROOT, stdout=output, stderr=output,
        )  # fmt: skip
    wait_for(port, web, log)
    headers = {"Cookie": f"sessionid={session}"}
    side = Side("apex", port, f"/projects/{project}/", headers, web.pid, None, [web])
    page = side.ask()
    if page.count(b'<article class="card"') != 100 or b"1000 shots" not in page:
        side.stop()
        raise RuntimeError("the board does not show a hundred of a thousand shots")
    return side


def _manage(environment: dict[str, str], *words: str) -> str:
    ended = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise RuntimeError(f"manage.py {words[0]} failed:\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def measured(side: Side) -> dict[str, float]:
    """Return milliseconds a request over serial requests: CPU of web and database, and wall."""
    side.connect_anew()
    for _ in range(WARM_UPS):
        side.ask()
    web, database = side.spent()
    began = perf_counter()
    for _ in range(REQUESTS):
        size = len(side.ask())
    wall = perf_counter() - began
    web_after, database_after = side.spent()
    a_request = 1000 / REQUESTS
    return {
        "web_cpu_ms": (web_after - web) * a_request,
        "database_cpu_ms": (database_after - database) * a_request,
        "wall_ms": wall * a_request,
        "kib": size / 1024,
    }


def rounds_of(sides: list[Side]) -> dict[str, list[dict[str, float]]]:
    """Measure the sides by turns, each round beginning with another one."""
    found: dict[str, list[dict[str, float]]] = {side.name: [] for side in sides}
    for number in range(ROUNDS):
        for side in sides if number % 2 == 0 else reversed(sides):
            found[side.name].append(measured(side))
    return found


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure over the rounds."""
    return {name: round(statistics.median(r[name] for r in rounds), 2) for name in rounds[0]}


def cpu(row: dict[str, float]) -> float:
    """Return all the CPU of a request."""
    return row["web_cpu_ms"] + row["database_cpu_ms"]


def main() -> int:
    """Measure, print one JSON object and one line, and return the exit status."""
    keep = Path(tempfile.gettempdir()) / "apex-bench-desk"
    keep.mkdir(exist_ok=True)
    absence, sides = "", []
    with tempfile.TemporaryDirectory(prefix="apex-bench-") as name:
        folder = Path(name)
        try:
            sides.append(apex_side(folder))
            try:
                sides.append(zou_side(keep))
            except (RuntimeError, OSError, ImportError) as error:
                absence = str(error)
            rounds = rounds_of(sides)
        finally:
            for side in sides:
                side.stop()
    return report(rounds, absence)


def report(rounds: dict[str, list[dict[str, float]]], absence: str) -> int:
    """Print what was measured; 1 when the ratio is over the bound, 2 when there was nothing to compare with."""
    ours = medians(rounds["apex"])
    if "zou" not in rounds:
        print(json.dumps({"apex": ours}))
        print(f"desk: {cpu(ours):.1f} ms CPU for our page of 100 shots; Zou {VERSION} did not run")
        print(f"here, so nothing is said of the ratio (bound {MOST_RATIO}). Why: {absence}")
        return 2
    theirs = medians(rounds["zou"])
    pairs = list(zip(rounds["apex"], rounds["zou"], strict=True))
    ratios = [cpu(mine) / cpu(other) for mine, other in pairs]
    ratio = statistics.median(ratios)
    web_only = statistics.median(cpu(mine) / other["web_cpu_ms"] for mine, other in pairs)
    facts = {
        "apex": ours,
        f"zou {VERSION}": theirs,
        "cpu_ratio_median": round(ratio, 3),
        "cpu_ratios": [round(value, 3) for value in ratios],
        "ratio_to_their_web_process_alone": round(web_only, 3),
        "bound": MOST_RATIO,
    }
    print(json.dumps(facts))
    verdict = "met" if ratio <= MOST_RATIO else "failed"
    print(
        f"desk: {cpu(ours):.1f} ms against {cpu(theirs):.1f} ms CPU for a page of 100 of 1,000 shots: "
        f"{ratio:.2f} (bound {MOST_RATIO}): {verdict}"
    )
    return 0 if verdict == "met" else 1


if __name__ == "__main__":
    sys.exit(main())
