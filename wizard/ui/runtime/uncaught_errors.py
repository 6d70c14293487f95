"""Errors that nobody caught: they are logged by kind and place, and the window's thread hears of them.

Errors of jobs do not come here: the runner hands them to the page that asked, which says it where the person looks.
"""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QElapsedTimer, QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from wizard.core.safe_traceback import where

log = logging.getLogger(__name__)

QUIET_MS = 5_000
"""An error that comes again and again (while painting, say) is shown again only after this much peace."""
SHOWN_AT_MOST = 3
_KEPT = 20
_TEXT_LIMIT = 300


class Guard(QObject):
    """Hears of every error that nobody caught, on any thread, and of Qt's warnings.

    Hooks only log and count; `happened` tells the text, kind and place without values, on the thread that made this.
    `take_over()` and `give_back()` set and restore the hooks of the process.
    """

    happened = Signal(str)
    _heard = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.errors: list[str] = []
        self._before: tuple[Any, Any, Any, Any] | None = None
        self._busy = threading.local()
        self._shown: dict[str, int] = {}
        self._last: dict[str, QElapsedTimer] = {}
        # Queued: an error while painting must not show a window before the painting is over.
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    def take_over(self) -> None:
        """Set the hooks."""
        qt = qInstallMessageHandler(self._on_qt_message)
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook, qt
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        sys.unraisablehook = self._on_unraisable

    def give_back(self) -> None:
        """Restore the hooks that were there."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook, qt = self._before
            qInstallMessageHandler(qt)
            self._before = None

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            # Ctrl+C in a terminal, and the wish to end.
            sys.__excepthook__(kind, error, trace)
            return
        self._carefully(lambda: self._tell(where(error.with_traceback(trace or error.__traceback__))))

    def _on_thread_error(self, args: Any) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_unraisable(self, args: Any) -> None:
        """Only into the log: nothing that the person asked for has failed."""
        error = args.exc_value
        self._carefully(lambda: log.error("could not be raised: %s", where(error) if error else args.exc_type))

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Warnings and worse go into the log, without what stands in quotes: that is a value."""
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        level = logging.WARNING if kind == QtMsgType.QtWarningMsg else logging.ERROR
        category = context.category or "default"
        self._carefully(lambda: log.log(level, "Qt, %s: %s", category, without_values(text)))

    def _tell(self, text: str) -> None:
        """On any thread, perhaps in the middle of anything."""
        log.critical("uncaught: %s", text)
        if text not in self.errors and len(self.errors) < _KEPT:
            self.errors.append(text)
        if sys.stderr is not None:
            sys.stderr.write(f"integration-wizard: uncaught: {text}\n")
        self._heard.emit(text)

    def _carefully(self, act: Callable[[], None]) -> None:
        """An error while an error is told would be told, and so on: that one is dropped."""
        if getattr(self._busy, "telling", False):
            return
        self._busy.telling = True
        try:
            act()
        except Exception:  # noqa: S110 - the last place: there is nobody left to tell
            pass
        finally:
            self._busy.telling = False

    def _on_heard(self, text: str) -> None:
        last = self._last.setdefault(text, QElapsedTimer())
        is_peace = not last.isValid() or last.elapsed() > QUIET_MS
        last.start()
        if is_peace and self._shown.get(text, 0) < SHOWN_AT_MOST:
            self._shown[text] = self._shown.get(text, 0) + 1
            self.happened.emit(text)


def without_values(text: str) -> str:
    """A message of Qt without what stands in quotes, on one line and not long."""
    import re

    return re.sub(r"\"[^\"]*\"|'[^']*'|\([^()]*\)", "…", " ".join(text.split()))[:_TEXT_LIMIT]
