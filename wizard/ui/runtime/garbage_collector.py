"""Garbage collection on the window's thread only."""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1_000


class GarbageCollector(QObject):
    """Replaces Python's automatic garbage collection by a timer on the window's thread.

    Python collects on whichever thread allocates, and a worker thread that destroys a Qt object crashes the program.
    Objects that exist when this is made are frozen: they are never collected.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        """Collect the oldest generation that exceeds its threshold, as Python would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        full = [number for number, (count, limit) in enumerate(zip(counts, limits, strict=True)) if count > limit]
        if full:
            gc.collect(full[-1])
