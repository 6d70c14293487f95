"""Opening the ledger: sound, or restored from the newest good copy, and nothing ever deleted."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from wizard.core.problems import Code, Expected
from wizard.core.store_news import NEWS, News, NewsKind
from wizard.store import backups
from wizard.store.file_lock import Guard
from wizard.store.folders import READY, Folders
from wizard.store.ledger import Ledger, as_problem
from wizard.store.schema import VERSION

_PATIENCE_S = 10.0
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open ledger and what a person has to know about it."""

    ledger: Ledger
    news: tuple[News, ...]


def open_ledger(folders: Folders, now: Callable[[], str]) -> Opened:
    """Open the ledger of these folders; a broken one is set aside, never deleted. Raises `Expected`."""
    # Two windows that start together must not both set the same broken file aside.
    with Guard(folders.root / "opening.lock").hold(threading.Event(), _PATIENCE_S), as_problem():
        folders.make_private()
        _finish(folders)
        if _is_broken(folders):
            _restore(folders, now)
        elif folders.ledger.exists() and 0 < backups.version(folders.ledger) < VERSION:
            backups.make(folders.ledger, folders.copies)
        ledger = Ledger(folders.ledger, now)
    news = _untold(ledger)
    if service := synced_by(folders.root):
        news.append(News(NewsKind.SYNCED_FOLDER, where=service))
    return Opened(ledger, tuple(news))


def copy_ledger(folders: Folders) -> None:
    """Make a copy if anything changed since the last one. A copy that cannot be made is no reason to disturb."""
    try:
        backups.make(folders.ledger, folders.copies)
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
    if ledger.is_dir():
        return True
    if not ledger.exists() or ledger.stat().st_size == 0:
        # What lies beside it can hold what was saved last, and SQLite would delete it.
        beside = _parts(ledger)[1]
        return bool(backups.every(folders.copies)) or (beside.exists() and beside.stat().st_size > 0)
    # The ledger itself refuses one of a newer program and leaves it as it is.
    if backups.version(ledger) > VERSION:
        return False
    if backups.is_blank(ledger):
        return bool(backups.every(folders.copies))
    return not backups.is_sound(ledger)


def _untold(ledger: Ledger) -> list[News]:
    try:
        news = ledger.setting(NEWS, News)
    except Expected:
        # What a newer program noted there is no reason not to start.
        return []
    return [news] if news else []


def _restore(folders: Folders, now: Callable[[], str]) -> None:
    """Set what is broken aside and put the newest good copy, or else a new ledger, in its place.

    Nothing is touched before that is whole and on the disk, and it brings its news along: until a person has read
    them, every start finds them in it.
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
    """Go on with a restoration that was cut short between setting the ledger aside and putting the new one there."""
    for ready in sorted(folders.root.glob(f"ledger-*{READY}"), reverse=True):
        if folders.ledger.exists():
            # Nothing was set aside for it yet. It holds what the copies hold, and it is made anew if it is needed.
            ready.unlink()
        else:
            _put(folders, ready, backups.newest_good(folders.copies))


def _put(folders: Folders, ready: Path, copy: Path | None) -> None:
    """Set aside what is broken, the ledger first, and put the new one in its place; killed anywhere, `_finish` ends it.

    What lies beside a ledger never meets the next one: SQLite would write what it holds into it.
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
    """What has to make room for this copy: the ledger with what lies beside it, and the later copies.

    A copy that is damaged is kept as well: among the copies, later ones would push it out.
    """
    damaged = takewhile(lambda one: one != copy, backups.every(folders.copies))
    return [part for part in (*_parts(folders.ledger), *damaged) if part.exists()]


def _aside(ready: Path) -> Path:
    """Where that goes which made room for this one."""
    return ready.parent / "set-aside" / ready.name.removeprefix("ledger-").removesuffix(READY)


def _make(half: Path, copy: Path | None, news: News, now: Callable[[], str]) -> None:
    """Make a ledger that holds what the copy holds, if there is one, and the news; on the disk, in one file."""
    _remove(half)
    os.close(os.open(half, os.O_RDWR | os.O_CREAT, 0o600))
    if copy:
        shutil.copyfile(copy, half)
    ledger = Ledger(half, now)
    try:
        ledger.keep_setting(NEWS, news)
    finally:
        ledger.close()
    if any(part.exists() for part in _parts(half)[1:]):
        # Closing brings everything into the one file, but where the disk takes no more.
        raise Expected(Code.STORE_FULL)
    backups.to_disk(half)


def _parts(ledger: Path) -> list[Path]:
    """A ledger and the files that SQLite keeps beside it while it is open."""
    return [ledger.with_name(f"{ledger.name}{end}") for end in ("", "-wal", "-shm")]


def _remove(half: Path) -> None:
    for part in _parts(half):
        part.unlink(missing_ok=True)
