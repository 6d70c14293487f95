"""One creation at a time on this computer, across threads, windows and crashes."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wizard.core.problems import Code, Expected, Stopped

_STEP_S = 0.1


class Guard:
    """A lock on a file, which the operating system drops with the process that held it, however that ended."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_free(self) -> bool:
        """Whether nobody is creating right now."""
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
    def hold(self, stop: threading.Event, patience_s: float) -> Iterator[None]:
        """Hold the lock; wait for it up to `patience_s` seconds. Raises `Expected`, and `Stopped` on `stop`."""
        until = time.monotonic() + patience_s
        with self._open() as file:
            while not _lock(file):
                if stop.wait(_STEP_S):
                    raise Stopped
                if time.monotonic() > until:
                    raise Expected(Code.ALREADY_CREATING)
            yield

    def _open(self) -> BinaryIO:
        try:
            # Every opening is a lock of its own, so that two threads of one process exclude each other, too.
            return os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        except OSError as error:
            raise Expected(Code.STORE_READ_ONLY, detail=type(error).__name__) from error


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
