"""The model ledger: what ships, what a site says, commercial productions, and models that are withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apexsite.kit.errors import InputError, LicenceRefused, ModelGone, NotAllowed
from projects.models import Event
from projects.services.projects import project_mark_commercial
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.options import LoraUse, PictureOptions
from renders.engine.models_manifest import load_manifest
from renders.models import Cut, LedgerChange, LedgerEntry, Variant
from renders.readings.licences import (
    ledger_lines,
    restricted_pictures,
    sunset_notices,
)
from renders.services.jobs import run_until_done
from renders.services.ledger import film_permit, model_resolve, picture_permit, voice_for
from renders.services.ledgersync import ledger_say, ledger_sync
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of

TODAY = date(2026, 9, 1)


def entry(model_id: str) -> LedgerEntry:
    return LedgerEntry.objects.get(model_id=model_id)


def test_every_entry_states_licence_and_use_and_unknown_hashes_say_why():
    entries = load_manifest()
    assert len({one.id for one in entries}) == len(entries) > 30
    for one in entries:
        assert one.licence and one.title, one.id
        assert one.sha256 is None or len(one.sha256) == 64, one.id
        assert one.sha256 or one.status, f"{one.id} has no sha256 and says nothing of it"
        assert not one.sunset or one.replacement


def test_a_migrated_database_holds_the_manifest_and_a_second_sync_changes_nothing(db):
    assert LedgerEntry.objects.filter(is_builtin=True).count() == len(load_manifest())
    assert ledger_sync() == {"added": 0, "changed": 0}


def test_what_a_site_says_survives_a_sync_and_is_kept_in_the_history(ada):
    row = entry("flux.1-dev")
    with pytest.raises(InputError, match="site_note"):
        ledger_say(user=ada, entry=row, values={"site_commercial": True})
    word = {"site_commercial": True, "site_note": "bought from the maker, order 7"}
    row = ledger_say(user=ada, entry=entry("flux.1-dev"), values=word)
    LedgerEntry.objects.filter(pk=row.pk).update(title="Old name")
    assert ledger_sync() == {"added": 0, "changed": 1}
    row.refresh_from_db()
    assert (row.title, row.may_be_sold, row.is_commercial) == ("FLUX.1 [dev]", True, False)
    told = [(change.actor, sorted(change.changes)) for change in row.changes.all()]
    assert told == [(None, ["title"]), (ada, ["site_commercial", "site_note"])]


def test_a_built_in_fact_and_an_unknown_replacement_are_refused(ada):
    with pytest.raises(InputError, match="built in"):
        ledger_say(user=ada, entry=entry("flux.1-dev"), values={"licence": "free"})
    for other in ("nobody", "flux.1-dev"):
        with pytest.raises(InputError, match="another entry"):
            ledger_say(user=ada, entry=entry("flux.1-dev"), values={"site_replacement": other})
    assert not LedgerChange.objects.exists()


def test_a_commercial_production_hears_model_licence_and_alternatives(project, ada):
    model_resolve(project, "flux.1-dev", today=TODAY)
    project_mark_commercial(user=ada, project=project, is_commercial=True)
    with pytest.raises(LicenceRefused) as refused:
        model_resolve(project, "flux.1-dev", today=TODAY)
    for word in ("FLUX.1 [dev]", "Non-Commercial License", "instead", "flux.1-schnell"):
        assert word in refused.value.message
    with pytest.raises(LicenceRefused, match=r"voice|Kokoro"):
        model_resolve(project, "edge-tts-voices", today=TODAY)


def test_a_withdrawn_model_is_replaced_with_a_hop_and_refused_where_nothing_replaces_it(
    project, ada
):
    day = date(2026, 10, 2)
    found, hops = model_resolve(project, "gemini-2.5-flash-image", today=day)
    assert found.model_id == "gemini-3.1-flash-image"
    assert [(hop.code, hop.engine, hop.next_engine) for hop in hops] == [
        ("gone", "gemini-2.5-flash-image", "gemini-3.1-flash-image")
    ]
    assert "withdrawn on 2026-10-02" in hops[0].reason
    assert model_resolve(project, "gemini-2.5-flash-image", today=day - timedelta(1))[1] == []
    ledger_say(user=ada, entry=entry("sdxl-base-1.0"), values={"site_sunset": day})
    with pytest.raises(ModelGone, match="nothing that replaces"):
        model_resolve(project, "sdxl-base-1.0", today=day)
    back = {"site_sunset": day, "site_replacement": "gemini-2.5-flash-image"}
    ledger_say(user=ada, entry=entry("gemini-3.1-flash-image"), values=back)
    with pytest.raises(ModelGone, match="lead back"):
        model_resolve(project, "gemini-2.5-flash-image", today=day)


def test_the_warning_begins_sixty_days_before(db):
    for days, is_warned in ((61, False), (60, True), (1, True)):
        today = date(2026, 10, 2) - timedelta(days)
        told = {row.model_id for row, _ in sunset_notices(today=today)}
        assert ("gemini-2.5-flash-image" in told) is is_warned
    line = next(
        line
        for line in ledger_lines(None, today=date(2026, 9, 1))
        if line.entry.model_id == "gemini-2.5-flash-image"
    )
    assert line.notice.startswith("is withdrawn in 31 days") and not line.is_gone
    assert line.state == "hosted"


def drawn_by(engine: str, *model_ids: str) -> None:
    """Have the ledger say that an engine draws with these."""
    for row in LedgerEntry.objects.filter(model_id__in=model_ids):
        row.used_by = [*row.used_by, engine]
        row.save()


class NonCommercial:
    """An engine of non-commercial weights for the storyboard."""

    def __init__(self, **changes: object) -> None:
        inner = BACKENDS.get("storyboard")
        self.inner = inner
        self.capabilities = replace(inner.capabilities, **changes)

    def availability(self):
        return self.inner.availability()

    def render(self, request, progress):
        return self.inner.render(request, progress)


@pytest.fixture
def with_engine(monkeypatch):
    def put(**changes: object) -> None:
        monkeypatch.setitem(BACKENDS._entries, "storyboard", NonCommercial(**changes))

    return put


def test_the_rule_holds_when_asked_and_again_when_drawn(episode, ada, with_engine):
    with_engine(model_id="flux.1-dev", is_commercial=False)
    shot = first_shot(episode)
    project = shot.scene.episode.project
    job = variants_request(user=ada, shot=shot, count=1)
    project_mark_commercial(user=ada, project=project, is_commercial=True)
    run_until_done(job)
    assert job.status == "failed" and not Variant.objects.exists()
    assert "Non-Commercial License" in job.tasks.get().error
    shot.refresh_from_db()
    shot.scene.episode.project.refresh_from_db()
    with pytest.raises(LicenceRefused, match="FLUX"):
        variants_request(user=ada, shot=first_shot(episode), count=1)
    # Another model of the same engine may be asked for.
    drawn_by("storyboard", "sdxl-base-1.0")
    clean = PictureOptions(model="sdxl-base-1.0")
    assert variants_request(user=ada, shot=first_shot(episode), count=1, options=clean)


def test_an_engine_without_a_model_is_judged_by_its_own_licence(project, ada, with_engine):
    with_engine(is_commercial=False, licence="for study only")
    picture_permit(project=project, engine="storyboard", options=PictureOptions())
    project_mark_commercial(user=ada, project=project, is_commercial=True)
    with pytest.raises(LicenceRefused, match="for study only"):
        picture_permit(project=project, engine="storyboard", options=PictureOptions())


def test_a_picture_drawn_after_the_end_keeps_the_hop_and_the_models_in_its_recipe(
    episode, ada, with_engine
):
    with_engine(model_id="gemini-2.5-flash-image")
    drawn_by("storyboard", "gemini-3.1-flash-image", "realvisxl-v5", "hyper-sdxl-8step")
    options = PictureOptions(loras=(LoraUse("hyper-sdxl-8step", 0.5),), model="realvisxl-v5")
    shot = first_shot(episode)
    run_until_done(variants_request(user=ada, shot=shot, count=1))
    run_until_done(variants_request(user=ada, shot=shot, count=1, options=options))
    first, second = Variant.objects.order_by("number")
    assert [hop["code"] for hop in first.recipe["hops"]] == ["gone"]
    assert first.recipe["models"][0]["id"] == "gemini-3.1-flash-image"
    assert first.recipe["options"] == {"model": "gemini-3.1-flash-image"}
    assert [model["id"] for model in second.recipe["models"]] == [
        "realvisxl-v5",
        "hyper-sdxl-8step",
    ]


def test_a_lora_for_another_base_and_a_model_as_lora_are_refused(project):
    for model, lora, words in (
        ("flux.1-dev", "hyper-sdxl-8step", "made for sdxl-base-1.0"),
        ("sdxl-base-1.0", "sdxl-vae-fp16-fix", "valid: hyper-sdxl-8step"),
        ("sdxl-base-1.0", "nothing", "not in the ledger"),
    ):
        options = PictureOptions(model=model, loras=(LoraUse(lora),))
        with pytest.raises(InputError, match=words):
            picture_permit(project=project, engine="sdxl", options=options)


@pytest.mark.parametrize(
    ("engine", "options", "valid"),
    [
        ("hf_endpoint", PictureOptions(model="sdxl-base-1.0"), "none, leave it empty"),
        ("gemini", PictureOptions(model="kokoro-82m-int8"), "gemini-3-pro-image"),
        ("gemini", PictureOptions(model="sdxl-base-1.0"), "gemini-3-pro-image"),
        ("gemini", PictureOptions(loras=(LoraUse("hyper-sdxl-8step"),)), "none, leave it empty"),
        ("sdxl", PictureOptions(model="sdxl-vae-fp16-fix"), "flux.1-dev, hyper-sdxl-8step"),
        (
            "sdxl",
            PictureOptions(model="flux.1-schnell"),
            "juggernaut-xl, realvisxl-v5, sdxl-base-1.0",
        ),
        ("storyboard", PictureOptions(model="sdxl-base-1.0"), "none, leave it empty"),
    ],
)
def test_what_an_engine_does_not_draw_with_is_refused_with_what_it_does(
    project, engine, options, valid
):
    with pytest.raises(InputError, match="draws with; valid: ") as refused:
        picture_permit(project=project, engine=engine, options=options)
    assert valid in refused.value.message


def test_what_an_engine_draws_with_may_be_named_also_a_sites_own(project, ada):
    for engine, model in (
        ("sdxl", "flux.1-dev"),
        ("sdxl", "hyper-sdxl-8step"),
        ("gemini", "gemini-3-pro-image"),
    ):
        permit = picture_permit(project=project, engine=engine, options=PictureOptions(model=model))
        assert [one["id"] for one in permit.models] == [model]
    own = LedgerEntry.objects.create(
        model_id="our-light", title="Our light", kind="lora", licence="ours",
        base="sdxl-base-1.0", file_name="our-light.safetensors",
    )  # fmt: skip
    options = PictureOptions(model="sdxl-base-1.0", loras=(LoraUse(own.model_id),))
    assert picture_permit(project=project, engine="sdxl", options=options).options == options


def test_a_named_model_is_no_way_around_the_licence_of_a_vendors_own(project, ada, with_engine):
    with_engine(is_commercial=False, needs_network=True, licence="for study only")
    drawn_by("storyboard", "sdxl-base-1.0")
    project_mark_commercial(user=ada, project=project, is_commercial=True)
    with pytest.raises(LicenceRefused, match="for study only"):
        picture_permit(
            project=project, engine="storyboard", options=PictureOptions(model="sdxl-base-1.0")
        )


def test_a_model_named_without_an_engine_is_drawn_by_the_engine_that_has_it(
    episode, ada, monkeypatch
):
    drawn_by("other", "realvisxl-v5")
    inner = BACKENDS._entries.copy()
    other = NonCommercial(name="other")
    monkeypatch.setattr(BACKENDS, "_entries", {**inner, "other": other})
    options = PictureOptions(model="realvisxl-v5")
    job = variants_request(user=ada, shot=first_shot(episode), count=1, options=options)
    assert job.tasks.get().request["backend"] == "other"
    with pytest.raises(InputError, match="storyboard"):
        variants_request(
            user=ada, shot=first_shot(episode), count=1, options=PictureOptions(model="flux.1-dev")
        )


def test_a_commercial_production_is_not_spoken_by_the_online_voice(project, ada, settings):
    pytest.importorskip("edge_tts")
    settings.APEX_ONLINE_VOICE = "edge-tts"
    assert voice_for(project).is_online
    project_mark_commercial(user=ada, project=project, is_commercial=True)
    with pytest.raises(LicenceRefused, match="Microsoft"):
        voice_for(project)


def test_only_an_owner_says_it_and_it_is_told_once(project, ada, dora):
    with pytest.raises(NotAllowed):
        project_mark_commercial(user=dora, project=project, is_commercial=True)
    assert project_mark_commercial(user=ada, project=project, is_commercial=True)
    assert not project_mark_commercial(user=ada, project=project, is_commercial=True)
    assert Event.objects.filter(verb="project.commercial").count() == 1


def test_pictures_used_already_are_listed_with_why(episode, ada):
    variant = variant_of(first_shot(episode))
    project = variant.shot.scene.episode.project
    assert restricted_pictures(project) == []
    variant.recipe |= {
        "models": [{"id": "flux.1-dev", "licence": "its own", "is_commercial": True}]
    }
    variant.save()
    (found,) = restricted_pictures(project)
    assert (found.id, found.because) == (variant.pk, "flux.1-dev: its own")
    word = {"site_commercial": True, "site_note": "bought"}
    ledger_say(user=ada, entry=entry("flux.1-dev"), values=word)
    assert restricted_pictures(project) == []


def test_an_engine_nobody_named_gives_way_to_one_that_may_draw(episode, ada, monkeypatch):
    barred = NonCommercial(name="barred", is_commercial=False, licence="for study only")
    inner = BACKENDS._entries.copy()
    monkeypatch.setattr(BACKENDS, "_entries", {"barred": barred, **inner})
    shot = first_shot(episode)
    assert variants_request(user=ada, shot=shot, count=1).tasks.get().request["backend"] == "barred"
    project = shot.scene.episode.project
    project_mark_commercial(user=ada, project=project, is_commercial=True)
    job = variants_request(user=ada, shot=first_shot(episode), count=1)
    assert job.tasks.get().request["backend"] == "storyboard"
    with pytest.raises(LicenceRefused, match="for study only"):
        variants_request(user=ada, shot=first_shot(episode), count=1, engine="barred")


def test_hosted_models_of_the_engines_are_in_the_ledger_with_the_same_end(db):
    from renders.engine.imaging.cloud.geminimodels import models

    for model in models().values():
        row = entry(model.id)
        assert row.is_hosted and row.sunset == model.sunset, model.id
        if model.sunset:
            assert row.replacement == model.replacement
    for name, backend in BACKENDS:
        wanted = backend.capabilities.model_id
        assert not wanted or LedgerEntry.objects.filter(model_id=wanted).exists(), name


def test_a_commercial_film_holds_no_picture_and_no_voice_it_may_not_sell(episode, ada):
    variant = variant_of(first_shot(episode))
    variant.recipe |= {"is_commercial": False, "licence": "for study only"}
    variant.save()
    document = {
        "timeline": {},
        "variants": {"x": str(variant.pk)},
        "speech": [{"engine": "espeak-ng"}],
    }
    cut = Cut.objects.create(episode=episode, version=1, tier="storyboard", document=document)
    film_permit(cut)
    project_mark_commercial(user=ada, project=episode.project, is_commercial=True)
    cut = Cut.objects.select_related("episode__project").get()
    with pytest.raises(LicenceRefused, match=r"s01_010 storyboard 1 .*for study only"):
        film_permit(cut)
    cut.document["variants"] = {}
    film_permit(cut)
    cut.document["speech"] = [{"engine": "edge-tts"}, {"engine": "recorded"}]
    with pytest.raises(LicenceRefused, match="Microsoft"):
        film_permit(cut)
