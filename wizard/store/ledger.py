"""The ledger: customers, drafts, and the journal of every creation, in one SQLite file."""

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from wizard.core.address import Origin
from wizard.core.creation import KEPT, OPEN, WAYS, Creation, State
from wizard.core.customers import Customer
from wizard.core.draft import Draft
from wizard.core.problems import Bug, Code, Expected
from wizard.store.rows import read, text
from wizard.store.schema import STEPS, VERSION

_T = TypeVar("_T")

BUSY_S = 5.0
"""Seconds to wait for another window's short transaction."""


class Ledger:
    """One ledger file. Every method is one transaction, on disk when it returns; safe for many threads; worker only.

    Raises `Expected` with one of the store's codes. `now` gives UTC in ISO 8601.
    """

    def __init__(self, path: Path, now: Callable[[], str]) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        with as_problem():
            # SQLite gives its side files the mode of the file itself.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    # ------------------------------------------------------------------ customers

    def customers(self) -> tuple[Customer, ...]:
        """All customers, the last used first."""
        rows = self._rows("SELECT data FROM customer ORDER BY used_at DESC, id")
        return tuple(read(row[0], Customer) for row in rows)

    def customer(self, customer_id: str) -> Customer:
        """One customer."""
        return read(self._one("SELECT data FROM customer WHERE id = ?", customer_id), Customer)

    def customer_at(self, origin: Origin, client_id: str) -> Customer | None:
        """The customer with these credentials, if there is one."""
        rows = self._rows("SELECT data FROM customer WHERE origin = ? AND client_id = ?", origin, client_id)
        return read(rows[0][0], Customer) if rows else None

    def keep_customer(self, customer: Customer) -> None:
        """Add or replace a customer and note that it was used."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO customer (id, origin, client_id, data, used_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET origin = excluded.origin, client_id = excluded.client_id,"
                " data = excluded.data, used_at = excluded.used_at",
                (customer.id, customer.origin, customer.client_id, text(customer), self._now()),
            )

    # ------------------------------------------------------------------ drafts

    def drafts(self) -> tuple[Draft, ...]:
        """All drafts, the last kept first."""
        return tuple(read(row[0], Draft) for row in self._rows("SELECT data FROM draft ORDER BY kept_at DESC, id"))

    def keep_draft(self, draft: Draft) -> None:
        """Add or replace a draft."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO draft (id, data, kept_at) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET data = excluded.data, kept_at = excluded.kept_at",
                (draft.id, text(draft), self._now()),
            )

    def discard_draft(self, draft_id: str) -> None:
        """Remove a draft, if it is there."""
        with self._transaction() as db:
            db.execute("DELETE FROM draft WHERE id = ?", (draft_id,))

    # ------------------------------------------------------------------ the journal

    def plan(self, creation: Creation) -> Creation:
        """Write the intent down before any request.

        Raises `Expected` if the same name in the same group is already under way for this customer: two windows.
        """
        planned = replace(creation, state=State.PLANNED, planned_at=self._now())
        with self._transaction() as db:
            rows = db.execute(
                "SELECT data FROM creation WHERE customer_id = ? AND state IN (SELECT value FROM json_each(?))",
                (planned.customer_id, text(OPEN)),
            )
            for other in (read(row[0], Creation) for row in rows):
                if _natural_key(other) == _natural_key(planned):
                    raise Expected(Code.ALREADY_CREATING, creation=other.id)
            db.execute(
                "INSERT INTO creation (id, customer_id, state, data, planned_at) VALUES (?, ?, ?, ?, ?)",
                (planned.id, planned.customer_id, planned.state, text(planned), planned.planned_at),
            )
            self._note(db, planned)
        return planned

    def move(self, creation_id: str, to: State, **news: Any) -> Creation:
        """Take a creation to its next state together with what was learnt, in one transaction.

        Raises `Bug` if that state cannot follow: the journal never goes back, whoever asks.
        """
        with self._transaction() as db:
            row = db.execute("SELECT data FROM creation WHERE id = ?", (creation_id,)).fetchone()
            if row is None:
                raise Bug(Code.BUG, detail="no such row")
            before = read(row[0], Creation)
            if to not in WAYS[before.state]:
                raise Bug(Code.BUG, detail=f"{before.state} -> {to}")
            after = replace(before, state=to, **news)
            db.execute(
                "UPDATE creation SET state = ?, integration_id = ?, data = ? WHERE id = ?",
                (after.state, after.integration_id, text(after), after.id),
            )
            self._note(db, after)
        return after

    def creation(self, creation_id: str) -> Creation:
        """One creation as it stands."""
        return read(self._one("SELECT data FROM creation WHERE id = ?", creation_id), Creation)

    def open_creations(self) -> tuple[Creation, ...]:
        """Creations whose outcome nobody knows, the oldest first."""
        return self._creations(OPEN)

    def saved(self) -> tuple[Creation, ...]:
        """Creations whose id is known, the oldest first."""
        return self._creations(KEPT)

    def saved_as(self, customer_id: str, integration_id: str) -> Creation | None:
        """The creation that holds this id of this customer's platform, if there is one."""
        sql = "SELECT data FROM creation WHERE customer_id = ? AND integration_id = ?"
        rows = self._rows(sql, customer_id, integration_id)
        return read(rows[0][0], Creation) if rows else None

    def events(self, creation_id: str) -> tuple[tuple[str, str], ...]:
        """What happened to a creation: time and state, in order."""
        sql = "SELECT at, state FROM event WHERE creation_id = ? ORDER BY number"
        return tuple((row[0], row[1]) for row in self._rows(sql, creation_id))

    def counts(self) -> dict[str, int]:
        """How many of each there are, creations by their state: what may be told of a ledger to anyone."""
        rows = self._rows(
            "SELECT 'drafts', count(*) FROM draft UNION ALL"
            " SELECT * FROM (SELECT 'creations, ' || state, count(*) FROM creation GROUP BY state ORDER BY state)"
        )
        return {row[0]: row[1] for row in rows}

    # ------------------------------------------------------------------ settings

    def setting(self, name: str, kind: type[_T]) -> _T | None:
        """What was chosen under this name, or None if nothing was."""
        rows = self._rows("SELECT data FROM setting WHERE name = ?", name)
        return read(rows[0][0], kind) if rows else None

    def keep_setting(self, name: str, value: object) -> None:
        """Add or replace a choice."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO setting (name, data) VALUES (?, ?)", (name, text(value)))

    def forget_setting(self, name: str) -> None:
        """Remove a choice, if there is one."""
        with self._transaction() as db:
            db.execute("DELETE FROM setting WHERE name = ?", (name,))

    # ------------------------------------------------------------------ inside

    def _creations(self, states: frozenset[State]) -> tuple[Creation, ...]:
        sql = "SELECT data FROM creation WHERE state IN (SELECT value FROM json_each(?)) ORDER BY planned_at, rowid"
        return tuple(read(row[0], Creation) for row in self._rows(sql, text(states)))

    def _note(self, db: sqlite3.Connection, creation: Creation) -> None:
        db.execute(
            "INSERT INTO event (creation_id, at, state, note) VALUES (?, ?, ?, ?)",
            (creation.id, self._now(), creation.state, creation.reason),
        )

    def _rows(self, sql: str, *values: str) -> list[Any]:
        with self._lock, as_problem():
            return self._db.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: str) -> str:
        rows = self._rows(sql, *values)
        if not rows:
            raise Bug(Code.BUG, detail="no such row")
        return str(rows[0][0])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, as_problem():
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
        with as_problem():
            # Before anything is written: a file of a newer program stays exactly as it is.
            self._version()
            self._db.execute("PRAGMA journal_mode = WAL")
            # FULL: a commit is on the disk before it is told, also when the power fails (SQLite's documentation).
            self._db.execute("PRAGMA synchronous = FULL")
            # Every commit goes on into the ledger itself: whoever deletes the file beside it deletes nothing.
            self._db.execute("PRAGMA wal_autocheckpoint = 1")
            # Off while tables are made anew, as SQLite's documentation of ALTER TABLE wants it.
            self._db.execute("PRAGMA foreign_keys = OFF")
        with self._transaction() as db:
            # Read again under the lock: another window may have made the tables meanwhile.
            for step in range(self._version() + 1, VERSION + 1):
                for statement in STEPS[step].split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {step}")
        self._db.execute("PRAGMA foreign_keys = ON")

    def _version(self) -> int:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise Expected(Code.STORE_NEWER, path=str(self._path))
        return version


def _natural_key(creation: Creation) -> tuple[str, str, str]:
    return creation.customer_id, creation.wanted.group_id, creation.wanted.external_platform


@contextmanager
def as_problem() -> Iterator[None]:
    """What SQLite says, as a `Problem`."""
    codes = {
        sqlite3.SQLITE_BUSY: Code.STORE_BUSY,
        sqlite3.SQLITE_LOCKED: Code.STORE_BUSY,
        sqlite3.SQLITE_FULL: Code.STORE_FULL,
        sqlite3.SQLITE_READONLY: Code.STORE_READ_ONLY,
        sqlite3.SQLITE_CANTOPEN: Code.STORE_READ_ONLY,
        sqlite3.SQLITE_PERM: Code.STORE_READ_ONLY,
        # What SQLite says of a person's quota that is used up; the system calls only a full disk by its name.
        sqlite3.SQLITE_IOERR_WRITE: Code.STORE_FULL,
        # No room for the file beside the ledger that every opening needs.
        sqlite3.SQLITE_IOERR_SHMOPEN: Code.STORE_FULL,
        sqlite3.SQLITE_IOERR_SHMSIZE: Code.STORE_FULL,
    }
    try:
        yield
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        code = Code.STORE_FULL if is_full else Code.STORE_READ_ONLY
        raise Expected(code, detail=type(error).__name__) from error
    except sqlite3.Error as error:
        number = getattr(error, "sqlite_errorcode", 0)
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        code = codes.get(number) or codes.get(number & 0xFF) or Code.STORE_FAILED
        raise Expected(code, detail=str(name)) from error
