"""A picture from an address that somebody typed: from the public internet alone, and never more than is bearable."""

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

from tests.api.company import Answer, closed, context_of, proxy, site, trust
from wizard.api.pictures import LIMIT, Pictures, Policy, resolve
from wizard.core.network_settings import Mode, Network, NetworkAccess
from wizard.core.pictures import Kind
from wizard.core.problems import Code, Expected, Problem, Stopped

STOP = threading.Event()
HERE = ipaddress.ip_address("127.0.0.1")
TESTS_SERVE_HERE = Policy(frozenset({HERE}))

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
    """What the servers show; this computer trusts it."""
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
def test_a_picture_is_what_its_content_says(shown: ssl.SSLContext, kind: Kind) -> None:
    with site(always(answer(body=BODIES[kind], content_type="text/html")), shown) as server:
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
def test_what_is_no_picture(shown: ssl.SSLContext, body: bytes, code: Code) -> None:
    with site(always(answer(body=body, content_type="image/png")), shown) as server:
        assert refused(f"https://logos.example:{server.port}/logo.png").code is code


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 429, 500, 503])
def test_statuses(shown: ssl.SSLContext, status: int) -> None:
    with site(always(answer(status, b"")), shown) as server:
        problem = refused(f"https://logos.example:{server.port}/logo.png")
    assert (problem.code, problem.facts["status"]) == (Code.PICTURE_NOT_THERE, status)


# ------------------------------------------------------------------ how much, how long


def test_the_largest_picture(shown: ssl.SSLContext) -> None:
    with site(always(answer(body=PNG.ljust(LIMIT, b"\0"))), shown) as server:
        assert len(pictures().fetch(f"https://logos.example:{server.port}/", STOP).content) == LIMIT


def test_one_byte_more_is_not_even_read(shown: ssl.SSLContext) -> None:
    with site(always(answer(content_length=str(LIMIT + 1))), shown) as server:
        problem = refused(f"https://logos.example:{server.port}/")
    assert (problem.code, problem.facts["limit"]) == (Code.PICTURE_TOO_LARGE, 2)


def test_a_picture_that_does_not_tell_its_size(shown: ssl.SSLContext) -> None:
    chunk = b"10000\r\n" + b"\0" * 0x10000 + b"\r\n"
    with site(always(answer(body=chunk * 64 + b"0\r\n\r\n", transfer_encoding="chunked")), shown) as server:
        assert refused(f"https://logos.example:{server.port}/").code is Code.PICTURE_TOO_LARGE


@contextlib.contextmanager
def dripping(context: ssl.SSLContext, start: bytes) -> Iterator[int]:
    """A server that sends a byte every now and then for ever, after this start."""
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
def test_a_drip_comes_to_an_end(shown: ssl.SSLContext, start: bytes) -> None:
    started = time.monotonic()
    with dripping(shown, start) as port:
        problem = refused(f"https://logos.example:{port}/", pictures(limit_s=0.4))
    assert problem.code is Code.TIMED_OUT
    assert 0.3 < time.monotonic() - started < 3


def test_a_person_who_stops(shown: ssl.SSLContext) -> None:
    stop = threading.Event()
    with dripping(shown, b"HTTP/1.1 200 OK\r\n\r\n" + PNG) as port:
        threading.Timer(0.1, stop.set).start()
        with pytest.raises(Stopped):
            pictures().fetch(f"https://logos.example:{port}/", stop)
    with pytest.raises(Stopped):
        pictures().fetch("https://logos.example/", stop)


@pytest.fixture
def silence() -> Iterator[Callable[[str, int], Sequence[str]]]:
    """A computer that finds no name, and does not say so."""
    done = threading.Event()

    def ask(_host: str, _port: int) -> Sequence[str]:
        done.wait(30)
        return ["127.0.0.1"]

    yield ask
    done.set()


