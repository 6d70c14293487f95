"""Ignore key auto-repeat and presses on newly shown controls."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

SEEN_MS = 500
"""Minimum time since the last change or press before a press counts while `is_irreversible` is true."""
_REPEAT_MS = 50
"""Maximum time from a release to a press that is auto-repeat: X11 does not mark all repeated events as such."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PRESSING = (*_ENTER, Qt.Key.Key_Space, Qt.Key.Key_Select)


class KeyRepeatGuard(QObject):
    """Filters the events of a window and drops unintended presses of Enter (everywhere) and Space (on buttons).

    Auto-repeat is always dropped. While `is_irreversible()` is true, so are presses of keys and mouse within `SEEN_MS`
    after `note_change()`, and key presses within `SEEN_MS` after another.
    """

    def __init__(self, window: QWidget, is_irreversible: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._is_irreversible = window, is_irreversible
        self._filtered: QObject | None = None
        self._since_change = QElapsedTimer()
        self._pressed_ms = self._released_ms = -SEEN_MS

    def install(self) -> None:
        """Install the event filter on the native window, which exists once the window was shown; idempotent."""
        handle = self._window.windowHandle()
        if handle is not self._filtered:
            self._filtered = handle
            handle.installEventFilter(self)

    def note_change(self) -> None:
        """Other controls are shown from now on."""
        self._since_change.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            # The second press of a double click would hit the controls that the first one has brought.
            return self._is_irreversible() and not self._is_seen()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in _PRESSING:
            return False
        # Use the time of the event itself: a window that was busy gets queued events all at once.
        now_ms = event.timestamp()
        if kind is QEvent.Type.KeyRelease:
            self._released_ms = now_ms
            return False
        since_press, since_release = now_ms - self._pressed_ms, now_ms - self._released_ms
        self._pressed_ms = now_ms
        if event.key() not in _ENTER and not isinstance(self._window.focusWidget(), QAbstractButton):
            return False
        is_held = event.isAutoRepeat() or 0 <= since_release < _REPEAT_MS
        return is_held or (self._is_irreversible() and (0 <= since_press < SEEN_MS or not self._is_seen()))

    def _is_seen(self) -> bool:
        return not self._since_change.isValid() or self._since_change.elapsed() >= SEEN_MS
