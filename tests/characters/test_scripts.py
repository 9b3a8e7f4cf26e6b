"""A script comes in: scenes, shots, cast; a second draft loses nothing; a broken one changes nothing."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed
from characters.models import Casting, Character
from characters.services.scripts import script_import
from projects.models import Scene, Shot
from projects.services.scripts import episode_first
from tests.conftest import SCRIPT
from tests.factories import first_shot, variant_of


def test_a_script_becomes_scenes_shots_and_cast(episode):
    assert Scene.objects.count() == 2
    assert Shot.objects.count() >= 5
    assert set(Character.objects.values_list("name", flat=True)) == {"Mara Voss", "Ivo"} or {
        name.upper() for name in Character.objects.values_list("name", flat=True)
    } == {"MARA VOSS", "IVO"}
    assert Casting.objects.exists()
    assert all(shot.brief_hash for shot in Shot.objects.all())


def test_the_same_script_again_changes_no_row_count_and_no_hash(episode, ada):
    before = list(Shot.objects.values_list("code", "brief_hash"))
    people = list(Character.objects.values_list("key", "cast_hash"))
    script_import(user=ada, episode=episode, content=SCRIPT, name="night_bus.fountain")
    assert list(Shot.objects.values_list("code", "brief_hash")) == before
    assert list(Character.objects.values_list("key", "cast_hash")) == people


def test_a_second_draft_omits_what_it_lost_and_keeps_its_variants(episode, ada):
    variant = variant_of(first_shot(episode))
    shorter = SCRIPT[: SCRIPT.index(b"EXT. STREET")]
    script_import(user=ada, episode=episode, content=shorter, name="draft2.fountain")
    assert Shot.objects.filter(scene__number=2).exclude(status="omitted").count() == 0
    variant.refresh_from_db()
    script_import(user=ada, episode=episode, content=SCRIPT, name="draft3.fountain")
    assert Shot.objects.filter(status="omitted").count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"   \n\n", b"\x00\x01\x02\xff\xfe\x00junk" * 50, b"[[" * 20_000]
)
def test_a_broken_script_is_refused_and_nothing_is_lost(episode, ada, content):
    before = list(Shot.objects.values_list("pk", "status"))
    with pytest.raises(InputError):
        script_import(user=ada, episode=episode, content=content, name="broken.fountain")
    assert list(Shot.objects.values_list("pk", "status")) == before


def test_a_viewer_may_not_bring_a_script(project, vic):
    with pytest.raises(NotAllowed):
        script_import(user=vic, episode=episode_first(project), content=SCRIPT, name="x.fountain")


def test_explicit_casting_wins_and_says_so(project, ada):
    episode = episode_first(project)
    script_import(user=ada, episode=episode, content=SCRIPT, name="a.fountain")
    key = Character.objects.get(name__iexact="ivo").key
    Character.objects.all().delete()
    script_import(
        user=ada,
        episode=episode,
        content=SCRIPT,
        name="a.fountain",
        casting={key: {"hair_style": "bald", "wardrobe_colour": "#112233"}},
    )
    ivo = Character.objects.get(key=key)
    assert ivo.profile["hair_style"] == "bald"
    assert ivo.profile_sources["hair_style"] == "cast explicitly"
