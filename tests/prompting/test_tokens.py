"""CLIP's encoder in plain Python: OpenAI's ids, and those of transformers from the same vocabulary."""

from __future__ import annotations

import random

import pytest

from renders.engine.prompting.tokens import BEGIN, END, token_ids, tokens_count, vocabulary

FIXED = {
    "a photo of a cat": [320, 1125, 539, 320, 2368],
    "Hello, world!": [3306, 267, 1002, 256],
    "It's 50mm f/2.8": [585, 568, 276, 271, 2848, 325, 270, 273, 269, 279],
    "": [],
}
"""Ids of OpenAI's own tokenizer."""


@pytest.mark.parametrize("text", FIXED)
def test_ids_are_openais(text):
    assert token_ids(text) == FIXED[text]


def test_case_and_spaces_cost_nothing():
    assert token_ids("  A \n PHOTO\tof a  cat ") == FIXED["a photo of a cat"]
    assert len(vocabulary().ids) == BEGIN


def test_a_long_text_is_counted_and_not_shortened():
    assert tokens_count("cat " * 5000) == 5000


@pytest.mark.gen
def test_the_same_ids_as_transformers_gives_from_this_vocabulary():
    from transformers import CLIPTokenizer

    known = vocabulary()
    ids = {**known.ids, "<|startoftext|>": BEGIN, "<|endoftext|>": END}
    theirs = CLIPTokenizer(vocab=ids, merges=list(known.ranks))
    draw = random.Random(7)
    letters = "abcXYZ 'stl,.!?09é日😀-_ \u0301½ßİ\n"
    texts = [
        "don't!'s they'll WE'VE", "naïve résumé — “quotes” …", "x" * 300, "a\u0301b", "f/2.8, ISO 800",
        "emoji 👩‍🚀🏽 flag 🇩🇪", "८९ ٣ ₓ² ①", "ﬁne ﬂow", "'sa ''ll", "12:45, 35mm",
        *("".join(draw.choices(letters, k=draw.randint(1, 60))) for _ in range(500)),
    ]  # fmt: skip
    assert theirs("a photo").input_ids == [BEGIN, *token_ids("a photo"), END]
    for text in texts:
        assert token_ids(text) == theirs(text, add_special_tokens=False).input_ids, text
