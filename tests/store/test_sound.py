"""What passes for a ledger: our tables exactly; anything else is damaged, and kept."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.store.test_opening import every_byte, fill, labels_of, now, truncate
from wizard.core.draft import Draft
from wizard.core.store_news import NewsKind
from wizard.store import backups, opening
from wizard.store.folders import Folders
from wizard.store.migrations import MIGRATIONS, VERSION, shape, shape_of


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "data").make()
    fill(made, "a")
    return made


def change(sql: str, ledger: Path) -> None:
    with closing(sqlite3.connect(ledger, isolation_level=None)) as db:
        db.executescript(sql)


def be_foreign(version: int, ledger: Path) -> None:
    ledger.unlink()
    change(f"CREATE TABLE customer (x); PRAGMA user_version = {version}", ledger)


def be_blank(ledger: Path) -> None:
    ledger.unlink()
    change("PRAGMA journal_mode = WAL", ledger)


SPOILS: dict[str, Callable[[Path], None]] = {
    "another program's": partial(be_foreign, 0),
    "another program's, with our version": partial(be_foreign, VERSION),
    "another program's, with an older version of ours": partial(be_foreign, 1),
    "a version that cannot be": partial(change, "PRAGMA user_version = -1"),
    "a table more": partial(change, "CREATE TABLE song (title TEXT)"),
    "a table less": partial(change, "DROP TABLE event"),
    "a table without its rules": partial(change, "DROP TABLE draft; CREATE TABLE draft (id, answers, kept_at)"),
    "an index less": partial(change, "DROP INDEX operation_by_state"),
    "a trigger": partial(change, "CREATE TRIGGER t AFTER INSERT ON operation BEGIN DELETE FROM draft; END"),
}


@pytest.mark.parametrize("what", SPOILS)
def test_what_is_no_ledger_of_ours_is_restored_from_a_copy(folders: Folders, what: str) -> None:
    SPOILS[what](folders.ledger)
    spoilt = folders.ledger.read_bytes()
    opened = opening.open_ledger(folders, now)
    [news] = opened.news
    assert (news.kind, labels_of(opened)) == (NewsKind.RESTORED, ["a"])
    assert (Path(news.where) / folders.ledger.name).read_bytes() == spoilt


@pytest.mark.parametrize("what", SPOILS)
def test_without_a_copy_it_blocks_no_start(folders: Folders, what: str) -> None:
    for copy in folders.copies.iterdir():
        copy.unlink()
    SPOILS[what](folders.ledger)
    spoilt = folders.ledger.read_bytes()
    opened = opening.open_ledger(folders, now)
    [news] = opened.news
    assert (news.kind, labels_of(opened)) == (NewsKind.STARTED_EMPTY, [])
    assert (Path(news.where) / folders.ledger.name).read_bytes() == spoilt


@pytest.mark.parametrize("what", SPOILS)
def test_a_planted_copy_is_never_restored(folders: Folders, what: str) -> None:
    fill(folders, "b")
    planted = max(folders.copies.iterdir())
    SPOILS[what](planted)
    spoilt = planted.read_bytes()
    truncate(folders.ledger)
    assert labels_of(opening.open_ledger(folders, now)) == ["a"]
    assert spoilt in every_byte(folders.root / "set-aside")


def test_a_blank_ledger_is_a_beginning_only_where_there_is_no_copy(folders: Folders) -> None:
    be_blank(folders.ledger)
    assert labels_of(opening.open_ledger(folders, now)) == ["a"]
    for copy in folders.copies.iterdir():
        copy.unlink()
    be_blank(folders.ledger)
    opened = opening.open_ledger(folders, now)
    assert (opened.news, labels_of(opened)) == ((), [])


@pytest.mark.parametrize("has_copy", [True, False])
def test_what_is_left_beside_a_ledger_that_is_gone_is_kept(folders: Folders, has_copy: bool) -> None:
    if not has_copy:
        for copy in folders.copies.iterdir():
            copy.unlink()
    opened = opening.open_ledger(folders, now)
    opened.ledger.database._db.execute("PRAGMA wal_autocheckpoint = 0")
    opened.ledger.drafts.keep(Draft("d", name="saved last"))
    beside = folders.ledger.with_name(f"{folders.ledger.name}-wal")
    left = beside.read_bytes()
    opened.ledger.close()
    folders.ledger.unlink()
    beside.write_bytes(left)
    opened = opening.open_ledger(folders, now)
    [news] = opened.news
    assert news.kind is (NewsKind.RESTORED if has_copy else NewsKind.STARTED_EMPTY)
    assert labels_of(opened) == (["a"] if has_copy else [])
    assert (Path(news.where) / beside.name).read_bytes() == left


def made_by(version: int, path: Path) -> Path:
    """An empty ledger of that version."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for step, migrate in MIGRATIONS.items():
            if step <= version:
                migrate(db)
                db.execute(f"PRAGMA user_version = {step}")
    return path


