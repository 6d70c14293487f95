"""One measured start: `child.py bare` or `child.py wizard [arguments]`; says on stdout when and how large.

It is a script of its own, and both kinds go through it, so both pay the same for being watched. The program itself
holds nothing for it: the watch begins when the event loop does, with a filter on the window that is there by then,
or on the first one that comes, where the program has to read first which one that is.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget, QWizard, QWizardPage


class Watch(QObject):
    """Waits for the first paint of one window, and then for its first job, if it has one."""

    def __init__(self, window: QWidget, *, has_read: bool = False) -> None:
        """Filters the events of this one window only; `has_read` tells that a job has run before there was one."""
        super().__init__(window)
        self._window = window
        self._is_painted = False
        window.installEventFilter(self)
        app = QApplication.instance()
        runners = [one for one in app.findChildren(QObject) if hasattr(one, "idle")] if app else []
        self._runners = runners
        self._is_idle = not runners or has_read
        for runner in runners:
            runner.idle.connect(self._on_idle)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notes the first paint; what comes next in the loop comes after all of it is on the screen."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._on_painted)
        return False

    def _on_painted(self) -> None:
        # The time is taken by the one who reads this line: it needs no import and no clock here.
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        sys.stdout.write(f"processor {time.process_time() * 1000:.3f}\n")
        sys.stdout.write(f"memory {_peak()}\n")
        self._is_painted = True
        # What the window begins to read when it is painted has begun by then.
        QTimer.singleShot(50, self, self._end)

    def _on_idle(self) -> None:
        if not self._is_painted and not self._is_idle:
            sys.stdout.write("early\n")
        self._is_idle = True
        self._end()

    def _end(self) -> None:
        if (
            self._is_painted
            and self._is_idle
            and all(runner.property("is_idle") is not False for runner in self._runners)
        ):
            sys.stdout.write(f"settled {_peak()}\n")
            sys.stdout.flush()
            self._window.close()
            QApplication.exit(0)


def _peak() -> int:
    """The most memory that this process ever held, in KiB; 0 where the system does not tell."""
    if os.path.exists("/proc/self/status"):
        # Not ru_maxrss: on Linux it begins with what the process held that started this one.
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


class Waiting(QObject):
    """Watches the first window that comes."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Waits for a window of the program: those have names."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.objectName() in _WINDOWS:
            app = QApplication.instance()
            assert app is not None
            app.removeEventFilter(self)
            watched.setProperty("watch", Watch(watched, has_read=True))
        return False


_WINDOWS = ("wizard", "library")


def _watched(run: Callable[[], int]) -> Callable[..., int]:
    def watching(*_app: Any) -> int:
        app = QApplication.instance()
        assert app is not None
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QWizard):
                window.setProperty("watch", Watch(window))
                break
        else:
            app.installEventFilter(Waiting(app))
        return run()

    return watching


def _bare() -> int:
    """The physical limit: five empty pages."""
    app = QApplication([])
    wizard = QWizard()
    wizard.setWizardStyle(QWizard.WizardStyle.ModernStyle)
    for _number in range(5):
        wizard.addPage(QWizardPage())
    wizard.resize(960, 640)
    wizard.show()
    return app.exec()


def main() -> int:
    """Start what the arguments say."""
    QApplication.exec = _watched(QApplication.exec)  # type: ignore[method-assign]
    if sys.argv[1] == "bare":
        return _bare()
    from wizard.__main__ import main as program

    return program(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
