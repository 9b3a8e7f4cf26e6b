"""What shots of a scene share: places, clothes, the side of the line the camera keeps. On the demo's own scenes too."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from characters.engine.casting.rules import body_from_profile
from characters.engine.human.cast import BodyCast
from characters.engine.profile import CharacterProfile
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage, Setting, ShotSize, TimeOfDay
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.stage import document_of
from renders.engine.stage.blocking import blocked
from renders.engine.stage.dress import dressed
from renders.engine.stage.line import bearing, wrapped
from renders.engine.stage.memory import SceneMemory

MARA = CharacterProfile(key="mara", name="Mara Voss", role="judge", clothing="black robes")
VICTOR = CharacterProfile(key="victor", name="Victor Hale", role="defendant", clothing="suit")
INES = CharacterProfile(key="ines", name="Ines Okoro", role="lawyer", clothing="suit")
ZOE = CharacterProfile(key="zoe", name="Zoé 王")
IVO = CharacterProfile(key="ivo", name="Ivo Brand")
COURT = SceneMemory((MARA, VICTOR, INES), (("s02_010", "Mara waits above Victor and Ines."),))
ALLEY = SceneMemory((ZOE, IVO), (("s01_010", "Zoé waits."), ("s01_020", "Ivo crosses to Zoé.")))


def document(place: str, scene: SceneMemory, *cast: CharacterProfile, **given) -> dict:
    shot = ShotBrief(**{"code": "s01_010", "place": place, "action": "", "cast": tuple(p.key for p in cast), **given})  # fmt: skip
    return document_of(ImageRequest(shot, cast, bible_from({}), 1280, 720, 7, scene=scene))


def look_on_screen(made: dict) -> float:
    """Return how the subject looks on the screen: above 0 to the right, below to the left."""
    seen = made["players"][made["subject"]]
    places = {player["key"]: player["place"] for player in made["players"]}
    to = seen["look_at"] if isinstance(seen["look_at"], list) else places[seen["look_at"]]
    gaze = bearing(tuple(seen["place"]), tuple(to))
    if made["shot"]["coverage"] == "ots":
        owner = next(p for p in made["players"] if p is not seen)
        line = bearing(tuple(owner["place"]), tuple(seen["place"]))
        side = math.copysign(1.0, made["shot"]["azimuth_degrees"])
        camera = (
            line + 180.0 + 30.0 * side
        )  # the camera stands behind the owner, on this side of the line
        return math.sin(math.radians(wrapped(gaze - camera)))
    camera = seen["facing_degrees"] + made["shot"]["azimuth_degrees"]
    return math.sin(math.radians(wrapped(gaze - camera)))


@pytest.mark.parametrize("size", [ShotSize.CU, ShotSize.MS, ShotSize.LS])
@pytest.mark.parametrize("variant", [0, 1, 2, 3])
def test_who_faces_the_bench_looks_one_way_and_the_bench_the_other_in_every_shot(size, variant):
    shots = {
        who.key: document("COURT", COURT, who, size=size, dialogue=said, speaker=who.key)
        for who, said in ((MARA, "Mr Hale?"), (VICTOR, "Your Honour."), (INES, "Your Honour."))
    }
    ways = {key: math.copysign(1, look_on_screen(made)) for key, made in shots.items()}
    assert ways["mara"] == 1 and ways["victor"] == ways["ines"] == -1
    assert all(made["shot"]["line_degrees"] for made in shots.values())


@pytest.mark.parametrize(("scene", "place", "pair"), [(ALLEY, "ALLEY", (ZOE, IVO)), (COURT, "COURT", (MARA, VICTOR)), (COURT, "COURT", (VICTOR, INES))])  # fmt: skip
@pytest.mark.parametrize("coverage", [Coverage.OTS, Coverage.SINGLE])
def test_shot_and_reverse_look_opposite_ways(scene, place, pair, coverage):
    ways = []
    for speaker, other in (pair, pair[::-1]):
        cast = pair if coverage is Coverage.OTS else (speaker,)
        made = document(place, scene, *cast, coverage=coverage, speaker=speaker.key, dialogue=f"{other.name}!")  # fmt: skip
        assert made["players"][made["subject"]]["key"] == speaker.key
        ways.append(look_on_screen(made))
    assert ways[0] * ways[1] < 0


def test_a_pairs_sides_are_the_same_over_the_shoulder_and_alone():
    over = document("ALLEY", ALLEY, ZOE, IVO, coverage=Coverage.OTS, speaker="zoe", dialogue="No.")
    alone = document("ALLEY", ALLEY, ZOE, speaker="zoe", dialogue="No, Ivo.")
    assert look_on_screen(over) > 0 and look_on_screen(alone) > 0


def test_places_are_the_scenes_until_the_words_move_somebody():
    def at(code: str, *cast: CharacterProfile) -> dict:
        shot = ShotBrief(code, "ALLEY", dict(ALLEY.actions).get(code, ""), cast=tuple(p.key for p in cast))  # fmt: skip
        return {p.key: p.place for p in blocked(shot, cast, set_name="street", scene=ALLEY)}

    before, alone, after = at("s01_010", ZOE, IVO), at("s01_010", IVO), at("s01_020", IVO, ZOE)
    assert alone["ivo"] == before["ivo"]
    assert after["zoe"] == before["zoe"]
    assert math.dist(after["ivo"], after["zoe"]) < math.dist(before["ivo"], before["zoe"])


def test_everybody_wears_what_the_scene_says_and_a_coat_outside_at_night():
    street = SceneMemory((MARA,), (("s01_010", "MARA VOSS (50s), a judge with silver hair and a long ink-blue coat, waits."), ("s01_020", "")))  # fmt: skip
    night = ShotBrief("s01_020", "STREET", "", setting=Setting.EXT, time_of_day=TimeOfDay.NIGHT)
    body = body_from_profile(MARA)[0]
    coat, rule = dressed(night, MARA, body, street)
    assert (coat.wardrobe.outfit, rule) == ("coat", "the scene's words: 'coat'")
    house, rule = dressed(night, ZOE, BodyCast(), SceneMemory())
    assert house.wardrobe.outfit == "coat" and rule.startswith("outside at night")
    assert dressed(replace(night, setting=Setting.INT), ZOE, BodyCast(), SceneMemory())[1] == ""
    robed = SceneMemory((ZOE,), (("s02_010", "Zoé, robed, waits above Victor Hale in a white suit."),))  # fmt: skip
    inside = replace(night, setting=Setting.INT)
    assert dressed(inside, ZOE, BodyCast(), robed)[0].wardrobe.outfit == "robe"


@pytest.mark.django_db
def test_the_demos_people_keep_places_and_clothes_through_each_scene(settings, ben):
    import json

    from characters.models import Character
    from projects.models import Shot
    from renders.bridge import image_request
    from renders.services.productions import production_start
    from renders.services.recipes import request_from_recipe  # noqa: F401

    folder = Path(settings.BASE_DIR) / "projects" / "demo"
    cast = json.loads((folder / "cast.json").read_text(encoding="utf-8"))["characters"]
    made = production_start(
        user=ben, name="Witness", script_name="a.fountain", casting={p["key"]: p for p in cast},
        script=(folder / "the_last_witness.fountain").read_bytes(),
    )  # fmt: skip
    assert Character.objects.filter(project=made.episode.project).count() == 3
    places: dict[tuple[int, str], set] = {}
    clothes: dict[tuple[int, str], set] = {}
    inserts: list[str] = []
    for shot in Shot.objects.filter(scene__episode=made.episode):
        request, _ = image_request(shot, width=640, height=360, variant_index=0)
        found = document_of(request)
        inserts += [found["prop"]["name"]] if "prop" in found else []
        for player in found["players"]:
            scene = (shot.scene.number, player["key"])
            clothes.setdefault(scene, set()).add(player["body"]["wardrobe"]["outfit"])
            if shot.coverage != Coverage.OTS:  # which brings a shoulder near along the same line
                places.setdefault(scene, set()).add(tuple(player["place"]))
    assert sorted(inserts) == ["gavel", "raindrop", "recorder", "recorder"]
    assert {len(kept) for kept in (*places.values(), *clothes.values())} == {1}
    assert clothes[(1, cast[0]["key"])] == {"coat"} and clothes[(2, cast[0]["key"])] == {"robe"}
