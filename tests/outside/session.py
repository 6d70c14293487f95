"""A desktop for tests: a screen, a session bus, the accessibility bus and a keychain, all of their own."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from tests.gates import isolate
from tests.outside.secrets import Secrets

ROOT = Path(__file__).resolve().parent.parent.parent

Keychain = Literal["open", "locked", "fresh", "none"]
"""Unlocked; locked; never used, so that it has no password yet; no keychain at all.

Nobody is there to ask a person for a password, so nothing waits for one, unless a test brings a `Prompter`.
"""

PASSWORD = "not a secret: this keychain lives for one test"
_PACKAGES = {"Xvfb": "xvfb", "dbus-daemon": "dbus-daemon", "gnome-keyring-daemon": "gnome-keyring"}
_A11Y_SERVICE = "org.a11y.Bus.service"
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Missing(Exception):
    """This computer lacks a program that the tests need; the text says how it gets here."""


class Desktop:
    """The environment of one person: enter it, start programs in `environment`, leave it.

    Programs of the system stay outside: the buses and the keychain are private to this desktop and end with it.
    """

    def __init__(self, keychain: Keychain = "open") -> None:
        self._keychain = keychain
        self._stack = contextlib.ExitStack()
        self.environment: dict[str, str] = {}
        self.folder = Path()

    def __enter__(self) -> "Desktop":
        programs = _programs()
        with contextlib.ExitStack() as stack:
            # Short: the path of a socket may have about a hundred characters.
            name = stack.enter_context(tempfile.TemporaryDirectory(prefix="outside-", ignore_cleanup_errors=True))
            self.folder = Path(name)
            self._log = stack.enter_context((self.folder / "desktop.log").open("wb"))
            self.environment = self._clean_environment()
            self.environment["DISPLAY"] = stack.enter_context(self._screen(programs["Xvfb"]))
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(self._bus(programs["dbus-daemon"]))
            if self._keychain != "none":
                stack.enter_context(self._keys(programs["gnome-keyring-daemon"]))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    @property
    def bus_address(self) -> str:
        """The address of the session bus."""
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def log(self) -> str:
        """What the desktop's own programs had to say."""
        return (self.folder / "desktop.log").read_text(encoding="utf-8", errors="replace")

    def _clean_environment(self) -> dict[str, str]:
        environment = dict(os.environ)
        isolate(environment, self.folder / "home", onscreen=True)
        for name in ("PYTHON_KEYRING_BACKEND", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_SESSION_TYPE"):
            environment.pop(name, None)
        for name in [name for name in environment if name.startswith(("PYTEST_", "QT_"))]:
            del environment[name]
        for name in ("HOME", "XDG_RUNTIME_DIR"):
            environment[name] = str(self.folder / name.lower())
            Path(environment[name]).mkdir(mode=0o700)
        for name, under in (("CACHE", ".cache"), ("CONFIG", ".config"), ("DATA", ".local/share")):
            environment[f"XDG_{name}_HOME"] = str(self.folder / "home" / under)
        environment.update(QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", PYTHONUNBUFFERED="1")
        # Who looks at a window that changes asks for objects that are just gone; Qt would complain of each.
        environment["QT_LOGGING_RULES"] = "qt.accessibility.atspi.warning=false"
        return environment

    @contextlib.contextmanager
    def _screen(self, program: str) -> Iterator[str]:
        reading, writing = os.pipe()
        try:
            command = [
                program,
                "-displayfd",
                str(writing),
                "-screen",
                "0",
                "1280x900x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ]
            process = self._start(command, pass_fds=(writing,))
        finally:
            os.close(writing)
        with os.fdopen(reading) as told, _ended(process):
            number = told.readline().strip()
            if not number:
                raise Missing(f"Xvfb did not start:\n{self.log()}")
            yield f":{number}"

    @contextlib.contextmanager
    def _bus(self, program: str) -> Iterator[str]:
        services = self.folder / "services"
        services.mkdir()
        source = _service(_A11Y_SERVICE)
        # Without the line that hands the start over to systemd, which knows nothing of this bus.
        lines = [line for line in source.read_text().splitlines() if not line.startswith("SystemdService")]
        (services / _A11Y_SERVICE).write_text("\n".join(lines) + "\n")
        config = self.folder / "bus.conf"
        config.write_text(_CONFIG.format(socket=escape(str(self.folder / "bus")), services=escape(str(services))))
        command = [program, f"--config-file={config}", "--print-address=1", "--nofork", "--nopidfile"]
        process = self._start(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        with _ended(process):
            address = process.stdout.readline().decode().strip()
            if not address:
                raise Missing(f"dbus-daemon did not start:\n{self.log()}")
            yield address

    @contextlib.contextmanager
    def _keys(self, program: str) -> Iterator[None]:
        # A copy carries no file capabilities, which a container may refuse to grant.
        copy = self.folder / "gnome-keyring-daemon"
        shutil.copyfile(program, copy)
        copy.chmod(0o700)
        is_fresh = self._keychain == "fresh"
        command = [str(copy), "--foreground", "--components=secrets", *([] if is_fresh else ["--unlock"])]
        process = self._start(command, stdin=subprocess.PIPE)
        assert process.stdin is not None
        with _ended(process):
            process.stdin.write(b"" if is_fresh else PASSWORD.encode())
            process.stdin.close()
            with Secrets(self.bus_address) as secrets:
                if not secrets.wait(10, is_fresh=is_fresh):
                    raise Missing(f"gnome-keyring-daemon did not start:\n{self.log()}")
                if self._keychain == "locked":
                    secrets.lock()
            yield

    def _start(
        self,
        command: list[str],
        *,
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
        pass_fds: tuple[int, ...] = (),
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=self._log,
            pass_fds=pass_fds,
            env=self.environment,
            cwd=self.folder,
        )


def _programs() -> dict[str, str]:
    """Where the desktop's programs are. Raises `Missing` with one sentence for all that are not there."""
    found = {name: shutil.which(name) for name in _PACKAGES}
    absent = [_PACKAGES[name] for name, path in found.items() if path is None]
    if _service_or_none(_A11Y_SERVICE) is None:
        absent.append("at-spi2-core")
    if absent:
        raise Missing(
            f"These tests need system packages that are not installed: {' '.join(sorted(absent))}. "
            "`python packaging/dev.py test` installs them on Debian and Ubuntu."
        )
    return {name: path for name, path in found.items() if path is not None}


def _service_or_none(name: str) -> Path | None:
    usual = (Path("/usr/share"), Path("/usr/local/share"))
    return next((path for one in usual if (path := one / "dbus-1" / "services" / name).is_file()), None)


def _service(name: str) -> Path:
    found = _service_or_none(name)
    assert found is not None
    return found


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


def python(*arguments: str) -> list[str]:
    """A command that runs this project's Python."""
    return [sys.executable, *arguments]
