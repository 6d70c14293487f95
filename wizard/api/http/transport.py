"""The HTTP client for one host: its route, its trust and its time limits."""

import os
import ssl
import sys
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import httpx
import truststore

from wizard.api.http.limits import TimeLimits
from wizard.api.http.proxies import Route, System, route_to
from wizard.api.http.request_watchdog import OpenSockets
from wizard.core.address import Origin, host_of, is_loopback, port_of
from wizard.core.network_settings import NetworkAccess
from wizard.core.problems import Code, Expected, Field


@dataclass(frozen=True, slots=True)
class Transport:
    """An HTTP client with the route that it takes. Safe for many threads; closed by `client.close()`."""

    client: httpx.Client
    route: Route
    times: TimeLimits = field(default_factory=TimeLimits)
    sockets: OpenSockets = field(default_factory=OpenSockets)


def open_transport(
    origin: Origin, *, times: TimeLimits | None = None, way: NetworkAccess | None = None, system: System | None = None
) -> Transport:
    """A transport that talks to `origin` alone, by the route that the person or the system has chosen.

    This computer itself is reached directly: a proxy could not reach it, and must not see the practice credentials.
    Raises `Expected` if the computer's own network settings cannot be used. Reads system settings: worker only.
    """
    parts, host, times = urlsplit(origin), host_of(origin), times or TimeLimits()
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        # The origin was parsed once, but a modified ledger must not send a secret in the clear.
        raise Expected(Code.ADDRESS_NOT_HTTPS, field=Field.ADDRESS, host=host)
    try:
        route = route_to(parts.scheme, parts.hostname or "", port_of(origin), way or NetworkAccess(), system)
        timeout = httpx.Timeout(times.read_s, connect=times.connect_s, pool=times.connect_s)
        # A compressed answer can expand a thousand times; these answers are small anyway.
        headers = {"accept": "application/json", "accept-encoding": "identity"}
        client = http_client(route, trust_for(origin), timeout, base_url=origin, headers=headers)
        return Transport(client, route, times)
    except Expected as problem:
        raise Expected(problem.code, field=None, detail=problem.detail, **{**problem.facts, "host": host}) from None
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        # The origin was parsed before, so it is the proxy whose kind or address cannot be used.
        raise Expected(Code.PROXY_FAILED, detail=type(error).__name__, host=host) from None


def http_client(route: Route, trust: ssl.SSLContext, timeout: httpx.Timeout, **more: Any) -> httpx.Client:
    """A client that takes this route: no redirects, no cookies, nothing from environment variables."""
    return httpx.Client(
        timeout=timeout,
        verify=trust,
        proxy=_proxy(route, trust),
        trust_env=False,
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        **more,
    )


def trust_for(address: str) -> ssl.SSLContext:
    """What the operating system trusts, a company's own authority included; `SSL_CERT_FILE` goes before it."""
    path = os.environ.get("SSL_CERT_FILE")
    if not address.startswith("https:"):
        # Nothing is encrypted; loading the whole trust store takes time.
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    elif not path:
        trust = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        try:
            trust = _trust_in(path)
        except OSError as error:
            raise Expected(Code.TLS_UNTRUSTED, detail=f"SSL_CERT_FILE: {type(error).__name__}") from None
    # Debian's build of Python leaves the lowest version to OpenSSL; others set this one.
    trust.minimum_version = ssl.TLSVersion.TLSv1_2
    return trust


def _trust_in(path: str) -> ssl.SSLContext:
    """What `ssl.create_default_context` makes, but without writing session keys to `SSLKEYLOGFILE`."""
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
    # Passed as `auth`, which httpx hides when it prints a proxy.
    sign_in = (proxy.user, proxy.password.reveal() if proxy.password else "") if proxy.user else None
    return httpx.Proxy(url, auth=sign_in, ssl_context=trust if proxy.is_encrypted else None)
