"""What a request looks like to a route, and what a route may answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wizard.demo.settings import Settings
from wizard.demo.world import Token, World


@dataclass
class Received:
    """One request as it came in, and the status it was answered with (None: no answer)."""

    method: str
    path: str
    query: str
    headers: dict[str, str] = field(repr=False)
    body: Any = field(repr=False)
    raw_body: bytes = field(repr=False)
    at: float
    number: int
    template: str | None = None
    status: int | None = None
    fault: str | None = None


@dataclass
class Answer:
    """A status with a JSON body (None: an empty one) and extra headers."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def data(self) -> bytes:
        """Returns the body as it goes over the wire."""
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


class RefusalError(Exception):
    """The nested error shape: {"error": {"code", "message"}}."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.answer = Answer(status, {"error": {"code": code, "message": message}})


class ShortRefusalError(Exception):
    """The short error shape: {"error": "text"}."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = Answer(status, {"error": error})


@dataclass
class Call:
    """One request on its way to a route: checked token, path values, and the platform's parts."""

    received: Received
    values: dict[str, str]
    world: World
    settings: Settings
    now: float
    origin: str
    token: Token | None = None

    def body_object(self) -> dict[str, Any]:
        """Returns the JSON object that was sent; refuses anything else as the platform would."""
        media_type = self.received.headers.get("content-type", "").partition(";")[0].strip()
        if media_type.lower() != "application/json":
            raise RefusalError(400, self.settings.media_type_code, "The body must be JSON.")
        if not isinstance(self.received.body, dict):
            raise self.invalid("The body must be a JSON object.")
        return self.received.body

    def invalid(self, message: str) -> RefusalError:
        """Returns the refusal for a malformed request."""
        return RefusalError(400, self.settings.validation_code, message)

    def path_id(self, name: str, missing_code: str) -> str:
        """Returns the id in the path in lower case, or refuses a malformed one."""
        value = self.values[name]
        if is_id(value):
            return value.lower()
        if self.settings.malformed_id_status == 400:
            raise self.invalid(f"The path value {name} is not an id.")
        raise RefusalError(self.settings.malformed_id_status, missing_code, f"Nothing with id {value}.")


def is_id(value: Any) -> bool:
    """Tells whether a value is a 24-hex id."""
    return isinstance(value, str) and len(value) == 24 and all(letter in "0123456789abcdefABCDEF" for letter in value)


@dataclass(frozen=True)
class Route:
    """One endpoint: method, path template, the scope it asks for, and how it counts."""

    method: str
    template: str
    scope: str
    answer: Callable[[Call], Answer]
    counts_as: str = ""  # "read", "write" or "" for the bulk submits, which have their own limit
