"""Faults that can be switched on: which request they meet and how often."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Any

#: What can go wrong, and whether the request takes effect before it does.
KINDS: dict[str, bool] = {
    "drop_before": False,  # connection closed, nothing happened
    "drop_after": True,  # it happened, connection closed without an answer
    "reset": False,  # as drop_before, but with a TCP reset
    "status": False,  # any status, body, content type and headers
    "html": False,  # an HTML page, 502 unless told otherwise
    "rate_limit": False,  # 429; Retry-After when given in headers
    "redirect": False,  # to `target`
    "silent": False,  # accepted, never answered
    "slow": True,  # the true answer, late (delay_s before it takes effect, delay_after_s after)
    "empty": True,  # the true status, no body
    "broken_json": True,  # the true status, JSON cut in the middle (complete at HTTP level)
    "garbage": False,  # bytes that are not HTTP
    "truncated": True,  # fewer bytes than Content-Length says
    "wrong_shape": True,  # the true status, another JSON body (`body`)
    "wrong_types": True,  # the true answer with every value of another type
    "wrong_echo": True,  # `changes` in the answer, `stored` in what the platform keeps
    "expire_token": True,  # every token ends just before this request
    "drip": True,  # the true answer, one byte at a time, delay_after_s (0.05 s if 0) apart
    "endless": True,  # a chunked body that never ends
    "big": True,  # a body of `size` bytes
    "gzip_bomb": True,  # a small gzip body that unpacks to `size` bytes
    "foreign_link": True,  # the true answer with a Link to `target`
    "loop_link": True,  # the true answer with a Link to itself
}

FOREIGN = "https://elsewhere.example"


@dataclass
class Fault:
    """One fault.

    It meets the requests of `method` and `path` (None: all). `path` may be a template with
    {names}, a prefix ending in "*", or a compiled expression that must match in full. It lets
    `after` of them pass, then happens `times` times (None: for ever). `commit` says whether the
    request takes effect first; None takes the kind's default. Both delays work with every kind.
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
        """Refuses a kind that does not exist."""
        if self.kind not in KINDS:
            raise ValueError(f"no such fault: {self.kind}")

    @property
    def commits(self) -> bool:
        """Whether the request takes effect although its answer is spoilt."""
        return KINDS[self.kind] if self.commit is None else self.commit

    def meets(self, method: str, path: str) -> bool:
        """Tells whether this request is one of those meant."""
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
    """The faults switched on now; the first that meets a request happens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Switches a fault on and returns it, so that its hits can be read."""
        with self._lock:
            self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Switches one fault off."""
        with self._lock:
            self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        """Switches all faults off."""
        with self._lock:
            self._faults.clear()

    def now(self) -> list[Fault]:
        """Returns the faults switched on, in the order they are tried."""
        with self._lock:
            return list(self._faults)

    def take(self, method: str, path: str) -> Fault | None:
        """Returns the fault for this request, counting the hit."""
        with self._lock:
            for fault in self._faults:
                if not fault.meets(method, path):
                    continue
                if fault.times is not None and fault.hits >= fault.times:
                    continue
                fault._seen += 1
                if fault._seen > fault.after:
                    fault.hits += 1
                    return fault
        return None
