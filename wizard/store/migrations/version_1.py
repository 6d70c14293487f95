"""Version 1: the first released tables. Released migrations never change."""

import sqlite3

_STATEMENTS = (
    """
        CREATE TABLE customer (
            id TEXT PRIMARY KEY,
            origin TEXT NOT NULL,
            client_id TEXT NOT NULL,
            data TEXT NOT NULL,
            used_at TEXT NOT NULL,
            UNIQUE (origin, client_id)
        ) STRICT
    """,
    """
        CREATE TABLE draft (
            id TEXT PRIMARY KEY,
            data TEXT NOT NULL,
            kept_at TEXT NOT NULL
        ) STRICT
    """,
    """
        CREATE TABLE creation (
            id TEXT PRIMARY KEY,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            state TEXT NOT NULL,
            integration_id TEXT,
            data TEXT NOT NULL,
            planned_at TEXT NOT NULL,
            CHECK ((integration_id IS NOT NULL) = (state IN ('created', 'verified', 'different')))
        ) STRICT
    """,
    """
        CREATE UNIQUE INDEX one_creation_of_an_integration
            ON creation (customer_id, integration_id) WHERE integration_id IS NOT NULL
    """,
    """
        CREATE TABLE event (
            number INTEGER PRIMARY KEY,
            creation_id TEXT NOT NULL REFERENCES creation (id),
            at TEXT NOT NULL,
            state TEXT NOT NULL,
            note TEXT NOT NULL
        ) STRICT
    """,
    """
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            data TEXT NOT NULL
        ) STRICT
    """,
)


def migrate(db: sqlite3.Connection) -> None:
    """Make the tables in an empty database."""
    for statement in _STATEMENTS:
        db.execute(statement)
