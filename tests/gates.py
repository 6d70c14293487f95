"""What no test may do: reach beyond this computer, touch real data, or leave a warning unread."""

import ipaddress
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_LEFT_OUT = (
    "ALL_PROXY",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "DBUS_SESSION_BUS_ADDRESS",
    "PYTHONDONTWRITEBYTECODE",
)
_HOMES = (
    "APPDATA",
    "HOME",
    "LOCALAPPDATA",
    "USERPROFILE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
)


class NetworkForbidden(Exception):
    """A test reached beyond the loopback interface."""


class NetworkGuard:
    """Refuses every connection and name look-up beyond loopback, in this whole process, and remembers it.

    It listens to audit events, so nothing that talks through Python gets around it, and an attempt that the
    code under test swallows still fails the test.
    """

    def __init__(self) -> None:
        self.refused: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not event.startswith("socket."):
            return
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            address = arguments[1]
            host = address[0] if isinstance(address, tuple) else None
        elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
            host = arguments[0]
        else:
            return
        if not is_loopback(host):
            self.refused.append(f"{event} {host!r}")
            raise NetworkForbidden(f"{event} to {host!r}: tests stay on this computer")


def is_loopback(host: object) -> bool:
    """Whether a host as sockets take it is this computer; no host (a Unix socket, a wildcard) is."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    if not isinstance(host, str) or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def isolate(environment: dict[str, str] | os._Environ[str], home: Path, *, onscreen: bool) -> None:
    """Make the environment, and so every program a test starts, the same on every computer."""
    for name in _LEFT_OUT:
        environment.pop(name, None)
        environment.pop(name.lower(), None)
    for name in _HOMES:
        environment[name] = str(home)
    for name in [name for name in environment if name.startswith("LC_")]:
        del environment[name]
    environment.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", LANGUAGE="en")
    # A person's own keychain is never asked; tests of the real one bring their own bus and unset this.
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    if not onscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"


class StrayLogs(logging.Handler):
    """Collects the log records of one test that are a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as one line: its logger, its level, its message."""
        self.texts.append(f"{record.name} {record.levelname}: {record.getMessage()}")

    def verdict(self) -> str:
        """What is wrong with this test's log, as text; empty if nothing is."""
        stray = [text for text in self.texts if not any(re.search(e, text) for e in self.expected)]
        absent = [e for e in self.expected if not any(re.search(e, text) for text in self.texts)]
        lines = [f"a log record nobody expected: {text}" for text in stray]
        return "\n".join(lines + [f"a log record that never came: {pattern}" for pattern in absent])


@pytest.fixture(autouse=True)
def _stray_logs() -> Iterator[StrayLogs]:
    stray = StrayLogs()
    logging.getLogger().addHandler(stray)
    yield stray
    logging.getLogger().removeHandler(stray)
    if wrong := stray.verdict():
        pytest.fail(wrong, pytrace=False)


@pytest.fixture
def expects_log(_stray_logs: StrayLogs) -> Callable[[str], None]:
    """Call with a pattern: a record like "logger LEVEL: message" that matches must come, and may."""
    return _stray_logs.expected.append


def _guard(config: pytest.Config) -> NetworkGuard:
    return config.stash[_GUARD]


_GUARD = pytest.StashKey[NetworkGuard]()


@pytest.fixture
def network_guard(request: pytest.FixtureRequest) -> NetworkGuard:
    """The guard of this run; a test that proves a refusal takes it out of `refused` again."""
    return _guard(request.config)


@pytest.fixture(autouse=True)
def _loopback_only(request: pytest.FixtureRequest) -> Iterator[None]:
    guard = _guard(request.config)
    guard.refused.clear()
    yield
    if guard.refused:
        pytest.fail("\n".join(guard.refused), pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --onscreen: windows appear on the real screen, to watch a test."""
    parser.addoption("--onscreen", action="store_true", help="show the windows on the real screen")


def pytest_configure(config: pytest.Config) -> None:
    """Close the gates before anything of the program is imported."""
    home = TemporaryDirectory(prefix="wizard-tests-home-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    isolate(os.environ, Path(home.name), onscreen=bool(config.getoption("--onscreen")))
    guard = NetworkGuard()
    config.stash[_GUARD] = guard
    sys.addaudithook(guard)