@pytest.mark.parametrize("port", [0, 9])
def test_a_name_that_is_looked_for_without_end(silence: Callable[[str, int], Sequence[str]], port: int) -> None:
    way = NetworkAccess(Network(Mode.MANUAL, "127.0.0.1", port) if port else Network(Mode.NONE))
    started = time.monotonic()
    problem = refused("https://logos.example/", pictures(resolve=silence, limit_s=0.3, way=way))
    assert (problem.code, problem.facts["host"]) == (Code.TIMED_OUT, "logos.example")
    assert 0.2 < time.monotonic() - started < 3


def test_a_person_who_stops_while_a_name_is_looked_for(silence: Callable[[str, int], Sequence[str]]) -> None:
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
    with site(leading("/1", "2", "?x"), shown) as server:
        assert pictures().fetch(f"https://logos.example:{server.port}/0", STOP).kind is Kind.PNG
    assert server.asked == ["GET /0", "GET /1", "GET /2", "GET /2?x"]
    assert not [headers for headers in server.headers if "cookie" in headers]


def test_a_fourth_is_not(shown: ssl.SSLContext) -> None:
    with site(leading("/1", "/2", "/3", "/4"), shown) as server:
        assert refused(f"https://logos.example:{server.port}/0").code is Code.PICTURE_MOVES
    assert server.asked == ["GET /0", "GET /1", "GET /2", "GET /3"]


@pytest.mark.parametrize("place", ["http://logos.example/", "file:///etc/passwd", "ftp://x/", "//u:p@x/"])
def test_no_other_scheme_is_followed(shown: ssl.SSLContext, place: str) -> None:
    with site(leading(place), shown) as server:
        assert refused(f"https://logos.example:{server.port}/0").code is Code.PICTURE_MOVES
    assert server.asked == ["GET /0"]


def test_a_redirect_to_nothing_readable(shown: ssl.SSLContext) -> None:
    with site(leading("data:,x"), shown) as server:
        refused(f"https://logos.example:{server.port}/0")
    assert server.asked == ["GET /0"]


def test_a_redirect_inside_is_refused(shown: ssl.SSLContext) -> None:
    def resolve(host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host == "logos.example" else ["169.254.169.254"]

    with site(leading("https://metadata.example/latest"), shown) as server:
        problem = refused(f"https://logos.example:{server.port}/0", pictures(resolve=resolve))
    assert problem.code is Code.PICTURE_PRIVATE


@pytest.mark.parametrize(
    "url",
    ["http://logos.example/", "logos.example", "", "file:///etc/passwd", "https://", "https://a:b@logos.example/",
     "https://logos.example:99999/", "https://[fe80::1%25eth0]/", "https://[::1", "https://a b/"],
)  # fmt: skip
def test_no_other_scheme_is_asked(url: str) -> None:
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
def test_addresses_inside(address: str) -> None:
    assert not Policy().allows(address)
    url = f"https://[{address}]/" if ":" in address else f"https://{address}/"
    assert refused(url, Pictures()).code is Code.PICTURE_PRIVATE
    # The same by a name, alone and hidden behind a public address.
    alone = refused("https://logos.example/", Pictures(resolve=lambda _host, _port: [address]))
    hidden = refused("https://logos.example/", Pictures(resolve=lambda _host, _port: ["93.184.216.34", address]))
    assert (alone.code, hidden.code) == (Code.PICTURE_PRIVATE, Code.PICTURE_PRIVATE)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_outside(address: str) -> None:
    assert Policy().allows(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_is_allowed_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if Policy().allows(str(address)):
        assert not any((address.is_loopback, address.is_link_local, address.is_multicast, address.is_unspecified))
    if isinstance(address, ipaddress.IPv4Address):
        mapped = f"::ffff:{address}"
        assert Policy().allows(mapped) is Policy().allows(str(address))


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "1.2.3.4.5", "fe80::1%eth0"])
def test_what_is_no_address_is_not_allowed(text: str) -> None:
    assert not Policy().allows(text)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "ip6-localhost"])
