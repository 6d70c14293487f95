"""One call of the API, as data."""

from dataclasses import dataclass, field
from enum import StrEnum

from wizard.api.http.limits import OBJECT_MAX_BYTES
from wizard.core.customers import Scope


class Method(StrEnum):
    """HTTP methods; GET alone changes nothing and may be repeated."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, and which statuses are its success.

    `path` holds ids and the query; `template` is the path without them, the only one that is logged. `scope` is the
    permission that the call needs. `body` is encoded as JSON, each `Secret` in it revealed. `max_bytes` bounds a
    successful answer.
    """

    method: Method
    path: str
    template: str
    scope: Scope | None = None
    body: object = field(default=None, repr=False)
    expects: tuple[int, ...] = (200,)
    max_bytes: int = OBJECT_MAX_BYTES

    @property
    def is_read(self) -> bool:
        """Whether the request may be repeated."""
        return self.method is Method.GET

    def __str__(self) -> str:
        return f"{self.method} {self.template}"
