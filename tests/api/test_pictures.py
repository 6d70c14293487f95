"""A picture from an untrusted URL: public addresses only, within limits of size, time and redirects."""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.networks import Answer, closed_port, connect_proxy, context_of, trust, web_server
from wizard.api.pictures import MAX_BYTES, AddressPolicy, Pictures, resolve
from wizard.core.network_settings import Mode, Network, NetworkAccess
from wizard.core.pictures import Kind
from wizard.core.problems import Code, Expected, Problem, Stopped

STOP = threading.Event()
HERE = ipaddress.ip_address("127.0.0.1")
TESTS_SERVE_HERE = AddressPolicy(frozenset({HERE}))

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
BODIES = {
    Kind.PNG: PNG,
    Kind.JPEG: b"\xff\xd8\xff\xe0" + b"\0" * 40,
    Kind.GIF: b"GIF89a" + b"\0" * 40,
    Kind.WEBP: b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 40,
}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """The authority of every server here."""
    return trustme.CA()


@pytest.fixture
def shown(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The TLS context of the servers; this computer trusts it."""
    trust(authority, tmp_path, monkeypatch)
    return context_of(authority, "logos.example", "other.example")


def answer(status: int = 200, body: bytes = PNG, **headers: str) -> Answer:
    return status, {name.replace("_", "-").title(): value for name, value in headers.items()}, body


def always(given: Answer) -> Callable[[str, str, Mapping[str, str]], Answer]:
    return lambda _method, _path, _headers: given


def here(_host: str, _port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def pictures(**how: object) -> Pictures:
    """Pictures for which this computer is public."""
    return Pictures(**{"policy": TESTS_SERVE_HERE, "resolve": here, **how})  # type: ignore[arg-type]


def refused(url: str, fetcher: Pictures | None = None) -> Problem:
    with pytest.raises(Expected) as raised:
        (fetcher or pictures()).fetch(url, STOP)
    assert raised.value.field is None
    return raised.value


# ------------------------------------------------------------------ what comes


@pytest.mark.parametrize("kind", list(Kind))
def test_the_format_is_detected_by_content(shown: ssl.SSLContext, kind: Kind) -> None:
    with web_server(always(answer(body=BODIES[kind], content_type="text/html")), shown) as server:
        found = pictures().fetch(f"https://logos.example:{server.port}/a%20b.png?v=1#top", STOP)
    assert (found.kind, found.content) == (kind, BODIES[kind])
    assert server.asked == ["GET /a%20b.png?v=1"]
    sent = server.headers[0]
    assert sent["host"] == f"logos.example:{server.port}"
    assert not {"cookie", "authorization", "proxy-authorization", "referer"} & set(sent)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', Code.PICTURE_IS_DRAWING),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x --><SVG>', Code.PICTURE_IS_DRAWING),
        (b"\n <!DOCTYPE html><title>Sign in</title>", Code.PICTURE_IS_PAGE),
        (b"<html>", Code.PICTURE_IS_PAGE),
        (b"", Code.PICTURE_NOT_READABLE),
        (b"\x1f\x8b\x08" + b"\0" * 40, Code.PICTURE_NOT_READABLE),
        (b"BM" + b"\0" * 40, Code.PICTURE_NOT_READABLE),
        (b"\x89PN", Code.PICTURE_NOT_READABLE),
        (b"RIFF\x10\0\0\0WAVE", Code.PICTURE_NOT_READABLE),
    ],
)
def test_content_that_is_no_picture(shown: ssl.SSLContext, body: bytes, code: Code) -> None:
    with web_server(always(answer(body=body, content_type="image/png")), shown) as server:
        assert refused(f"https://logos.example:{server.port}/logo.png").code is code


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 429, 500, 503])
def test_statuses(shown: ssl.SSLContext, status: int) -> None:
    with web_server(always(answer(status, b"")), shown) as server:
        problem = refused(f"https://logos.example:{server.port}/logo.png")
    assert (problem.code, problem.facts["status"]) == (Code.PICTURE_NOT_THERE, status)


# ------------------------------------------------------------------ how much, how long


def test_the_largest_picture(shown: ssl.SSLContext) -> None:
    with web_server(always(answer(body=PNG.ljust(MAX_BYTES, b"\0"))), shown) as server:
        assert len(pictures().fetch(f"https://logos.example:{server.port}/", STOP).content) == MAX_BYTES


def test_a_content_length_above_the_limit_is_refused_unread(shown: ssl.SSLContext) -> None:
    with web_server(always(answer(content_length=str(MAX_BYTES + 1))), shown) as server:
        problem = refused(f"https://logos.example:{server.port}/")
    assert (problem.code, problem.facts["limit"]) == (Code.PICTURE_TOO_LARGE, 2)


def test_a_chunked_picture_above_the_limit(shown: ssl.SSLContext) -> None:
    chunk = b"10000\r\n" + b"\0" * 0x10000 + b"\r\n"
    with web_server(always(answer(body=chunk * 64 + b"0\r\n\r\n", transfer_encoding="chunked")), shown) as server:
        assert refused(f"https://logos.example:{server.port}/").code is Code.PICTURE_TOO_LARGE


@contextlib.contextmanager
def dripping(context: ssl.SSLContext, start: bytes) -> Iterator[int]:
    """A server that drips bytes without end after this start."""
    done = threading.Event()

    def serve(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection, _ = server.accept()
            with context.wrap_socket(connection, server_side=True) as drops:
                drops.recv(4096)
                drops.sendall(start)
                while not done.wait(0.02):
                    drops.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        yield int(server.getsockname()[1])
        done.set()
        thread.join()


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n" + PNG])
def test_a_slow_drip_ends_at_the_time_limit(shown: ssl.SSLContext, start: bytes) -> None:
    started = time.monotonic()
    with dripping(shown, start) as port:
        problem = refused(f"https://logos.example:{port}/", pictures(limit_s=0.4))
    assert problem.code is Code.TIMED_OUT
    assert 0.3 < time.monotonic() - started < 3


def test_stop_while_reading(shown: ssl.SSLContext) -> None:
    stop = threading.Event()
    with dripping(shown, b"HTTP/1.1 200 OK\r\n\r\n" + PNG) as port:
        threading.Timer(0.1, stop.set).start()
        with pytest.raises(Stopped):
            pictures().fetch(f"https://logos.example:{port}/", stop)
    with pytest.raises(Stopped):
        pictures().fetch("https://logos.example/", stop)


@pytest.fixture
def silence() -> Iterator[Callable[[str, int], Sequence[str]]]:
    """A name lookup that never ends."""
    done = threading.Event()

    def ask(_host: str, _port: int) -> Sequence[str]:
        done.wait(30)
        return ["127.0.0.1"]

    yield ask
    done.set()


@pytest.mark.parametrize("port", [0, 9])
def test_a_name_lookup_without_end_ends_at_the_time_limit(
    silence: Callable[[str, int], Sequence[str]], port: int
) -> None:
    way = NetworkAccess(Network(Mode.MANUAL, "127.0.0.1", port) if port else Network(Mode.NONE))
    started = time.monotonic()
    problem = refused("https://logos.example/", pictures(resolve=silence, limit_s=0.3, way=way))
    assert (problem.code, problem.facts["host"]) == (Code.TIMED_OUT, "logos.example")
    assert 0.2 < time.monotonic() - started < 3


def test_stop_during_a_name_lookup(silence: Callable[[str, int], Sequence[str]]) -> None:
    stop, started = threading.Event(), time.monotonic()
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Stopped):
        pictures(resolve=silence).fetch("https://logos.example/", stop)
    assert time.monotonic() - started < 3


# ------------------------------------------------------------------ where it leads


def leading(*places: str) -> Callable[[str, str, Mapping[str, str]], Answer]:
    """Redirects from /0 to each place in turn; elsewhere is the picture."""

    def say(_method: str, path: str, _headers: Mapping[str, str]) -> Answer:
        number = path.strip("/")
        if number.isdecimal() and int(number) < len(places):
            return answer(302, b"", location=places[int(number)], set_cookie="canary=1")
        return answer()

    return say


def test_three_redirects_are_followed_without_cookies(shown: ssl.SSLContext) -> None:
    with web_server(leading("/1", "2", "?x"), shown) as server:
        assert pictures().fetch(f"https://logos.example:{server.port}/0", STOP).kind is Kind.PNG
    assert server.asked == ["GET /0", "GET /1", "GET /2", "GET /2?x"]
    assert not [headers for headers in server.headers if "cookie" in headers]


def test_a_fourth_redirect_is_refused(shown: ssl.SSLContext) -> None:
    with web_server(leading("/1", "/2", "/3", "/4"), shown) as server:
        assert refused(f"https://logos.example:{server.port}/0").code is Code.PICTURE_MOVES
    assert server.asked == ["GET /0", "GET /1", "GET /2", "GET /3"]


@pytest.mark.parametrize("place", ["http://logos.example/", "file:///etc/passwd", "ftp://x/", "//u:p@x/"])
def test_a_redirect_to_another_scheme_is_refused(shown: ssl.SSLContext, place: str) -> None:
    with web_server(leading(place), shown) as server:
        assert refused(f"https://logos.example:{server.port}/0").code is Code.PICTURE_MOVES
    assert server.asked == ["GET /0"]


def test_a_redirect_to_an_unreadable_url(shown: ssl.SSLContext) -> None:
    with web_server(leading("data:,x"), shown) as server:
        refused(f"https://logos.example:{server.port}/0")
    assert server.asked == ["GET /0"]


def test_a_redirect_to_a_private_address_is_refused(shown: ssl.SSLContext) -> None:
    def resolve(host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host == "logos.example" else ["169.254.169.254"]

    with web_server(leading("https://metadata.example/latest"), shown) as server:
        problem = refused(f"https://logos.example:{server.port}/0", pictures(resolve=resolve))
    assert problem.code is Code.PICTURE_PRIVATE


@pytest.mark.parametrize(
    "url",
    ["http://logos.example/", "logos.example", "", "file:///etc/passwd", "https://", "https://a:b@logos.example/",
     "https://logos.example:99999/", "https://[fe80::1%25eth0]/", "https://[::1", "https://a b/"],
)  # fmt: skip
def test_other_schemes_are_refused(url: str) -> None:
    assert refused(url, Pictures(resolve=here)).code is Code.LOGO_NOT_HTTPS


# ------------------------------------------------------------------ never inside

INSIDE = [
    "127.0.0.1", "127.8.9.10", "0.0.0.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "fec0::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "64:ff9b::10.1.2.3", "2002:7f00:1::",
    "2002:a00:1::", "::127.0.0.1", "100::1",
]  # fmt: skip
OUTSIDE = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]


@pytest.mark.parametrize("address", INSIDE)
def test_private_addresses(address: str) -> None:
    assert not AddressPolicy().allows(address)
    url = f"https://[{address}]/" if ":" in address else f"https://{address}/"
    assert refused(url, Pictures()).code is Code.PICTURE_PRIVATE
    # The same by a name, alone and hidden behind a public address.
    alone = refused("https://logos.example/", Pictures(resolve=lambda _host, _port: [address]))
    hidden = refused("https://logos.example/", Pictures(resolve=lambda _host, _port: ["93.184.216.34", address]))
    assert (alone.code, hidden.code) == (Code.PICTURE_PRIVATE, Code.PICTURE_PRIVATE)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses(address: str) -> None:
    assert AddressPolicy().allows(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_is_allowed_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if AddressPolicy().allows(str(address)):
        assert not any((address.is_loopback, address.is_link_local, address.is_multicast, address.is_unspecified))
    if isinstance(address, ipaddress.IPv4Address):
        mapped = f"::ffff:{address}"
        assert AddressPolicy().allows(mapped) is AddressPolicy().allows(str(address))


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "1.2.3.4.5", "fe80::1%eth0"])
def test_text_that_is_no_address_is_not_allowed(text: str) -> None:
    assert not AddressPolicy().allows(text)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "ip6-localhost"])
def test_names_of_loopback(host: str) -> None:
    problem = refused(f"https://{host}/", Pictures(resolve=lambda _host, _port: ["::1", "127.0.0.1"]))
    assert problem.code is Code.PICTURE_PRIVATE


def test_the_real_resolver() -> None:
    assert {ipaddress.ip_address(each).is_loopback for each in resolve("localhost", 443)} == {True}


def test_dns_rebinding_has_no_effect(shown: ssl.SSLContext) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with web_server(always(answer()), shown) as server:
        assert pictures(resolve=resolve).fetch(f"https://logos.example:{server.port}/", STOP).kind is Kind.PNG
    # Resolved once; the network guard would report any other lookup.
    assert (asked, server.connections) == (["logos.example"], 1)


def test_the_certificate_must_be_the_hosts(shown: ssl.SSLContext) -> None:
    with web_server(always(answer()), shown) as server:
        problem = refused(f"https://third.example:{server.port}/")
    assert (problem.code, problem.facts.get("other_host"), server.asked) == (Code.TLS_UNTRUSTED, 1, [])


def test_an_unknown_authority_is_not_trusted(authority: trustme.CA) -> None:
    with web_server(always(answer()), context_of(authority, "logos.example")) as server:
        problem = refused(f"https://logos.example:{server.port}/")
    assert (problem.code, server.asked, server.connections) == (Code.TLS_UNTRUSTED, [], 1)


def test_the_next_address_is_tried(shown: ssl.SSLContext) -> None:
    policy = AddressPolicy(frozenset({HERE, ipaddress.ip_address("127.0.0.2")}))
    with web_server(always(answer()), shown) as server:
        one = pictures(policy=policy, resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"])
        assert one.fetch(f"https://logos.example:{server.port}/", STOP).kind is Kind.PNG


def test_an_unknown_host() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    assert refused("https://logos.example/", Pictures(resolve=resolve)).code is Code.NAME_NOT_RESOLVED


def test_a_closed_port() -> None:
    assert refused(f"https://logos.example:{closed_port()}/").code is Code.NO_CONNECTION


# ------------------------------------------------------------------ through a proxy


def behind(port: int, **how: object) -> Pictures:
    return Pictures(NetworkAccess(Network(Mode.MANUAL, "127.0.0.1", port)), **how)  # type: ignore[arg-type]


def unknown(_host: str, _port: int) -> Sequence[str]:
    raise socket.gaierror(-2, "Name or service not known")


def test_a_picture_through_a_proxy(shown: ssl.SSLContext) -> None:
    with web_server(always(answer()), shown) as server, connect_proxy(hosts={"logos.example": server.port}) as between:
        for resolve in (unknown, lambda _host, _port: ["93.184.216.34"]):
            assert behind(between.port, resolve=resolve).fetch("https://logos.example/", STOP).kind is Kind.PNG
    assert between.asked == ["CONNECT logos.example:443"] * 2


@pytest.mark.parametrize(
    "url",
    ["https://10.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://127.0.0.1/", "https://intranet/",
     "https://wiki.corp/", "https://printer.local/", "https://a.b.internal/"],
)  # fmt: skip
def test_a_proxy_is_never_asked_for_a_private_host(url: str) -> None:
    with connect_proxy() as between:
        assert refused(url, behind(between.port, resolve=unknown)).code is Code.PICTURE_PRIVATE
    assert between.asked == []


def test_a_host_that_resolves_to_a_private_address_is_refused_behind_a_proxy() -> None:
    with connect_proxy() as between:
        problem = refused("https://logos.example/", behind(between.port, resolve=lambda _host, _port: ["10.0.0.1"]))
    assert (problem.code, between.asked) == (Code.PICTURE_PRIVATE, [])


def test_a_proxy_that_requires_authentication() -> None:
    with connect_proxy(sign_in=("jo", "x")) as between:
        problem = refused("https://logos.example/", behind(between.port, resolve=unknown))
    assert (problem.code, problem.facts["proxy"]) == (Code.PROXY_SIGN_IN, between.name)
