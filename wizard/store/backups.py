"""Copies of the ledger: whole, checked, and the last ten of them."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from wizard.core.problems import Code, Expected
from wizard.store import rows
from wizard.store.schema import VERSION, shape, shape_of

_T = TypeVar("_T")

COUNT = 10
_STAMP = "%Y%m%dT%H%M%S%fZ"


def make(ledger: Path, folder: Path) -> Path | None:
    """Copy the ledger as it is now, also while others write; None if the newest copy holds the same already.

    The copy appears under its name only when it is whole and on the disk. Raises `OSError` or `sqlite3.Error`.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    newest = next(iter(every(folder)), None)
    # Names are the order. A clock that was ahead once must not make every later copy the oldest, which goes first.
    stamp = datetime.now(UTC)
    if newest and (before := _stamp(newest)) and stamp <= before:
        stamp = before + timedelta(microseconds=1)
    target = folder / f"ledger-{stamp.strftime(_STAMP)}.sqlite3"
    half = target.with_suffix(".half")
    try:
        os.close(os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        source, copy = sqlite3.connect(_read_only(ledger), uri=True), sqlite3.connect(half)
        try:
            source.backup(copy)
            # The copy must be one file: in the ledger's own mode, reading it would make side files.
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
            source.close()
        if newest and _content(newest) == _content(half):
            half.unlink()
            return None
        to_disk(half)
        half.replace(target)
        folder_to_disk(folder)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    for old in every(folder)[COUNT:]:
        # Another window may prune at the same time.
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def newest_good(folder: Path) -> Path | None:
    """The newest copy that is sound; `Expected` if a newer program made one after it, which would pass for lost."""
    for copy in every(folder):
        if version(copy) > VERSION:
            raise Expected(Code.STORE_NEWER, path=str(copy))
        if is_sound(copy):
            return copy
    return None


def made_at(copy: Path) -> str:
    """When a copy was made: UTC, ISO 8601."""
    stamp = _stamp(copy)
    return stamp.isoformat(timespec="seconds") if stamp else ""


def version(ledger: Path) -> int:
    """The schema's version: 0 for a file that nothing was written to yet, -1 for something that is no ledger at all."""
    answer = _answer(ledger, lambda db: int(db.execute("PRAGMA user_version").fetchone()[0]))
    return -1 if answer is None else answer


def is_blank(ledger: Path) -> bool:
    """Whether a database holds nothing at all, as one that is just being made."""
    return version(ledger) == 0 and _answer(ledger, shape) == frozenset()


def is_sound(path: Path) -> bool:
    """Whether a file is a whole ledger that this version, or an older one, has written, and every row can be read."""

    def is_ours(db: sqlite3.Connection) -> bool:
        is_whole = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return is_whole and shape(db) == shape_of(found) and rows.are_readable(db)

    found = version(path)
    return 1 <= found <= VERSION and _answer(path, is_ours) is True


def _answer(path: Path, question: Callable[[sqlite3.Connection], _T]) -> _T | None:
    """What a database says of itself, None if it is too damaged for that.

    Raises `sqlite3.OperationalError` where the file cannot be looked at (locked, no right), which says nothing of it.
    """
    db = sqlite3.connect(_read_only(path), uri=True, timeout=5)
    # SQLite keeps whatever bytes it was given, and bad ones raise what a locked file does.
    db.text_factory = lambda data: data.decode(errors="replace")
    try:
        return question(db)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return None
        raise
    except sqlite3.DatabaseError:
        return None
    finally:
        db.close()


def every(folder: Path) -> list[Path]:
    """All copies, the newest first. What a person put beside them is none of them."""
    found = {copy: stamp for copy in folder.glob("ledger-*.sqlite3") if (stamp := _stamp(copy))}
    return sorted(found, key=found.__getitem__, reverse=True)


def _stamp(copy: Path) -> datetime | None:
    """The time in a copy's name, None where the name is not one of ours."""
    try:
        return datetime.strptime(copy.stem.removeprefix("ledger-"), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _content(copy: Path) -> bytes:
    """A copy without the two counters of its header that change with every copying (SQLite's file format, 1.3)."""
    data = copy.read_bytes()
    return data[:24] + data[28:92] + data[96:]


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"


def to_disk(path: Path) -> None:
    """Have the disk itself hold what a file holds, also when the power fails."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def folder_to_disk(folder: Path) -> None:
    """Have the disk itself hold which files a folder holds, where the system can do that with a folder."""
    # Windows opens none, and some disks of a network refuse: they see to it themselves.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
