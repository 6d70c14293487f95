"""One HTTP client for one platform."""

import os
import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx
import truststore

from wizard.core.address import Origin, host_of, is_loopback
from wizard.core.problems import Code, Expected

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 60.0
"""Seconds for one whole answer, however slowly its pieces come."""

ANSWER_LIMIT = 8 * 1024 * 1024
"""Bytes of one answer. The largest real one, 500 users, stays below 1 MB."""


def open_http(origin: Origin, *, read_timeout_s: float = READ_TIMEOUT_S) -> httpx.Client:
    """A client that talks to `origin` alone: trust of the operating system, its proxy, no redirects, no cookies.

    This computer itself is reached directly: a proxy could not reach it, and must not see the practice credentials.
    Raises `Expected` where the computer's own network settings cannot be used.
    """
    is_here, host = is_loopback(urlsplit(origin).hostname or ""), host_of(origin)
    try:
        trust = _trust(origin)
    except OSError as error:
        raise Expected(Code.TLS_UNTRUSTED, detail=f"SSL_CERT_FILE: {type(error).__name__}", host=host) from None
    try:
        return httpx.Client(
            base_url=origin,
            verify=trust,
            trust_env=not is_here,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(read_timeout_s, connect=CONNECT_TIMEOUT_S, pool=CONNECT_TIMEOUT_S),
            # A compressed answer can be a thousand times larger than what travels; ours are small anyway.
            headers={"accept": "application/json", "accept-encoding": "identity"},
        )
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        # An origin was parsed before, so this is a proxy of a kind, or with an address, that nobody can use.
        raise Expected(Code.PROXY_FAILED, detail=type(error).__name__, host=host) from None


def _trust(origin: Origin) -> ssl.SSLContext:
    """What this computer trusts, which includes a company's own authority; `SSL_CERT_FILE` goes before it."""
    if not origin.startswith("https:"):
        # Nothing is encrypted there, and reading the whole trust store takes its time.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if path := os.environ.get("SSL_CERT_FILE"):
        return ssl.create_default_context(cafile=path)
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
