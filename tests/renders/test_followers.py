"""Engines that take over: what the rules say of them at every attempt, and what a recipe keeps of the first one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apexsite.kit.errors import BackendError, QuotaSpent
from apexsite.kit.progress import NullProgress
from projects.engine.fallback import Fallback
from renders.bridge import image_request
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.options import LoraUse, PictureOptions
from renders.engine.imaging.receipt import Hop
from renders.models import LedgerEntry, Variant
from renders.services.engines import Policy, picture_draw
from renders.services.jobs import run_until_done
from renders.services.variants import variants_request
from tests.factories import first_shot


class Named:
    """The storyboard under another name, with or without a fault."""

    def __init__(self, name: str, fault: Exception | None = None, **changes: object) -> None:
        self.inner, self.fault, self.asked = BACKENDS.get("storyboard"), fault, 0
        self.capabilities = replace(self.inner.capabilities, name=name, **changes)

    def availability(self):
        return self.inner.availability()

    def render(self, request, progress):
        self.asked += 1
        if self.fault:
            raise self.fault
        return self.inner.render(request, progress)


@pytest.fixture
def two(monkeypatch):
    """An engine out of money, and one elsewhere that follows it."""
    first = Named("first", QuotaSpent("no money is left"))
    second = Named("second", needs_network=True)
    monkeypatch.setattr(BACKENDS, "_entries", {"first": first, "second": second})
    return first, second


BEFORE = [
    Hop("first", "second", code="backend", fault="quota", reason="no money is left"),
    Hop("second", "second", code="backend", fault="transient", reason="the line broke"),
]


def again(shot, policy=Fallback.ANY, **more):
    """Draw on from where a follower was to be asked once more."""
    request, _ = image_request(shot, width=96, height=54, variant_index=0)
    policy = Policy(policy, tries=3)
    return picture_draw("first", request, NullProgress(), policy=policy, before=BEFORE, **more)


def test_a_retry_goes_on_with_the_follower_while_the_rules_let_it(episode, two):
    assert again(first_shot(episode)).engine == "second"
    assert two[0].asked == 0


@pytest.mark.parametrize("barred", ["by the production", "by its licence"])
def test_a_follower_barred_meanwhile_is_not_asked_again(episode, two, barred):
    told: list[Hop] = []
    rules = (
        {"policy": Fallback.HOUSE}
        if barred == "by the production"
        else {"may_draw": lambda name: False}
    )
    with pytest.raises(BackendError, match=r"the line broke \(second may not") as ended:
        again(first_shot(episode), told=told.append, **rules)
    assert (ended.value.fault, ended.value.retryable) == ("transient", False)
    assert two[1].asked == 0 and told == []


def test_a_stand_in_goes_on_whatever_the_production_says_of_followers(episode, monkeypatch):
    broken = Named("stage", tier="previz")
    monkeypatch.setitem(BACKENDS._entries, "stage", broken)
    before = [Hop("stage", "storyboard", code="not_available", fault="not_available", reason="x")]
    request, _ = image_request(first_shot(episode), width=96, height=54, variant_index=0)
    drawn = picture_draw(
        "stage", request, NullProgress(), policy=Policy(Fallback.NONE), before=before
    )
    assert drawn.engine == "storyboard" and broken.asked == 0


def test_a_picture_of_a_follower_does_not_name_the_first_ones_model(episode, ada, two, monkeypatch):
    for row in LedgerEntry.objects.filter(model_id__in=("realvisxl-v5", "hyper-sdxl-8step")):
        row.used_by = ["first"]
        row.save()
    two[1].capabilities = replace(two[1].capabilities, needs_network=False)
    options = PictureOptions(
        model="realvisxl-v5", loras=(LoraUse("hyper-sdxl-8step"),), tightness=0.25
    )
    shot = first_shot(episode)
    run_until_done(variants_request(user=ada, shot=shot, count=1, engine="first", options=options))
    recipe = Variant.objects.get().recipe
    assert (recipe["backend"], recipe["models"]) == ("second", [])
    assert recipe["options"] == {"tightness": 0.25}
