"""The one place where an answer or a broken connection becomes a `Problem`."""

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
import msgspec

from wizard.api.http.proxies import DIRECT, Route
from wizard.core.address import Origin, host_of
from wizard.core.customers import Scope
from wizard.core.problems import Code, Expected, Field, Problem

_REFUSING = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429})
"""Statuses with which a server says that it did nothing. 408 and 499 come from gateways that gave up waiting."""

_CUT = (
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
    ssl.SSLSyscallError,
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
)
"""A connection that was there and ended: it says nothing about trust."""

_T = TypeVar("_T")
_E = TypeVar("_E", bound=BaseException)

_SHOWN = 300
"""Characters of a platform's own code and message that are kept."""

_VENDOR: dict[str, tuple[Code, Field | None]] = {
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

_BY_STATUS: dict[int, tuple[Code, Field | None]] = {
    401: (Code.INVALID_TOKEN, Field.CLIENT_SECRET),
    403: (Code.INVALID_SCOPE, None),
    404: (Code.NOT_FOUND, None),
    407: (Code.PROXY_SIGN_IN, None),
    429: (Code.TOO_MANY_REQUESTS, None),
}
"""What a status means when the body holds no code that we know."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole HTTP answer; `retry_after_s` is None where the header is absent or unreadable."""

    status: int
    body: bytes = field(repr=False)  # it can hold a token
    content_type: str = ""
    link: str = ""
    retry_after_s: float | None = None
    mask: Callable[[str], str] = field(default=str, repr=False)
    """Takes our secrets out of the platform's words, should they repeat the request."""

    def read(self, decoder: "msgspec.json.Decoder[_T]") -> _T:
        """The body as JSON of this shape. Raises `Expected` with what came instead."""
        try:
            return decoder.decode(self.body)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            code = Code.NOT_THE_PLATFORM if self.is_page else Code.UNREADABLE_ANSWER
            raise Expected(code, status=self.status) from None

    @property
    def is_page(self) -> bool:
        """Whether a web page came: a sign-in page, a proxy or a firewall, but not the API."""
        return "html" in self.content_type or self.body.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))

    @property
    def is_refusal(self) -> bool:
        """Whether the platform itself, in its own form, says that it did not do what was asked."""
        return self.status in _REFUSING and bool(self.error[0])

    @property
    def error(self) -> tuple[str, str]:
        """The platform's own code and message, or two empty texts.

        Four shapes are seen or documented: the code as text under `error`, an object there, the code on top, and an
        `error_description` beside a text.
        """
        try:
            top = msgspec.json.decode(self.body)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return "", ""
        if not isinstance(top, dict):
            return "", ""
        error = top.get("error", top)
        if isinstance(error, str):
            return error, str(top.get("error_description") or "")
        if isinstance(error, dict) and isinstance(error.get("code"), str):
            return error["code"], str(error.get("message") or "")
        return "", ""


def from_answer(answer: Answer, origin: Origin, scope: Scope | None) -> Problem:
    """What an answer that is no success means to a person."""
    # First masked, then cut: the beginning of a secret would be left over.
    vendor, message = map(answer.mask, answer.error)
    status, host = answer.status, host_of(origin)
    vendor, detail = vendor[:_SHOWN], " ".join(f"{status} {vendor} {message}".split())[:_SHOWN]
    code, field = _VENDOR.get(vendor) or _BY_STATUS.get(status) or (None, None)
    if 300 <= status < 400:
        return Expected(Code.REDIRECTED, detail=detail, host=host)
    # Whatever the body says, a failing server may have done what was asked: never read as a refusal.
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


def from_transport(error: Exception, origin: Origin, route: Route = DIRECT) -> Problem:
    """What a connection that broke, or never was, means to a person; an empty fact `issuer` is worth finding out.

    The text of the error itself is not kept: it can hold headers.
    """
    chain, proxy = list(_causes(error)), route.proxy.name if route.proxy else ""
    detail = " < ".join(type(e).__name__ for e in chain)
    facts: dict[str, str | int] = {"host": host_of(origin)}
    if proxy:
        detail, facts["proxy"] = f"{detail} via {proxy}", proxy
    elif route.has_script:
        facts["script"] = 1
    if isinstance(error, httpx.ProxyError):
        # Its text begins with the proxy's status; the rest are the proxy's own words.
        status = str(error)[:3]
        if status == "407":
            return Expected(Code.PROXY_SIGN_IN, field=None, detail=detail, **facts)
        if status.isdecimal():
            facts["status"] = int(status)
            detail = f"{detail}: {status}" if proxy else detail
        return Expected(Code.PROXY_FAILED, field=None, detail=detail, **facts)
    if verification := _first(chain, ssl.SSLCertVerificationError):
        detail = f"{detail}: {verification.verify_message}"
        return Expected(Code.TLS_UNTRUSTED, field=None, detail=detail, **facts, **_distrust(verification))
    is_cut = any(_first(chain, kind) for kind in _CUT)
    if _first(chain, ssl.SSLError) and not is_cut:
        return Expected(Code.TLS_UNTRUSTED, field=None, detail=detail, **facts)
    if isinstance(error, httpx.TimeoutException):
        return Expected(Code.TIMED_OUT, field=None, detail=detail, **facts)
    if proxy and isinstance(error, httpx.ConnectError) and not is_cut:
        # Only the proxy is ever connected to.
        return Expected(Code.PROXY_FAILED, field=None, detail=detail, **facts)
    if _first(chain, socket.gaierror):
        return Expected(Code.NAME_NOT_RESOLVED, field=Field.ADDRESS, detail=detail, **facts)
    return Expected(Code.NO_CONNECTION, field=None, detail=detail, **facts)


def _distrust(error: ssl.SSLCertVerificationError) -> dict[str, str | int]:
    """Why a certificate was refused, as far as that changes what a person can do."""
    # OpenSSL, Windows (CERT_E_*) and macOS (errSec*) each have their numbers.
    if error.verify_code in (62, 64, 0x800B010F, -67602):
        return {"other_host": 1}
    if error.verify_code in (9, 10, 0x800B0101, -67818, -67819):
        return {"out_of_date": 1}
    return {"issuer": ""}


def is_surely_unsent(error: Exception) -> bool:
    """Whether the request cannot have reached anyone, because there never was a connection."""
    unsent = (
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
        httpx.InvalidURL,
    )
    return isinstance(error, unsent)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _first(chain: list[BaseException], kind: type[_E]) -> _E | None:
    return next((e for e in chain if isinstance(e, kind)), None)
