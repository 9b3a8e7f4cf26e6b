"""The look book: contact sheets of the previz stage, drawn by its worker and committed small in the docs (`make lookbook`).

`make lookbook SHEETS=hair,sets` draws some sheets only. Tiles stay in var/lookbook/, sheets go to docs/lookbook/.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from characters.engine.human.cast import ACCESSORIES, HAIR, OUTFITS, BodyCast
from characters.engine.human.expressions import EMOTIONS
from characters.engine.human.poses import POSES
from renders.engine.stage.by_hand import MOODS
from renders.stage_worker.propwish import NAMES
from tests.bench.cast import people
from tests.bench.warm import ROOT, Shown, Worker

TILES, SHEETS = ROOT / "var" / "lookbook", ROOT / "docs" / "lookbook"
Tile = tuple[str, dict[str, Any]]
PORTRAIT, WIDE, TALL, HEAD = (256, 256), (352, 198), (192, 288), (200, 200)
INSERT = (240, 135)


def player(key: str, body: BodyCast | None = None, **fields: Any) -> dict[str, Any]:
    """Return one player of a brief."""
    return {"key": key, "body": (body or people()[key]).to_document(), **fields}


def tile(
    size: tuple[int, int], *players: dict[str, Any], shot: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """Return a brief without its folder."""
    return {
        "width": size[0], "height": size[1], "players": list(players), "shot": shot,
        "quality": "draft", **more,
    }  # fmt: skip


def faces() -> list[Tile]:
    """Each person from four sides, close."""
    return [
        (f"{key} {azimuth}°", tile(PORTRAIT, player(key), shot={"size": "CU", "lens_mm": 85, "azimuth_degrees": azimuth}))
        for key in people() for azimuth in (0, 35, 90, 180)
    ]  # fmt: skip


def hair() -> list[Tile]:
    """Each hair style from four sides on two heads."""
    rows = []
    for i, style in enumerate(HAIR):
        who = ("ada", "chidi", "eun", "bela")[i % 4]
        body = people()[who]
        body = replace(body, hair=replace(body.hair, style=style))
        rows += [
            (f"{style} {azimuth}°", tile(HEAD, player(who, body), shot={"size": "CU", "lens_mm": 85, "azimuth_degrees": azimuth}))
            for azimuth in (0, 50, 100, 180)
        ]  # fmt: skip
    return rows


def wardrobe() -> list[Tile]:
    """Each outfit on a woman and a man, whole figure from front and back, and seated."""
    rows = []
    for outfit in OUTFITS:
        for who, azimuth, pose in (
            ("ada", 15, "stand"), ("bela", 165, "stand_at_ease"), ("farid", 30, "sit"),
        ):  # fmt: skip
            body = people()[who]
            worn = ACCESSORIES if outfit in ("suit", "uniform", "coat") and who != "ada" else ()
            colour = {"robe": "#15151A", "shirt": "#D9DEE4", "tshirt": "#A63A2E", "knit": "#55704A", "dress": "#3E6B8A", "evening_dress": "#6A1B2E"}.get(outfit, "#2C3444")  # fmt: skip
            wear = replace(body.wardrobe, outfit=outfit, colour=colour, accessories=worn)
            rows.append((f"{outfit} {who}", tile(TALL, player(who, replace(body, wardrobe=wear), pose=pose), shot={"size": "LS", "lens_mm": 50, "azimuth_degrees": azimuth, "f_stop": 8})))  # fmt: skip
    return rows


SEATED: dict[str, tuple[tuple[float, float, float], float, str]] = {
    "courtroom": ((0, 4.45, 0.45), 0, "sit_at_desk"),
    "office": ((0, 1.78, 0), 0, "sit_at_desk"),
    "living room": ((-0.45, 1.74, 0), 0, "sit"),
}


def sets() -> list[Tile]:
    """Each set from four camera directions, by day and by night."""
    rows = []
    for name, mood in (
        ("courtroom", "drama"), ("office", "neutral"), ("living room", "romance"),
        ("street", "neon"), ("forest", "neutral"), ("studio", "neutral"),
    ):  # fmt: skip
        for time_of_day in ("day", "night"):
            for turn in (0, 90, 180, 270) if time_of_day == "day" else (0, 180):
                night = {"forest": "night", "street": "neon"}.get(name, mood)
                one = player("bela", facing_degrees=turn + 15, pose="stand_at_ease")
                rows.append((f"{name} {time_of_day} {turn}°", tile(WIDE, one, set_name=name, time_of_day=time_of_day, mood=night if time_of_day == "night" else (mood if name != "street" else "neutral"), shot={"size": "MLS", "lens_mm": 28, "azimuth_degrees": 15, "f_stop": 8})))  # fmt: skip
    return rows


def moods() -> list[Tile]:
    """Each mood on a light and a dark face in the studio."""
    return [
        (f"{mood} {who}", tile(PORTRAIT, player(who), mood=mood, shot={"size": "MCU", "lens_mm": 65, "azimuth_degrees": 20}))
        for mood in MOODS for who in ("ada", "chidi")
    ]  # fmt: skip


def sizes() -> list[Tile]:
    """Shot sizes across lenses, in the office and on the street."""
    return [
        (f"{size} {lens} mm", tile(WIDE, player("ines", pose="speak", look_at="camera"), set_name=where, time_of_day=when, shot={"size": size, "lens_mm": lens, "azimuth_degrees": 18, "f_stop": 2.8}))
        for size in ("ECU", "CU", "MCU", "MS", "MLS", "LS", "EWS")
        for lens, where, when in ((24, "street", "dusk"), (85, "forest", "day"))
    ]  # fmt: skip


def angles() -> list[Tile]:
    """Camera angles in three sets."""
    return [
        (f"{angle} {where}", tile(WIDE, player("chidi", pose="arms_crossed"), set_name=where, shot={"size": size, "lens_mm": 35, "angle": angle, "azimuth_degrees": 25}))
        for angle in ("eye", "low", "high", "overhead", "dutch")
        for where, size in (("street", "MS"), ("courtroom", "MLS"), ("forest", "CU"))
    ]  # fmt: skip


def coverage() -> list[Tile]:
    """Two people: two-shot, over the shoulder both ways, point of view, insert, singles with eyelines."""
    rows = []
    for where, place, apart in (
        ("office", (0.0, -1.0), 0.55), ("street", (0.0, 0.0), 0.5), ("living room", (0.0, 1.74), 0.45),
    ):  # fmt: skip
        seated = where == "living room"
        pose = "sit" if seated else "stand"
        turn = 35 if seated else 80
        one = player(
            "bela",
            pose=pose,
            place=[place[0] - apart, place[1], 0],
            facing_degrees=turn,
            look_at="grace",
        )
        two = player(
            "grace",
            pose=pose,
            place=[place[0] + apart, place[1], 0],
            facing_degrees=-turn,
            look_at="bela",
        )
        for label, shot, subject in (
            ("two-shot", {"size": "MS", "lens_mm": 40, "coverage": "two_shot", "azimuth_degrees": 0}, 0),
            ("ots on bela", {"size": "MCU", "lens_mm": 50, "coverage": "ots"}, 0),
            ("ots on grace", {"size": "MCU", "lens_mm": 50, "coverage": "ots", "azimuth_degrees": -15}, 1),
            ("pov of grace", {"size": "MS", "lens_mm": 35, "coverage": "pov"}, 0),
            ("insert", {"size": "CU", "lens_mm": 65, "coverage": "insert"}, 0),
            ("single", {"size": "MCU", "lens_mm": 65, "azimuth_degrees": -25}, 1),
        ):  # fmt: skip
            rows.append((f"{label} {where}", tile(WIDE, one, two, set_name=where, shot=shot, subject=subject, time_of_day="dusk")))  # fmt: skip
    return rows


def poses() -> list[Tile]:
    """Every pose, whole figure, from two sides."""
    return [
        (f"{name} {azimuth}°", tile(TALL, player(who, pose=name), shot={"size": "LS", "lens_mm": 50, "f_stop": 8, "azimuth_degrees": azimuth}))
        for i, name in enumerate(POSES)
        for who, azimuth in ((("jan", "eun", "farid", "chidi", "bela", "ines")[i % 6], (25, -60)[i // 2 % 2]),)
    ]  # fmt: skip


def seats() -> list[Tile]:
    """Seated people in the sets that have seats, from three sides."""
    return [
        (f"{where} {azimuth}°", tile(WIDE, player(who, pose=pose, place=list(place), facing_degrees=turn), set_name=where, shot={"size": size, "lens_mm": 35, "azimuth_degrees": azimuth, "f_stop": 8}))
        for where, (place, turn, pose) in SEATED.items()
        for who, size, azimuth in (("dora", "MLS", 0), ("jan", "MLS", 45), ("farid", "LS", -60))
    ]  # fmt: skip


def hands() -> list[Tile]:
    """Hands, close."""
    return [
        (name, tile(PORTRAIT, player(who, pose=name), shot={"size": "MS", "lens_mm": 65, "coverage": "insert", "azimuth_degrees": 20}))
        for name, who in (("stand", "jan"), ("speak", "chidi"), ("point", "ada"), ("sit", "bela"), ("stand_at_ease", "dora"), ("hold_phone", "ines"), ("arms_crossed", "hiro"), ("reach", "eun"))
    ]  # fmt: skip


LIT = ("recorder", "candle", "lamp", "phone")


def props() -> list[Tile]:
    """Every thing of an insert, then five of them where the sets put them."""
    close = {"size": "CU", "lens_mm": 65, "coverage": "insert"}
    rows = [(name, tile(INSERT, shot=close, set_name="studio", prop={"name": name, "lit": name in LIT})) for name in NAMES]  # fmt: skip
    for name, where, spot, mood, when in (
        ("recorder", "street", "doorway", "neon", "night"), ("recorder", "courtroom", "table", "drama", "night"),
        ("gavel", "courtroom", "table", "drama", "day"), ("raindrop", "street", "ground", "neon", "night"),
        ("letter", "living room", "table", "romance", "night"),
    ):  # fmt: skip
        given = {"name": name, "where": spot, "lit": name in LIT}
        rows.append((f"{name} {where} {when}", tile(INSERT, shot=close, set_name=where, prop=given, mood=mood, time_of_day=when)))  # fmt: skip
    return rows


def expressions() -> list[Tile]:
    """Every emotion on two faces, looking at the camera."""
    return [
        (f"{name} {who}", tile(PORTRAIT, player(who, expression=name, look_at="camera"), shot={"size": "CU", "lens_mm": 85, "azimuth_degrees": 12}))
        for name in EMOTIONS for who in ("grace", "bela")
    ]  # fmt: skip


SHEETS_BY_NAME = {
    "sets": (sets, 6), "coverage": (coverage, 6), "angles": (angles, 3), "seats": (seats, 3), "hair": (hair, 12),
    "sizes": (sizes, 4), "poses": (poses, 7), "hands": (hands, 8), "wardrobe": (wardrobe, 9), "moods": (moods, 10),
    "faces": (faces, 8), "expressions": (expressions, 10), "props": (props, 8),
}  # fmt: skip
"""Sheets by name: what they hold and how many columns."""


SKETCHED = ("hair", "wardrobe", "seats", "angles", "poses", "hands", "sizes", "moods")
"""Sheets where a sketch shows what there is to see; the others are drafts."""


def composed(tiles: list[tuple[str, Shown]], columns: int) -> Image.Image:
    """Return the tiles in a grid with their labels; a refused brief shows its message."""
    wide, high = next(Image.open(s.files["picture"]).size for _, s in tiles if s.files)
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (wide * columns, (high + 14) * rows), "#17181B")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(10)
    for i, (label, shown) in enumerate(tiles):
        x, y = i % columns * wide, i // columns * (high + 14)
        if shown.files:
            sheet.paste(Image.open(shown.files["picture"]), (x, y))
        else:
            pen.text((x + 4, y + 4), shown.error[:60], fill="#E07060", font=font)
        pen.text((x + 3, y + high + 1), label, fill="#C8C6C0", font=font)
    return sheet


def kept(folder: Path, brief: dict[str, Any]) -> Shown | None:
    """Return a tile drawn before, where neither its brief nor the stage has changed since."""
    asked, picture = folder / "brief.json", folder / "picture.png"
    if not (asked.exists() and picture.exists()):
        return None
    sources = [
        *(ROOT / "renders/stage_worker").rglob("*.py"),
        *(ROOT / "characters/engine/human").rglob("*.py"),
    ]
    newest = max(path.stat().st_mtime for path in sources)
    if asked.read_text() != json.dumps(brief, sort_keys=True) or picture.stat().st_mtime < newest:
        return None
    return Shown({"picture": picture}, {}, 0.0, 0.0)


def main(names: list[str]) -> int:
    """Draw the sheets named (all without a name) and write them."""
    SHEETS.mkdir(parents=True, exist_ok=True)
    with Worker() as worker:
        for name in names or list(SHEETS_BY_NAME):
            make, columns = SHEETS_BY_NAME[name]
            shown, cpu = [], 0.0
            for i, (label, drafted) in enumerate(make()):
                brief = {**drafted, "quality": "sketch"} if name in SKETCHED else drafted
                folder = TILES / name / f"{i:03d}"
                one = kept(folder, brief) or worker.show({"folder": str(folder), **brief})
                if not one.error and one.meta:
                    (folder / "brief.json").write_text(json.dumps(brief, sort_keys=True))
                cpu += one.cpu_s
                shown.append((label, one))
                if one.error:
                    print(f"{name}: {label}: {one.error}", flush=True)
            target = SHEETS / f"{name}.webp"
            sheet = composed(shown, columns)
            sheet.save(TILES / f"{name}.png")
            sheet.save(target, quality=60, method=6)
            print(f"{name}: {len(shown)} pictures, {cpu:.0f} CPU s, {target.stat().st_size // 1024} kB, peak {worker.peak_gb():.2f} GB", flush=True)  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main([name for arg in sys.argv[1:] for name in arg.split(",") if name]))
