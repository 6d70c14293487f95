"""How many requests may be sent in a second, for each company."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from wizard.core.address import Origin
from wizard.core.ids import ObjectId
from wizard.core.problems import Stopped
from wizard.core.progress import Report, Waiting

NOTICEABLE_S = 2.0
"""Waits longer than this are reported."""


class Pace:
    """A token bucket: `burst` requests at once, `per_second` after that. Safe for many threads."""

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._clock = clock
        self._tokens = float(burst)
        self._filled_at_s = clock()
        self._lock = threading.Lock()

    def take(self, report: Report, stop: threading.Event) -> None:
        """Wait for the next turn. Raises `Stopped` as soon as `stop` is set."""
        with self._lock:
            now_s = self._clock()
            self._tokens = min(self._burst, self._tokens + max(0.0, now_s - self._filled_at_s) * self._per_second)
            self._filled_at_s = now_s
            self._tokens -= 1
            wait_s = -self._tokens / self._per_second if self._tokens < 0 else 0.0
        if wait_s > NOTICEABLE_S:
            # It is the platform's limit that we keep.
            report(Waiting(wait_s, is_asked=True))
        if stop.wait(wait_s) if wait_s else stop.is_set():
            raise Stopped


def _read_pace() -> Pace:
    return Pace(per_second=10, burst=20)


def _write_pace() -> Pace:
    return Pace(per_second=1, burst=3)


@dataclass(frozen=True, slots=True)
class CompanyPace:
    """Our share of what the vendor allows a company: 50 reads and 10 writes a second, for all its programs."""

    reads: Pace = field(default_factory=_read_pace)
    writes: Pace = field(default_factory=_write_pace)


class PaceRegistry:
    """The pace of each company, shared by every connection to it. Safe for many threads."""

    def __init__(self, new: Callable[[], CompanyPace] = CompanyPace) -> None:
        self._new = new
        self._paces: dict[str, CompanyPace] = {}
        self._lock = threading.Lock()

    def of(self, company: str) -> CompanyPace:
        """The pace of the company with this key."""
        with self._lock:
            return self._paces.setdefault(company, self._new())


PACES = PaceRegistry()
"""The paces of this process."""


def company_key(origin: Origin, client_id: str, root_group_id: ObjectId | None) -> str:
    """What identifies a company: its root group; or its credentials while the root group is unknown."""
    return f"{origin} {root_group_id or client_id}"
