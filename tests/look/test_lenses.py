"""A look's lenses: shots are taken on the nearest one."""

from __future__ import annotations

import pytest

from characters.services.scripts import script_import
from projects.engine.lenses import lenses_of, nearest_lens
from projects.models import Shot
from projects.services.bibles import bible_publish
from projects.services.scripts import episode_first

SCRIPT = b"INT. ROOM - DAY\n\nTOM (30s) waits. Close on his eyes.\n\nTOM\nNow.\n"


@pytest.mark.parametrize(
    ("lens", "preferred", "taken"),
    [
        (24, (35, 50, 85), 35),
        (50, (35, 85), 35),
        (135, (35, 50, 85), 85),
        (50, (), 50),
        (50, (50,), 50),
    ],
)
def test_the_nearest_lens_is_taken(lens: int, preferred: tuple[int, ...], taken: int) -> None:
    assert nearest_lens(lens, preferred) == taken


def test_words_that_name_no_lens_are_passed_over() -> None:
    assert lenses_of(("85mm", "35 mm anamorphic", "wide", "35mm", "0mm")) == (35, 85)


def test_a_script_is_shot_on_the_lenses_of_its_look(ada, project) -> None:  # type: ignore[no-untyped-def]
    bible_publish(
        user=ada, project=project, document={"camera_profile": {"preferred_lenses": ["40mm"]}}
    )
    script_import(user=ada, episode=episode_first(project), content=SCRIPT, name="room.fountain")
    shots = Shot.objects.filter(scene__episode__project=project, status="active")
    taken = set(shots.values_list("lens_mm", flat=True))
    assert taken == {40}
