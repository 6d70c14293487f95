"""Ledgers of every released version open with all that was in them."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.store import golden
from tests.store.test_opening import now
from wizard.cli import saved
from wizard.core.address import Origin
from wizard.core.creation import KEPT, OPEN, State
from wizard.core.customers import Right, Scope, entry
from wizard.core.draft import Draft, Step
from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Integration, Labels
from wizard.core.network_settings import Network
from wizard.core.problems import Code, Expected
from wizard.core.store_news import News, NewsKind
from wizard.store import backups, opening
from wizard.store.file_lock import FileLock
from wizard.store.folders import Folders
from wizard.store.ledger import Ledger
from wizard.store.migrations import MIGRATIONS, VERSION

Row = dict[str, Any]


@pytest.fixture(params=golden.versions())
def version(request: pytest.FixtureRequest) -> int:
    """Each released version."""
    number: int = request.param
    return number


@pytest.fixture
def folders(version: int, tmp_path: Path) -> Folders:
    """A computer that the program of that version was used on."""
    made = Folders(tmp_path / "data").make()
    golden.copy_to(version, made.root)
    return made


@pytest.fixture
def ledger(folders: Folders) -> Iterator[Ledger]:
    """Its ledger, opened by this program."""
    opened = opening.open_ledger(folders, now).ledger
    yield opened
    opened.close()


def rows(version: int, table: str) -> list[Row]:
    found: list[Row] = golden.content(version)["tables"][table]
    return found


def test_there_is_a_golden_ledger_of_each_version_before() -> None:
    assert golden.versions() == [version for version in MIGRATIONS if version < VERSION]


def test_the_file_is_of_this_version(folders: Folders, ledger: Ledger, version: int) -> None:
    with ledger.database.reading() as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM set_aside").fetchone() == (0,)
    assert backups.is_sound(folders.ledger)
    # The copy that was made before is still of the old version, to the last row.
    (copy,) = folders.copies.iterdir()
    assert (backups.version(copy), backups.is_sound(copy)) == (version, True)
    golden_copy = golden.FOLDER / f"ledger-{version}.sqlite3"
    with (
        closing(sqlite3.connect(copy)) as one,
        closing(sqlite3.connect(f"file:{golden_copy}?immutable=1", uri=True)) as two,
    ):
        assert list(one.iterdump()) == list(two.iterdump())


def test_every_customer(ledger: Ledger, version: int) -> None:
    before = sorted(rows(version, "customer"), key=lambda row: str(row["id"]))
    before.sort(key=lambda row: str(row["used_at"]), reverse=True)
    customers = ledger.customers.all()
    assert [c.id for c in customers] == [row["id"] for row in before]
    for customer, row in zip(customers, before, strict=True):
        data = row["data"]
        assert (customer.label, customer.origin, customer.colour) == (data["label"], data["origin"], data["colour"])
        assert (customer.platform_name, customer.root_id) == (data["platform_name"], data["root_id"])
        assert (customer.client_id, customer.checked_at) == (data["client_id"], data["checked_at"])
        assert customer.rights == {Scope(scope): Right(right) for scope, right in data["rights"].items()}
        # The keychain has the secret under the name it always had.
        assert customer.entry == entry(row["id"], Origin(row["origin"]))
        assert ledger.customers.find(customer.origin, customer.client_id) == customer


def wanted_of(data: Row) -> Integration:
    return Integration(**data["wanted"])


def test_every_creation(ledger: Ledger, version: int) -> None:
    for row in rows(version, "creation"):
        data, seen = row["data"], ledger.creations.get(row["id"])
        assert (seen.id, seen.customer_id, seen.draft_id) == (row["id"], row["customer_id"], data["draft_id"])
        assert (seen.state.value, seen.integration_id) == (row["state"], row["integration_id"])
        assert (seen.planned_at, seen.sent_at, seen.reason) == (row["planned_at"], data["sent_at"], data["reason"])
        assert (seen.created_at, seen.verified_at) == (data["created_at"], data["verified_at"])
        assert (seen.wanted, seen.is_adopted) == (wanted_of(data), data["is_adopted"])
        labels = data["labels"]
        assert seen.labels == Labels(labels["platform"], tuple(labels["group"]), labels["author"])
        assert seen.operation.request == seen.wanted
        assert seen.differences == tuple(Difference(**each) for each in data["differences"])
        if seen.integration:
            assert bool(seen.integration.removed_at) == (seen.state is State.GONE)
            found = ledger.integrations.find(seen.customer_id, ObjectId(row["integration_id"]))
            assert found == seen.integration


def test_every_list_in_its_order(ledger: Ledger, version: int) -> None:
    # Python sorts stably, and the rows of the golden ledger are in the order of their rowids.
    before = sorted(rows(version, "creation"), key=lambda row: str(row["planned_at"]))
    for found, states in ((ledger.creations.open(), OPEN), (ledger.creations.saved(), KEPT)):
        assert [c.id for c in found] == [row["id"] for row in before if row["state"] in states]


def test_every_event(ledger: Ledger, version: int) -> None:
    before = rows(version, "event")
    with ledger.database.reading() as db:
        after = db.execute("SELECT id, at, state, note FROM event ORDER BY id").fetchall()
    assert after == [(row["number"], row["at"], row["state"], row["note"]) for row in before]
    for row in rows(version, "creation"):
        of_row = [(each["at"], each["state"]) for each in before if each["creation_id"] == row["id"]]
        assert list(ledger.operations.events(row["id"])) == of_row


def test_every_draft(ledger: Ledger, version: int) -> None:
    before = sorted(rows(version, "draft"), key=lambda row: str(row["id"]))
    before.sort(key=lambda row: str(row["kept_at"]), reverse=True)
    drafts = ledger.drafts.all()
    assert [draft.id for draft in drafts] == [row["id"] for row in before]
    for draft, row in zip(drafts, before, strict=True):
        assert flat(draft) == {**row["data"], "step": list(Step)[row["data"]["step"]].value}


def flat(draft: Draft) -> Row:
    """A draft as JSON holds it."""
    answers: Row = json.loads(json.dumps(asdict(draft)))
    return answers


def test_every_setting(ledger: Ledger, version: int) -> None:
    before = {row["name"]: row["data"] for row in rows(version, "setting")}
    assert ledger.settings.network() == Network(**before["network"])
    news = before.get("news")
    assert ledger.settings.news() == (news and News(NewsKind(news["kind"]), news["at"], news["where"]))


def test_saved_prints_the_same(folders: Folders, version: int, capfd: pytest.CaptureFixture[str]) -> None:
    assert saved.run(folders.root, as_json=True, language="en") == 0
    assert json.loads(capfd.readouterr().out) == golden.content(version)["saved"]


def test_an_open_creation_goes_on(ledger: Ledger) -> None:
    creation = next(c for c in ledger.creations.open() if c.state is State.UNKNOWN)
    assert ledger.operations.note_sent(creation.id).sent_at == now()
    with pytest.raises(Expected) as twice:
        ledger.operations.plan(creation.operation)
    assert twice.value.code is Code.ALREADY_CREATING


def test_it_waits_for_a_creation_of_the_old_program(
    folders: Folders, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOCK_TIMEOUT_S", 0.2)
    with FileLock(folders.root / "creating.lock").hold(threading.Event(), 1):
        with pytest.raises(Expected) as refused:
            opening.open_ledger(folders, now)
        assert refused.value.code is Code.ALREADY_CREATING
        assert backups.version(folders.ledger) == version
    opening.open_ledger(folders, now).ledger.close()
    assert backups.version(folders.ledger) == VERSION


SPOILS = {
    "a customer that is none": "UPDATE customer SET data = '{}' WHERE rowid = 1",
    "a customer of bad bytes": "UPDATE customer SET data = CAST(x'7bff7d' AS TEXT) WHERE rowid = 1",
    "a customer with a list for a name": """UPDATE customer SET data = '{"label": [1]}' WHERE rowid = 1""",
    "a draft of bad bytes": "UPDATE draft SET data = CAST(x'7bff7d' AS TEXT) WHERE rowid = 1",
    "a draft at a page that is none": "UPDATE draft SET data = json_set(data, '$.step', 99) WHERE rowid = 1",
    "a creation that is no JSON": "UPDATE creation SET data = 'what' WHERE rowid = 1",
    "a creation that wants nothing": "UPDATE creation SET data = json_remove(data, '$.wanted') WHERE rowid = 1",
    "a creation without end": "UPDATE creation SET data = replace(hex(zeroblob(9999)), '0', '[') WHERE rowid = 1",
    "a network that is none": """UPDATE setting SET data = '{"port": true}' WHERE name = 'network'""",
}


_FIRST = {
    "customer": "SELECT CAST(data AS BLOB) FROM customer WHERE rowid = 1",
    "draft": "SELECT CAST(data AS BLOB) FROM draft WHERE rowid = 1",
    "creation": "SELECT CAST(data AS BLOB) FROM creation WHERE rowid = 1",
}


@pytest.mark.parametrize("what", SPOILS)
def test_a_row_that_cannot_be_read_costs_itself(folders: Folders, version: int, what: str) -> None:
    with closing(sqlite3.connect(folders.ledger, isolation_level=None)) as db:
        db.execute(SPOILS[what])
        table = SPOILS[what].split()[1]
        before = db.execute(_FIRST.get(table, "SELECT NULL")).fetchone()[0]
    opened = opening.open_ledger(folders, now)
    news = [piece for piece in opened.news if piece.kind is NewsKind.ROWS_SET_ASIDE]
    # A creation takes its events along.
    assert (len(news), news[0].count == 1) == (1, table != "creation")
    counts = {name: len(rows(version, name)) for name in ("customer", "draft", "creation")}
    with opened.ledger.database.reading() as db:
        kept = db.execute("SELECT content FROM set_aside WHERE table_name = ?", (table,)).fetchall()
        operations = db.execute("SELECT count(*) FROM operation").fetchone()[0]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    if table in _FIRST:
        assert [json.loads(row[0])["data"].encode(errors="surrogateescape") for row in kept] == [before]
    # The integrations of a spoilt customer keep it: nothing but its name is lost.
    assert len(opened.ledger.customers.all()) == counts["customer"]
    assert len(opened.ledger.drafts.all()) == counts["draft"] - (table == "draft")
    assert operations == counts["creation"] - (table == "creation")
    opened.ledger.close()


def test_a_migration_that_fails_changes_nothing(
    folders: Folders, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shutil.copyfile(folders.ledger, folders.root / "before").read_bytes()

    def fail(_db: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as bad:
        bad.setitem(MIGRATIONS, VERSION, fail)
        with pytest.raises(Expected) as failed:
            opening.open_ledger(folders, now)
    assert failed.value.code is Code.STORE_FAILED
    assert backups.version(folders.ledger) == version
    assert backups.is_sound(folders.ledger)
    assert len(before) <= folders.ledger.stat().st_size
    opening.open_ledger(folders, now).ledger.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE customer SET used_at = CAST(x'ff61' AS TEXT) WHERE id = :id",
        "UPDATE customer SET client_id = CAST(x'ff61' AS TEXT) WHERE id = :id",
        "DELETE FROM customer WHERE id = :id",
    ],
)
def test_a_spoilt_customer_costs_no_id(tmp_path: Path, damage: str) -> None:
    path = golden.copy_to(2, tmp_path)
    saved = {row["_id"] for row in golden.content(2)["saved"]}
    with closing(sqlite3.connect(path)) as db:
        (customer_id, _count), *_others = db.execute(
            "SELECT customer_id, count(*) FROM creation GROUP BY customer_id ORDER BY 2 DESC"
        ).fetchall()
        db.execute(damage, {"id": customer_id})
        db.commit()
    ledger = Ledger(path, now)
    assert {creation.integration_id for creation in ledger.creations.saved()} == saved
    states = [row["state"] for row in golden.content(2)["tables"]["creation"]]
    assert len(ledger.creations.open()) == sum(state in ("planned", "sent", "unknown") for state in states)
    ledger.close()
