"""The one place where an answer or a transport error becomes a `Problem`."""

import socket
import ssl
from collections.abc import Iterator
from typing import TypeVar

import httpx

from wizard.api.answer import Answer
from wizard.core.address import Origin, host_of
from wizard.core.customers import Scope
from wizard.core.problems import Code, Expected, Field, Problem

_DISCONNECTS = (
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
    ssl.SSLSyscallError,
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
)
"""The end of an open connection, so no matter of trust."""

_E = TypeVar("_E", bound=BaseException)

_DETAIL_LIMIT = 300
"""Characters that are kept of a platform's own code and message."""

_VENDOR_CODES: dict[str, tuple[Code, Field | None]] = {
    "invalid_client": (Code.INVALID_CLIENT, Field.CLIENT_SECRET),
    "invalid_company_id": (Code.INVALID_CLIENT, Field.CLIENT_ID),
    "missing_company_id": (Code.INVALID_CLIENT, Field.CLIENT_ID),
    "invalid_api_key": (Code.INVALID_CLIENT, Field.CLIENT_SECRET),
    "invalid_request": (Code.INVALID_REQUEST, Field.CLIENT_ID),
    "unsupported_grant_type": (Code.INVALID_REQUEST, Field.CLIENT_ID),
    "invalid_token": (Code.INVALID_TOKEN, Field.CLIENT_SECRET),
    "invalid_scope": (Code.INVALID_SCOPE, None),
    "duplicateExternalPlatform": (Code.DUPLICATE_EXTERNAL_PLATFORM, Field.NAME),
    "reservedPlatformName": (Code.RESERVED_PLATFORM_NAME, Field.NAME),
    "integrationsLimitReached": (Code.INTEGRATIONS_LIMIT_REACHED, None),
    "groupNotFound": (Code.GROUP_NOT_FOUND, Field.GROUP),
    "userNotFound": (Code.USER_NOT_FOUND, Field.AUTHOR),
    "integrationNotFound": (Code.INTEGRATION_NOT_FOUND, None),
    "tooManyRequests": (Code.TOO_MANY_REQUESTS, None),
}
"""The vendor's codes, with the field that each belongs to."""

_CODES_BY_STATUS: dict[int, tuple[Code, Field | None]] = {
    401: (Code.INVALID_TOKEN, Field.CLIENT_SECRET),
    403: (Code.INVALID_SCOPE, None),
    404: (Code.NOT_FOUND, None),
    407: (Code.PROXY_SIGN_IN, None),
    429: (Code.TOO_MANY_REQUESTS, None),
}
"""What a status means when the body holds no known code."""

_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


class Unsent(Expected):
    """A request that cannot have reached anyone, because none of it was sent."""

    def __init__(self, reason: Problem) -> None:
        super().__init__(reason.code, field=reason.field, detail=reason.detail, **reason.facts)


def from_answer(answer: Answer, origin: Origin, scope: Scope | None) -> Problem:
    """The problem behind an answer that is not a success; `scope` is the permission that the call needs."""
    # Redact before truncating: a truncated secret is not recognised.
    vendor, message = map(answer.redact, answer.error)
    status, host = answer.status, host_of(origin)
    vendor, detail = vendor[:_DETAIL_LIMIT], " ".join(f"{status} {vendor} {message}".split())[:_DETAIL_LIMIT]
    code, field = _VENDOR_CODES.get(vendor) or _CODES_BY_STATUS.get(status) or (None, None)
    if 300 <= status < 400:
        return Expected(Code.REDIRECTED, detail=detail, host=host)
    # Never a refusal, whatever the body contains: a failing server may have done what was asked.
    if status >= 500:
        return Expected(Code.SERVER_FAILED, detail=detail, status=status, host=host)
    if answer.is_page and status != 407:
        return Expected(Code.NOT_THE_PLATFORM, detail=detail, status=status, host=host)
    if code is None:
        return Expected(Code.REFUSED, detail=detail, status=status, vendor=vendor or str(status))
    if code is Code.INVALID_SCOPE:
        return Expected(code, detail=detail, scope=scope or "")
    if code is Code.TOO_MANY_REQUESTS:
        return Expected(code, detail=detail, host=host, retry_after_s=int(answer.retry_after_s or 0))
    return Expected(code, field=field, detail=detail, host=host)


def from_transport(error: Exception, origin: Origin, *, proxy: str = "", has_proxy_script: bool = False) -> Expected:
    """The problem behind a connection that failed.

    `proxy` is the name of the proxy on the route; `has_proxy_script` tells that the system finds its proxies by a
    script. A fact `issuer` that is empty can be looked up. The text of the error is dropped: it can hold headers.
    """
    chain = list(_causes(error))
    detail = " < ".join(type(e).__name__ for e in chain)
    facts: dict[str, str | int] = {"host": host_of(origin)}
    if proxy:
        detail, facts["proxy"] = f"{detail} via {proxy}", proxy
    elif has_proxy_script:
        facts["script"] = 1
    if isinstance(error, httpx.ProxyError):
        return _from_proxy(error, detail, facts)
    if verification := _first(chain, ssl.SSLCertVerificationError):
        detail = f"{detail}: {verification.verify_message}"
        return Expected(Code.TLS_UNTRUSTED, field=None, detail=detail, **facts, **_distrust_facts(verification))
    is_disconnect = any(_first(chain, kind) for kind in _DISCONNECTS)
    if _first(chain, ssl.SSLError) and not is_disconnect:
        return Expected(Code.TLS_UNTRUSTED, field=None, detail=detail, **facts)
    if isinstance(error, httpx.TimeoutException):
        return Expected(Code.TIMED_OUT, field=None, detail=detail, **facts)
    if proxy and isinstance(error, httpx.ConnectError) and not is_disconnect:
        # With a proxy on the route, the proxy is the only host we connect to.
        return Expected(Code.PROXY_FAILED, field=None, detail=detail, **facts)
    if _first(chain, socket.gaierror):
        return Expected(Code.NAME_NOT_RESOLVED, field=Field.ADDRESS, detail=detail, **facts)
    return Expected(Code.NO_CONNECTION, field=None, detail=detail, **facts)


def _from_proxy(error: httpx.ProxyError, detail: str, facts: dict[str, str | int]) -> Expected:
    """What a proxy answered to CONNECT: the error's text is its status and then its own words."""
    status = str(error)[:3]
    if status == "407":
        return Expected(Code.PROXY_SIGN_IN, field=None, detail=detail, **facts)
    if status.isdecimal():
        facts["status"] = int(status)
        detail = f"{detail}: {status}" if "proxy" in facts else detail
    return Expected(Code.PROXY_FAILED, field=None, detail=detail, **facts)


def is_unsent(error: Exception) -> bool:
    """Whether there never was a connection, so that no byte of the request was sent."""
    return isinstance(error, _UNSENT)


def _distrust_facts(error: ssl.SSLCertVerificationError) -> dict[str, str | int]:
    """Why a certificate was refused, as far as it changes what a person can do."""
    # Error numbers of OpenSSL, Windows (CERT_E_*) and macOS (errSec*).
    if error.verify_code in (62, 64, 0x800B010F, -67602):
        return {"other_host": 1}
    if error.verify_code in (9, 10, 0x800B0101, -67818, -67819):
        return {"out_of_date": 1}
    return {"issuer": ""}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _first(chain: list[BaseException], kind: type[_E]) -> _E | None:
    return next((e for e in chain if isinstance(e, kind)), None)
