"""The one model kept in memory between pictures: loaded when first asked, one picture at a time, let go under pressure."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import time
from collections.abc import Iterator
from pathlib import Path

from apexsite.kit.errors import BackendError, Cancelled, RequestRefused
from apexsite.kit.faultwords import words_of_fault
from apexsite.kit.progress import Progress
from renders.engine.imaging.diffusion.memory import clean, emptied, is_pressed
from renders.engine.imaging.diffusion.pipeline import Loaded, fit_profile, load
from renders.engine.imaging.diffusion.places import FoundModel, models_root

log = logging.getLogger(__name__)


class WarmModel:
    """Holds at most one model. Two would take twice the memory; a machine's other workers wait as well."""

    def __init__(self) -> None:
        self._loaded: Loaded | None = None

    @property
    def is_warm(self) -> bool:
        """Return whether a model is in memory."""
        return self._loaded is not None

    @contextlib.contextmanager
    def held(self, found: FoundModel, progress: Progress) -> Iterator[Loaded]:
        """Hold the model alone, loading it where another or none is in memory; cleans up after the picture."""
        with one_at_a_time(models_root().parent / "diffusion", progress):
            if self._loaded is None or self._loaded.found.path != found.path:
                self.free()
                progress.advance(0, 10, f"loading {found.profile.title}")
                self._loaded = load(found)
            fit_profile(self._loaded, found)
            try:
                yield self._loaded
            except (Cancelled, RequestRefused):
                raise
            except BaseException:
                # What broke may have left half-set adapters or hooks behind: the next picture starts from the files.
                self.free()
                raise
            finally:
                self._clean()

    def free(self) -> None:
        """Let the model go."""
        if self._loaded is not None:
            self._loaded = None
            import torch

            clean(torch)

    def _clean(self) -> None:
        import torch

        emptied(torch)
        if self._loaded is not None and is_pressed(torch, self._loaded.device):
            log.warning("little memory is free: the warm picture model is let go")
            self.free()


@contextlib.contextmanager
def one_at_a_time(folder: Path, progress: Progress) -> Iterator[None]:
    """Hold the machine's one place for a picture model, across threads and processes; waiting can be cancelled."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w", encoding="ascii")
    except OSError as err:
        raise BackendError(
            f"the folder {folder.name} of what is generated: {words_of_fault(err, folder)}",
            permanent=False,
        ) from err
    with lock as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                progress.advance(0, 10, "waiting for the picture model")
                time.sleep(0.1)
        yield


WARM = WarmModel()
