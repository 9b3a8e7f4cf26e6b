"""How drawn tests run: the same examples on every machine, no clock, nothing left on disk."""

from __future__ import annotations

from hypothesis import settings

STEADY = settings(deadline=None, derandomize=True, database=None, max_examples=100)
