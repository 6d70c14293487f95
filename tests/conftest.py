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
    "pytest_runtest_logfinish",
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
    gates.pytest_configure(config)
    report.choose_tests(config)


def pytest_runtest_logfinish() -> None:
    """Collect between two tests, on the thread that owns the windows; at once where a window was left over."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication if widgets is not None and widgets.QApplication.instance() else None
    # Windows have names; what else has no parent, such as the ear of the theme, stays.
    has_windows = app is not None and any(one.objectName() for one in app.topLevelWidgets())
    if gc.get_freeze_count():
        gc.unfreeze()
    if has_windows or gc.get_count()[0] > 20_000:
        gc.collect()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the report that was asked for."""
    report.print_report(terminalreporter)
