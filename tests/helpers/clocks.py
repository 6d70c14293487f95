"""Clocks that move when told."""

import threading
import time


class ManualClock:
    """Monotonic seconds that stand still until `now_s` is set."""

    def __init__(self, now_s: float = 1000.0) -> None:
        self.now_s = now_s

    def __call__(self) -> float:
        """Now."""
        return self.now_s


class LeapingClock:
    """Monotonic seconds that can be set ahead, as after a computer slept."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        """Now."""
        return time.monotonic() + self.ahead_s


class ClockedEvent(threading.Event):
    """An event whose waits end at once and move the clock instead; `waits_s` are their lengths."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self._clock = clock
        self.waits_s: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        """Let that much time pass at once."""
        self.waits_s.append(timeout or 0)
        self._clock.now_s += timeout or 0
        return self.is_set()
