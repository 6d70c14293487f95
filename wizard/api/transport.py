"""One HTTP client for one platform."""

import os
import ssl
from urllib.parse import urlsplit

import httpx
import truststore

from wizard.core.address import Origin, is_loopback

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 60.0
"""Seconds for one whole answer, however slowly its pieces come."""

ANSWER_LIMIT = 8 * 1024 * 1024
"""Bytes of one answer. The largest real one, 500 users, stays below 1 MB."""


def open_http(origin: Origin, *, read_timeout_s: float = READ_TIMEOUT_S) -> httpx.Client:
    """A client that talks to `origin` alone: trust of the operating system, its proxy, no redirects, no cookies.

    This computer itself is reached directly: a proxy could not reach it, and must not see the practice credentials.
    """
    is_here = is_loopback(urlsplit(origin).hostname or "")
    return httpx.Client(
        base_url=origin,
        verify=_trust() if origin.startswith("https:") else True,
        trust_env=not is_here,
        follow_redirects=False,
        timeout=httpx.Timeout(read_timeout_s, connect=CONNECT_TIMEOUT_S, pool=CONNECT_TIMEOUT_S),
        # A compressed answer can be a thousand times larger than what travels; ours are small anyway.
        headers={"accept": "application/json", "accept-encoding": "identity"},
    )


def _trust() -> ssl.SSLContext:
    """What this computer trusts, which includes a company's own authority; `SSL_CERT_FILE` goes before it."""
    if path := os.environ.get("SSL_CERT_FILE"):
        return ssl.create_default_context(cafile=path)
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
