"""A person's own page."""

from __future__ import annotations

import pytest


def test_a_person_changes_the_name_people_see(client, ben):
    client.force_login(ben)
    client.post("/account", {"first_name": " Ben  of paint "})
    ben.refresh_from_db()
    assert ben.first_name == "Ben of paint"


@pytest.mark.parametrize("name", ["😀" * 10_000, "a\x00b", "x" * 61])
def test_a_name_nobody_could_read_is_refused(client, ben, name):
    client.force_login(ben)
    answer = client.post("/account", {"first_name": name})
    assert answer.status_code == 400
    assert "up to 60 printable characters" in answer.content.decode()


def test_a_changed_password_keeps_this_browser_and_ends_the_others(client, ben):
    other = type(client)()
    for browser in (client, other):
        browser.force_login(ben)
    new = "a longer night bus"
    given = {"old_password": "ben-password", "new_password1": new, "new_password2": new}
    assert client.post("/account", given).status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_a_wrong_password_changes_nothing(client, ben):
    client.force_login(ben)
    given = {"old_password": "no", "new_password1": "new bus 12", "new_password2": "new bus 12"}
    answer = client.post("/account", given)
    assert answer.status_code == 400
    ben.refresh_from_db()
    assert ben.check_password("ben-password")
