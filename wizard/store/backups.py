"""Copies of the ledger: complete, checked, and kept by age (`generations`)."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from datetime import MAXYEAR, UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from wizard.core.problems import Code, Expected
from wizard.store import generations, migrations
from wizard.store.database import decode

_T = TypeVar("_T")

_STAMP = "%Y%m%dT%H%M%S%fZ"
_UNFINISHED_S = 3600.0


def make(ledger: Path, folder: Path) -> Path | None:
    """Copy the ledger as it is now, also while others write; None if the newest copy holds the same already.

    The copy appears under its name only when it is whole and on the disk. Raises `OSError` or `sqlite3.Error`.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    newest = next(iter(every(folder)), None)
    # Names are the order: after a clock that was ahead, later copies still have to be the newest.
    stamp = datetime.now(UTC)
    if newest and (before := _stamp(newest)) and stamp <= before:
        stamp = before + timedelta(microseconds=1)
    target = folder / f"ledger-{stamp.strftime(_STAMP)}.sqlite3"
    unfinished = target.with_suffix(".half")
    try:
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        source, copy = sqlite3.connect(_read_only(ledger), uri=True), sqlite3.connect(unfinished)
        try:
            source.backup(copy)
            # The copy must be one file: in the ledger's own mode, reading it would make side files.
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
            source.close()
        if newest and _content(newest) == _content(unfinished):
            unfinished.unlink()
            return None
        to_disk(unfinished)
        unfinished.replace(target)
        folder_to_disk(folder)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _prune(folder)
    return target


def _prune(folder: Path) -> None:
    found = {copy: stamp for copy in every(folder) if (stamp := _stamp(copy))}
    keep = generations.kept(found.values())
    for copy, stamp in found.items():
        if stamp not in keep:
            # Another window may prune at the same time.
            with contextlib.suppress(OSError):
                copy.unlink()
    # Unfinished copies of a program that was killed; a recent one may be in the making.
    for unfinished in folder.glob("ledger-*.half*"):
        with contextlib.suppress(OSError):
            if time.time() - unfinished.stat().st_mtime > _UNFINISHED_S:
                unfinished.unlink()


def newest_good(folder: Path) -> Path | None:
    """The newest sound copy. Raises `Expected` if a newer program made a later one, which this one cannot read."""
    for copy in every(folder):
        if migrations.is_too_new(version(copy)):
            raise Expected(Code.STORE_NEWER, path=str(copy))
        if is_sound(copy):
            return copy
    return None


def made_at(copy: Path) -> str:
    """When a copy was made: UTC, ISO 8601."""
    stamp = _stamp(copy)
    return stamp.isoformat(timespec="seconds") if stamp else ""


def version(ledger: Path) -> int:
    """The version of a ledger: 0 for a file that nothing was written to yet, -1 for what is no database."""
    answer = _answer(ledger, lambda db: int(db.execute("PRAGMA user_version").fetchone()[0]))
    return -1 if answer is None else answer


def is_blank(ledger: Path) -> bool:
    """Whether a database holds nothing at all, as one that is just being made."""
    return version(ledger) == 0 and _answer(ledger, migrations.shape) == frozenset()


def is_sound(path: Path) -> bool:
    """Whether a file is an undamaged ledger with the tables of its version; single rows may be unreadable."""

    def is_ours(db: sqlite3.Connection) -> bool:
        is_undamaged = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return is_undamaged and migrations.has_shape(db, found)

    found = version(path)
    return found >= 1 and _answer(path, is_ours) is True


def _answer(path: Path, question: Callable[[sqlite3.Connection], _T]) -> _T | None:
    """The answer of a database to a question, None if it is too damaged to give one.

    Raises `sqlite3.OperationalError` where the file cannot be read at all (locked, no right).
    """
    db = sqlite3.connect(_read_only(path), uri=True, timeout=5)
    # Bytes that are no UTF-8 would raise the same error as a locked file.
    db.text_factory = decode
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
    """All copies, the newest first; nothing else in the folder counts: no folder, pipe or link of such a name."""
    files = (one for one in folder.glob("ledger-*.sqlite3") if one.is_file() and not one.is_symlink())
    found = {copy: stamp for copy in files if (stamp := _stamp(copy))}
    return sorted(found, key=found.__getitem__, reverse=True)


def _stamp(copy: Path) -> datetime | None:
    """The time in a copy's name, None where the name is not one of ours."""
    try:
        stamp = datetime.strptime(copy.stem.removeprefix("ledger-"), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    # No clock is that far ahead, and there has to be a time after the newest copy.
    return stamp if stamp.year < MAXYEAR else None


def _content(copy: Path) -> bytes:
    """A copy without the two counters of its header that change with every copying (SQLite's file format, 1.3)."""
    data = copy.read_bytes()
    return data[:24] + data[28:92] + data[96:]


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"


def to_disk(path: Path) -> None:
    """Write a file from the system's cache to the disk, so that it survives a power failure."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def folder_to_disk(folder: Path) -> None:
    """Write the names in a folder to the disk, where the system can do that."""
    # Windows cannot open a folder, and some network disks refuse to sync one.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
