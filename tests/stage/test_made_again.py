"""A previz picture made again from its recipe alone, drawn anew though the stage keeps what it drew. Needs `make stage`."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings

from projects.models import Shot
from renders.engine.imaging.stage import StageBackend, cache_root
from renders.models import Tier, Variant
from renders.services.jobs import run_until_done
from renders.services.recipes import request_from_recipe
from renders.services.rerenders import rerender
from renders.services.variants import variants_request

pytestmark = [pytest.mark.django_db, pytest.mark.stage, pytest.mark.slow]


def test_a_previz_picture_is_the_same_bytes_again_without_cache_and_media(
    monkeypatch, tmp_path, episode, ben
):
    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.setenv("APEX_VAR", str(tmp_path))
    shot = Shot.objects.filter(scene__episode=episode, castings__isnull=False).first()
    job = variants_request(user=ben, shot=shot, tier=Tier.PREVIZ, count=1, quality="sketch")
    run_until_done(job)
    variant = Variant.objects.select_related("media").get(task__job=job)
    kept = cache_root() / variant.recipe["parameters"]["kept_as"]
    assert kept.exists()
    StageBackend().forget(request_from_recipe(variant.recipe))
    assert not kept.exists()
    shutil.rmtree(settings.APEX_MEDIA_ROOT)
    shutil.rmtree(cache_root())
    proof = rerender(variant)
    assert kept.exists()
    assert (proof.result, proof.values["differences"]) == ("same", []), proof.values["words"]
