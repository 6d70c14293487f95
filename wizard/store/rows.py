"""What the rows of a ledger hold: text that is one of our own kinds, or the ledger is damaged."""

import sqlite3
from typing import TypeVar

import msgspec

from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.core.draft import Draft
from wizard.core.network_settings import NETWORK, Network
from wizard.core.problems import Code, Expected

_T = TypeVar("_T")

_QUESTIONS: tuple[tuple[type[object], str, tuple[str, ...]], ...] = (
    (Customer, "SELECT data FROM customer", ()),
    (Draft, "SELECT data FROM draft", ()),
    (Creation, "SELECT data FROM creation", ()),
    # Of the settings, the one that every connection needs.
    (Network, "SELECT data FROM setting WHERE name = ?", (NETWORK,)),
)


def text(value: object) -> str:
    """What a row holds of a value."""
    return msgspec.json.encode(value).decode()


def read(data: str | bytes, kind: type[_T]) -> _T:
    """The value that a row holds. Raises `Expected`."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Expected(Code.STORE_FAILED, detail=type(error).__name__) from error


def are_readable(db: sqlite3.Connection) -> bool:
    """Whether every row that a page or a job reads can be read."""
    db.text_factory = bytes
    try:
        for kind, question, values in _QUESTIONS:
            for row in db.execute(question, values):
                read(row[0], kind)
    except Expected:
        return False
    return True
