"""Uncaught exceptions: logged by type and location, and reported to the window's thread.

Exceptions of jobs do not arrive here: the runner turns them into a `Bug` for the page that started the job.
"""

import logging
import re
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QElapsedTimer, QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from wizard.core.safe_traceback import describe_error

log = logging.getLogger(__name__)

QUIET_MS = 5_000
"""A repeated error (in a paint event, say) is reported again only if it did not occur for this long."""
MAX_REPORTS = 3
"""How often the same error is reported."""
_MAX_KEPT = 20
_TEXT_LIMIT = 300


class UncaughtErrors(QObject):
    """Handles the uncaught exceptions of all threads, and Qt's messages, while it is installed.

    The hooks only log and collect. `happened` carries the type and location of an error, without values, and is emitted
    on the thread of this object.
    """

    happened = Signal(str)
    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.errors: list[str] = []
        self._hooks_before: tuple[Any, Any, Any, Any] | None = None
        self._local = threading.local()
        self._reports: dict[str, int] = {}
        self._last: dict[str, QElapsedTimer] = {}
        # Queued: an error in a paint event must not open a dialog during painting.
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Set the hooks of the process."""
        qt = qInstallMessageHandler(self._on_qt_message)
        self._hooks_before = sys.excepthook, threading.excepthook, sys.unraisablehook, qt
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        sys.unraisablehook = self._on_unraisable

    def uninstall(self) -> None:
        """Restore the hooks that were set before; idempotent."""
        if self._hooks_before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook, qt = self._hooks_before
            qInstallMessageHandler(qt)
            self._hooks_before = None

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            # KeyboardInterrupt and SystemExit end the program as usual.
            sys.__excepthook__(kind, error, trace)
            return
        self._guarded(lambda: self._record(describe_error(error.with_traceback(trace or error.__traceback__))))

    def _on_thread_error(self, args: Any) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_unraisable(self, args: Any) -> None:
        """Log it only: nothing that the person asked for has failed."""
        error = args.exc_value
        self._guarded(lambda: log.error("could not be raised: %s", describe_error(error) if error else args.exc_type))

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Log warnings and errors without quoted text, which may be a value."""
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        level = logging.WARNING if kind == QtMsgType.QtWarningMsg else logging.ERROR
        category = context.category or "default"
        self._guarded(lambda: log.log(level, "Qt, %s: %s", category, without_values(text)))

    def _record(self, text: str) -> None:
        """Log and collect an error. Called on any thread."""
        log.critical("uncaught: %s", text)
        if text not in self.errors and len(self.errors) < _MAX_KEPT:
            self.errors.append(text)
        if sys.stderr is not None:
            sys.stderr.write(f"integration-wizard: uncaught: {text}\n")
        self._caught.emit(text)

    def _guarded(self, act: Callable[[], None]) -> None:
        """Run a hook, and drop errors inside it: handling them would recurse."""
        if getattr(self._local, "is_handling", False):
            return
        self._local.is_handling = True
        try:
            act()
        except Exception:  # noqa: S110 - the last resort: nothing can handle this
            pass
        finally:
            self._local.is_handling = False

    def _on_caught(self, text: str) -> None:
        last = self._last.setdefault(text, QElapsedTimer())
        is_quiet = not last.isValid() or last.elapsed() > QUIET_MS
        last.start()
        if is_quiet and self._reports.get(text, 0) < MAX_REPORTS:
            self._reports[text] = self._reports.get(text, 0) + 1
            self.happened.emit(text)


def without_values(text: str) -> str:
    """A message of Qt on one line, shortened, and without quoted and parenthesised text."""
    return re.sub(r"\"[^\"]*\"|'[^']*'|\([^()]*\)", "…", " ".join(text.split()))[:_TEXT_LIMIT]
