"""One program for each data folder: a second start brings the first to the front and ends."""

import contextlib
import hashlib
import logging
import os
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QObject, Signal

from wizard.core.problems import Problem
from wizard.store.file_lock import FileLock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket  # noqa: TID251 - local sockets only

log = logging.getLogger(__name__)

PATIENCE_S = 4.0
"""How long a second start waits for an answer of the first; after that it opens a window of its own."""

_CONNECT_MS = 200
_PAUSE_S = 0.05
_LONGEST_PATH = 100
"""Bytes of the path of a socket; macOS allows 104, Linux 108."""

_LONGEST_NAME = len("/integration-wizard-0123456789abcdef.socket")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

_LONGEST_REQUEST = 512
_REQUEST, _ANSWER = b"show", b"shown"


class SingleInstance(QObject):
    """The claim of this process on a data folder.

    The claim is a file lock, which the operating system drops with the process, so two starts at the same moment
    cannot both be the first and a killed program blocks nobody. A local socket (a named pipe on Windows) then takes
    the requests of later starts; both lie in a folder that only this user can read.
    """

    second_started = Signal()
    """Another start asked for this program's windows."""

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._claim: BinaryIO | None = None
        self._server: QLocalServer | None = None
        self._folder = _private_folder()
        self._name = _name(data_dir, self._folder) if self._folder else ""

    def claim(self, patience_s: float = PATIENCE_S) -> bool:
        """Whether this start opens a window; False if the first one has brought its own to the front.

        True as well where the first does not answer in time, or where no claim is possible. Blocks up to
        `patience_s`: only before there is a window.
        """
        if self._folder is None:
            return True
        lock = FileLock(self._folder / f"{self._name}.lock")
        until = time.monotonic() + patience_s
        try:
            # The first may still be starting, or just be ending: then the claim is free at the next try.
            while (claim := lock.take()) is None and time.monotonic() < until:
                if self._is_answered(until):
                    return False
                time.sleep(_PAUSE_S)
        except Problem:
            return True
        self._claim = claim
        return True

    def listen(self) -> None:
        """Answer later starts. To be called once there is a window: Qt's local sockets cost 10 ms and 3 MB."""
        if self._claim is None or self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer  # noqa: TID251 - local sockets only

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # Whoever holds the claim is alone: what lies there was left by a process that was killed.
        QLocalServer.removeServer(self._address)
        if not server.listen(self._address):
            log.info("no local socket: %s", server.serverError().name)
            self.release()
            return
        server.newConnection.connect(self._on_new_connection)
        self._server = server

    @property
    def is_listening(self) -> bool:
        """Whether later starts are answered."""
        return self._server is not None

    def release(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        if self._claim is not None:
            self._claim.close()
            self._claim = None

    # ------------------------------------------------------------------ the first

    def _on_new_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            _Conversation(socket, self)

    # ------------------------------------------------------------------ the second

    def _is_answered(self, until: float) -> bool:
        """Ask the first to come to the front; whether it did."""
        from PySide6.QtNetwork import QLocalSocket  # noqa: TID251 - local sockets only

        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        _let_it_take_the_foreground()
        socket.write(b" ".join((_REQUEST, os.environ.get("XDG_ACTIVATION_TOKEN", "").encode())) + b"\n")
        answer = b""
        while _ANSWER not in answer and (left_ms := int((until - time.monotonic()) * 1000)) > 0:
            if not socket.waitForReadyRead(left_ms):
                break
            answer += bytes(socket.readAll().data())
        socket.abort()
        return _ANSWER in answer

    @property
    def _address(self) -> str:
        return self._name if sys.platform == "win32" else str((self._folder or Path()) / f"{self._name}.socket")


class _Conversation(QObject):
    """One request of a later start."""

    def __init__(self, socket: "QLocalSocket", instance: SingleInstance) -> None:
        super().__init__(instance)
        self._socket, self._instance = socket, instance
        socket.setParent(self)
        socket.readyRead.connect(self._on_ready_read)
        socket.disconnected.connect(self.deleteLater)
        # It may have been faster than we are.
        self._on_ready_read()

    def _on_ready_read(self) -> None:
        if not self._socket.canReadLine():
            if self._socket.bytesAvailable() > _LONGEST_REQUEST:
                self._socket.abort()
            return
        request, _, token = bytes(self._socket.readLine(_LONGEST_REQUEST).data()).strip().partition(b" ")
        if request == _REQUEST:
            _take_activation_token(token)
            log.info("another start: this program comes to the front")
            self._instance.second_started.emit()
            self._socket.write(_ANSWER + b"\n")
        self._socket.disconnectFromServer()


def _name(data_dir: Path, folder: Path) -> str:
    """What stands for one data folder of one user on one screen, short enough for a socket.

    On Windows all pipes have one folder, but each user (and each remote session) has a folder of its own for
    temporary files.
    """
    screen = [os.environ.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY")]
    whose = "\n".join([os.path.normcase(os.path.realpath(data_dir)), str(folder), *screen])
    return f"integration-wizard-{hashlib.sha256(os.fsencode(whose)).hexdigest()[:16]}"


if sys.platform == "win32":

    def _private_folder() -> Path | None:
        """The folder for temporary files: each user has one."""
        return Path(tempfile.gettempdir())

else:

    def _private_folder() -> Path | None:
        """A folder of this computer, not of a network, that no other user can write to; None if there is none."""
        temporary = tempfile.gettempdir()
        own = f"integration-wizard-{os.getuid()}"
        shared = [os.path.join(folder, own) for folder in (temporary, "/tmp")]  # noqa: S108 - checked like the others
        for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), temporary, *shared):
            if not os.path.isabs(folder) or len(os.fsencode(folder)) + _LONGEST_NAME > _LONGEST_PATH:
                continue
            if folder in shared:
                with contextlib.suppress(OSError):
                    os.mkdir(folder, 0o700)
            if _is_private(folder):
                return Path(folder)
        return None

    def _is_private(folder: str) -> bool:
        """Whether this is a folder that we alone can reach."""
        try:
            # Not of what a link leads to: anybody can lay one where everybody may write.
            found = os.lstat(folder)
        except OSError:
            return False
        return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & _OTHERS


def _let_it_take_the_foreground() -> None:
    """Windows lets only the process that was just started hand the foreground on."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


def _take_activation_token(token: bytes) -> None:
    """Wayland lets a window come to the front with the token of the start; Qt reads it from the environment."""
    if token and token.isascii() and token.decode("ascii").isprintable():
        os.environ["XDG_ACTIVATION_TOKEN"] = token.decode("ascii")
