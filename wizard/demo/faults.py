"""Faults that can be switched on: which requests they match, and how often they happen."""

import re
import threading
from dataclasses import dataclass, field
from typing import Any

KINDS: dict[str, bool] = {
    "drop_before": False,  # the connection is closed
    "drop_after": True,  # the connection is closed without an answer
    "reset": False,  # as drop_before, but with a TCP reset
    "status": False,  # any status, body, content type and headers
    "html": False,  # an HTML page, by default with status 502
    "rate_limit": False,  # 429; set Retry-After with `headers`
    "redirect": False,  # to `target`
    "silent": False,  # never answered
    "slow": True,  # the correct answer after `delay_s` before and `delay_after_s` after it takes effect
    "empty": True,  # the correct status without a body
    "broken_json": True,  # the correct status, JSON cut in the middle (complete at HTTP level)
    "garbage": False,  # bytes that are not HTTP
    "truncated": True,  # fewer bytes than Content-Length says
    "wrong_shape": True,  # the correct status with another JSON body (`body`)
    "wrong_types": True,  # the correct answer with every value of another type
    "wrong_echo": True,  # `changes` applied to the answer, `stored` to the integration
    "expire_token": True,  # every token ends just before this request
    "drip": True,  # the correct answer, one byte every `delay_after_s` (0.05 s if 0)
    "endless": True,  # a chunked body that never ends
    "big": True,  # a body of `size` bytes
    "gzip_bomb": True,  # a small gzip body that unpacks to `size` bytes
    "foreign_link": True,  # the correct answer with a Link to `target`
    "loop_link": True,  # the correct answer with a Link to itself
}
"""The kinds of faults, and whether the request takes effect before the fault happens."""

FOREIGN = "https://elsewhere.example"


@dataclass
class Fault:
    """One fault.

    It matches requests by `method` and `path` (None: all). `path` is a template with {names}, a prefix ending in "*",
    or a regular expression for the whole path. The fault skips the first `after` matches, then happens `times` times
    (None: always). `commit` tells whether the request takes effect first; None is the default of the kind. Both delays
    work with every kind.
    """

    kind: str
    method: str | None = None
    path: str | re.Pattern[str] | None = None
    times: int | None = 1
    after: int = 0
    commit: bool | None = None
    status: int | None = None
    body: Any = None
    content_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    delay_after_s: float = 0.0
    size: int = 1_000_000_000
    changes: dict[str, Any] = field(default_factory=dict)
    stored: dict[str, Any] = field(default_factory=dict)
    target: str | None = None
    hits: int = 0
    _seen: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        """Raise `ValueError` for an unknown kind."""
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}")

    @property
    def commits(self) -> bool:
        """Whether the request takes effect before the fault happens."""
        return KINDS[self.kind] if self.commit is None else self.commit

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is matched."""
        if self.method is not None and self.method.upper() != method:
            return False
        match self.path:
            case None:
                return True
            case re.Pattern():
                return self.path.fullmatch(path) is not None
            case str() if self.path.endswith("*"):
                return path.startswith(self.path[:-1])
        parts = re.split(r"\{\w+\}", self.path)
        return re.fullmatch("[^/]+".join(re.escape(part) for part in parts), path) is not None


class Faults:
    """The active faults; the first that matches a request happens. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Switch a fault on, and return it."""
        with self._lock:
            self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Switch a fault off."""
        with self._lock:
            self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    def active(self) -> list[Fault]:
        """The active faults, in the order they are tried."""
        with self._lock:
            return list(self._faults)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that happens to a request, whose hits are counted; None if there is none."""
        with self._lock:
            for fault in self._faults:
                if not fault.matches(method, path):
                    continue
                if fault.times is not None and fault.hits >= fault.times:
                    continue
                fault._seen += 1
                if fault._seen > fault.after:
                    fault.hits += 1
                    return fault
        return None
