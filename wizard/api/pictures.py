"""A picture from an address that a person typed: fetched with the suspicion that such an address deserves."""

import ipaddress
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from wizard.api.faults import from_transport
from wizard.api.http.certificate_issuer import named
from wizard.api.http.deadline import Deadline
from wizard.api.http.proxies import DIRECT, Route, System, route_to
from wizard.api.http.transport import RoutedClient, trust_for
from wizard.core.address import Origin, host_of
from wizard.core.integration import logo_problem
from wizard.core.network_settings import NetworkAccess
from wizard.core.pictures import Kind, Picture
from wizard.core.problems import Code, Expected, Stopped

log = logging.getLogger(__name__)

LIMIT = 2 * 1024 * 1024
"""Bytes of one picture."""
MOVES = 3
"""Redirects that are followed."""
WHOLE_TIMEOUT_S = 20.0
"""Seconds from the click to the last byte, redirects included."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as text. Raises `OSError` if there are none."""

_TIMEOUT = httpx.Timeout(8.0, connect=5.0)
_TRIED = 3
"""Addresses of one name that are tried, as some of them may be of a kind that this network does not carry."""

_HEADERS = {
    "accept": "image/png, image/jpeg, image/gif, image/webp",
    "accept-encoding": "identity",
    "user-agent": "integration-wizard",
}
_MOVED = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_INSIDE = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".intranet", ".corp")
"""Ends of names that mean a company's or a home's own network."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which addresses may be visited: public ones, and those in `also`, for tests that serve on this computer."""

    also: frozenset[Address] = frozenset()

    def allows(self, text: str) -> bool:
        """Whether an address is one of the public internet, whichever way it is written or wrapped."""
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return address in self.also or all(_is_public(each) for each in _meant(address))


def resolve(host: str, port: int) -> Sequence[str]:
    """What this computer finds under a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Pictures:
    """Fetches one picture at a time. Blocking; worker only.

    The name is resolved first, every address found is checked, and the connection goes to a checked one: another answer
    to a second question cannot lead inside. Behind a proxy, which asks again by itself, names that mean the inside are
    refused, and so is what this computer finds there. No cookies, no token, no other scheme.
    """

    way: NetworkAccess = field(default_factory=NetworkAccess)
    policy: Policy = field(default_factory=Policy)
    resolve: Resolve = resolve
    system: System | None = None
    limit_s: float = WHOLE_TIMEOUT_S

    def fetch(self, url: str, stop: threading.Event) -> Picture:
        """The picture at `url`. Raises `Expected` with the reason why there is none, and `Stopped`."""
        place = _place(url)
        if place is None:
            raise logo_problem(url) or Expected(Code.LOGO_NOT_HTTPS)
        with Deadline(self.limit_s) as deadline:
            for _ in range(MOVES + 1):
                found = self._visit(place, stop, deadline)
                if isinstance(found, Picture):
                    return found
                place = _place(urljoin(place.url, found))
                if place is None:
                    break
        raise Expected(Code.PICTURE_MOVES)

    def _visit(self, place: "_Place", stop: threading.Event, deadline: Deadline) -> Picture | str:
        """The picture, or where it has moved."""
        route = DIRECT
        try:
            route = route_to("https", place.host, place.port, self.way, self.system)
            addresses = self._checked(place, route, stop, deadline)
            with RoutedClient(route, trust_for(place.url), timeout=_TIMEOUT) as http:
                return _first_answer(http, place, addresses, stop, deadline)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            problem = from_transport(error, place.origin, route)
        if deadline.is_over:
            problem = Expected(Code.TIMED_OUT, host=host_of(place.origin))
        elif route.proxy:
            # Without a proxy this would ask for the address of the name once more, and nobody would check the answer.
            problem = named(problem, place.origin, route)
        log.info("picture: %s", problem.code)
        # At no field: those are of the connection.
        raise Expected(problem.code, field=None, detail=problem.detail, **problem.facts)

    def _checked(self, place: "_Place", route: Route, stop: threading.Event, deadline: Deadline) -> Sequence[str]:
        """The addresses to connect to, none where the proxy connects. Raises `Expected` on the inside."""
        inside, host = Expected(Code.PICTURE_PRIVATE, host=place.host), place.host
        try:
            found = [host] if _is_address(host) else deadline.answer(lambda: self.resolve(host, place.port), stop)
        except OSError:
            if route.proxy is None or deadline.is_over:
                raise
            # A company's computers often find no outside name by themselves; the proxy does.
            if "." not in host or host.endswith(_INSIDE):
                raise inside from None
            return ()
        if not found or not all(self.policy.allows(each) for each in found):
            raise inside
        return () if route.proxy else found[:_TRIED]


@dataclass(frozen=True, slots=True)
class _Place:
    """One address, read."""

    url: str
    host: str
    port: int

    @property
    def origin(self) -> Origin:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return Origin(f"https://{host}" if self.port == 443 else f"https://{host}:{self.port}")


def _place(url: str) -> _Place | None:
    """An address, or None for every scheme but one, for a sign-in inside it, and for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError:
        return None
    is_odd = "@" in parts.netloc or "%" in host or any(c.isspace() for c in host)
    return None if parts.scheme != "https" or not host or is_odd else _Place(url, host, port)


