"""Calls that leave the house go where they may, and no answer is read for ever."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, Transient
from apexsite.kit.outbound import (
    AddressRefused,
    base_url_checked,
    guarded_client,
    is_public,
    public_address,
)
from tests.cloud.loopback import Answer, vendor

pytestmark = pytest.mark.hosted


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1%eth0",
        "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1",
        "2002:7f00:1::",
    ],
)  # fmt: skip
def test_an_address_inside_a_house_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.7"):
        public_address("x.example", 443, resolve=lambda host, port: ["8.8.8.8", "10.0.0.7"])
    assert public_address("x.example", 443, resolve=lambda host, port: ["8.8.8.8"]) == "8.8.8.8"


@pytest.mark.parametrize(
    "where",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.5/picture.png",
        "https://[::1]/picture.png",
        "https://localhost/picture.png",
        "http://example.org/picture.png",
        "file:///etc/passwd",
        "gopher://example.org/",
    ],
)
def test_an_answer_that_leads_inside_is_not_followed(where):
    import httpx2

    with (
        vendor(Answer(302, headers={"location": where})) as server,
        guarded_client(server.url) as c,
    ):
        with pytest.raises((AddressRefused, httpx2.UnsupportedProtocol)):
            c.post(server.url)
        assert len(server.asked) == 1


def test_a_name_that_changes_its_address_between_look_and_call_is_refused():
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    away = Answer(302, headers={"location": "https://rebinds.example/x"})
    with vendor(away) as server:
        line = guarded_client(server.url, resolve=lambda host, port: next(answers))
        with line, pytest.raises(AddressRefused, match=r"rebinds\.example \(127\.0\.0\.1\)"):
            line.post(server.url)


def test_the_configured_address_may_lead_to_itself_but_not_in_a_circle():
    import httpx2

    on = Answer(307, headers={"location": "/second"})
    with vendor(on, Answer(200, b"here")) as server, guarded_client(server.url) as line:
        assert line.post(server.url, content=b"7").text == "here"
        assert [path for path, *_ in server.asked] == ["/", "/second"]
    too_many = pytest.raises(httpx2.TooManyRedirects)
    with vendor(on) as server, guarded_client(server.url) as line, too_many:
        line.post(server.url, content=b"7")


def test_secrets_stay_with_the_configured_address(monkeypatch):
    import httpx2

    seen = {}
    mine = httpx2.HTTPTransport.handle_request

    def spied(self, request):
        if request.url.host == "127.0.0.1":
            return mine(self, request)
        seen.update(request.headers)
        return httpx2.Response(200, stream=httpx2.ByteStream(b"there"))

    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", spied)
    away = Answer(302, headers={"location": "https://cdn.example/x"})
    with vendor(away) as server:
        headers = {"x-goog-api-key": "k", "authorization": "Bearer t", "cookie": "c=1"}
        with guarded_client(server.url, resolve=lambda host, port: ["8.8.8.8"]) as line:
            assert line.post(server.url, headers=headers).text == "there"
    assert seen["host"] == "cdn.example"
    assert not {"x-goog-api-key", "authorization", "cookie"} & set(seen)


def test_four_gigabytes_stop_at_the_cap():
    with vendor(Answer(200, endless=True)) as server:
        too_long = pytest.raises(Transient, match="longer than 1048576 bytes")
        with guarded_client(server.url, most_bytes=1 << 20) as line, too_long:
            line.post(server.url)
        assert server.is_hung_up.wait(10)
        assert server.sent_bytes < 64 << 20


def test_an_answer_that_takes_too_long_or_comes_packed_is_a_fault():
    too_slow = pytest.raises(Transient, match="longer than 0 s")
    with vendor(Answer(200, bytes(1 << 20))) as server, too_slow:
        guarded_client(server.url, most_seconds=0.0).post(server.url, timeout=5)
    packed = Answer(200, b"x", {"content-encoding": "gzip"})
    with vendor(packed) as server, pytest.raises(Transient, match="packed"):
        guarded_client(server.url).post(server.url)


@pytest.mark.parametrize("url", ["", "ftp://x", "https://", "https://me:pw@host", "nonsense"])
def test_a_setting_that_is_no_address_is_named(url):
    with pytest.raises(InputError, match="APEX_X"):
        base_url_checked(url, name="APEX_X")
    assert base_url_checked("http://127.0.0.1:9/a/", name="APEX_X") == "http://127.0.0.1:9/a"
