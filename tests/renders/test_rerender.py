"""Pictures made again from their recipes alone, in this process and in a new one with nothing kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from apexsite.kit.errors import BackendError, CredentialsRefused, InputError, NotAllowed
from projects.models import Event, Shot
from projects.services.projects import project_mark_commercial
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import RenderedImage
from renders.engine.imaging.distance import distance, pixels_sha256
from renders.engine.imaging.software import differences, software_of
from renders.models import RenderJob, RerenderProof, Variant
from renders.services.jobs import run_until_done
from renders.services.media import media_path
from renders.services.recipes import request_from_recipe
from renders.services.rerenders import rerender, rerender_request, sample_of
from renders.services.uploads import variant_upload
from renders.services.variants import variants_request
from tests.factories import first_shot

ROOT = Path(__file__).resolve().parents[2]


def drawn(episode, ada, **more) -> Variant:
    shot = first_shot(episode)
    run_until_done(variants_request(user=ada, shot=shot, count=1, **more))
    return Variant.objects.select_related("media").order_by("-created_at")[0]


def test_software_names_what_draws_and_the_machine():
    found = software_of("storyboard")
    assert {"python", "numpy", "scipy", "pillow", "machine", "system"} == set(found)
    told = differences({"numpy": "1", "torch": None, "scipy": "2"}, {"numpy": "2", "scipy": "2"})
    assert [str(one) for one in told] == ["numpy 1 → 2"]


def test_distance_is_none_for_equal_pictures_and_known_for_a_known_step():
    grey = np.full((70, 40, 3), 100, np.uint8)
    assert distance(grey, grey).is_none
    other = grey.copy()
    other[0, 0] = (110, 110, 110)
    apart = distance(grey, other)
    assert apart.most == 10
    assert apart.psnr_db == pytest.approx(10 * np.log10(255**2 / (100 / (70 * 40))))
    assert apart.share_changed == pytest.approx(1 / 2800)
    assert 0.0 < apart.delta_e_mean < 0.01
    with pytest.raises(InputError, match="size="):
        distance(grey, grey[:10])


def test_a_storyboard_is_the_same_bytes_though_its_file_is_gone(episode, ada):
    variant = drawn(episode, ada)
    shutil.rmtree(site.APEX_MEDIA_ROOT)
    proof = rerender(variant)
    assert proof.result == "same" and proof.values["is_as_expected"]
    assert hashlib.sha256(proof.content).hexdigest() == variant.media.sha256
    assert variant.recipe["software"]["scipy"] and variant.recipe["software"]["machine"]


class Unsteady:
    """An engine that draws a little otherwise each time, and a new version of it."""

    def __init__(self, *, seed: str = "exact") -> None:
        self.inner = BACKENDS.get("storyboard")
        self.capabilities = replace(self.inner.capabilities, seed=seed)

    def availability(self):
        return self.inner.availability()

    def render(self, request, progress) -> RenderedImage:
        image = self.inner.render(request, progress)
        pixels = image.pixels.copy()
        pixels[:9] += 3
        weights = {"name": "m", "fingerprint": "f2"}
        told = {**image.parameters, "device": "cuda", "weights": weights}
        return replace(image, pixels=pixels, engine_version="99", parameters=told)


@pytest.mark.parametrize(
    ("seed", "words"), [("exact", "promises the same bytes"), ("best_effort", "as a wish")]
)
def test_another_picture_is_measured_and_what_changed_is_named(
    episode, ada, monkeypatch, seed, words
):
    variant = drawn(episode, ada)
    monkeypatch.setitem(BACKENDS._entries, "storyboard", Unsteady(seed=seed))
    variant.recipe["software"]["numpy"] = "1.0"
    weights = {"name": "m", "fingerprint": "f1"}
    variant.recipe["parameters"] |= {"device": "cpu", "weights": weights}
    proof = rerender(variant)
    assert proof.result == "different"
    assert 0 < proof.values["delta_e_mean"] < 3 and 30 < proof.values["psnr_db"] < 70
    assert "numpy 1.0 → " in proof.values["words"] and "engine version" in proof.values["words"]
    assert words in proof.values["words"]
    told = {one["what"]: (one["was"], one["now"]) for one in proof.values["differences"]}
    assert told["device"] == ("cpu", "cuda") and told["weights fingerprint"] == ("f1", "f2")
    assert "weights name" not in told
    shutil.rmtree(site.APEX_MEDIA_ROOT)
    lost = rerender(variant).values
    assert lost["psnr_db"] is None and "is not known" in lost["words"]


def test_a_steady_engine_that_draws_otherwise_on_the_same_software_is_a_fault(
    episode, ada, monkeypatch
):
    variant = drawn(episode, ada)
    backend = Unsteady()
    monkeypatch.setitem(BACKENDS._entries, "storyboard", backend)
    variant.recipe["engine_version"] = "99"
    assert not rerender(variant).values["is_as_expected"]


def test_the_way_an_engine_chose_and_its_loras_are_held_against_each_other():
    from renders.services.rerenders import _environment

    was = {
        "drawn_at": [112, 64], "rungs": [], "left_out": [], "memory": {"vae_tiling": False},
        "loras": [{"file": "warm.safetensors", "scale": 1.0, "fingerprint": "f1"}],
    }  # fmt: skip
    assert differences(_environment(was), _environment(dict(was))) == ()
    now = {
        "drawn_at": [80, 48], "rungs": ["tiled", "smaller"], "left_out": ["strength"],
        "memory": {"vae_tiling": True},
        "loras": [{"file": "warm.safetensors", "scale": 1.0, "fingerprint": "f2"}],
    }  # fmt: skip
    told = {
        one.what: (one.was, one.now) for one in differences(_environment(was), _environment(now))
    }
    assert told == {
        "drawn at": ("112 × 64", "80 × 48"), "rungs": ("", "tiled; smaller"),
        "left out": ("", "strength"), "tiled decoding": ("off", "on"),
        "LoRA warm.safetensors": ("f1", "f2"),
    }  # fmt: skip
    untold = {"loras": [{"file": "warm.safetensors", "scale": 1.0}]}
    (one,) = differences(_environment(untold), _environment(was))
    assert str(one) == "LoRA warm.safetensors not told → f1"


@pytest.mark.parametrize("engine", ["sdxl", "gemini", "storyboard"])
def test_a_recipe_that_names_no_model_is_drawn_by_the_one_that_drew_it(episode, ada, engine):
    recipe = drawn(episode, ada).recipe
    recipe |= {"backend": engine, "engine": engine, "parameters": {"model": "realvisxl-v5"}}
    its_own = "" if engine == "storyboard" else "realvisxl-v5"
    assert request_from_recipe(recipe).options.model == its_own
    assert request_from_recipe({**recipe, "engine": "another"}).options.model == ""
    named = {**recipe, "options": {"model": "sdxl-base-1.0"}}
    assert request_from_recipe(named).options.model == "sdxl-base-1.0"


class Vendor(Unsteady):
    """An engine elsewhere, with a price, that may be out of order."""

    def __init__(self, fault: BackendError | None = None, **changes: object) -> None:
        super().__init__(seed="best_effort")
        self.fault, self.asked = fault, 0
        self.capabilities = replace(self.capabilities, needs_network=True, cost_cents=4, **changes)

    def render(self, request, progress) -> RenderedImage:
        self.asked += 1
        if self.fault:
            raise self.fault
        return super().render(request, progress)


@pytest.mark.parametrize("fault", [None, CredentialsRefused("the key is old")])
def test_a_proof_by_a_vendor_leaves_a_receipt_also_where_it_fails(episode, ada, monkeypatch, fault):
    variant = drawn(episode, ada)
    monkeypatch.setitem(BACKENDS._entries, "storyboard", Vendor(fault))
    job = run_until_done(rerender_request(user=ada, variant=variant))
    attempt = job.tasks.get().attempts.get()
    (hop,) = attempt.receipt
    assert (hop["engine"], hop["fault"]) == ("storyboard", "auth" if fault else "")
    assert attempt.cost_cents == (0 if fault else 4)
    assert job.status == ("failed" if fault else "done")


def test_a_proof_tells_the_asking_before_the_one_that_drew(episode, ada, monkeypatch):
    variant = drawn(episode, ada)
    vendor, told = Vendor(), []
    plain = vendor.inner.render

    def render(request, progress):
        image = plain(request, progress)
        before = [{"code": "content_blocked", "fault": "content_blocked"}]
        return replace(image, parameters={**image.parameters, "asked_before": before})

    monkeypatch.setattr(vendor, "render", render)
    monkeypatch.setitem(BACKENDS._entries, "storyboard", vendor)
    rerender(variant, told=told.append)
    assert [hop.fault for hop in told] == ["content_blocked", ""]


def test_a_proof_asks_no_vendor_whom_the_site_or_the_licence_bars(
    episode, ada, monkeypatch, settings
):
    variant = drawn(episode, ada)
    barred = Vendor(is_commercial=False, licence="for study only", tier="final")
    monkeypatch.setitem(BACKENDS._entries, "storyboard", barred)
    project_mark_commercial(user=ada, project=episode.project, is_commercial=True)
    job = run_until_done(rerender_request(user=ada, variant=variant))
    assert job.status == "failed" and "for study only" in job.tasks.get().error
    project_mark_commercial(user=ada, project=episode.project, is_commercial=False)
    barred.capabilities = replace(barred.capabilities, needs_network=False)
    settings.APEX_CLOUD_ONLY = True
    job = run_until_done(rerender_request(user=ada, variant=variant))
    assert job.status == "failed" and "drawn elsewhere only" in job.tasks.get().error
    assert not barred.asked


def png(shade: int) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (192, 108), (shade, shade, 90)).save(buffer, "PNG")
    return buffer.getvalue()


def test_an_upload_is_verified_not_made_again(episode, ada):
    shot = first_shot(episode)
    variant = variant_upload(user=ada, shot=shot, tier="storyboard", content=png(9), name="a.png")
    found = rerender(variant)
    assert found.result == "verified" and found.content == b""
    assert "nothing can make it again" in found.values["words"]
    path = media_path(variant.media)
    path.chmod(0o644)
    path.write_bytes(b"other")
    assert rerender(variant).result == "damaged"
    path.unlink()
    assert rerender(variant).result == "lost"


def test_a_recipe_of_a_newer_apex_is_refused_in_words(episode, ada):
    variant = drawn(episode, ada)
    variant.recipe["schema"] = "apex.recipe/7"
    with pytest.raises(InputError, match=r"newer Apex.*version 7.*update Apex"):
        rerender(variant)


def test_a_proof_is_a_job_asked_once_and_kept_as_a_row(episode, ada, vic):
    variant = drawn(episode, ada)
    with pytest.raises(NotAllowed):
        rerender_request(user=vic, variant=variant)
    job = rerender_request(user=ada, variant=variant)
    assert rerender_request(user=ada, variant=variant) == job
    run_until_done(job)
    row = RerenderProof.objects.get()
    assert (row.result, row.asked_by, row.task.job) == ("same", ada, job)
    assert Event.objects.filter(verb="variant.proved").count() == 1
    assert RenderJob.objects.filter(kind="rerender").count() == 1


def test_a_sample_is_the_same_for_the_same_seed_and_proved_by_the_command(episode, ada):
    for shot in Shot.objects.filter(scene__episode=episode)[:3]:
        run_until_done(variants_request(user=ada, shot=shot, count=2))
    first = [v.pk for v in sample_of(episode, count=3, seed=4)]
    assert first == [v.pk for v in sample_of(episode, count=3, seed=4)]
    assert any(first != [v.pk for v in sample_of(episode, count=3, seed=s)] for s in range(5, 9))
    out = StringIO()
    call_command("rerender", sample=2, episode=str(episode.pk), seed=4, json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["seed"] == 4 and [proof["result"] for proof in told["proofs"]] == ["same", "same"]
    assert RerenderProof.objects.count() == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "--sample N"),
        ({"sample": 2}, "must be an id"),
        ({"sample": 2, "episode": "0b0e8a52-4f0e-4d6c-9a3e-0d6a2a0e7b11"}, "there is no episode"),
        ({"variant": "x"}, "must be an id"),
    ],
)
def test_the_command_says_what_it_wants(db, options, words):
    variant = [options.pop("variant")] if "variant" in options else []
    with pytest.raises(CommandError, match=words):
        call_command("rerender", *variant, **options)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_new_process_without_media_and_cache_makes_the_same_bytes(episode, ada, tmp_path):
    variant = drawn(episode, ada)
    if connection.vendor != "sqlite":
        pytest.skip("the second process is given a file of rows")
    shutil.rmtree(site.APEX_MEDIA_ROOT)
    empty, out = tmp_path / "empty", tmp_path / "again.png"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "apexsite.settings.dev",
        "APEX_VAR": str(empty),
        "APEX_MEDIA": str(empty / "media"),
    }
    environment.pop("APEX_DATABASE_URL", None)
    empty.mkdir()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(empty / "apex.sqlite3")])
    ended = subprocess.run(
        [sys.executable, "manage.py", "rerender", str(variant.pk), "--out", str(out), "--json"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["result"], told["differences"]) == ("same", [])
    assert hashlib.sha256(out.read_bytes()).hexdigest() == variant.media.sha256
    assert not (empty / "media").exists()
    pixels = np.asarray(Image.open(out).convert("RGB"))
    assert pixels_sha256(pixels) == variant.recipe["pixels_sha256"]
