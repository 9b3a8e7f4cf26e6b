"""doctor and models: what is here, what is missing, what it takes."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_doctor_finds_what_the_main_job_needs(db):
    report = json.loads(run("doctor", "--json"))
    rows = {row["name"]: row for row in report["rows"]}
    assert report["ok"]
    assert rows["ffmpeg"]["is_present"]
    assert rows["storyboard"]["is_present"]


def test_what_is_missing_comes_with_the_command_that_gets_it(db):
    report = json.loads(run("doctor", "--json"))
    missing = [r for r in report["rows"] if not r["is_present"] and r["kind"] == "library"]
    assert all(row["remedy"].startswith("make install TIER=") for row in missing)


def test_a_missing_ffmpeg_is_named_and_the_doctor_fails(db, monkeypatch):
    from apexsite.kit import ffmpeg

    monkeypatch.setenv("APEX_FFMPEG", "/nowhere/ffmpeg")
    ffmpeg.ffmpeg_path.cache_clear()
    try:
        with pytest.raises(SystemExit):
            run("doctor")
    finally:
        ffmpeg.ffmpeg_path.cache_clear()


def test_models_are_listed_and_those_present_verify(db):
    assert "espeak" in run("models", "list")
    assert "verified" in run("models", "verify")


def test_an_unknown_model_lists_the_known_ones(db):
    with pytest.raises(CommandError, match="valid:"):
        run("models", "fetch", "no-such-model")


def test_the_doctor_names_a_model_that_ends_soon(db):
    from datetime import timedelta

    from django.utils import timezone

    from renders.models import LedgerEntry

    day = timezone.localdate() + timedelta(9)
    LedgerEntry.objects.filter(model_id="gemini-3-pro-image").update(site_sunset=day)
    told = run("doctor")
    assert "ENDS     sunset   gemini-3-pro-image" in told
    assert "is withdrawn in 9 days" in told


def test_the_ledger_is_listed_as_json_and_synced(db):
    rows = {row["id"]: row for row in json.loads(run("models", "list", "--json"))}
    assert rows["gemini-2.5-flash-image"]["replacement"] == "gemini-3.1-flash-image"
    assert rows["sdxl-base-1.0"]["sha256"] and rows["juggernaut-xl"]["sha256"] is None
    assert run("models", "sync") == "0 added, 0 changed\n"
