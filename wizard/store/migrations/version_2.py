"""Version 2: the state "gone" has an id, too. SQLite cannot change a CHECK, so the table is made anew."""

import sqlite3

_STATEMENTS = (
    """
        CREATE TABLE creation_of_2 (
            id TEXT PRIMARY KEY,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            state TEXT NOT NULL,
            integration_id TEXT,
            data TEXT NOT NULL,
            planned_at TEXT NOT NULL,
            CHECK ((integration_id IS NOT NULL) = (state IN ('created', 'verified', 'different', 'gone')))
        ) STRICT
    """,
    """
        INSERT INTO creation_of_2 (id, customer_id, state, integration_id, data, planned_at)
            SELECT id, customer_id, state, integration_id, data, planned_at FROM creation ORDER BY rowid
    """,
    "DROP TABLE creation",
    "ALTER TABLE creation_of_2 RENAME TO creation",
    """
        CREATE UNIQUE INDEX one_creation_of_an_integration
            ON creation (customer_id, integration_id) WHERE integration_id IS NOT NULL
    """,
)


def migrate(db: sqlite3.Connection) -> None:
    """Bring version 1 to version 2."""
    for statement in _STATEMENTS:
        db.execute(statement)
