"""Ignore key auto-repeat, and presses on controls that were shown a moment ago."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

SEEN_MS = 500
"""So long something has to be there, and the keys to rest, before a key may press what cannot be taken back."""
_TWIN_MS = 50
"""No finger comes back so soon: X11 makes a held key a row of releases and presses, not all of them marked as such."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PRESSING = (*_ENTER, Qt.Key.Key_Space, Qt.Key.Key_Select)


class KeyRepeatGuard(QObject):
    """Watches a window's keys before its widgets get them, and takes away the presses that nobody meant.

    Everywhere that is what a held key repeats. While `is_grave` says so it is also a press right after another, or
    right after `note_change`, and so is a press of the mouse. Enter is watched everywhere, Space on buttons only.
    """

    def __init__(self, window: QWidget, is_grave: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._is_grave = window, is_grave
        self._watched: QObject | None = None
        self._since_change = QElapsedTimer()
        self._pressed_ms = self._released_ms = -SEEN_MS

    def watch(self) -> None:
        """Begin, once there is a window of the system; may be called again."""
        handle = self._window.windowHandle()
        if handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)

    def note_change(self) -> None:
        """Something else is there to be pressed from now on."""
        self._since_change.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            # The second half of a double click meets what the first half has brought.
            return self._is_grave() and not self._is_seen()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in _PRESSING:
            return False
        # The time of the key itself: a window that was busy gets its keys in one go.
        now_ms = event.timestamp()
        if kind is QEvent.Type.KeyRelease:
            self._released_ms = now_ms
            return False
        since_press, since_release = now_ms - self._pressed_ms, now_ms - self._released_ms
        self._pressed_ms = now_ms
        if event.key() not in _ENTER and not isinstance(self._window.focusWidget(), QAbstractButton):
            return False
        is_held = event.isAutoRepeat() or 0 <= since_release < _TWIN_MS
        return is_held or (self._is_grave() and (0 <= since_press < SEEN_MS or not self._is_seen()))

    def _is_seen(self) -> bool:
        return not self._since_change.isValid() or self._since_change.elapsed() >= SEEN_MS
