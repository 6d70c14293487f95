"""A lock between threads, windows and programs of this computer."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wizard.core.problems import Code, Expected, Stopped
from wizard.store.errors import store_problems

_RETRY_EVERY_S = 0.1


class FileLock:
    """A lock on a file. The operating system releases it when the process that holds it ends, in whatever way.

    `busy` is what a person is told when it stays held by another window.
    """

    def __init__(self, path: Path, busy: Code = Code.STORE_BUSY) -> None:
        self._path, self._busy = path, busy

    def is_free(self) -> bool:
        """Whether nobody holds it right now."""
        with self._open() as file:
            return _lock(file)

    def take(self) -> BinaryIO | None:
        """Take the lock until the file that comes back is closed; None if somebody else holds it. Raises `Expected`."""
        file = self._open()
        if _lock(file):
            return file
        file.close()
        return None

    @contextmanager
    def hold(self, stop: threading.Event, timeout_s: float) -> Iterator[None]:
        """Hold the lock; wait for it up to `timeout_s` seconds. Raises `Expected`, and `Stopped` on `stop`."""
        until = time.monotonic() + timeout_s
        with self._open() as file:
            while not _lock(file):
                if stop.wait(_RETRY_EVERY_S):
                    raise Stopped
                if time.monotonic() > until:
                    raise Expected(self._busy)
            yield

    def _open(self) -> BinaryIO:
        with store_problems():
            # Each opened file has a lock of its own, so two threads of one process exclude each other, too.
            return os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
