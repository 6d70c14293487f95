"""The gates hold for every test of the project."""

import gc
import sys

import pytest
from hypothesis import settings

from tests import gates
from tests.faults import report
from tests.gates import _loopback_only, _stray_logs, expects_log, refusals

# Time limits belong to tests of speed: elsewhere they only make a busy computer fail.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")

__all__ = [
    "_loopback_only",
    "_stray_logs",
    "expects_log",
    "pytest_addoption",
    "pytest_configure",
    "pytest_terminal_summary",
    "refusals",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our own options."""
    gates.pytest_addoption(parser)
    report.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Close the gates before anything of the program is imported."""
    # As in the program: a server's or a worker's thread must not collect what belongs to Qt.
    gc.disable()
    config.pluginmanager.register(Collector())
    gates.pytest_configure(config)
    report.choose_tests(config)


class Collector:
    """Collects between two tests, on the thread that owns the windows; at once where a window was left over."""

    def __init__(self) -> None:
        self._survivors = 0

    def pytest_runtest_logfinish(self) -> None:
        """Collect if it is time."""
        if gc.get_freeze_count():
            gc.unfreeze()
        # What a collection left, the next one would leave: on thousands of tests that took half of the time.
        left = self._left()
        if left > self._survivors or gc.get_count()[0] > 20_000:
            gc.collect()
            left = self._left()
        self._survivors = left

    @staticmethod
    def _left() -> int:
        widgets = sys.modules.get("PySide6.QtWidgets")
        app = widgets.QApplication if widgets is not None and widgets.QApplication.instance() else None
        # Windows have names; what else has no parent, such as the ear of the theme, stays.
        return sum(1 for one in app.topLevelWidgets() if one.objectName()) if app is not None else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the report that was asked for."""
    report.print_report(terminalreporter)
