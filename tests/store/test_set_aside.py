"""A row that cannot be read costs itself, not the ledger: it is left out, kept as it is, and told once."""

import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.clients import no_report
from tests.helpers.made import customer, made, operation
from tests.store.test_ledger import DIFFERENCES
from tests.store.test_opening import now
from wizard.core.address import EU, US
from wizard.core.creation import State
from wizard.core.draft import Draft
from wizard.core.ids import ObjectId
from wizard.core.network_settings import Mode, Network
from wizard.core.problems import Code, Expected
from wizard.core.store_news import News, NewsKind
from wizard.jobs.computer import start
from wizard.services import Services
from wizard.store import opening
from wizard.store.folders import Folders
from wizard.store.keychain import MemoryKeychain
from wizard.store.tables import TABLES
from wizard.words import open_words
from wizard.words.labels import store_news

SPOILS: dict[str, str] = {
    "customer": "UPDATE customer SET origin = 'what' WHERE id = 'c1'",
    "credential": "UPDATE credential SET rights = '[' WHERE id = 'c1'",
    "integration": "UPDATE integration SET desired = '{}' WHERE id = 'i k1'",
    "check_run": "UPDATE check_run SET result = 'guessed'",
    "batch": "UPDATE batch SET kind = 'conjure'",
    "operation": "UPDATE operation SET state = 'dreamt' WHERE id = 'k1'",
    "operation_item": "UPDATE operation_item SET state = 'half'",
    "event": "UPDATE event SET at = CAST(x'ff' AS TEXT) WHERE id = 1",
    "draft": "UPDATE draft SET answers = CAST(x'7bff7d' AS TEXT) WHERE id = 'd1'",
    "setting": """UPDATE setting SET value = '{"port": true}' WHERE name = 'network'""",
}
"""One spoilt row of each table."""

