"""One SQLite file: its connection, its transactions, its version."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wizard.core.problems import Code, Expected
from wizard.store import migrations
from wizard.store.errors import store_problems

BUSY_S = 5.0
"""Seconds to wait for another window's short transaction."""
_RETRY_EVERY_S = 0.02


class Database:
    """An open file, brought up to date. Safe for many threads; worker only. Raises `Expected` with a store's code."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        with store_problems():
            # SQLite gives its side files the mode of the file itself.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        # A text that is no UTF-8 costs its row (`records`), not the whole answer.
        self._db.text_factory = decode
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    @property
    def is_of_newer_minor_version(self) -> bool:
        """Whether a newer program, whose tables this one can read, has written to it."""
        with self.reading():
            return self._version() > migrations.VERSION

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to read with."""
        with self._lock, store_problems():
            yield self._db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to write with; everything is on the disk at the end, or nothing."""
        with self._lock, store_problems():
            # IMMEDIATE takes the write lock at once, so that what is read here still holds when it is written.
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _open(self) -> None:
        with store_problems():
            # First, so that the file of a newer program stays exactly as it is.
            self._version()
            self._use_wal()
            # FULL: a commit is on the disk when it returns, also after a power failure (SQLite's documentation).
            self._db.execute("PRAGMA synchronous = FULL")
            # Copy every commit into the main file at once: deleting the file beside it then loses nothing.
            self._db.execute("PRAGMA wal_autocheckpoint = 1")
            # Off while tables are made anew, as SQLite's documentation of ALTER TABLE demands.
            self._db.execute("PRAGMA foreign_keys = OFF")
        with self.transaction() as db:
            # Read again under the lock: another window may have migrated meanwhile.
            migrations.migrate(db, self._version())
        self._db.execute("PRAGMA foreign_keys = ON")

    def _use_wal(self) -> None:
        """Switch to write-ahead logging, which several windows may do at once when the file is new."""
        ends_s = time.monotonic() + BUSY_S
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                # SQLite's own wait does not cover this switch: it answers "locked" at once.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends_s:
                    raise
                time.sleep(_RETRY_EVERY_S)

    def _version(self) -> int:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if migrations.is_too_new(version):
            raise Expected(Code.STORE_NEWER, path=str(self._path))
        return version


def decode(data: bytes) -> str:
    """The text in a database, with bytes that are no UTF-8 as lone surrogates: nothing is lost, nothing raises."""
    return data.decode(errors="surrogateescape")
