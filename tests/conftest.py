"""The gates hold for every test of the project."""

from tests.gates import (
    _loopback_only,
    _stray_logs,
    expects_log,
    network_guard,
    pytest_addoption,
    pytest_configure,
)

__all__ = [
    "_loopback_only",
    "_stray_logs",
    "expects_log",
    "network_guard",
    "pytest_addoption",
    "pytest_configure",
]
