"""The journal: what became of each operation and integration, and when. Events are only ever added."""

import sqlite3

from wizard.store.records.operations import EventRecord
from wizard.store.tables import EVENTS


def add(
    db: sqlite3.Connection, at: str, state: str, note: str = "", *, operation_id: str = "", integration_id: str = ""
) -> None:
    """Add an event, within the transaction of the change it tells of."""
    EVENTS.insert(db, EventRecord(None, operation_id or None, integration_id or None, at, state, note))


def of_creation(db: sqlite3.Connection, operation_id: str, integration_id: str) -> tuple[tuple[str, str], ...]:
    """Time and state of each event of an operation and of the integration it made, in order."""
    condition = "WHERE operation_id = ? OR integration_id = ? ORDER BY id"
    return tuple(EVENTS.values(db, condition, operation_id, integration_id))
