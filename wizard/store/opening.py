"""Opening the ledger: sound, or restored from the newest good copy, and nothing ever deleted."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wizard.core.store_news import News, NewsKind
from wizard.store import copies
from wizard.store.folders import Folders
from wizard.store.guard import Guard
from wizard.store.ledger import Ledger, as_problem
from wizard.store.schema import VERSION

_PATIENCE_S = 10.0
_SIDE_FILES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Opened:
    """An open ledger and what a person has to know about it."""

    ledger: Ledger
    news: tuple[News, ...]


def open_ledger(folders: Folders, now: Callable[[], str]) -> Opened:
    """Open the ledger of these folders; a broken one is set aside, never deleted. Raises `Expected`."""
    news = []
    # Two windows that start together must not both set the same broken file aside.
    with Guard(folders.root / "opening.lock").hold(threading.Event(), _PATIENCE_S), as_problem():
        if _is_broken(folders):
            news.append(_restore(folders))
        elif 0 < _version(folders.ledger) < VERSION:
            copies.make(folders.ledger, folders.copies)
        ledger = Ledger(folders.ledger, now)
    if service := synced_by(folders.root):
        news.append(News(NewsKind.SYNCED_FOLDER, where=service))
    return Opened(ledger, tuple(news))


def copy_ledger(folders: Folders) -> None:
    """Make a copy if anything changed since the last one. A copy that cannot be made is no reason to disturb."""
    try:
        copies.make(folders.ledger, folders.copies)
    except (OSError, sqlite3.Error):
        return


def synced_by(path: Path) -> str:
    """The service that copies this folder to other computers, or an empty text: such a copy can tear a database."""
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
    is_there = ledger.exists() and ledger.stat().st_size > 0
    if not is_there:
        return copies.newest_good(folders.copies) is not None
    if _version(ledger) > VERSION:
        # The ledger refuses it by itself and leaves it as it is.
        return False
    return _version(ledger) != 0 and not copies.is_sound(ledger)


def _version(ledger: Path) -> int:
    """The schema's version: 0 for a new file, -1 for something that is no ledger at all."""
    if not ledger.exists():
        return 0
    db = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return -1
        raise
    except sqlite3.DatabaseError:
        return -1
    finally:
        db.close()


def _restore(folders: Folders) -> News:
    """Set the broken ledger aside and put the newest good copy, if there is one, in its place."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = folders.root / "set-aside" / stamp
    for end in _SIDE_FILES:
        part = folders.ledger.with_name(f"{folders.ledger.name}{end}")
        if part.exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.replace(aside / part.name)
    copy = copies.newest_good(folders.copies)
    where = str(aside)
    if copy is None:
        return News(NewsKind.STARTED_EMPTY, where=where)
    half = folders.ledger.with_suffix(".half")
    shutil.copyfile(copy, half)
    half.chmod(0o600)
    half.replace(folders.ledger)
    return News(NewsKind.RESTORED, at=copies.made_at(copy), where=where)
