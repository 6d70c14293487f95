"""What no test may do: reach beyond this computer, touch real data, or leave a warning unread."""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.guard.sitecustomize import REFUSALS, refuse

GUARD = str(Path(__file__).with_name("guard"))
"""What stands first in the path of every Python that a test starts."""

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


class Refusals:
    """What the network guards of this run have refused, in this process and in every Python that a test started."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = 0

    def new(self) -> list[str]:
        """The refusals since the last look, a line each."""
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
        seen, self._count = self._count, len(lines)
        return lines[seen:]


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
    path = [part for part in environment.get("PYTHONPATH", "").split(os.pathsep) if part not in ("", GUARD)]
    environment["PYTHONPATH"] = os.pathsep.join([GUARD, *path])
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


_REFUSALS = pytest.StashKey[Refusals]()


@pytest.fixture
def refusals(request: pytest.FixtureRequest) -> Refusals:
    """The refusals of this run; a test that provokes one looks at them, so that they are not new any more."""
    return request.config.stash[_REFUSALS]


@pytest.fixture(autouse=True)
def _loopback_only(refusals: Refusals) -> Iterator[None]:
    yield
    if new := refusals.new():
        pytest.fail("\n".join(new), pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --onscreen: windows appear on the real screen, to watch a test."""
    parser.addoption("--onscreen", action="store_true", help="show the windows on the real screen")


def pytest_configure(config: pytest.Config) -> None:
    """Close the gates before anything of the program is imported.

    Of a run in parallel each worker closes its own, with a home and a file of refusals of its own. Who only hands out
    the tests leaves everything open: a guard that its workers started with would count as another guard than theirs.
    """
    if config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        return
    home = TemporaryDirectory(prefix="wizard-tests-home-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    isolate(os.environ, Path(home.name), onscreen=bool(config.getoption("--onscreen")))
    file = Path(home.name) / "refusals.txt"
    os.environ[REFUSALS] = str(file)
    config.stash[_REFUSALS] = Refusals(file)
    sys.addaudithook(refuse)
