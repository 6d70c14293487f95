"""One HTTP client for one platform."""

import os
import ssl
import sys
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import httpx
import truststore

from wizard.api.http.proxies import DIRECT, Route, System, route_to
from wizard.core.address import Origin, host_of, is_loopback
from wizard.core.network_settings import NetworkAccess
from wizard.core.problems import Code, Expected, Field

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 60.0
"""Seconds for one whole answer, however slowly its pieces come."""

# Bytes of one answer. Decoding holds Python's lock, and the window must not be felt to stop.
PAGE_LIMIT = 2 * 1024 * 1024
"""One page of a list: 500 users are the largest, and 4 kB for each are several times what is documented."""
ONE_LIMIT = 256 * 1024
"""One object, or a token; the longest documented one, a person, has less than 2 kB."""
PROBE_LIMIT = 8 * 1024 * 1024
"""A page that nobody decodes; 500 courses come with their descriptions in every language."""
REFUSAL_LIMIT = 64 * 1024
"""What is read of a refusal; the rest is left unread, because the status says what happened."""


class RoutedClient(httpx.Client):
    """A client for one host that knows the way it goes, for those who have to explain why it ended there."""

    def __init__(self, route: Route, trust: ssl.SSLContext, **how: Any) -> None:
        super().__init__(
            verify=trust,
            proxy=_proxy(route, trust),
            # The way is decided already; nothing of the environment may change it.
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            **how,
        )
        self.route = route


def open_http(
    origin: Origin,
    *,
    read_timeout_s: float = READ_TIMEOUT_S,
    connect_timeout_s: float = CONNECT_TIMEOUT_S,
    way: NetworkAccess | None = None,
    system: System | None = None,
) -> RoutedClient:
    """A client that talks to `origin` alone: trust of the operating system, the person's way, no redirects, no cookies.

    This computer itself is reached directly: a proxy could not reach it, and must not see the practice credentials.
    Raises `Expected` where the computer's own network settings cannot be used. Worker only.
    """
    parts, host = urlsplit(origin), host_of(origin)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        # Whatever was parsed once: a ledger that somebody changed must not send a secret in the clear.
        raise Expected(Code.ADDRESS_NOT_HTTPS, field=Field.ADDRESS, host=host)
    try:
        route = route_to(parts.scheme, parts.hostname or "", port_of(origin), way or NetworkAccess(), system)
        return RoutedClient(
            route,
            trust_for(origin),
            base_url=origin,
            timeout=httpx.Timeout(read_timeout_s, connect=connect_timeout_s, pool=connect_timeout_s),
            # A compressed answer can be a thousand times larger than what travels; ours are small anyway.
            headers={"accept": "application/json", "accept-encoding": "identity"},
        )
    except Expected as problem:
        raise Expected(problem.code, field=None, detail=problem.detail, **{**problem.facts, "host": host}) from None
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        # An origin was parsed before, so this is a proxy of a kind, or with an address, that nobody can use.
        raise Expected(Code.PROXY_FAILED, detail=type(error).__name__, host=host) from None


def route_of(http: httpx.Client) -> Route:
    """The way that a client goes."""
    return http.route if isinstance(http, RoutedClient) else DIRECT


def port_of(origin: str) -> int:
    """The port of an address that was parsed before."""
    parts = urlsplit(origin)
    return parts.port or (443 if parts.scheme == "https" else 80)


def trust_for(address: str) -> ssl.SSLContext:
    """What this computer trusts, which includes a company's own authority; `SSL_CERT_FILE` goes before it."""
    if not address.startswith("https:"):
        # Nothing is encrypted there, and reading the whole trust store takes its time.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    path = os.environ.get("SSL_CERT_FILE")
    if not path:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return _trust_in(path)
    except OSError as error:
        raise Expected(Code.TLS_UNTRUSTED, detail=f"SSL_CERT_FILE: {type(error).__name__}") from None


def _trust_in(path: str) -> ssl.SSLContext:
    """What `ssl.create_default_context` makes, which however writes the keys of all traffic to `SSLKEYLOGFILE`."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.version_info >= (3, 13):
        trust.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    trust.load_verify_locations(path)
    return trust


def _proxy(route: Route, trust: ssl.SSLContext) -> httpx.Proxy | None:
    proxy = route.proxy
    if proxy is None:
        return None
    url = httpx.URL(scheme="https" if proxy.is_encrypted else "http", host=proxy.host, port=proxy.port)
    # Handed over as `auth`, because that is masked where httpx prints a proxy.
    sign_in = (proxy.user, proxy.password.reveal() if proxy.password else "") if proxy.user else None
    return httpx.Proxy(url, auth=sign_in, ssl_context=trust if proxy.is_encrypted else None)