OTHERS = (
    "UPDATE integration SET remote_id = 'short' WHERE id = 'i k1'",
    "UPDATE operation SET request = '{}' WHERE id = 'k1'",
    "UPDATE operation SET request = replace(hex(zeroblob(9999)), '0', '[') WHERE id = 'k1'",
    "UPDATE draft SET answers = 'null' WHERE id = 'd1'",
    "UPDATE customer SET root_group_id = 'G' WHERE id = 'c1'",
    "UPDATE customer SET label = CAST(x'ff' AS TEXT) WHERE id = 'c1'",
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A ledger with two rows in each table, as far as there can be."""
    folders = Folders(tmp_path / "data").make()
    ledger = opening.open_ledger(folders, now).ledger
    for name, origin in (("c1", EU), ("c2", US)):
        ledger.customers.keep(customer(name, name, origin, "id"))
    for number, of in enumerate(("c1", "c2"), 1):
        planned = operation(f"k{number}", customer_id=of, draft_id=f"d{number}")
        ledger.operations.plan(planned)
        ledger.operations.finish_creation(planned.id, made(planned, f"{number:024x}"))
        ledger.drafts.keep(Draft(f"d{number}", name="A"))
    ledger.integrations.note_check("i k1", DIFFERENCES)
    ledger.settings.keep_network(Network(Mode.NONE))
    with ledger.database.transaction() as db:
        db.execute("INSERT INTO batch (id, kind, customer_id) VALUES ('b', 'create', 'c1')")
        db.execute("INSERT INTO operation_item (operation_id, subject, state) VALUES ('k1', 'g', 'done')")
    ledger.close()
    return folders


def spoil(folders: Folders, *statements: str) -> None:
    with closing(sqlite3.connect(folders.ledger, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def test_every_table_is_spoilt() -> None:
    assert set(SPOILS) == {table.name for table in TABLES}


@pytest.mark.parametrize("statement", [*SPOILS.values(), *OTHERS])
def test_one_row_costs_one_row(folders: Folders, statement: str) -> None:
    spoil(folders, statement)
    opened = opening.open_ledger(folders, now)
    assert opened.news == (News(NewsKind.ROWS_SET_ASIDE, where=str(folders.ledger), count=1),)
    # Nothing was restored from a copy, and nothing is missing but that row.
    assert not (folders.root / "set-aside").exists()
    table = statement.split()[1]
    ledger = opened.ledger
    lists = {
        "customer": len(ledger.customers.all()),
        "integration": len(ledger.integrations.all()),
        "draft": len(ledger.drafts.all()),
    }
    assert lists == {name: 1 if name == table else 2 for name in lists}
    assert [c.integration_id for c in ledger.creations.saved() if c.customer_id == "c2"] == [f"{2:024x}"]
    ledger.close()


def test_it_is_told_until_a_person_has_read_it(folders: Folders) -> None:
    spoil(folders, OTHERS[3])
    for _start in range(2):
        opened = opening.open_ledger(folders, now)
        assert [news.kind for news in opened.news] == [NewsKind.ROWS_SET_ASIDE]
        opened.ledger.close()
    services = Services(folders.root, keychain=MemoryKeychain())
    start.run(services, None, no_report, threading.Event())
    start.told(services, None, no_report, threading.Event())
    services.close()
    opened = opening.open_ledger(folders, now)
    assert opened.news == ()
    opened.ledger.close()


def test_a_spoilt_row_of_each_table(folders: Folders) -> None:
    spoil(folders, *SPOILS.values())
    opened = opening.open_ledger(folders, now)
    ledger = opened.ledger
    assert opened.news == (News(NewsKind.ROWS_SET_ASIDE, where=str(folders.ledger), count=len(SPOILS)),)
    assert [c.id for c in ledger.customers.all()] == ["c2"]
    assert [d.id for d in ledger.drafts.all()] == ["d2"]
    assert [c.id for c in ledger.creations.saved()] == ["k2"]
    assert ledger.settings.network() == Network()
    assert ledger.counts()["rows set aside"] == len(SPOILS)
    for ask in (lambda: ledger.customers.get("c1"), lambda: ledger.creations.get("k1")):
        with pytest.raises(Expected) as refused:
            ask()
        assert refused.value.code is Code.STORE_FAILED
    ledger.close()


def test_what_was_set_aside_is_kept_as_it_was(folders: Folders) -> None:
    spoil(folders, SPOILS["draft"])
    opening.open_ledger(folders, now).ledger.close()
    with closing(sqlite3.connect(folders.ledger)) as db:
        ((table, content, at),) = db.execute("SELECT table_name, content, at FROM set_aside").fetchall()
    row = json.loads(content)
    assert (table, row["id"], at) == ("draft", "d1", now())
    assert row["answers"].encode(errors="surrogateescape") == b"{\xff}"


def test_it_is_told_until_a_person_has_seen_it_and_then_no_more(folders: Folders) -> None:
    spoil(folders, SPOILS["draft"])
    for _ in range(2):
        opened = opening.open_ledger(folders, now)
        assert [news.count for news in opened.news] == [1]
        opened.ledger.close()
    opened = opening.open_ledger(folders, now)
    opened.ledger.set_aside.note_told()
    opened.ledger.close()
    opened = opening.open_ledger(folders, now)
    assert opened.news == ()
    opened.ledger.close()
    spoil(folders, SPOILS["setting"])
    opened = opening.open_ledger(folders, now)
    assert [news.count for news in opened.news] == [1]
    opened.ledger.close()


def test_an_id_survives_its_operation(folders: Folders) -> None:
    spoil(folders, SPOILS["operation"])
    ledger = opening.open_ledger(folders, now).ledger
    assert {c.integration_id for c in ledger.creations.saved()} == {f"{1:024x}", f"{2:024x}"}
    orphan = ledger.creations.saved()[-1]
    assert (orphan.id, orphan.state) == ("i k1", State.DIFFERENT)
    assert ledger.creations.get("i k1") == orphan
    ledger.close()


def test_an_integration_whose_row_is_spoilt_can_be_saved_again(folders: Folders) -> None:
    spoil(folders, SPOILS["integration"])
    ledger = opening.open_ledger(folders, now).ledger
    assert ledger.integrations.find("c1", ObjectId(f"{1:024x}")) is None
    again = operation("k3")
    ledger.operations.plan(again)
    _, saved = ledger.operations.finish_creation("k3", made(again, f"{1:024x}", is_adopted=True))
    assert ledger.integrations.find("c1", ObjectId(f"{1:024x}")) == saved
    # Its old row, with the checks of it, is this one again.
    assert (saved.id, len(ledger.integrations.all())) == ("i k1", 2)
    ledger.close()


def test_a_customer_without_readable_credentials_keeps_its_name(folders: Folders) -> None:
    spoil(folders, SPOILS["credential"])
    ledger = opening.open_ledger(folders, now).ledger
    assert (ledger.customers.get("c1").label, ledger.customers.get("c1").client_id) == ("c1", "")
    assert ledger.customers.find(EU, "id") is None
    again = ledger.customers.get("c1")
    ledger.customers.keep(replace(again, credential=replace(again.credential, id="new", client_id="id")))
    assert ledger.customers.find(EU, "id") is not None
    ledger.close()


def test_the_sentence() -> None:
    words = open_words("en")
    title, text = store_news(words, News(NewsKind.ROWS_SET_ASIDE, where="/data/ledger.sqlite3", count=2))
    assert title == "A part of your list could not be read"
    assert text == ("2 entries are left out, the others are all here. Their data are kept in /data/ledger.sqlite3.")
