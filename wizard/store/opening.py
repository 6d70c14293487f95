"""Opening the ledger: as it is, or restored from the newest sound copy. Nothing is ever deleted."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from wizard.core.problems import Code, Expected
from wizard.core.store_news import News, NewsKind
from wizard.store import backups, migrations
from wizard.store.errors import store_problems
from wizard.store.file_lock import FileLock
from wizard.store.folders import READY, Folders
from wizard.store.ledger import Ledger

_LOCK_TIMEOUT_S = 10.0
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open ledger and what a person has to know about it."""

    ledger: Ledger
    news: tuple[News, ...]


def open_ledger(folders: Folders, now: Callable[[], str]) -> Opened:
    """Open the ledger of these folders. A broken one is restored and kept in `set-aside`. Raises `Expected`."""
    stop = threading.Event()
    # Two windows that start together must not both set the same broken file aside.
    with FileLock(folders.opening_lock).hold(stop, _LOCK_TIMEOUT_S), store_problems():
        folders.make_private()
        _finish(folders)
        if _is_broken(folders):
            _restore(folders, now)
        if not (folders.ledger.exists() and 0 < backups.version(folders.ledger) < migrations.VERSION):
            ledger = Ledger(folders.ledger, now)
        else:
            backups.make(folders.ledger, folders.copies)
            # A window of the version before may be creating: it has to save the id first.
            with FileLock(folders.creating_lock_of_version_2, busy=Code.ALREADY_CREATING).hold(stop, _LOCK_TIMEOUT_S):
                ledger = Ledger(folders.ledger, now)
    try:
        ledger.set_aside.collect()
        return Opened(ledger, tuple(_news(ledger, folders)))
    except BaseException:
        ledger.close()
        raise


def copy_ledger(folders: Folders) -> None:
    """Make a copy if anything changed since the last one. Errors are ignored: the ledger itself is not affected."""
    try:
        backups.make(folders.ledger, folders.copies)
    except (OSError, sqlite3.Error):
        return


def synced_by(path: Path) -> str:
    """The service that synchronises this folder, or an empty text. Synchronising can damage an open database."""
    one_drives = {os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")}
    if any(root and path.is_relative_to(root) for root in one_drives):
        return "OneDrive"
    for part in path.parts:
        for start, service in _SYNCED.items():
            if part.casefold().startswith(start):
                return service
    return ""


_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
}
"""How the folders of these services begin, on Windows and macOS."""


def _is_broken(folders: Folders) -> bool:
    """Whether the ledger cannot be used, or is gone although there are copies of it."""
    ledger = folders.ledger
    if ledger.exists() and not ledger.is_file():
        # A folder, or a pipe, at which SQLite would wait without end.
        return True
    if not ledger.exists() or ledger.stat().st_size == 0:
        # The -wal file can hold the last commits, and SQLite would delete it.
        beside = _parts(ledger)[1]
        return bool(backups.every(folders.copies)) or (beside.exists() and beside.stat().st_size > 0)
    # The database refuses to open one that is too new, and leaves it as it is.
    if migrations.is_too_new(backups.version(ledger)):
        return False
    if backups.is_blank(ledger):
        return bool(backups.every(folders.copies))
    return not backups.is_sound(ledger)


def _news(ledger: Ledger, folders: Folders) -> Iterator[News]:
    if news := ledger.settings.news():
        yield news
    if count := ledger.set_aside.count_untold():
        yield News(NewsKind.ROWS_SET_ASIDE, where=str(folders.ledger), count=count)
    if service := synced_by(folders.root):
        yield News(NewsKind.SYNCED_FOLDER, where=service)


def _restore(folders: Folders, now: Callable[[], str]) -> None:
    """Replace the broken files with the newest sound copy, or with a new ledger if there is none.

    Nothing is moved before the replacement is complete and on the disk. It holds the news of the restoration, so
    every start finds them until a person has read them.
    """
    copy = backups.newest_good(folders.copies)
    ready = folders.root / f"ledger-{datetime.now(UTC).strftime(_STAMP)}{READY}"
    where = str(_aside(ready)) if _broken(folders, copy) else ""
    news = News(NewsKind.RESTORED, backups.made_at(copy), where) if copy else News(NewsKind.STARTED_EMPTY, where=where)
    half = folders.ledger.with_suffix(".half")
    try:
        _make(half, copy, news, now)
    except BaseException:
        _remove(half)
        raise
    half.replace(ready)
    backups.folder_to_disk(folders.root)
    _put(folders, ready, copy)


def _finish(folders: Folders) -> None:
    """Complete a restoration that was killed between moving the broken ledger away and putting the new one there."""
    for ready in sorted(folders.root.glob(f"ledger-*{READY}"), reverse=True):
        if folders.ledger.exists():
            # Killed before anything was moved: it is made again if it is needed.
            ready.unlink()
        else:
            _put(folders, ready, backups.newest_good(folders.copies))


def _put(folders: Folders, ready: Path, copy: Path | None) -> None:
    """Move the broken files away, the ledger first, then put the new one in its place. `_finish` ends a killed run.

    The -wal file moves before the new ledger appears: SQLite would apply it to that one.
    """
    aside = _aside(ready)
    if broken := _broken(folders, copy):
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (aside.parent, folders.root):
            backups.folder_to_disk(folder)
    for part in broken:
        part.replace(aside / part.name)
        for folder in (aside, part.parent):
            backups.folder_to_disk(folder)
    ready.replace(folders.ledger)
    backups.folder_to_disk(folders.root)


def _broken(folders: Folders, copy: Path | None) -> list[Path]:
    """The files that this copy replaces: the ledger with its side files, and the later copies, which are damaged.

    Those move, too: among the copies they would be removed in time.
    """
    damaged = takewhile(lambda one: one != copy, backups.every(folders.copies))
    return [part for part in (*_parts(folders.ledger), *damaged) if part.exists()]


def _aside(ready: Path) -> Path:
    """The folder for the files that this one replaces."""
    return ready.parent / "set-aside" / ready.name.removeprefix("ledger-").removesuffix(READY)


def _make(half: Path, copy: Path | None, news: News, now: Callable[[], str]) -> None:
    """Make a ledger from the copy, if there is one, and with the news; on the disk, in one file."""
    _remove(half)
    os.close(os.open(half, os.O_RDWR | os.O_CREAT, 0o600))
    if copy:
        shutil.copyfile(copy, half)
    ledger = Ledger(half, now)
    try:
        ledger.settings.keep_news(news)
    finally:
        ledger.close()
    if any(part.exists() for part in _parts(half)[1:]):
        # Closing moves everything into the one file, unless the disk is full.
        raise Expected(Code.STORE_FULL)
    backups.to_disk(half)


def _parts(ledger: Path) -> list[Path]:
    """A ledger and the files that SQLite keeps beside it while it is open."""
    return [ledger.with_name(f"{ledger.name}{end}") for end in ("", "-wal", "-shm")]


def _remove(half: Path) -> None:
    for part in _parts(half):
        part.unlink(missing_ok=True)
