"""The golden ledgers are what their JSON says, and never change."""

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.store import golden

RELEASED = {
    1: "5c6c83d2207f3312a93d40ea298ec98e15d4fd55dc0b8d1c7a3c6464efadad40",
    2: "4efb17a0e3c6367f9ce8965350f7a4cb8d37be495ff793ff34c8d9ac71d41a64",
}
"""SHA-256 of each ledger as it was released."""


def test_a_released_ledger_never_changes() -> None:
    files = {version: golden.FOLDER / f"ledger-{version}.sqlite3" for version in golden.versions()}
    assert {version: hashlib.sha256(file.read_bytes()).hexdigest() for version, file in files.items()} == RELEASED
    assert sorted(golden.FOLDER.glob("ledger-*")) == sorted(
        golden.FOLDER / f"ledger-{version}.{end}" for version in RELEASED for end in ("json", "sqlite3")
    )


@pytest.mark.parametrize("version", golden.versions())
def test_a_golden_ledger_holds_what_its_json_says(version: int, tmp_path: Path) -> None:
    db = sqlite3.connect(golden.copy_to(version, tmp_path))
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA user_version").fetchone() == (version,)
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: _rows(db, name) for name in names}
    finally:
        db.close()
    held = golden.content(version)
    # As text, because in Python True equals 1.
    assert json.dumps([version, tables]) == json.dumps([held["version"], held["tables"]])


@pytest.mark.parametrize("version", golden.versions())
def test_what_was_printed_is_what_has_an_id(version: int) -> None:
    held = golden.content(version)
    rows = sorted(held["tables"]["creation"], key=lambda row: str(row["planned_at"]))
    kept = [row for row in rows if row["integration_id"]]
    assert [(entry["_id"], entry["state"]) for entry in held["saved"]] == [
        (row["integration_id"], row["state"]) for row in kept
    ]
    assert 0 < len(kept) < len(rows)


def _rows(db: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    found = db.execute(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608 - the names come from the ledger itself
    columns = [column[0] for column in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found]
    return [{**row, "data": json.loads(row["data"])} if "data" in row else row for row in rows]