def _first_answer(
    http: httpx.Client, place: _Place, addresses: Sequence[str], stop: threading.Event, deadline: Deadline
) -> Picture | str:
    """What the first address says that can be connected to; without addresses, what the proxy brings."""
    for address in addresses[:-1]:
        try:
            return _answer(http, place, address, stop, deadline)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            continue
    return _answer(http, place, addresses[-1] if addresses else "", stop, deadline)


def _answer(
    http: httpx.Client, place: _Place, address: str, stop: threading.Event, deadline: Deadline
) -> Picture | str:
    if stop.is_set():
        raise Stopped
    url = httpx.URL(place.url).copy_with(fragment=None)
    headers = {**_HEADERS, "host": url.netloc.decode("ascii")}
    extensions: dict[str, Any] = {"trace": deadline.trace}
    if address:
        # The certificate has to be of the name, though the connection is made to the address.
        extensions["sni_hostname"] = place.host
        url = url.copy_with(host=address)
    with http.stream("GET", url, headers=headers, extensions=extensions) as response:
        status, location = response.status_code, response.headers.get("location", "")
        log.info("picture: %d", status)
        if status in _MOVED and location:
            return str(location)
        if status != 200:
            raise Expected(Code.PICTURE_NOT_THERE, status=status)
        body = _body(response, stop)
        if deadline.is_over:
            # A connection that was cut can look like one that came to its end.
            raise Expected(Code.TIMED_OUT, host=host_of(place.origin))
        return _picture(body)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: Address) -> bool:
    is_local = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return address.is_global and not is_local


def _meant(address: Address) -> Sequence[Address]:
    """The addresses that are reached behind an address: IPv6 can carry one of IPv4 inside."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF),)
    return (address, address.sixtofour) if address.sixtofour else (address,)


def _body(response: httpx.Response, stop: threading.Event) -> bytes:
    """The whole answer within the limit, read as it travels: nothing is unpacked."""
    length, body = response.headers.get("content-length", ""), bytearray()
    too_large = Expected(Code.PICTURE_TOO_LARGE, limit=LIMIT // (1024 * 1024))
    if length.isdecimal() and int(length[:12]) > LIMIT:
        raise too_large
    for piece in response.iter_raw():
        body += piece
        if len(body) > LIMIT:
            raise too_large
        if stop.is_set():
            raise Stopped
    return bytes(body)


def _picture(body: bytes) -> Picture:
    """What the bytes are, by the bytes alone: what a server calls them proves nothing."""
    for kind, matches in _KINDS.items():
        if matches(body):
            return Picture(kind, body)
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        raise Expected(Code.PICTURE_IS_DRAWING)
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")):
        raise Expected(Code.PICTURE_IS_PAGE)
    raise Expected(Code.PICTURE_NOT_READABLE)


_KINDS: dict[Kind, Callable[[bytes], bool]] = {
    Kind.PNG: lambda body: body.startswith(b"\x89PNG\r\n\x1a\n"),
    Kind.JPEG: lambda body: body.startswith(b"\xff\xd8\xff"),
    Kind.GIF: lambda body: body.startswith((b"GIF87a", b"GIF89a")),
    Kind.WEBP: lambda body: body[:4] == b"RIFF" and body[8:12] == b"WEBP",
}
