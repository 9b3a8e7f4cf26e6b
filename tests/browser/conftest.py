"""One browser path and one running studio for the tests of a module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.browser.server import Studio, studio
from tests.conftest import SCRIPT

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser_path() -> str:
    """The browser of this machine."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed")
    return found


@pytest.fixture(scope="module")
def served(browser_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio that runs for this module."""
    with studio(tmp_path_factory.mktemp("studio"), SCRIPT) as made:
        yield made
