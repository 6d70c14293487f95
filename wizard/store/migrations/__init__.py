"""The versions of the ledger: one function each makes it out of the version before.

SQLite's `user_version` holds major * 100 + minor since 3.0; 1 and 2 stand for themselves. A new minor version adds
tables, or columns with a default, and is read by every program of its major version. A change that an older program
could not read is a new major version, which that program refuses.
"""

import sqlite3
from collections.abc import Callable
from functools import cache

from wizard.store.migrations import version_1, version_2, version_3_0

MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: version_1.migrate,
    2: version_2.migrate,
    300: version_3_0.migrate,
}
"""Each version's migration, in order. A released one never changes."""

VERSION = max(MIGRATIONS)
"""The version that this program writes."""

Shape = frozenset[tuple[str, str, str]]
"""Kind, name and SQL of everything in a database."""


def major(version: int) -> int:
    """The major version."""
    return version // 100 if version >= 100 else version


def is_too_new(version: int) -> bool:
    """Whether only a newer program can read this version."""
    return major(version) > major(VERSION)


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Bring a database of this version (0: empty) up to date, within the caller's transaction."""
    for step, function in MIGRATIONS.items():
        if step > version:
            function(db)
            db.execute(f"PRAGMA user_version = {step}")


@cache
def shape_of(version: int) -> Shape:
    """The tables and indexes of a version."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step, function in MIGRATIONS.items():
            if step <= version:
                function(db)
        return shape(db)
    finally:
        db.close()


def shape(db: sqlite3.Connection) -> Shape:
    """Everything in a database except SQLite's own tables; white space and quotes do not count."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'")
    return frozenset((kind, name, "".join((sql or "").split()).replace('"', "")) for kind, name, sql in rows)


def has_shape(db: sqlite3.Connection, version: int) -> bool:
    """Whether a database consists of the tables of this version; of a newer minor version, of more than ours."""
    if version in MIGRATIONS:
        return shape(db) == shape_of(version)
    if version < VERSION or is_too_new(version):
        return False
    return all(kind in ("table", "index") for kind, _, _ in shape(db)) and all(
        _columns(db, name) >= columns for name, columns in _columns_of_today().items()
    )


@cache
def _columns_of_today() -> dict[str, frozenset[str]]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(db, 0)
        return {name: _columns(db, name) for kind, name, _ in shape(db) if kind == "table"}
    finally:
        db.close()


def _columns(db: sqlite3.Connection, table: str) -> frozenset[str]:
    return frozenset(row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,)))
