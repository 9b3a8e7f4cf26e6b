"""An episode by one command: a lot of its pictures is made again, a folder holds what was found, a second run resumes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from projects.models import Shot
from renders.readings.episodes import in_words
from renders.services.episodes import POLICY, approved_in_order, proof_lot
from renders.services.reviews import review_approve
from tests.factories import variant_of

ROOT = Path(__file__).resolve().parents[2]


def test_a_lot_is_the_same_for_the_same_seed_and_stands_in_the_films_order(episode) -> None:  # type: ignore[no-untyped-def]
    for shot in Shot.objects.filter(scene__episode=episode):
        variant_of(shot)
        variant_of(shot, number=2)

    def lot(sample: int | None, seed: int) -> list[tuple[str, int]]:
        found = proof_lot(episode, tier="storyboard", sample=sample, seed=seed)
        return [(one.shot.code, one.number) for one in found]

    whole = lot(None, 0)
    assert len(whole) == 2 * Shot.objects.filter(scene__episode=episode).count()
    assert lot(999, 0) == whole == sorted(whole)
    assert lot(4, 7) == lot(4, 7) == sorted(lot(4, 7))
    assert len({tuple(lot(4, seed)) for seed in range(6)}) > 1


def test_the_approved_stand_in_the_order_of_the_film(episode, dora) -> None:  # type: ignore[no-untyped-def]
    shots = list(Shot.objects.filter(scene__episode=episode).order_by("scene__number", "order"))
    for shot in reversed(shots):
        review_approve(user=dora, variant=variant_of(shot))
    found = approved_in_order(episode, tier="storyboard")
    assert [one.shot_id for one in found] == [shot.pk for shot in shots]


REPORT: dict[str, Any] = {
    "title": "The Lost Ferry", "scenes": 2, "shots": 1, "sample": "8", "seed": 3,
    "script": {
        "credit": "Outline by somebody",
        "hops": [{"model": "glm-4.6", "fault": "auth", "words": "no such key"}],
    },
    "tiers": [{
        "tier": "storyboard", "engine": "sketch", "stand_in": "", "pictures": 2, "policy": POLICY,
        "scores": {"mean": 0.8, "least": 0.7, "least_of": "s01_010", "most": 0.9, "criteria": {"style": 0.5}},
        "drift": {"words": "limit 0.20", "alarms": ["s01_010"], "wanders_from": "s01_010"},
        "made_again": {"chosen": 2, "as_promised": 1, "results": {"same": 1, "failed": 1}},
        "files": {"contact_sheet": "/a/sheet.png", "drift_png": "/a/drift.png"},
        "shots": [{"code": "s01_010", "place": "Bar", "size": "MS", "score": 0.7, "drift": 0.3,
                   "is_over": True, "issues": ["too green"]}],
    }],
    "seconds": {"script": 1.0, "variants": 2.5},
}  # fmt: skip


def test_the_report_says_who_wrote_who_approved_what_drifted_and_what_was_made_again() -> None:
    words = in_words(REPORT)
    for told in (
        "Outline by somebody.",
        "Asked first: glm-4.6 (auth): no such key.",
        "Approved by policy, not by a person: the highest score",
        "over it: s01_010. The look wanders since s01_010.",
        "a lot of 8, seed 3): 1 of 2 as promised; 1 same, 1 failed",
        "| s01_010 | Bar | MS | 0.700 | 0.300 | too green |",
        "![Drift](drift.png)",
        "Seconds: 3.5 in all",
    ):
        assert told in words, told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--sample", "0"), "sample='0'"),
        (("--sample", "some"), "or 'all'"),
        (("--lines", "101"), "lines=101"),
        (("--variants", "9"), "variants=9"),
        (("--shots", "500"), "1 to 120"),
        (("--style", "opera"), "style='opera'"),
        (("--writer", "endpoint"), "APEX_WRITER_URL"),
        (("--engine", "gemini"), "engine='gemini' does not draw storyboard"),
        (("--engine", "crayon"), "engine='crayon' does not draw storyboard"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_before_anything_is_drawn(db, wrong, told) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CommandError, match=told):
        call_command("episode", "--topic", "a ferry", "--json", *wrong)


@pytest.mark.slow
def test_one_command_makes_an_episode_and_the_second_run_makes_nothing_new(tmp_path: Path) -> None:
    environment = {
        **os.environ, "APEX_VAR": str(tmp_path / "var"), "APEX_WRITER_URL": "",
        "DJANGO_SETTINGS_MODULE": "apexsite.settings.dev",
    }  # fmt: skip
    for name in ("APEX_DATABASE_URL", "APEX_MEDIA", "APEX_OUTPUT"):
        environment.pop(name, None)

    def manage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment,
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    manage("migrate", "--verbosity", "0")
    out = tmp_path / "episode"
    command = (
        "episode", "--topic", "the ledger that was never signed", "--shots", "3", "--variants", "2",
        "--lines", "144", "--sample", "4", "--out", str(out), "--json",
    )  # fmt: skip
    report = json.loads(manage(*command))
    (tier,) = report["tiers"]
    assert (report["shots"], len(tier["shots"]), tier["pictures"]) == (3, 3, 6)
    assert report["script"]["writer"] == "outline"
    assert tier["made_again"]["results"] == {"same": 4}
    assert all(0 < shot["score"] <= 1 and shot["drift"] is not None for shot in tier["shots"])
    assert "no language model" in (out / "script.fountain").read_text()
    assert (out / "drift-storyboard.svg").read_text().startswith("<svg")
    for name in ("contact-sheet-storyboard.png", "drift-storyboard.png"):
        assert (out / name).read_bytes().startswith(b"\x89PNG")
    assert "4 of 4 as promised" in (out / "report.md").read_text()
    again = json.loads(manage(*command))
    assert {k: v for k, v in again.items() if k != "seconds"} == {
        k: v for k, v in report.items() if k != "seconds"
    }
