"""The note of a pause: it counts down where the platform asked for it, and goes when the next attempt starts."""

import math
from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer

from wizard.core.progress import Waiting
from wizard.words import Words

_SECOND_MS = 1_000


class WaitNote(QObject):
    """One pause, shown by `show` until it is over or something else stands there; `usual` comes back after it.

    It ends by itself, and at the latest with `parent`.
    """

    def __init__(
        self,
        words: Words,
        pause: Waiting,
        read: Callable[[], str],
        show: Callable[[str], object],
        parent: QObject,
        *,
        usual: str = "",
    ) -> None:
        super().__init__(parent)
        self._words, self._is_asked, self._usual = words, pause.is_asked, usual
        self._read, self._show = read, show
        self._ends = QDeadlineTimer(max(1, round(pause.seconds * 1000)))
        self._said = read()
        self._on_tick()

    def _on_tick(self) -> None:
        left_ms = self._ends.remainingTime()
        if self._read() != self._said or left_ms <= 0:
            if self._read() == self._said:
                self._show(self._usual)
            self.deleteLater()
            return
        self._said = self._sentence(math.ceil(left_ms / _SECOND_MS))
        self._show(self._said)
        # In step with the seconds that are left.
        QTimer.singleShot((left_ms - 1) % _SECOND_MS + 1, self, self._on_tick)

    def _sentence(self, seconds: int) -> str:
        if not self._is_asked:
            return self._words.say("The platform does not answer. We try again.")
        return self._words.count(
            "The platform asks us to wait. Going on in {n} second.",
            "The platform asks us to wait. Going on in {n} seconds.",
            seconds,
        )
