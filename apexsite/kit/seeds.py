"""Stable 32-bit seeds from names: the same name gives the same seed on every machine, for ever."""

from __future__ import annotations

import hashlib

SEED_MAX = 2**32 - 1


def seed_from_name(name: str) -> int:
    """Return the seed of a public id string such as `judge_abc123`, 0 to 4294967295.

    Source: seed document S0, "Seed Locking": MD5 of the id, first eight hex digits.
    """
    digest = hashlib.md5(name.encode("utf-8"), usedforsecurity=False).hexdigest()
    return int(digest[:8], 16)


def seed_mix(*parts: object) -> int:
    """Return a seed drawn from several parts, for instance a shot's seed and a variant's index."""
    return seed_from_name("\x1f".join(str(part) for part in parts))
