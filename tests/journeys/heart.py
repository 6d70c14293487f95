"""A heartbeat: whether the window's thread is ever held up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 10
LIMIT_MS = 50.0
ENTERING_LIMIT_MS = 100.0
"""For the one turn in which a press leads to a page that was never laid out before; measured: 30 to 70 ms."""

ENTERING = ("start", "click", "key", "act", "to ")
BLOCKED_MS = 400.0
"""Far more than a busy computer makes of a short pause, far less than any time-out of ours."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a beat. `busy_ms` is how much of it this process worked; the rest it waited, or had no turn."""

    wall_ms: float
    busy_ms: float
    during: str


class Heart(QObject):
    """Beats every 10 ms while the event loop runs, and remembers how long it could not.

    Only the time inside the loop counts (`beating`): what a test computes between two acts is no fault of the
    window. An act of a person happens inside the loop, so what a click sets off counts in full.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self._during = ""
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = (0.0, 0.0)
        self._depth = 0
        self._timer.start()

    @contextmanager
    def beating(self, during: str) -> Iterator[None]:
        """The time in the event loop between two steps of a test."""
        self._depth += 1
        before, self._during = self._during, during
        if self._depth == 1:
            self._last = _now()
        try:
            yield
        finally:
            if self._depth == 1:
                self._note()
            self._depth -= 1
            self._during = before

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def standstills(self) -> list[Gap]:
        """Each gap in which the window stood still.

        A window that waits for a server or a keychain misses hundreds of beats, whatever else the computer does. A
        window that works too long is found by the work of this process, of which a loaded computer takes nothing.
        """
        return [g for g in self.gaps if g.wall_ms > BLOCKED_MS or min(g.wall_ms, g.busy_ms) > _limit(g)]

    def longest(self) -> Gap:
        """The longest gap."""
        return max(self.gaps, key=lambda gap: gap.wall_ms)

    def _beat(self) -> None:
        if self._depth:
            self._note()

    def _note(self) -> None:
        now = _now()
        wall, busy = (1000 * (a - b) for a, b in zip(now, self._last, strict=True))
        self.gaps.append(Gap(wall, busy, self._during))
        self._last = now


def _limit(gap: Gap) -> float:
    is_entering = gap.during.startswith(ENTERING)
    return ENTERING_LIMIT_MS if is_entering else LIMIT_MS


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()
