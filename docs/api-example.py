"""From a screenplay to a film file through the API alone: `python api-example.py http://127.0.0.1:8000 script.fountain film.mp4`.

The token, with the scopes read, make and approve, stands in APEX_TOKEN.
"""

import json
import os
import sys
import time
import urllib.request
import uuid
from pathlib import Path

HOST, SCRIPT, FILM = sys.argv[1:4]
API = f"{HOST}/api/v1/"


def ask(method, address, body=None):
    """Return the answer as a dict; a POST is done once however often it is sent."""
    headers = {"Authorization": f"Bearer {os.environ['APEX_TOKEN']}"}
    headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    data = None if body is None else json.dumps(body).encode()
    url = address if address.startswith("http") else API + address
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer) if "json" in answer.headers["Content-Type"] else answer.read()


def every(address):
    """Yield all rows of a list, page after page."""
    while address:
        page = ask("GET", address)
        yield from page["results"]
        address = page["next"]


def wait(job):
    """Return when a job is done."""
    while job["status"] in ("queued", "running"):
        time.sleep(0.5)
        job = ask("GET", f"jobs/{job['id']}/")
    assert job["status"] == "done", job["errors"]


project = ask("POST", "projects/", {"name": "Night Bus", "width": 640, "height": 360})
episode = next(every(f"projects/{project['id']}/episodes/"))["id"]
ask("POST", f"episodes/{episode}:import-script", {"text": Path(SCRIPT).read_text("utf-8")})
shots = list(every(f"episodes/{episode}/shots/"))
asked = [ask("POST", f"shots/{s['id']}:request-variants", {"count": 2}) for s in shots]
for job in [*asked, ask("POST", f"episodes/{episode}:speak")]:
    wait(job)
for shot in shots:
    drawn = every(f"episodes/{episode}/variants/?shot={shot['id']}")
    best = max(drawn, key=lambda one: one["score_total"])["id"]
    ask("POST", f"variants/{best}:approve", {"reason": "the highest score"})
cut = ask("POST", f"episodes/{episode}:build-cut", {})
wait(ask("POST", f"cuts/{cut['id']}:render", {"is_preview": True}))
delivery = next(every(f"episodes/{episode}/deliveries/?cut={cut['id']}"))
Path(FILM).write_bytes(ask("GET", HOST + delivery["film"]))
print(f"{len(shots)} shots, {delivery['frames']} frames, check {delivery['qc_verdict']}: {FILM}")
