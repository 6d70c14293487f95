"""The gates hold for every test of the project."""

import pytest
from hypothesis import settings

from tests import gates
from tests.faults import report
from tests.gates import _loopback_only, _stray_logs, expects_log, network_guard

# Time limits belong to tests of speed: elsewhere they only make a busy computer fail.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")

__all__ = [
    "_loopback_only",
    "_stray_logs",
    "expects_log",
    "network_guard",
    "pytest_addoption",
    "pytest_configure",
    "pytest_terminal_summary",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our own options."""
    gates.pytest_addoption(parser)
    report.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Close the gates before anything of the program is imported."""
    gates.pytest_configure(config)
    report.choose_tests(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the report that was asked for."""
    report.print_report(terminalreporter)
