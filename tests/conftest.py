"""The gates hold for every test of the project."""

from hypothesis import settings

from tests.gates import (
    _loopback_only,
    _stray_logs,
    expects_log,
    network_guard,
    pytest_addoption,
    pytest_configure,
)

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
]
