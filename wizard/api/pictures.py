"""A picture from an address that a person typed, so from an untrusted server (SSRF, decompression bombs, drips)."""

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
from wizard.api.http.certificate_issuer import with_issuer
from wizard.api.http.proxies import DIRECT, Route, System, route_to
from wizard.api.http.request_watchdog import OpenSockets, RequestWatchdog, TimeLimitError
from wizard.api.http.transport import http_client, trust_for
from wizard.core.address import Origin, host_of
from wizard.core.integration import logo_problem
from wizard.core.network_settings import NetworkAccess
from wizard.core.pictures import Kind, Picture
from wizard.core.problems import Code, Expected, Stopped

log = logging.getLogger(__name__)

MAX_BYTES = 2 * 1024 * 1024
"""Size of one picture."""
MAX_REDIRECTS = 3
LIMIT_S = 20.0
"""Seconds from the click to the last byte, redirects included."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as text. Raises `OSError` if there are none."""

_TIMEOUT = httpx.Timeout(8.0, connect=5.0)
_MAX_ADDRESSES = 3
"""Addresses of one host that are tried: this network may not carry every kind (IPv4, IPv6)."""

_HEADERS = {
    "accept": "image/png, image/jpeg, image/gif, image/webp",
    "accept-encoding": "identity",
    "user-agent": "integration-wizard",
}
_REDIRECTS = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_PRIVATE_DOMAINS = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".intranet", ".corp")


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Which addresses may be visited: public ones, and those in `also`, for tests that serve on this computer."""

    also: frozenset[Address] = frozenset()

    def allows(self, text: str) -> bool:
        """Whether an address belongs to the public internet, however it is written or embedded."""
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return address in self.also or all(_is_public(each) for each in _embedded(address))


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that this computer finds for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Pictures:
    """Fetches one picture at a time. Blocking, so worker only.

    The host is resolved first, every address found is checked, and the connection is made to a checked address, so a
    different answer to a second lookup (DNS rebinding) cannot lead into a private network. A proxy resolves by itself:
    behind one, private domains are refused, and so is what this computer resolves to a private address. No cookies, no
    token, HTTPS only.
    """

    way: NetworkAccess = field(default_factory=NetworkAccess)
    policy: AddressPolicy = field(default_factory=AddressPolicy)
    resolve: Resolve = resolve
    system: System | None = None
    limit_s: float = LIMIT_S

    def fetch(self, url: str, stop: threading.Event) -> Picture:
        """The picture at `url`. Raises `Expected` with the reason why there is none, and `Stopped`."""
        location = _location(url)
        if location is None:
            raise logo_problem(url) or Expected(Code.LOGO_NOT_HTTPS)
        fetch = _Fetch(self, location, RequestWatchdog(stop, self.limit_s, OpenSockets()))
        try:
            return fetch.watchdog.run(fetch.picture)
        except TimeLimitError:
            problem = Expected(Code.TIMED_OUT, field=None, host=host_of(fetch.location.origin))
        log.info("picture: %s", problem.code)
        raise problem


@dataclass(frozen=True, slots=True)
class _Location:
    """One parsed URL."""

    url: str
    host: str
    port: int

    @property
    def origin(self) -> Origin:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return Origin(f"https://{host}" if self.port == 443 else f"https://{host}:{self.port}")


@dataclass(slots=True)
class _Fetch:
    """One fetch with its redirects; on the watchdog's thread."""

    pictures: Pictures
    location: _Location
    watchdog: RequestWatchdog

    def picture(self) -> Picture:
        for _ in range(MAX_REDIRECTS + 1):
            found = self._visit()
            if isinstance(found, Picture):
                return found
            location = _location(urljoin(self.location.url, found))
            if location is None:
                break
            self.location = location
        raise Expected(Code.PICTURE_MOVES)

    def _visit(self) -> Picture | str:
        """The picture, or where the server redirects to."""
        route, here = DIRECT, self.location
        try:
            route = route_to("https", here.host, here.port, self.pictures.way, self.pictures.system)
            addresses = self._checked_addresses(route)
            with http_client(route, trust_for(here.url), _TIMEOUT) as client:
                return self._first_answer(client, addresses)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            proxy = route.proxy.name if route.proxy else ""
            problem = from_transport(error, here.origin, proxy=proxy, has_proxy_script=route.has_script)
        if route.proxy:
            # Without a proxy this would resolve the host once more, and nothing would check the answer.
            problem = with_issuer(problem, here.origin, route)
        log.info("picture: %s", problem.code)
        # No field: those of the problem belong to the platform's connection.
        raise Expected(problem.code, field=None, detail=problem.detail, **problem.facts)

    def _checked_addresses(self, route: Route) -> Sequence[str]:
        """The addresses to connect to, none if a proxy connects. Raises `Expected` on a private one."""
        here, policy = self.location, self.pictures.policy
        private = Expected(Code.PICTURE_PRIVATE, host=here.host)
        try:
            found = [here.host] if _is_address(here.host) else self.pictures.resolve(here.host, here.port)
        except OSError:
            if route.proxy is None:
                raise
            # A company's computers often cannot resolve public hosts themselves; the proxy can.
            if "." not in here.host or here.host.endswith(_PRIVATE_DOMAINS):
                raise private from None
            return ()
        if not found or not all(policy.allows(each) for each in found):
            raise private
        return () if route.proxy else found[:_MAX_ADDRESSES]

    def _first_answer(self, client: httpx.Client, addresses: Sequence[str]) -> Picture | str:
        """The answer of the first address that accepts a connection, or what the proxy answers."""
        for address in addresses[:-1]:
            try:
                return self._answer(client, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._answer(client, addresses[-1] if addresses else "")

    def _answer(self, client: httpx.Client, address: str) -> Picture | str:
        url = httpx.URL(self.location.url).copy_with(fragment=None)
        headers = {**_HEADERS, "host": url.netloc.decode("ascii")}
        extensions: dict[str, Any] = {"trace": self.watchdog.trace}
        if address:
            # The certificate must be the host's, although the connection is made to the address.
            extensions["sni_hostname"] = self.location.host
            url = url.copy_with(host=address)
        with client.stream("GET", url, headers=headers, extensions=extensions) as response:
            status, location = response.status_code, response.headers.get("location", "")
            log.info("picture: %d", status)
            if status in _REDIRECTS and location:
                return str(location)
            if status != 200:
                raise Expected(Code.PICTURE_NOT_THERE, status=status)
            return _picture(_body(response, self.watchdog.stop))


def _location(url: str) -> _Location | None:
    """A URL, or None if it is not HTTPS, contains user information, or cannot be parsed."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError:
        return None
    is_odd = "@" in parts.netloc or "%" in host or any(c.isspace() for c in host)
    return None if parts.scheme != "https" or not host or is_odd else _Location(url, host, port)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: Address) -> bool:
    is_local = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return address.is_global and not is_local


def _embedded(address: Address) -> Sequence[Address]:
    """The addresses that are reached through an address: IPv6 can embed IPv4."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF),)
    return (address, address.sixtofour) if address.sixtofour else (address,)


def _body(response: httpx.Response, stop: threading.Event) -> bytes:
    """The whole body within the size limit; nothing is decompressed."""
    length, body = response.headers.get("content-length", ""), bytearray()
    too_large = Expected(Code.PICTURE_TOO_LARGE, limit=MAX_BYTES // (1024 * 1024))
    if length.isdecimal() and int(length[:12]) > MAX_BYTES:
        raise too_large
    for piece in response.iter_raw():
        body += piece
        if len(body) > MAX_BYTES:
            raise too_large
        if stop.is_set():
            raise Stopped
    return bytes(body)


def _picture(body: bytes) -> Picture:
    """The picture with its format, detected by its bytes: the content type of an untrusted server proves nothing."""
    for kind, matches in _SIGNATURES.items():
        if matches(body):
            return Picture(kind, body)
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        raise Expected(Code.PICTURE_IS_DRAWING)
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")):
        raise Expected(Code.PICTURE_IS_PAGE)
    raise Expected(Code.PICTURE_NOT_READABLE)


_SIGNATURES: dict[Kind, Callable[[bytes], bool]] = {
    Kind.PNG: lambda body: body.startswith(b"\x89PNG\r\n\x1a\n"),
    Kind.JPEG: lambda body: body.startswith(b"\xff\xd8\xff"),
    Kind.GIF: lambda body: body.startswith((b"GIF87a", b"GIF89a")),
    Kind.WEBP: lambda body: body[:4] == b"RIFF" and body[8:12] == b"WEBP",
}
