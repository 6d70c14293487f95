"""What an API version has to bring along so that its requests are authorized."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from wizard.api.answer import Answer
from wizard.api.http.redaction import Redaction
from wizard.api.http.request import Request
from wizard.core.secret import Secret


@dataclass(frozen=True, slots=True)
class Authorization:
    """Headers and query parameters that authorize one request. Neither printed nor logged."""

    secret: Secret
    """The token or key itself, by which a refused authorization is recognised."""
    redact: Redaction
    """Removes every secret of the request from the text of its answer."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


Send = Callable[[Request, Authorization], Answer]
"""Sends one request once, for a strategy that needs a call of its own. Raises `Problem` unless it succeeds."""


class Auth(Protocol):
    """An authorization strategy: one pair of credentials for one platform. Safe for many threads."""

    def authorize(self, send: Send, stop: threading.Event) -> Authorization:
        """The authorization of the next request. Raises `Problem`, and `Stopped` soon after `stop` is set."""

    def renew(self, refused: Authorization) -> bool:
        """Forget an authorization that the platform refused; whether `authorize` can give another one."""
