"""Calls that leave the house go where they may, and no answer is read for ever."""

from __future__ import annotations

import traceback
from contextlib import nullcontext

import pytest

from apexsite.kit.errors import InputError, ModelGone, Transient
from apexsite.kit.outbound import (
    AddressRefused,
    Bounds,
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


def test_four_gigabytes_stop_at_the_cap_told_or_not():
    cap = Bounds(most_bytes=1 << 20)
    for length, words in (
        (4 << 30, "is 4,294,967,296 bytes; at most 1,048,576"),
        (None, "over 1,048,576 bytes"),
    ):
        with vendor(Answer(200, endless=True, length=length)) as server:
            too_long = pytest.raises(Transient, match=words)
            with guarded_client(server.url, bounds=cap) as line, too_long:
                line.post(server.url)
            assert server.is_hung_up.wait(10)
            assert server.sent_bytes < 64 << 20


def test_an_answer_that_takes_too_long_or_comes_packed_is_a_fault():
    bounds = Bounds(most_seconds=0.0, silence_seconds=5.0)
    too_slow = pytest.raises(Transient, match="not complete after 0 s")
    slow = vendor(Answer(200, bytes(1 << 20)))
    with slow as server, guarded_client(server.url, bounds=bounds) as line, too_slow:
        line.post(server.url)
    packed = vendor(Answer(200, b"x", {"content-encoding": "gzip"}))
    unfit = pytest.raises(Transient, match="compressed unasked")
    with packed as server, guarded_client(server.url) as line, unfit:
        line.post(server.url)


@pytest.mark.parametrize(("counts_wait", "is_late"), [(True, True), (False, False)])
def test_the_time_until_the_first_byte_counts_where_it_is_said_to(counts_wait, is_late):
    seconds = [0.0]

    def drawn_for_a_minute(_):
        seconds[0] += 60
        return Answer(200, b"here")

    bounds = Bounds(most_seconds=50, counts_wait=counts_wait, too_slow=ModelGone)
    end = pytest.raises(ModelGone, match="after 50 s") if is_late else nullcontext()
    with vendor(drawn_for_a_minute) as server:
        line = guarded_client(server.url, bounds=bounds, clock=lambda: seconds[0])
        with line, end:
            assert line.post(server.url).text == "here"


def test_where_no_redirects_are_followed_the_answer_that_leads_on_is_given():
    away = Answer(302, headers={"location": "/second"})
    with vendor(away) as server, guarded_client(server.url, most_redirects=0) as line:
        assert line.post(server.url).status_code == 302
        assert len(server.asked) == 1


def test_a_configured_name_in_other_letters_is_the_configured_address(monkeypatch):
    import httpx2

    seen = {}

    def spied(self, request):
        seen.update(request.headers)
        return httpx2.Response(200, stream=httpx2.ByteStream(b"there"))

    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", spied)
    inside = guarded_client("http://bücher.example/v1", resolve=lambda host, port: ["10.0.0.5"])
    with inside as line:
        line.post("http://bücher.example/v1/x", headers={"authorization": "Bearer t"})
    assert (seen["host"], seen["authorization"]) == ("xn--bcher-kva.example", "Bearer t")


@pytest.mark.parametrize("url", ["", "ftp://x", "https://", "https://me:pw@host", "nonsense"])
def test_a_setting_that_is_no_address_is_named(url):
    with pytest.raises(InputError, match="APEX_X"):
        base_url_checked(url, name="APEX_X")
    assert base_url_checked("http://127.0.0.1:9/a/", name="APEX_X") == "http://127.0.0.1:9/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://me:s3cret@host/v1", "ftp://me:s3cret@host", "me:s3cret@host/v1", "http://me:s3cret@",
        "http:me:s3cret@host", "https://host:s3cret/v1", "http://[me:s3cret@host", "http://me:s3cret@h\u2100st",
        "//me:s3cret@host", "s3cret", "http://:s3cret@host",
    ],
)  # fmt: skip
def test_a_password_in_a_setting_is_never_said(url):
    with pytest.raises(InputError, match="APEX_X") as told:
        base_url_checked(url, name="APEX_X")
    said = "".join(traceback.format_exception(told.value, chain=True)).split("in base_url_checked")
    assert "s3cret" not in str(told.value) and told.value.__context__ is None
    assert "s3cret" not in said[-1]
