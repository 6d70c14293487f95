"""Version 3.0: credentials apart from customers, integrations apart from operations.

A migration is frozen once it is released. It therefore works on plain JSON and uses no type of the program.
"""

import json
import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

_OLD = ("customer", "draft", "creation", "event", "setting")

_TABLES = (
    """
        CREATE TABLE customer (
            id TEXT PRIMARY KEY,
            label TEXT NOT NULL,
            origin TEXT NOT NULL,
            root_group_id TEXT,
            platform_name TEXT NOT NULL DEFAULT '',
            colour INTEGER NOT NULL DEFAULT 0,
            used_at TEXT NOT NULL DEFAULT ''
        ) STRICT
    """,
    """
        CREATE TABLE credential (
            id TEXT PRIMARY KEY,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            kind TEXT NOT NULL DEFAULT 'v2',
            client_id TEXT NOT NULL,
            rights TEXT NOT NULL DEFAULT '{}',
            added_at TEXT NOT NULL DEFAULT '',
            checked_at TEXT NOT NULL DEFAULT '',
            used_at TEXT NOT NULL DEFAULT ''
        ) STRICT
    """,
    """
        CREATE TABLE integration (
            id TEXT PRIMARY KEY,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            remote_id TEXT NOT NULL,
            name TEXT NOT NULL,
            group_id TEXT NOT NULL,
            author_id TEXT NOT NULL,
            desired TEXT NOT NULL,
            labels TEXT NOT NULL DEFAULT '{}',
            status TEXT NOT NULL,
            made_here INTEGER NOT NULL DEFAULT 1,
            is_adopted INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL DEFAULT '',
            checked_at TEXT NOT NULL DEFAULT '',
            removed_at TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '',
            ticket TEXT NOT NULL DEFAULT '',
            UNIQUE (customer_id, remote_id)
        ) STRICT
    """,
    """
        CREATE TABLE batch (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            label TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL DEFAULT ''
        ) STRICT
    """,
    """
        CREATE TABLE operation (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            customer_id TEXT NOT NULL REFERENCES customer (id),
            integration_id TEXT REFERENCES integration (id),
            batch_id TEXT REFERENCES batch (id),
            draft_id TEXT NOT NULL DEFAULT '',
            request TEXT NOT NULL,
            labels TEXT NOT NULL DEFAULT '{}',
            state TEXT NOT NULL,
            remote_operation TEXT NOT NULL DEFAULT '',
            planned_at TEXT NOT NULL DEFAULT '',
            sent_at TEXT NOT NULL DEFAULT '',
            ended_at TEXT NOT NULL DEFAULT '',
            reason TEXT NOT NULL DEFAULT ''
        ) STRICT
    """,
    "CREATE INDEX operation_by_state ON operation (state)",
    "CREATE INDEX operation_by_integration ON operation (integration_id)",
    """
        CREATE TABLE operation_item (
            id INTEGER PRIMARY KEY,
            operation_id TEXT NOT NULL REFERENCES operation (id),
            subject TEXT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            UNIQUE (operation_id, subject)
        ) STRICT
    """,
    """
        CREATE TABLE check_run (
            id INTEGER PRIMARY KEY,
            integration_id TEXT NOT NULL REFERENCES integration (id),
            at TEXT NOT NULL,
            result TEXT NOT NULL,
            differences TEXT NOT NULL DEFAULT '[]'
        ) STRICT
    """,
    "CREATE INDEX check_run_by_integration ON check_run (integration_id)",
    """
        CREATE TABLE draft (
            id TEXT PRIMARY KEY,
            answers TEXT NOT NULL,
            kept_at TEXT NOT NULL
        ) STRICT
    """,
    """
        CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            operation_id TEXT REFERENCES operation (id),
            integration_id TEXT REFERENCES integration (id),
            at TEXT NOT NULL,
            state TEXT NOT NULL,
            note TEXT NOT NULL DEFAULT '',
            CHECK (operation_id IS NOT NULL OR integration_id IS NOT NULL)
        ) STRICT
    """,
    """
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT
    """,
    """
        CREATE TABLE set_aside (
            id INTEGER PRIMARY KEY,
            table_name TEXT NOT NULL,
            content TEXT NOT NULL,
            at TEXT NOT NULL,
            is_told INTEGER NOT NULL DEFAULT 0,
            UNIQUE (table_name, content)
        ) STRICT
    """,
)

