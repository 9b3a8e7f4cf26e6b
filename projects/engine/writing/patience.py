"""A model asked with patience: it waits while the endpoint wakes or asks to wait, within a budget of seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from apexsite.kit.errors import BackendError, ColdStart, RateLimited, Transient
from projects.engine.writing.author import Completion, Model, Tell
from projects.engine.writing.prompt import Message

FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 30.0
"""Waits where the server names none double from the first to the longest. House choice."""
TELL_SECONDS = 0.5
MOST_BROKEN = 2
"""How often a broken line is tried again. House choice."""


class PatientModel:
    """Wraps a model. Cold starts and rates are waited for, broken lines tried twice more, all else is raised at once."""

    def __init__(
        self,
        model: Model,
        *,
        budget_seconds: float,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model, self.left, self.sleep = model, budget_seconds, sleep

    def complete(
        self, talk: Sequence[Message], *, schema: dict[str, Any], tell: Tell
    ) -> Completion:
        """Return what the model says; raises what it raised last when the budget is spent."""
        broken, wait = 0, FIRST_WAIT_SECONDS
        while True:
            try:
                return self.model.complete(talk, schema=schema, tell=tell)
            except (ColdStart, RateLimited, Transient) as err:
                broken += isinstance(err, Transient)
                asked = wait if err.retry_after_seconds is None else err.retry_after_seconds
                if broken > MOST_BROKEN or asked > self.left:
                    raise
                self._wait(asked, err, tell)
                wait = min(2 * wait, LONGEST_WAIT_SECONDS)

    def _wait(self, seconds: float, err: BackendError, tell: Tell) -> None:
        self.left -= seconds
        while seconds > 0:
            tell(f"waits {seconds:.0f} s ({err.fault})")
            step = min(seconds, TELL_SECONDS)
            self.sleep(step)
            seconds -= step
