"""How many requests may go out in a second."""

import threading
import time
from collections.abc import Callable

from wizard.core.problems import Stopped


class Budget:
    """Lets `burst` requests pass at once and `per_second` after that; safe for many threads.

    The vendor allows 50 reads and 10 writes a second for a whole company; its other programs need their share.
    """

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._clock = clock
        self._left = float(burst)
        self._at = clock()
        self._lock = threading.Lock()

    def take(self, stop: threading.Event) -> None:
        """Wait for the next free place. Raises `Stopped` as soon as `stop` is set."""
        with self._lock:
            now = self._clock()
            self._left = min(self._burst, self._left + max(0.0, now - self._at) * self._per_second)
            self._at = now
            self._left -= 1
            wait_s = -self._left / self._per_second if self._left < 0 else 0.0
        if stop.wait(wait_s) if wait_s else stop.is_set():
            raise Stopped


def reads() -> Budget:
    """The share of reads that this program takes."""
    return Budget(per_second=10, burst=20)


def writes() -> Budget:
    """The share of writes that this program takes."""
    return Budget(per_second=1, burst=3)
