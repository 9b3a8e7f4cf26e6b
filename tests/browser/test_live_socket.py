"""A real browser's socket: the wire is cut for five seconds and nothing is missed; who is taken off is cut off at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.browser.people import WORK_MS, Crowd, crowd, log_in, status_of
from tests.browser.server import Studio
from tests.browser.wire import wire

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CUT_SECONDS = 5.0
LISTEN = """
window.heard = { sockets: 0, seqs: [], closes: [] };
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    const number = ++window.heard.sockets;
    this.addEventListener("message", (event) => {
      const said = JSON.parse(event.data);
      if (said.type === "event") window.heard.seqs.push([number, said.seq, said.verb]);
    });
    this.addEventListener("close", (event) => window.heard.closes.push([number, event.code, Date.now()]));
  }
};
"""
FETCH = """async ([address, range]) => {
  const answer = await fetch(address, { cache: "no-store", headers: range ? { Range: range } : {} });
  await answer.arrayBuffer();
  return answer.status;
}"""


def listening(people: Crowd, name: str, address: str) -> Page:
    """Open the board as somebody over an address, with everything the socket says written down."""
    page = people.browser.new_context(base_url=address).new_page()
    page.set_default_timeout(15_000)
    page.add_init_script(LISTEN)
    log_in(page, replace(people.served, address=address), name)
    page.get_by_role("link", name="Night Bus").click()
    live(page)
    return page


def live(page: Page) -> None:
    """Wait until the page's line says that it is live."""
    from playwright.sync_api import expect

    expect(page.locator(".live")).to_have_text("live", timeout=30_000)


def seqs(page: Page) -> list[int]:
    """Return the numbers of the events in the order they came in."""
    return [seq for _, seq, _ in page.evaluate("window.heard.seqs")]


def until(holds: Callable[[], bool], page: Page, words: str) -> None:
    """Wait until something holds; the page goes on meanwhile."""
    end = time.monotonic() + WORK_MS / 1000
    while not holds():
        assert time.monotonic() < end, words
        page.wait_for_timeout(100)


def cut_and_mend(people: Crowd, served: Studio) -> None:
    """Vic watches over a wire that is cut for five seconds while things happen; Dora watches without a cut."""
    with wire(served.address) as line:
        dora, vic = (
            listening(people, "dora", served.address),
            listening(people, "vic", line.address),
        )
        ben = people.page_of("ben")
        ben.goto("/")
        ben.get_by_role("link", name="Night Bus").click()
        asks = ben.locator("[data-card]").evaluate_all(
            "cards => cards.map(card => card.dataset.card.replace('/card', '/variants'))"
        )
        assert status_of(ben, asks[0], method="POST") == 200
        until(lambda: len(seqs(vic)) >= 1, vic, "nothing came before the cut")
        line.cut()
        began, before = time.monotonic(), len(seqs(dora))
        for address in asks[1:]:
            status_of(ben, address, method="POST")
        dora.wait_for_timeout(1000 * max(0.0, CUT_SECONDS - (time.monotonic() - began)))
        during, missed = seqs(dora)[before:], len(seqs(vic))
        assert during, "nothing happened while the wire was cut"
        assert vic.locator(".live").inner_text() == "reconnecting"
        line.mend()
        live(vic)
        until(lambda: ended(dora, len(asks)), dora, "the drawing does not end")
        until(lambda: seqs(vic)[-1] >= seqs(dora)[-1], vic, "the wire is mended and events lack")
        got, sockets = seqs(vic), vic.evaluate("window.heard.sockets")
        assert got == list(range(got[0], got[-1] + 1)), f"numbers are missing or doubled: {got}"
        assert set(during) <= set(got) and got[missed] <= during[0]
        assert sockets >= 2
        print(
            f"cut {CUT_SECONDS} s: {len(during)} events meanwhile, {len(got)} heard in all, none missing or doubled"
        )


def ended(page: Page, jobs: int) -> bool:
    """Say whether all jobs have ended."""
    verbs = [verb for _, _, verb in page.evaluate("window.heard.seqs")]
    return verbs.count("job.finished") >= jobs


def revoke(people: Crowd, served: Studio) -> None:
    """Ada takes Vic off: the socket closes and stays closed, pictures stop with the next request."""
    from playwright.sync_api import expect

    vic, ada = listening(people, "vic", served.address), people.page_of("ada")
    picture = vic.locator(".card img").first.get_attribute("src")
    whole, part = picture.replace("thumbnail", "picture"), "bytes=0-99"
    before = [vic.evaluate(FETCH, [picture, ""]), vic.evaluate(FETCH, [whole, part])]
    assert before == [200, 206]
    sockets = vic.evaluate("window.heard.sockets")
    board = "/" + vic.url.split("/", 3)[3].split("?")[0]
    ada.goto(board + "people")
    forms = ada.locator("tr", has_text="vic").locator('form[action$="/remove"]')
    asked = ada.evaluate("Date.now()")
    assert status_of(ada, str(forms.get_attribute("action")), method="POST") == 200
    answers = [
        vic.evaluate(FETCH, [address, range_]) for address, range_ in ((picture, ""), (whole, part))
    ]
    assert answers == [404, 404]
    vic.wait_for_function("window.heard.closes.length > 0", timeout=30_000)
    _, code, closed = vic.evaluate("window.heard.closes[0]")
    print(
        f"taken off → socket closed: {closed - asked} ms after the button (bound 1000 ms, not asserted)"
    )
    assert code == 4403
    expect(vic.locator(".live")).to_have_text("you are no longer on this project")
    vic.wait_for_timeout(1500)
    assert vic.evaluate("window.heard.sockets") == sockets, "the page opened the socket again"
    assert "member.removed" not in [verb for _, _, verb in vic.evaluate("window.heard.seqs")]


def test_a_cut_wire_loses_nothing_and_a_revoked_member_is_cut_off(
    browser_path: str, served: Studio
) -> None:
    with crowd(browser_path, served) as people:
        cut_and_mend(people, served)
        revoke(people, served)
