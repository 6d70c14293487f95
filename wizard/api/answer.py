"""One whole HTTP answer, and its body as JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from wizard.core.problems import Code, Expected

_T = TypeVar("_T")

_REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429})
"""Statuses that mean that nothing was done; not 408 and 499, which are sent by gateways that gave up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and the headers that are read; `retry_after_s` is None if the header is absent or unreadable."""

    status: int
    body: bytes = field(repr=False)  # it can hold a token
    content_type: str = ""
    link: str = ""
    location: str = ""
    retry_after_s: float | None = None
    redact: Callable[[str], str] = field(default=str, repr=False)
    """Removes our secrets from the platform's text, which may repeat the request."""

    def read(self, decoder: "msgspec.json.Decoder[_T]") -> _T:
        """The body as JSON of this shape. Raises `Expected` with what came instead."""
        try:
            return decoder.decode(self.body)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            code = Code.NOT_THE_PLATFORM if self.is_page else Code.UNREADABLE_ANSWER
            raise Expected(code, status=self.status) from None

    @property
    def is_page(self) -> bool:
        """Whether the body is a web page (sign-in page, proxy, firewall) instead of JSON."""
        return "html" in self.content_type or self.body.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))

    @property
    def is_refusal(self) -> bool:
        """Whether the platform itself refused the request, in its own error format, so that nothing was done."""
        return self.status in _REFUSALS and bool(self.error[0])

    @property
    def error(self) -> tuple[str, str]:
        """The platform's own code and message, or two empty strings.

        Four formats are documented or were seen: the code as a string under `error`, an object there, the code at the
        top level, and an `error_description` beside a string.
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
