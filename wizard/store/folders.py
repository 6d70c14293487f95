"""Where this program keeps its files."""

import contextlib
import hashlib
import os
import re
import shutil
import stat
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from wizard.store.errors import store_problems

NAME = "integration-wizard"
READY = ".ready"
"""Ending of the name of a restored ledger that is complete and waits to replace the broken one."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_STALE_AFTER_S = 24 * 3600.0
_OF_PRACTICE = re.compile(r"practice-[0-9a-f]{32}")
"""Exactly our own names: a folder of `--data-dir` may hold a person's "practice-exam" as well."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folder that holds all files of this program, private to the user, and the paths in it."""

    root: Path
    is_default: bool = False
    """Whether it is the folder that this program chooses, so that nothing else is kept in it."""

    @property
    def ledger(self) -> Path:
        """The file of the ledger."""
        return self.root / "ledger.sqlite3"

    @property
    def copies(self) -> Path:
        """The folder of the last copies of the ledger."""
        return self.root / "copies"

    @property
    def opening_lock(self) -> Path:
        """The file of the lock that one window holds while it opens the ledger."""
        return self.root / "opening.lock"

    def creating_lock(self, scope: str) -> Path:
        """The file of the lock that one window holds while it creates within this scope."""
        return self.root / f"creating-{hashlib.sha256(scope.encode()).hexdigest()[:16]}.lock"

    @property
    def creating_lock_of_version_2(self) -> Path:
        """The file of the lock that a program before ledger version 3 holds while it creates."""
        return self.root / "creating.lock"

    @property
    def log(self) -> Path:
        """The file of the log."""
        return self.root / "wizard.log"

    def is_used(self) -> bool:
        """Whether a ledger is there, a copy of one that is gone, or the next one. Makes nothing. Raises `Expected`."""
        with store_problems():
            ours = (self.copies.glob("ledger-*.sqlite3"), self.root.glob(f"ledger-*{READY}"))
            return _exists(self.ledger) or any(any(found) for found in ours)

    def make(self) -> "Folders":
        """Make the folder, for its owner only; one that somebody else chose stays as it is. Raises `Expected`."""
        with store_problems():
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.is_default:
            make_private(self.root)
        return self

    def make_private(self) -> None:
        """Take everybody else's rights to our files, which an older version or a restored backup may have left."""
        locks = ("opening.lock", "creating*.lock")
        ours = ("ledger.sqlite3*", f"ledger-*{READY}", "ledger.half*", "wizard.log*", "crash.log*", *locks)
        for path in (self.copies, self.root / "set-aside", *self.copies.glob("ledger-*")):
            make_private(path)
        for pattern in ours:
            for path in self.root.glob(pattern):
                make_private(path)


def _exists(path: Path) -> bool:
    """Whether something is there. Raises `OSError` where nobody can tell; `Path.exists` says no since Python 3.14."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def make_private(path: Path) -> None:
    """Remove the rights of group and others from a file or folder; the owner's rights stay. Ignores errors."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)


def folders(data_dir: Path | None = None) -> Folders:
    """The folders under `data_dir`, or in the user's local, not roaming, application data."""
    root = data_dir or Path(platformdirs.user_data_dir(NAME, appauthor=False, roaming=False))
    return Folders(root.absolute(), is_default=data_dir is None)


def practice_folders(real: Folders) -> Folders:
    """A new folder for one practice run. Removes those of crashed runs, which nothing was written to for a day."""
    for old in real.make().root.glob("practice-*"):
        if not _OF_PRACTICE.fullmatch(old.name):
            continue
        # Another window may remove the same folder at the same time.
        with contextlib.suppress(OSError):
            # lstat: the target of a link may not exist.
            newest = max(path.lstat().st_mtime for path in (old, *old.rglob("*")))
            if time.time() - newest > _STALE_AFTER_S:
                shutil.rmtree(old, ignore_errors=True)
    return Folders(real.root / f"practice-{uuid.uuid4().hex}")


def remove(practice: Folders) -> None:
    """Remove the files of a practice run."""
    shutil.rmtree(practice.root, ignore_errors=True)
