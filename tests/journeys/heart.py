"""A heartbeat: whether the window's thread is ever held up."""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 10
LIMIT_MS = 50.0
"""What the window promises on a computer that does nothing else; the longest gaps are printed after a run."""
LATE_MS = 200.0
"""What fails a test: a whole run shares its computer, and a test that fails for that says nothing."""
ONCE_MS = 400.0
"""What comes once and never again is the computer's: a page of the program read from a slow disk, a guest held up by
its host. What the program does comes each time, so a gap counts when most of the last five times that this act was
done were late, and two at least."""
PRESSES = ("click", "key", "act", "to ")
_USUAL_MS = 2.3
"""What `_slowness` times takes so long there."""
RESTYLED = "restyled"
"""While the system changes every colour or letter of a window, all of it is laid out anew: not measured here."""
_SCHEDULED = Path(f"/proc/self/task/{threading.main_thread().native_id}/schedstat")


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a beat. `unserved_ms` of it this process was ready to work but the computer worked for others."""

    wall_ms: float
    unserved_ms: float
    during: str

    @property
    def own_ms(self) -> float:
        """What is left of the gap on a computer that does nothing else."""
        return max(0.0, self.wall_ms - self.unserved_ms)


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

    def standstills(self, late: dict[str, list[bool]]) -> list[Gap]:
        """Each gap that is too long, and not because the computer was busy with something else.

        `late` remembers of each act whether it was late the last times, from one test to the next.

        Tests share their computer, so a long gap alone says nothing: on two processors with other work a thread
        waits up to half its time for its turn. Linux tells exactly how long the window's thread stood in the queue;
        time blocked on a lock, a socket, a disk or Python's own lock held by a busy worker is not in there. Where the
        system does not tell, the whole gap counts.
        """
        found = []
        limit_ms = LATE_MS * _slowness() if any(gap.own_ms > LATE_MS for gap in self.gaps) else LATE_MS
        worst: dict[str, Gap] = {}
        for gap in self.gaps:
            if gap.during != RESTYLED and gap.own_ms >= worst.get(gap.during, gap).own_ms:
                worst[gap.during] = gap
        for act, gap in worst.items():
            is_late = gap.own_ms > limit_ms
            late[act] = [*late.get(act, []), is_late][-5:]
            often = sum(late[act])
            if gap.own_ms > ONCE_MS or (is_late and often >= 2 and 2 * often > len(late[act])):
                found.append(gap)
        return found

    def longest(self) -> Gap:
        """The longest gap."""
        return max(self.gaps, key=lambda gap: gap.own_ms)

    def _beat(self) -> None:
        if self._depth:
            self._note()

    def _note(self) -> None:
        now = _now()
        wall, unserved = (1000 * (a - b) for a, b in zip(now, self._last, strict=True))
        self.gaps.append(Gap(wall, max(0.0, unserved), self._during))
        self._last = now


def _slowness() -> float:
    """How many times slower a processor is at this moment than that of the README's figures was, alone.

    Two programs on the two threads of one core slow each other down, and no queue tells.
    """
    spent_ms = []
    for _ in range(9):
        began_s, texts = time.thread_time(), {}
        for number in range(20_000):
            texts[number % 97] = str(number)
        spent_ms.append(1000 * (time.thread_time() - began_s))
    return max(1.0, statistics.median(spent_ms) / _USUAL_MS)


def _now() -> tuple[float, float]:
    return time.perf_counter(), _queued_s()


def _queued_s() -> float:
    """Seconds that the window's thread stood in the queue for a processor; nothing but that is forgiven."""
    try:
        return int(_SCHEDULED.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0
