"""The letters of sound Kokoro reads, and what eSpeak's phonemes are called in them."""

from __future__ import annotations

import re

RUNS: tuple[tuple[int, str], ...] = (
    (1, ";:,.!?"), (9, '—…"()“” ̃ʣʥʦʨᵝꭧAI'), (31, "O"), (33, "Q"), (35, "ST"), (39, "W"),
    (41, "Yᵊabcdef"), (50, "hijklmnopqrstuvwxyzɑɐɒæ"), (75, "βɔɕç"), (80, "ɖðʤə"), (85, "ɚɛɜ"),
    (90, "ɟ"), (92, "ɡ"), (99, "ɥ"), (101, "ɨɪʝ"), (110, "ɯɰŋɳɲɴø"), (118, "ɸθœ"), (123, "ɹ"),
    (125, "ɾɻ"), (128, "ʁɽʂʃʈʧ"), (135, "ʊʋ"), (138, "ʌɣɤ"), (142, "χʎ"), (147, "ʒʔ"),
    (156, "ˈˌː"), (162, "ʰ"), (164, "ʲ"), (169, "↓"), (171, "→↗↘"), (177, "ᵻ"),
)  # fmt: skip
NUMBERS: dict[str, int] = {
    letter: first + at for first, letters in RUNS for at, letter in enumerate(letters)
}
"""The number of each letter. Source: `vocab` of Kokoro-82M's config.json (Apache-2.0)."""

EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("ʔˌn\u0329", "tᵊn"), ("ʔn\u0329", "tᵊn"), ("ʔn", "tᵊn"), ("ʔ", "t"), ("a^ɪ", "I"), ("a^ʊ", "W"),
    ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"),
    ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""),
)  # fmt: skip
AMERICAN = (("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""))
BRITISH = (("e^ə", "ɛː"), ("i^ə", "ɪə"), ("iə", "ɪə"), ("ə^ʊ", "Q"))
"""eSpeak's phonemes, with `^` as the tie inside one, and what the voices were taught to call them. Source: the
conventions of misaki 0.9, the tool Kokoro was trained with."""


def kokoro_letters(phonemes: str, *, is_british: bool) -> str:
    """Return eSpeak's phonemes in the letters Kokoro knows; what it does not know is left out.

    >>> kokoro_letters("tˈo^ʊld", is_british=False)
    'tˈOld'
    """
    text = phonemes
    for found, letters in (*EVERYWHERE, *(BRITISH if is_british else AMERICAN)):
        text = text.replace(found, letters)
    text = re.sub(r"(\S)\u0329", r"ᵊ\1", text).replace("^", "")
    return "".join(letter for letter in text if letter in NUMBERS)
