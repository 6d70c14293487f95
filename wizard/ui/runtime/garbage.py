"""Garbage is collected on the window's thread only."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class Garbage(QObject):
    """Takes the collector's place: Python collects on whichever thread comes first, and a worker that did so could
    destroy something of Qt's that only the window's thread may touch, which ends the program.

    What is there when it is made stays for good and is never looked through again.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        """The oldest generation that is full, as Python itself would choose."""
        counts, limits = gc.get_count(), gc.get_threshold()
        full = [number for number, (count, limit) in enumerate(zip(counts, limits, strict=True)) if count > limit]
        if full:
            gc.collect(full[-1])