@pytest.mark.parametrize("version", MIGRATIONS)
def test_what_each_version_made_is_its_own(tmp_path: Path, version: int) -> None:
    path = made_by(version, tmp_path / "ledger.sqlite3")
    assert backups.is_sound(path)
    change("VACUUM; ANALYZE", path)
    assert backups.is_sound(path)


def test_versions_differ() -> None:
    assert len({shape_of(version) for version in MIGRATIONS}) == len(MIGRATIONS)
    with closing(sqlite3.connect(":memory:")) as db:
        assert shape(db) == frozenset()


NEWER_MINOR = f"""
    ALTER TABLE customer ADD COLUMN tomorrow TEXT NOT NULL DEFAULT 'x';
    CREATE TABLE song (title TEXT) STRICT;
    CREATE INDEX song_by_title ON song (title);
    PRAGMA user_version = {VERSION + 1};
"""


def test_a_newer_minor_version_is_read_and_stays_one(folders: Folders) -> None:
    change(NEWER_MINOR, folders.ledger)
    change("UPDATE customer SET tomorrow = 'kept'; INSERT INTO song VALUES ('s')", folders.ledger)
    # What it writes into our tables, and this program does not know, is left out without a word.
    change("INSERT INTO draft VALUES ('d', '{\"region\": \"moon\"}', 'then')", folders.ledger)
    opened = opening.open_ledger(folders, now)
    assert (opened.news, opened.ledger.drafts.all()) == ((), ())
    (one,) = opened.ledger.customers.all()
    opened.ledger.customers.keep(replace(one, label="changed here"))
    assert labels_of(opened) == ["changed here"]
    with closing(sqlite3.connect(folders.ledger)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
        assert db.execute("SELECT tomorrow FROM customer").fetchone() == ("kept",)
        assert db.execute("SELECT * FROM song").fetchone() == ("s",)
        assert db.execute("SELECT count(*) FROM set_aside").fetchone() == (0,)


def test_a_copy_of_a_newer_minor_version_is_restored(folders: Folders) -> None:
    change(NEWER_MINOR, folders.ledger)
    opening.copy_ledger(folders)
    truncate(folders.ledger)
    opened = opening.open_ledger(folders, now)
    assert ([news.kind for news in opened.news], labels_of(opened)) == ([NewsKind.RESTORED], ["a"])
    assert backups.version(folders.ledger) == VERSION + 1


def test_a_trigger_is_of_no_version_of_ours(folders: Folders) -> None:
    change(NEWER_MINOR, folders.ledger)
    change("CREATE TRIGGER t AFTER INSERT ON draft BEGIN DELETE FROM draft; END", folders.ledger)
    opened = opening.open_ledger(folders, now)
    opened.ledger.close()
    assert [news.kind for news in opened.news] == [NewsKind.RESTORED]
