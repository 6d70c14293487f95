"""Rows that cannot be read: each costs itself, not the ledger.

Such a row stays where it is, because others refer to it, and is left out of every answer. A copy of it is kept in
`set_aside`, so that its content survives when something new takes its place.
"""

from collections.abc import Callable

from wizard.store.database import Database
from wizard.store.tables import TABLES


class SetAside:
    """The rows of a ledger that were set aside."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database = database
        self._now = now

    def collect(self) -> None:
        """Keep a copy of every row that cannot be read and that there is no copy of.

        Of a newer minor version nothing is collected: its program reads what this one cannot.
        """
        if self._database.is_of_newer_minor_version:
            return
        with self._database.reading() as db:
            found = [(table.name, content, self._now()) for table in TABLES for content in table.unreadable(db)]
        if found:
            with self._database.transaction() as db:
                db.executemany("INSERT OR IGNORE INTO set_aside (table_name, content, at) VALUES (?, ?, ?)", found)

    def count_untold(self) -> int:
        """How many rows were set aside that nobody was told of."""
        with self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM set_aside WHERE is_told = 0").fetchone()[0])

    def note_told(self) -> None:
        """Save that the person was told of every row."""
        with self._database.transaction() as db:
            db.execute("UPDATE set_aside SET is_told = 1")
