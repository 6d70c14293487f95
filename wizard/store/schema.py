"""The tables of the ledger and the way from each version to the next."""

import sqlite3
from functools import cache

VERSION = 2
"""Goes up with the tables, and with any row that the program before could not read: it would take it for damaged."""

STEPS: dict[int, str] = {
    1: """
        CREATE TABLE customer (
            id TEXT PRIMARY KEY,
            origin TEXT NOT NULL,
            client_id TEXT NOT NULL,
            data TEXT NOT NULL,
            used_at TEXT NOT NULL,
            UNIQUE (origin, client_id)
        ) STRICT;
        CREATE TABLE draft (
            id TEXT PRIMARY KEY,
            data TEXT NOT NULL,
            kept_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE creation (
            id TEXT PRIMARY KEY,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            state TEXT NOT NULL,
            integration_id TEXT,
            data TEXT NOT NULL,
            planned_at TEXT NOT NULL,
            CHECK ((integration_id IS NOT NULL) = (state IN ('created', 'verified', 'different')))
        ) STRICT;
        CREATE UNIQUE INDEX one_creation_of_an_integration
            ON creation (customer_id, integration_id) WHERE integration_id IS NOT NULL;
        CREATE TABLE event (
            number INTEGER PRIMARY KEY,
            creation_id TEXT NOT NULL REFERENCES creation (id),
            at TEXT NOT NULL,
            state TEXT NOT NULL,
            note TEXT NOT NULL
        ) STRICT;
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            data TEXT NOT NULL
        ) STRICT;
    """,
    # The state "gone" has an id, too. SQLite cannot change a CHECK, so the table is made anew.
    2: """
        CREATE TABLE creation_of_2 (
            id TEXT PRIMARY KEY,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            state TEXT NOT NULL,
            integration_id TEXT,
            data TEXT NOT NULL,
            planned_at TEXT NOT NULL,
            CHECK ((integration_id IS NOT NULL) = (state IN ('created', 'verified', 'different', 'gone')))
        ) STRICT;
        INSERT INTO creation_of_2 (id, customer_id, state, integration_id, data, planned_at)
            SELECT id, customer_id, state, integration_id, data, planned_at FROM creation ORDER BY rowid;
        DROP TABLE creation;
        ALTER TABLE creation_of_2 RENAME TO creation;
        CREATE UNIQUE INDEX one_creation_of_an_integration
            ON creation (customer_id, integration_id) WHERE integration_id IS NOT NULL;
    """,
}
"""SQL that makes each version out of the one before; a step that was released is never changed."""

Shape = frozenset[tuple[str, str, str]]


@cache
def shape_of(version: int) -> Shape:
    """The tables and indexes that the steps up to this version make."""
    db = sqlite3.connect(":memory:")
    try:
        for step in range(1, version + 1):
            db.executescript(STEPS[step])
        return shape(db)
    finally:
        db.close()


def shape(db: sqlite3.Connection) -> Shape:
    """All that a database is made of, but for what is SQLite's own; how it is spaced and quoted does not count."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'")
    return frozenset((kind, name, "".join((sql or "").split()).replace('"', "")) for kind, name, sql in rows)