def test_names_of_this_computer(host: str) -> None:
    problem = refused(f"https://{host}/", Pictures(resolve=lambda _host, _port: ["::1", "127.0.0.1"]))
    assert problem.code is Code.PICTURE_PRIVATE


def test_the_real_resolver() -> None:
    assert {ipaddress.ip_address(each).is_loopback for each in resolve("localhost", 443)} == {True}


def test_a_second_answer_of_the_name_changes_nothing(shown: ssl.SSLContext) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with site(always(answer()), shown) as server:
        assert pictures(resolve=resolve).fetch(f"https://logos.example:{server.port}/", STOP).kind is Kind.PNG
    # Asked once; the guard of these tests would tell of any other question.
    assert (asked, server.connections) == (["logos.example"], 1)


def test_the_certificate_has_to_be_of_the_name(shown: ssl.SSLContext) -> None:
    with site(always(answer()), shown) as server:
        problem = refused(f"https://third.example:{server.port}/")
    assert (problem.code, problem.facts.get("other_host"), server.asked) == (Code.TLS_UNTRUSTED, 1, [])


def test_trust_is_the_same_as_everywhere(authority: trustme.CA) -> None:
    with site(always(answer()), context_of(authority, "logos.example")) as server:
        problem = refused(f"https://logos.example:{server.port}/")
    assert (problem.code, server.asked, server.connections) == (Code.TLS_UNTRUSTED, [], 1)


def test_the_next_address_is_tried(shown: ssl.SSLContext) -> None:
    policy = Policy(frozenset({HERE, ipaddress.ip_address("127.0.0.2")}))
    with site(always(answer()), shown) as server:
        one = pictures(policy=policy, resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"])
        assert one.fetch(f"https://logos.example:{server.port}/", STOP).kind is Kind.PNG


def test_a_name_that_nobody_knows() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    assert refused("https://logos.example/", Pictures(resolve=resolve)).code is Code.NAME_NOT_RESOLVED


def test_nobody_there() -> None:
    assert refused(f"https://logos.example:{closed()}/").code is Code.NO_CONNECTION


# ------------------------------------------------------------------ through a proxy


def behind(port: int, **how: object) -> Pictures:
    return Pictures(NetworkAccess(Network(Mode.MANUAL, "127.0.0.1", port)), **how)  # type: ignore[arg-type]


def unknown(_host: str, _port: int) -> Sequence[str]:
    raise socket.gaierror(-2, "Name or service not known")


def test_a_picture_through_a_proxy(shown: ssl.SSLContext) -> None:
    with site(always(answer()), shown) as server, proxy(hosts={"logos.example": server.port}) as between:
        for resolve in (unknown, lambda _host, _port: ["93.184.216.34"]):
            assert behind(between.port, resolve=resolve).fetch("https://logos.example/", STOP).kind is Kind.PNG
    assert between.asked == ["CONNECT logos.example:443"] * 2


@pytest.mark.parametrize(
    "url",
    ["https://10.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://127.0.0.1/", "https://intranet/",
     "https://wiki.corp/", "https://printer.local/", "https://a.b.internal/"],
)  # fmt: skip
def test_a_proxy_is_never_asked_for_the_inside(url: str) -> None:
    with proxy() as between:
        assert refused(url, behind(between.port, resolve=unknown)).code is Code.PICTURE_PRIVATE
    assert between.asked == []


def test_a_name_that_means_the_inside_here_is_not_asked_for() -> None:
    with proxy() as between:
        problem = refused("https://logos.example/", behind(between.port, resolve=lambda _host, _port: ["10.0.0.1"]))
    assert (problem.code, between.asked) == (Code.PICTURE_PRIVATE, [])


def test_a_proxy_that_asks_for_a_sign_in() -> None:
    with proxy(sign_in=("jo", "x")) as between:
        problem = refused("https://logos.example/", behind(between.port, resolve=unknown))
    assert (problem.code, problem.facts["proxy"]) == (Code.PROXY_SIGN_IN, between.name)
