"""The one place where an error of the disk or of SQLite becomes a `Problem`."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from wizard.core.problems import Code, Expected

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

_SQLITE_CODES = {
    sqlite3.SQLITE_BUSY: Code.STORE_BUSY,
    sqlite3.SQLITE_LOCKED: Code.STORE_BUSY,
    sqlite3.SQLITE_FULL: Code.STORE_FULL,
    sqlite3.SQLITE_READONLY: Code.STORE_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Code.STORE_READ_ONLY,
    sqlite3.SQLITE_PERM: Code.STORE_READ_ONLY,
    # SQLite's answer to a used up quota; it reports only a full disk as SQLITE_FULL.
    sqlite3.SQLITE_IOERR_WRITE: Code.STORE_FULL,
    # No room for the shared memory file that every opening needs.
    sqlite3.SQLITE_IOERR_SHMOPEN: Code.STORE_FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: Code.STORE_FULL,
}


def disk_problem(error: OSError) -> Expected:
    """The problem behind an error of the file system: no room left, or no right to write."""
    code = Code.STORE_FULL if error.errno in _FULL else Code.STORE_READ_ONLY
    return Expected(code, detail=type(error).__name__)


def sqlite_problem(error: sqlite3.Error) -> Expected:
    """The problem behind an error of SQLite."""
    number = getattr(error, "sqlite_errorcode", 0)
    # The lower byte is the primary result code (SQLite's documentation of result codes).
    code = _SQLITE_CODES.get(number) or _SQLITE_CODES.get(number & 0xFF) or Code.STORE_FAILED
    return Expected(code, detail=str(getattr(error, "sqlite_errorname", type(error).__name__)))


@contextmanager
def store_problems() -> Iterator[None]:
    """Raise errors of the disk and of SQLite as `Expected`."""
    try:
        yield
    except OSError as error:
        raise disk_problem(error) from error
    except sqlite3.Error as error:
        raise sqlite_problem(error) from error
