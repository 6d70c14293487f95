"""What this program keeps is readable by its owner alone, also where others could read it before."""

import sys
from pathlib import Path

import pytest

from tests.helpers.made import customer
from tests.store.test_opening import fill, labels_of, now
from wizard.core.address import EU
from wizard.store import opening
from wizard.store.folders import Folders

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data").make()


def test_what_others_could_read_is_closed_to_them(folders: Folders) -> None:
    fill(folders, "a")
    own = folders.root / "notes.txt"
    for name in ("notes.txt", "wizard.log", "crash.log"):
        (folders.root / name).write_text("x")
    for path in (folders.root, *folders.root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    opened = opening.open_ledger(folders, now)
    opened.ledger.customers.keep(customer("b", "b", EU, "client-b"))
    opening.copy_ledger(folders)
    modes = {path.name: path.stat().st_mode & 0o777 for path in folders.root.rglob("*") if path != own}
    opened.ledger.close()
    assert {"ledger.sqlite3-wal", "ledger.sqlite3-shm", "copies", "wizard.log"} <= set(modes)
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    # What is not ours stays as it is, and so does a folder that somebody else chose.
    assert [path.stat().st_mode & 0o777 for path in (own, folders.root)] == [0o644, 0o755]


def test_who_may_not_close_it_can_still_use_it(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(folders, "a")
    folders.ledger.chmod(0o644)

    def refuses(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuses)
    assert labels_of(opening.open_ledger(folders, now)) == ["a"]
    assert folders.ledger.stat().st_mode & 0o777 == 0o644


def test_what_is_closed_to_its_owner_stays_so(folders: Folders) -> None:
    fill(folders, "a")
    folders.ledger.chmod(0o444)
    folders.make_private()
    assert folders.ledger.stat().st_mode & 0o777 == 0o400