_STEPS = ("connect", "place", "behaviour", "review", "create")
_OPEN = ("planned", "sent", "unknown")
_MADE = ("created", "verified", "different", "gone")
_CHECKED = ("verified", "different")
_COLUMNS = ("external_platform", "group_id", "author_id")

Row = dict[str, Any]


_SPOILT = (
    *(ValueError, KeyError, IndexError, TypeError, RecursionError, OverflowError),
    *(sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError),
)
"""Errors that a spoilt row causes. A full disk is an `OperationalError` and ends the migration."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring version 2 to version 3.0. Rows that cannot be read go to `set_aside` as they are."""
    for name in _OLD:
        db.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    for statement in _TABLES:
        db.execute(statement)
    _move_each(db, "customer", _move_customer, _keep_columns)
    _move_each(db, "creation", _move_creation)
    _move_each(db, "event", _move_event)
    _move_each(db, "draft", _move_draft)
    _move_each(db, "setting", _move_setting)
    for name in _OLD:
        db.execute(f"DROP TABLE old_{name}")


def _move_each(db: sqlite3.Connection, name: str, *moves: Callable[[sqlite3.Connection, Row], None]) -> None:
    """Move each row by the first of these functions that can; set it aside where the first cannot."""
    cursor = db.execute(_sql("SELECT * FROM", f"old_{name}", "ORDER BY rowid"))
    columns = [column[0] for column in cursor.description]
    for values in cursor.fetchall():
        row = dict(zip(columns, values, strict=True))
        for move in moves:
            db.execute("SAVEPOINT one_row")
            try:
                move(db, dict(row))
            except _SPOILT:
                db.execute("ROLLBACK TO one_row")
                db.execute("RELEASE one_row")
                _set_aside(db, name, row)
            else:
                db.execute("RELEASE one_row")
                break


def _move_customer(db: sqlite3.Connection, row: Row) -> None:
    data = _decoded(row)
    _insert(
        db,
        "customer",
        id=row["id"],
        label=data["label"],
        origin=row["origin"],
        root_group_id=data.get("root_id"),
        platform_name=data.get("platform_name", ""),
        colour=data.get("colour", 0),
        used_at=row["used_at"],
    )
    _insert_credential(db, row, rights=_text(data.get("rights", {})), checked_at=data.get("checked_at", ""))


def _keep_columns(db: sqlite3.Connection, row: Row) -> None:
    """Move a customer whose data are spoilt by its columns: integrations refer to it."""
    host = urlsplit(row["origin"]).netloc
    _insert(db, "customer", id=row["id"], label=host, origin=row["origin"], used_at=row["used_at"])
    _insert_credential(db, row, rights="{}", checked_at="")


def _insert_credential(db: sqlite3.Connection, row: Row, *, rights: str, checked_at: str) -> None:
    _insert(
        db,
        "credential",
        # The keychain holds the secret under this id.
        id=row["id"],
        customer_id=row["id"],
        client_id=row["client_id"],
        rights=rights,
        added_at=checked_at,
        checked_at=checked_at,
        used_at=row["used_at"],
    )


