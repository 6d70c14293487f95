"""The tables of the ledger: how records become rows and rows become values."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from wizard.core.problems import Bug, Code, Expected
from wizard.store.records.customers import CredentialRecord, CustomerRecord
from wizard.store.records.drafts import DraftRecord
from wizard.store.records.integrations import CheckRunRecord, IntegrationRecord
from wizard.store.records.operations import BatchRecord, EventRecord, OperationItemRecord, OperationRecord
from wizard.store.records.settings import SettingRecord

_R = TypeVar("_R", bound=msgspec.Struct)
_C = TypeVar("_C")


@dataclass(frozen=True)
class Table(Generic[_R, _C]):
    """One table: the record of its rows, and the value that a record stands for (`ValueError` if it is none)."""

    name: str
    record: type[_R]
    to_core: Callable[[_R], _C]
    key: str = "id"

    @cached_property
    def columns(self) -> dict[str, "_Column"]:
        """The columns that this program knows, and how each is stored. Others keep their values."""
        return {field.name: _kind(field.type) for field in msgspec.structs.fields(self.record)}

    @property
    def _names(self) -> str:
        return ", ".join(self.columns)

    @property
    def _insert(self) -> str:
        marks = ", ".join("?" * len(self.columns))
        return _sql("INSERT INTO", self.name, f"({self._names}) VALUES ({marks})")

    def values(self, db: sqlite3.Connection, condition: str = "", *values: object) -> list[_C]:
        """The values of the rows under a condition (`WHERE ... ORDER BY ...`); unreadable rows are left out."""
        found = []
        for row in db.execute(_sql("SELECT", self._names, "FROM", self.name, condition), values):
            try:
                found.append(self._value(row))
            except UNREADABLE:
                continue
        return found

    def one(self, db: sqlite3.Connection, key: str) -> _C:
        """The value of one row. Raises `Bug` if there is none, `Expected` if it cannot be read."""
        condition = f"WHERE {self.key} = ?"
        found = self.values(db, condition, key)
        if found:
            return found[0]
        if db.execute(_sql("SELECT 1 FROM", self.name, condition), (key,)).fetchone():
            raise Expected(Code.STORE_FAILED, detail="unreadable row")
        raise Bug(Code.BUG, detail="no such row")

    def insert(self, db: sqlite3.Connection, record: _R) -> None:
        """Add a row."""
        db.execute(self._insert, self._row(record))

    def put(self, db: sqlite3.Connection, record: _R) -> None:
        """Add or replace a row."""
        changes = ", ".join(f"{name} = excluded.{name}" for name in self.columns)
        db.execute(_sql(self._insert, f"ON CONFLICT ({self.key}) DO UPDATE SET", changes), self._row(record))

    def unreadable(self, db: sqlite3.Connection) -> list[str]:
        """Each row that holds no value, as JSON in ASCII; bytes that are no UTF-8 are lone surrogates in it."""
        cursor = db.execute(_sql("SELECT * FROM", self.name, "ORDER BY rowid"))
        names = [column[0] for column in cursor.description]
        found = []
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            try:
                self._value(tuple(row[name] for name in self.columns))
            except UNREADABLE:
                found.append(json.dumps(row))
        return found

    def _value(self, row: tuple[Any, ...]) -> _C:
        fields: dict[str, object] = {}
        for (name, kind), value in zip(self.columns.items(), row, strict=True):
            if isinstance(value, str):
                value.encode()  # UnicodeEncodeError for bytes that are no UTF-8
            if kind is _Column.JSON:
                fields[name] = msgspec.json.decode(value)
            else:
                # SQLite has no booleans.
                fields[name] = value == 1 if kind is _Column.BOOLEAN and value in (0, 1) else value
        return self.to_core(msgspec.convert(fields, self.record))

    def _row(self, record: _R) -> tuple[object, ...]:
        values = ((getattr(record, name), kind) for name, kind in self.columns.items())
        return tuple(msgspec.json.encode(value).decode() if kind is _Column.JSON else value for value, kind in values)


def _sql(*parts: str) -> str:
    """A statement made of the names of tables and columns; every value in it is a `?`."""
    return " ".join(parts)


class _Column(Enum):
    """How a field is stored."""

    PLAIN = 1
    BOOLEAN = 2
    JSON = 3


_PLAIN_TYPES = (str, int, str | None, int | None)


def _kind(annotation: object) -> _Column:
    if annotation is bool:
        return _Column.BOOLEAN
    return _Column.PLAIN if annotation in _PLAIN_TYPES else _Column.JSON


UNREADABLE = (ValueError, TypeError, RecursionError, msgspec.MsgspecError)
"""Errors of a row that holds no value of ours."""

CUSTOMERS = Table("customer", CustomerRecord, CustomerRecord.to_core)
CREDENTIALS = Table("credential", CredentialRecord, CredentialRecord.to_core)
INTEGRATIONS = Table("integration", IntegrationRecord, IntegrationRecord.to_core)
CHECK_RUNS = Table("check_run", CheckRunRecord, CheckRunRecord.to_core)
BATCHES = Table("batch", BatchRecord, BatchRecord.to_core)
OPERATIONS = Table("operation", OperationRecord, OperationRecord.to_core)
OPERATION_ITEMS = Table("operation_item", OperationItemRecord, OperationItemRecord.to_core)
EVENTS = Table("event", EventRecord, EventRecord.to_core)
DRAFTS = Table("draft", DraftRecord, DraftRecord.to_core)
SETTINGS = Table("setting", SettingRecord, SettingRecord.to_core, key="name")

TABLES: tuple[Table[Any, Any], ...] = (
    *(CUSTOMERS, CREDENTIALS, INTEGRATIONS, CHECK_RUNS, BATCHES),
    *(OPERATIONS, OPERATION_ITEMS, EVENTS, DRAFTS, SETTINGS),
)
"""Every table whose rows are ours to read."""
