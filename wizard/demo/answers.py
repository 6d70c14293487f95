"""Requests as routes see them, and answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wizard.demo.settings import Settings
from wizard.demo.world import Token, World


@dataclass
class Received:
    """A received request, and the status of its answer (None: not answered)."""

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
    """A status with a JSON body (None: an empty body) and additional headers."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def encoded_body(self) -> bytes:
        """The body as bytes."""
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


class RefusalError(Exception):
    """An error answer in the long form: {"error": {"code", "message"}}."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.answer = Answer(status, {"error": {"code": code, "message": message}})


class ShortRefusalError(Exception):
    """An error answer in the short form: {"error": "text"}."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = Answer(status, {"error": error})


@dataclass
class Call:
    """A request on its way to a route, with the checked token and the values of its path."""

    received: Received
    values: dict[str, str]
    world: World
    settings: Settings
    now: float
    origin: str
    token: Token | None = None

    def body_object(self) -> dict[str, Any]:
        """The JSON object that was sent. Raises `RefusalError` for anything else."""
        media_type = self.received.headers.get("content-type", "").partition(";")[0].strip()
        if media_type.lower() != "application/json":
            raise RefusalError(400, self.settings.media_type_code, "The body must be JSON.")
        if not isinstance(self.received.body, dict):
            raise self.invalid("The body must be a JSON object.")
        return self.received.body

    def invalid(self, message: str) -> RefusalError:
        """The refusal of a malformed request."""
        return RefusalError(400, self.settings.validation_code, message)

    def path_id(self, name: str, missing_code: str) -> str:
        """The id in the path in lower case. Raises `RefusalError` for a malformed one."""
        value = self.values[name]
        if is_id(value):
            return value.lower()
        if self.settings.malformed_id_status == 400:
            raise self.invalid(f"The path value {name} is not an id.")
        raise RefusalError(self.settings.malformed_id_status, missing_code, f"Nothing with id {value}.")


def is_id(value: Any) -> bool:
    """Whether a value is an id of 24 hexadecimal digits."""
    return isinstance(value, str) and len(value) == 24 and all(letter in "0123456789abcdefABCDEF" for letter in value)


@dataclass(frozen=True)
class Route:
    """An endpoint: method, path template, required scope, and the rate limit it counts for."""

    method: str
    template: str
    scope: str
    answer: Callable[[Call], Answer]
    counts_as: str = ""  # "read", "write", or "" for bulk submits, which have a limit of their own