def _move_creation(db: sqlite3.Connection, row: Row) -> None:
    data, state = _decoded(row), row["state"]
    if db.execute("SELECT 1 FROM customer WHERE id = ?", (row["customer_id"],)).fetchone() is None:
        # Its customer is gone or was set aside: that is no reason to lose an id.
        _insert(db, "customer", id=row["customer_id"], label="", origin="", used_at="")
    ended_at = ""
    if state in _MADE:
        _move_integration(db, row, data)
        ended_at = data.get("created_at") or _last_event(db, row["id"])
    elif state not in _OPEN:
        ended_at = _last_event(db, row["id"])
    _insert(
        db,
        "operation",
        id=row["id"],
        kind="create",
        customer_id=row["customer_id"],
        integration_id=row["id"] if state in _MADE else None,
        draft_id=data["draft_id"],
        request=_text(data["wanted"]),
        labels=_text(data["labels"]),
        state="done" if state in _MADE else state,
        planned_at=row["planned_at"],
        sent_at=data.get("sent_at", ""),
        ended_at=ended_at,
        reason=data.get("reason", ""),
    )


def _move_integration(db: sqlite3.Connection, row: Row, data: Row) -> None:
    wanted, state = data["wanted"], row["state"]
    _insert(
        db,
        "integration",
        id=row["id"],
        customer_id=row["customer_id"],
        remote_id=row["integration_id"],
        name=wanted["external_platform"],
        group_id=wanted["group_id"],
        author_id=wanted["author_id"],
        desired=_text({name: value for name, value in wanted.items() if name not in _COLUMNS}),
        labels=_text(data["labels"]),
        status=state,
        is_adopted=int(data.get("is_adopted", False)),
        created_at=data.get("created_at", ""),
        checked_at=data.get("verified_at", ""),
        removed_at=_last_event(db, row["id"]) if state == "gone" else "",
    )
    if state in _CHECKED:
        _insert(
            db,
            "check_run",
            integration_id=row["id"],
            at=data.get("verified_at", ""),
            result=state,
            differences=_text(data.get("differences", [])),
        )


def _move_event(db: sqlite3.Connection, row: Row) -> None:
    found = db.execute("SELECT integration_id FROM operation WHERE id = ?", (row["creation_id"],)).fetchone()
    if found is None:
        raise ValueError("no such creation")
    integration_id = found[0] if row["state"] in _MADE else None
    _insert(
        db,
        "event",
        id=row["number"],
        # Everything up to the id belongs to the operation, and every check after it to the integration.
        operation_id=None if integration_id and row["state"] != "created" else row["creation_id"],
        integration_id=integration_id,
        at=row["at"],
        state=row["state"],
        note=row["note"],
    )


def _move_draft(db: sqlite3.Connection, row: Row) -> None:
    answers = _decoded(row)
    answers["step"] = _STEPS[answers.get("step", 0)]
    del answers["id"]
    _insert(db, "draft", id=row["id"], answers=_text(answers), kept_at=row["kept_at"])


def _move_setting(db: sqlite3.Connection, row: Row) -> None:
    _insert(db, "setting", name=row["name"], value=_text(_decoded(row)))


def _last_event(db: sqlite3.Connection, creation_id: str) -> str:
    row = db.execute("SELECT at FROM old_event WHERE creation_id = ? ORDER BY number DESC", (creation_id,)).fetchone()
    return str(row[0]) if row else ""


def _decoded(row: Row) -> Row:
    row["data"].encode()  # UnicodeEncodeError, a ValueError, for bytes that are no UTF-8
    data = json.loads(row["data"])
    if not isinstance(data, dict):
        raise ValueError("no object")
    return data


def _insert(db: sqlite3.Connection, table: str, **values: str | int | None) -> None:
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    db.execute(_sql("INSERT INTO", table, f"({columns}) VALUES ({marks})"), tuple(values.values()))


def _set_aside(db: sqlite3.Connection, table: str, row: Row) -> None:
    # ASCII keeps bytes that are no UTF-8 (read as lone surrogates) reversible.
    db.execute("INSERT OR IGNORE INTO set_aside (table_name, content, at) VALUES (?, ?, '')", (table, json.dumps(row)))


def _sql(*parts: str) -> str:
    return " ".join(parts)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
