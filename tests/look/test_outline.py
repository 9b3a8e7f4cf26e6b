"""The template outline writer: valid Fountain, honest credit, the same text for the same seed."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.breakdown import break_down
from projects.engine.genres import GENRES
from projects.engine.outline import CREDIT, outline_from_topic
from projects.engine.script import parse_script

RATE = FrameRate.parse(24)


def test_the_promised_styles_are_there() -> None:
    assert set(GENRES) >= {
        "courtroom_drama",
        "noir",
        "sci_fi",
        "horror",
        "thriller",
        "romance",
        "action",
        "documentary",
    }


@pytest.mark.parametrize("style", tuple(GENRES))
def test_every_style_breaks_down_into_a_short_film(style: str) -> None:
    for seed in (0, 7):
        text = outline_from_topic("the lost ferry", style=style, seed=seed)
        screenplay = parse_script(text.encode(), name="outline.fountain")
        breakdown = break_down(screenplay, rate=RATE)
        assert screenplay.title == "The Lost Ferry"
        assert len(breakdown.scenes) in (2, 3)
        assert len(breakdown.characters) in (2, 3)
        assert 8 <= len(breakdown.shots) <= 12
        assert "the lost ferry" in " ".join(shot.dialogue for shot in breakdown.shots).lower()


def test_the_credit_says_that_no_language_model_wrote_it_and_nobody_speaks_it() -> None:
    text = outline_from_topic("rain", style="noir", seed=1)
    screenplay = parse_script(text.encode(), name="o.fountain")
    assert CREDIT in screenplay.credit
    assert text.index(CREDIT) < text.index("EXT.")
    told = " ".join(e.text for scene in screenplay.scenes for e in scene.elements)
    assert "language model" not in told


def test_the_seed_decides() -> None:
    def write(seed: int) -> str:
        return outline_from_topic("rain", style="noir", seed=seed)

    assert write(1) == write(1)
    assert len({write(seed) for seed in range(8)}) > 4


@pytest.mark.parametrize("topic", ["[[ notes /* and {braces}", "Žižkov: a city", "NAME", "50% off"])
def test_markup_in_a_topic_does_no_harm(topic: str) -> None:
    text = outline_from_topic(topic, style="horror", seed=2)
    screenplay = parse_script(text.encode(), name="o.fountain")
    assert len(screenplay.scenes) == 3


def test_an_unknown_style_lists_the_valid() -> None:
    with pytest.raises(InputError, match=r"style='opera'.*courtroom_drama, noir"):
        outline_from_topic("rain", style="opera", seed=1)


@pytest.mark.parametrize("topic", ["", "  ", "[[]]", "x" * 500])
def test_a_topic_without_words_or_without_end_is_refused(topic: str) -> None:
    with pytest.raises(InputError, match="topic"):
        outline_from_topic(topic, style="noir", seed=1)
