"""A ledger that was damaged: set aside, restored from the newest good copy, and said so; nothing is ever deleted."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.made import customer
from wizard.core.address import EU
from wizard.core.problems import Code, Expected
from wizard.core.store_news import NewsKind
from wizard.store import backups, opening
from wizard.store.folders import Folders
from wizard.store.generations import LAST
from wizard.store.ledger import Ledger
from wizard.store.migrations import VERSION


def now() -> str:
    return "2026-01-02T03:04:05+00:00"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data").make()


def fill(folders: Folders, *labels: str) -> None:
    """Save customers and close, with a copy after that."""
    opened = opening.open_ledger(folders, now)
    for label in labels:
        opened.ledger.customers.keep(customer(label, label, EU, f"client-{label}"))
    opening.copy_ledger(folders)
    opened.ledger.close()


def version_of(ledger: Path) -> int:
    with closing(sqlite3.connect(ledger)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def labels_of(opened: opening.Opened) -> list[str]:
    found = sorted(c.label for c in opened.ledger.customers.all())
    opened.ledger.close()
    return found


def every_byte(folder: Path) -> list[bytes]:
    return [p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()]


def files(folders: Folders) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folders.root.rglob("*") if path.is_file()}


def truncate(ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes()[: ledger.stat().st_size // 2])


def zero_a_page(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'").fetchone()
    data = bytearray(ledger.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    ledger.write_bytes(bytes(data))


def zero_the_first_page(ledger: Path) -> None:
    ledger.write_bytes(bytes(4096) + ledger.read_bytes()[4096:])


def empty(ledger: Path) -> None:
    ledger.write_bytes(b"")


def fill_with_text(ledger: Path) -> None:
    ledger.write_bytes(b"this was never a database " * 400)


DAMAGES: list[Callable[[Path], None]] = [truncate, zero_a_page, zero_the_first_page, empty, fill_with_text]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_ledger_is_restored_from_its_copy_and_kept(folders: Folders, damage: Callable[[Path], None]) -> None:
    fill(folders, "a", "b")
    damage(folders.ledger)
    broken = folders.ledger.read_bytes()

    opened = opening.open_ledger(folders, now)

    assert [piece.kind for piece in opened.news] == [NewsKind.RESTORED]
    assert opened.news[0].at
    assert labels_of(opened) == ["a", "b"]
    assert broken in every_byte(folders.root / "set-aside")


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_a_copy_it_begins_anew_and_the_damaged_file_is_kept(
    folders: Folders, damage: Callable[[Path], None]
) -> None:
    fill(folders, "a")
    for copy in folders.copies.iterdir():
        copy.unlink()
    damage(folders.ledger)
    broken = folders.ledger.read_bytes()

    opened = opening.open_ledger(folders, now)

    assert labels_of(opened) == []
    if broken:
        assert [piece.kind for piece in opened.news] == [NewsKind.STARTED_EMPTY]
        assert broken in every_byte(folders.root / "set-aside")


def test_the_newest_copy_that_is_sound_is_taken(folders: Folders) -> None:
    fill(folders, "a")
    fill(folders, "b")
    newest = max(folders.copies.iterdir())
    newest.write_bytes(b"damaged, too")
    truncate(folders.ledger)

    assert labels_of(opening.open_ledger(folders, now)) == ["a"]


def test_damaged_copies_are_set_aside_and_not_pushed_out_by_later_ones(folders: Folders) -> None:
    fill(folders, "a")
    fill(folders, "b")
    newest = max(folders.copies.iterdir())
    newest.write_bytes(b"damaged, too")
    truncate(folders.ledger)

    opening.open_ledger(folders, now).ledger.close()

    assert not newest.exists()
    assert b"damaged, too" in every_byte(folders.root / "set-aside")


def test_a_ledger_that_is_gone_comes_back_from_its_copy(folders: Folders) -> None:
    fill(folders, "a")
    folders.ledger.unlink()

    opened = opening.open_ledger(folders, now)

    # Nothing was damaged, so there is no place where it is kept.
    assert [(piece.kind, piece.where) for piece in opened.news] == [(NewsKind.RESTORED, "")]
    assert labels_of(opened) == ["a"]
    assert not (folders.root / "set-aside").exists()


@pytest.mark.parametrize("has_ledger", [True, False])
def test_a_copy_of_a_newer_program_does_not_pass_for_lost(folders: Folders, has_ledger: bool) -> None:
    fill(folders, "a")
    fill(folders, "b")
    with sqlite3.connect(max(folders.copies.iterdir())) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 100}")
    db.close()
    if has_ledger:
        truncate(folders.ledger)
    else:
        folders.ledger.unlink()
    before = files(folders)

    with pytest.raises(Expected) as caught:
        opening.open_ledger(folders, now)

    assert caught.value.code is Code.STORE_NEWER
    assert before.items() <= files(folders).items()


def test_news_are_told_until_they_are_forgotten(folders: Folders) -> None:
    fill(folders, "a")
    truncate(folders.ledger)
    told = []
    for _ in range(2):
        opened = opening.open_ledger(folders, now)
        told.append(opened.news)
        opened.ledger.close()
    assert told[0] == told[1] != ()

    opened = opening.open_ledger(folders, now)
    opened.ledger.settings.forget_news()
    opened.ledger.close()
    opened = opening.open_ledger(folders, now)
    assert (opened.news, labels_of(opened)) == ((), ["a"])


def test_news_that_cannot_be_read_keep_nobody_from_starting(folders: Folders) -> None:
    fill(folders, "a")
    opened = opening.open_ledger(folders, now)
    with opened.ledger.database.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('news', '{\"kind\": \"of a newer program\"}')")
    opened.ledger.close()

    opened = opening.open_ledger(folders, now)
    # It is told as a row that cannot be read, like any other.
    assert [(piece.kind, piece.count) for piece in opened.news] == [(NewsKind.ROWS_SET_ASIDE, 1)]
    assert labels_of(opened) == ["a"]


def fails(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space")


def leaves_a_side_file(ledger: Ledger) -> None:
    ledger.database.close()
    path = ledger.database._path
    path.with_name(f"{path.name}-wal").write_bytes(b"what the disk did not take")


@pytest.mark.parametrize(
    ("place", "instead"),
    [
        ("wizard.store.opening.shutil.copyfile", fails),
        ("wizard.store.settings.Settings.keep_news", fails),
        ("wizard.store.ledger.Ledger.close", leaves_a_side_file),
        ("wizard.store.backups.to_disk", fails),
    ],
)
def test_nothing_is_touched_before_the_new_one_is_whole(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, place: str, instead: Callable[..., None]
) -> None:
    fill(folders, "a")
    zero_the_first_page(folders.ledger)
    before = files(folders)

    with monkeypatch.context() as bad:
        bad.setattr(place, instead)
        with pytest.raises(Expected) as caught:
            opening.open_ledger(folders, now)

    assert caught.value.code is Code.STORE_FULL
    assert files(folders) == before
    assert labels_of(opening.open_ledger(folders, now)) == ["a"]


def test_what_a_crash_left_half_made_is_made_anew(folders: Folders) -> None:
    fill(folders, "a")
    truncate(folders.ledger)
    for end in ("", "-wal", "-shm"):
        folders.ledger.with_name(f"ledger.half{end}").write_bytes(b"half of something")

    assert labels_of(opening.open_ledger(folders, now)) == ["a"]
    assert not list(folders.root.glob("ledger.half*"))


def test_a_deleted_side_file_loses_nothing(folders: Folders) -> None:
    opened = opening.open_ledger(folders, now)
    opened.ledger.customers.keep(customer("a", "a", EU, "client-a"))
    snapshot = {p: p.read_bytes() for p in folders.root.glob("ledger.sqlite3*")}
    opened.ledger.close()
    # As after a power cut: the file as it was while it was open, and its -wal deleted by somebody.
    for path, data in snapshot.items():
        path.write_bytes(data)
    for end in ("-wal", "-shm"):
        folders.ledger.with_name(f"{folders.ledger.name}{end}").unlink(missing_ok=True)

    assert labels_of(opening.open_ledger(folders, now)) == ["a"]


def test_old_copies_go_and_unchanged_ledgers_are_not_copied(folders: Folders) -> None:
    for number in range(13):
        fill(folders, f"c{number}")
    # All of them are of this hour, or of two.
    assert LAST <= len(list(folders.copies.iterdir())) <= LAST + 1

    before = sorted(folders.copies.iterdir())
    opening.open_ledger(folders, now).ledger.close()
    opening.copy_ledger(folders)
    assert sorted(folders.copies.iterdir()) == before


def test_a_clock_that_was_ahead_costs_no_copy(folders: Folders) -> None:
    for number in range(LAST):
        fill(folders, f"ahead{number}")
    for number, copy in enumerate(sorted(folders.copies.iterdir())):
        copy.rename(copy.with_name(f"ledger-20990101T00000000000{number}Z.sqlite3"))

    fill(folders, "now")
    truncate(folders.ledger)
    assert "now" in labels_of(opening.open_ledger(folders, now))
    assert len(list(folders.copies.iterdir())) == LAST


def test_what_a_person_put_beside_the_copies_is_none_of_them(folders: Folders) -> None:
    fill(folders, "a")
    own = folders.copies / "ledger-old.sqlite3"
    own.write_bytes(next(folders.copies.iterdir()).read_bytes())
    fill(folders, "b")
    truncate(folders.ledger)

    opened = opening.open_ledger(folders, now)
    assert (labels_of(opened), own.exists()) == (["a", "b"], True)


def test_what_a_kill_left_of_a_copy_goes(folders: Folders) -> None:
    fill(folders, "a")
    old, recent = (folders.copies / f"ledger-2026010{n}T000000000000Z.half" for n in (1, 2))
    for unfinished in (old, recent):
        unfinished.write_bytes(b"half of something")
    os.utime(old, (0, 0))
    fill(folders, "b")
    assert (old.exists(), recent.exists()) == (False, True)


def test_copies_are_private_single_files(folders: Folders) -> None:
    fill(folders, "a")
    copy = next(folders.copies.iterdir())
    assert backups.is_sound(copy)
    assert copy.stat().st_mode & 0o077 == 0
    assert [p.name for p in folders.copies.iterdir()] == [copy.name]


def test_a_newer_ledger_is_refused_and_left_as_it_is(folders: Folders) -> None:
    fill(folders, "a")
    db = sqlite3.connect(folders.ledger)
    db.execute(f"PRAGMA user_version = {VERSION + 100}")
    db.close()
    before = folders.ledger.read_bytes()

    with pytest.raises(Expected) as caught:
        opening.open_ledger(folders, now)

    assert caught.value.code is Code.STORE_NEWER
    assert folders.ledger.read_bytes() == before
    assert not (folders.root / "set-aside").exists()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/Users/x/Library/Mobile Documents/wizard", "iCloud Drive"),
        ("/Users/x/Library/CloudStorage/OneDrive-ACME/wizard", "OneDrive"),
        ("/home/x/Dropbox/wizard", "Dropbox"),
        ("/Users/x/Google Drive/My Drive/wizard", "Google Drive"),
        ("/home/x/.local/share/integration-wizard", ""),
    ],
)
def test_a_synced_folder_is_told_by_its_name(path: str, service: str) -> None:
    assert opening.synced_by(Path(path)) == service


def test_a_synced_folder_is_told_by_the_variable_of_its_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "ACME Documents"))
    assert opening.synced_by(tmp_path / "ACME Documents" / "wizard") == "OneDrive"
