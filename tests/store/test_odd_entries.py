"""What is no ledger and no copy, but lies where one is expected, neither stops a start nor the copies."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.test_opening import now
from wizard.core.draft import Draft
from wizard.core.store_news import NewsKind
from wizard.store import backups, opening
from wizard.store.folders import Folders

NAME = "ledger-20991231T000000000000Z.sqlite3"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


ODD: list[Callable[[Path], None]] = [Path.mkdir]
if sys.platform != "win32":
    ODD += [pipe, link]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A ledger with one draft, and one copy of it."""
    made = Folders(tmp_path / "data").make()
    ledger = opening.open_ledger(made, now).ledger
    ledger.drafts.keep(Draft("d1", name="A"))
    ledger.close()
    assert backups.make(made.ledger, made.copies)
    return made


@pytest.mark.parametrize("make", ODD)
def test_beside_the_copies(folders: Folders, make: Callable[[Path], None]) -> None:
    before = backups.every(folders.copies)
    make(folders.copies / NAME)
    assert backups.every(folders.copies) == before
    ledger = opening.open_ledger(folders, now).ledger
    ledger.drafts.keep(Draft("d2", name="B"))
    ledger.close()
    made = backups.make(folders.ledger, folders.copies)
    assert backups.every(folders.copies) == [made, *before]


def test_a_copy_from_the_end_of_time(folders: Folders) -> None:
    (folders.copies / "ledger-99991231T235959999999Z.sqlite3").write_bytes(folders.ledger.read_bytes())
    ledger = opening.open_ledger(folders, now).ledger
    ledger.drafts.keep(Draft("d2", name="B"))
    ledger.close()
    assert backups.make(folders.ledger, folders.copies) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_in_place_of_the_ledger(folders: Folders) -> None:
    folders.ledger.unlink()
    pipe(folders.ledger)
    opened = opening.open_ledger(folders, now)
    assert [news.kind for news in opened.news] == [NewsKind.RESTORED]
    assert [draft.id for draft in opened.ledger.drafts.all()] == ["d1"]
    opened.ledger.close()
