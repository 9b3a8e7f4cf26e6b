"""A browser per person: everybody's page is logged in as themselves, and faults of any page are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.browser.server import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

QUICK_MS = 15_000
WORK_MS = 180_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(slots=True)
class Crowd:
    """Everybody's pages, and what went wrong on any of them."""

    browser: Browser
    served: Studio
    faults: list[str] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)

    def page_of(self, name: str) -> Page:
        """Return a person's page, logged in; a context of its own, as on a machine of their own."""
        if name in self.pages:
            return self.pages[name]
        context = self.browser.new_context(
            base_url=self.served.address, viewport={"width": 1280, "height": 800}
        )
        page = context.new_page()
        page.set_default_timeout(QUICK_MS)
        page.on("pageerror", lambda error: self.faults.append(f"{name}: script: {error}"))
        page.on("response", lambda response: self._response(name, response))
        log_in(page, self.served, name)
        self.pages[name] = page
        return page

    def _response(self, name: str, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{name}: {response.status} {response.url}")


@contextmanager
def crowd(browser_path: str, served: Studio) -> Iterator[Crowd]:
    """Open a browser for a crowd; when something fails, every page's address is told."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        made = Crowd(browser, served)
        try:
            yield made
        except Exception as error:
            for name, page in made.pages.items():
                error.add_note(f"{name} is at {page.url}")
            error.add_note("\n".join([*made.faults, served.log_tail(20)]))
            raise
        finally:
            browser.close()


def log_in(page: Page, served: Studio, username: str) -> None:
    """Log in as one of the demo people."""
    page.goto("/login/")
    page.fill('[name="username"]', username)
    page.fill('[name="password"]', served.passwords[username])
    page.press('[name="password"]', "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def status_of(page: Page, address: str, *, method: str = "GET") -> int:
    """Return how the server answers a person's own request, sent with their session and CSRF token."""
    return int(
        page.evaluate(
            """async ([address, method]) => {
                const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
                const answer = await fetch(address, { method, headers: { "X-CSRFToken": token } });
                return answer.status;
            }""",
            [address, method],
        )
    )
