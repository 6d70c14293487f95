"""The ledger: what is told as kept is on the disk, and the journal never goes back."""

import itertools
import sqlite3
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from wizard.core.address import EU, US
from wizard.core.creation import KEPT, OPEN, WAYS, Creation, Labels, State
from wizard.core.customers import Customer, Right, Scope
from wizard.core.draft import Author, Connection, Draft, Frequency, Place
from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Integration
from wizard.core.problems import Bug, Code, Expected
from wizard.store.ledger import Ledger
from wizard.store.schema import VERSION

G, A, I = (ObjectId(c * 24) for c in "abc")  # noqa: E741
WANTED = Integration("Udemy", G, A, True, 0, False, "https://a.example/é.png")
CUSTOMER = Customer(
    *("c1", "ACME", EU, "id"),
    platform_name="ACME Academy",
    root_id=G,
    colour=3,
    rights={Scope.GROUPS_READ: Right.CONFIRMED, Scope.USERS_READ: Right.MISSING},
    checked_at="2026-01-01T00:00:00+00:00",
)
DRAFT = Draft(
    id="d1",
    customer="ACME 東京",
    connection=Connection("c1", EU, "id", "ACME"),
    group=Place(G, ("ACME", "Sales"), 3, True, (I,)),
    author=Author(A, "Odile", "o@a.example", "owner", "active", "suitable"),
    name="Udemy 😀",
    shows_in_subgroups=False,
    frequency=Frequency.OFTEN,
    step=3,
)


class Times:
    """A clock that is one second later each time it is looked at."""

    def __init__(self) -> None:
        self._numbers = itertools.count()

    def __call__(self) -> str:
        number = next(self._numbers)
        return f"2026-01-01T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger lies."""
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """An open ledger with one customer."""
    made = Ledger(path, Times())
    made.keep_customer(CUSTOMER)
    yield made
    made.close()


def creation(number: int = 1, **more: Any) -> Creation:
    wanted = replace(WANTED, external_platform=f"Udemy {number}")
    return replace(Creation(f"k{number}", f"d{number}", "c1", wanted, Labels("P", ("A", "B"), "O")), **more)


def brought_to(ledger: Ledger, state: State, number: int = 1) -> Creation:
    """A creation in that state."""
    ledger.plan(creation(number))
    ways = {
        State.PLANNED: [],
        State.SENT: [State.SENT],
        State.UNKNOWN: [State.SENT, State.UNKNOWN],
        State.CREATED: [State.SENT, State.CREATED],
        State.VERIFIED: [State.SENT, State.CREATED, State.VERIFIED],
        State.DIFFERENT: [State.SENT, State.CREATED, State.DIFFERENT],
        State.GONE: [State.SENT, State.CREATED, State.GONE],
        State.REFUSED: [State.SENT, State.REFUSED],
        State.WITHDRAWN: [State.WITHDRAWN],
    }
    for to in ways[state]:
        more = {"integration_id": ObjectId(f"{number:024x}")} if to is State.CREATED else {}
        ledger.move(f"k{number}", to, **more)
    return ledger.creation(f"k{number}")


def test_everything_is_there_after_reopening(ledger: Ledger, path: Path) -> None:
    ledger.keep_draft(DRAFT)
    kept = brought_to(ledger, State.CREATED)
    rows = (Difference("default_progress", 5, 50), Difference("logo_url", "x", None))
    done = ledger.move("k1", State.DIFFERENT, differences=rows, verified_at="then", is_adopted=True)
    ledger.close()
    again = Ledger(path, Times())
    assert again.customers() == (CUSTOMER,)
    assert again.customer("c1") == CUSTOMER
    assert again.drafts() == (DRAFT,)
    assert (
        again.creation("k1")
        == done
        == replace(kept, state=State.DIFFERENT, differences=rows, verified_at="then", is_adopted=True)
    )
    assert [state for _, state in again.events("k1")] == ["planned", "sent", "created", "different"]
    again.close()


def test_what_one_window_keeps_the_other_sees(ledger: Ledger, path: Path) -> None:
    other = Ledger(path, Times())
    ledger.keep_draft(DRAFT)
    assert other.drafts() == (DRAFT,)
    other.plan(creation())
    assert [c.id for c in ledger.open_creations()] == ["k1"]
    ledger.move("k1", State.SENT)
    with pytest.raises(Bug):
        other.move("k1", State.VERIFIED)
    other.move("k1", State.CREATED, integration_id=I)
    with pytest.raises(Bug):
        ledger.move("k1", State.SENT)
    other.close()


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("to", State)
def test_the_journal_never_goes_back(ledger: Ledger, before: State, to: State) -> None:
    start = brought_to(ledger, before)
    events = ledger.events("k1")
    more = {"integration_id": I} if to is State.CREATED else {}
    if to in WAYS[before]:
        assert ledger.move("k1", to, **more).state is to
        assert ledger.events("k1")[:-1] == events
        return
    with pytest.raises(Bug):
        ledger.move("k1", to, **more)
    assert (ledger.creation("k1"), ledger.events("k1")) == (start, events)


@pytest.mark.parametrize(
    ("before", "to", "more"),
    [
        (State.SENT, State.CREATED, {}),
        (State.SENT, State.UNKNOWN, {"integration_id": I}),
        (State.CREATED, State.VERIFIED, {"integration_id": None}),
    ],
)
def test_an_id_stands_with_its_states_only(ledger: Ledger, before: State, to: State, more: dict[str, Any]) -> None:
    start = brought_to(ledger, before)
    with pytest.raises(Expected) as refused:
        ledger.move("k1", to, **more)
    assert refused.value.code is Code.STORE_FAILED
    assert ledger.creation("k1") == start


def test_one_creation_of_an_integration(ledger: Ledger) -> None:
    brought_to(ledger, State.CREATED, 1)
    brought_to(ledger, State.SENT, 2)
    taken = ledger.creation("k1").integration_id
    assert taken is not None
    with pytest.raises(Expected) as refused:
        ledger.move("k2", State.CREATED, integration_id=taken)
    assert refused.value.code is Code.STORE_FAILED
    assert ledger.creation("k2").state is State.SENT
    assert [state for _, state in ledger.events("k2")] == ["planned", "sent"]
    assert ledger.saved_as("c1", taken) == ledger.creation("k1")
    assert ledger.saved_as("c2", taken) is None
    # Another customer's platform may hand out the same id.
    ledger.keep_customer(Customer("c2", "Other", US, "id"))
    ledger.plan(creation(3, customer_id="c2"))
    assert ledger.move("k3", State.CREATED, integration_id=taken).integration_id == taken


def test_a_name_is_planned_once(ledger: Ledger) -> None:
    ledger.plan(creation(1))
    twin = creation(1, id="k2")
    for state in (State.SENT, State.UNKNOWN):
        with pytest.raises(Expected) as refused:
            ledger.plan(twin)
        assert (refused.value.code, refused.value.facts["creation"]) == (Code.ALREADY_CREATING, "k1")
        ledger.move("k1", state)
    ledger.plan(replace(twin, id="k3", wanted=replace(twin.wanted, group_id=I)))
    ledger.move("k1", State.REFUSED)
    assert ledger.plan(twin).state is State.PLANNED


def test_a_plan_starts_at_the_start(ledger: Ledger) -> None:
    assert ledger.plan(creation(1, state=State.VERIFIED)).state is State.PLANNED
    with pytest.raises(Expected):
        ledger.plan(creation(1, customer_id="nobody"))
    with pytest.raises(Expected) as twice:
        ledger.plan(creation(2, id="k1"))
    assert twice.value.code is Code.STORE_FAILED


def test_lists_in_their_order(ledger: Ledger) -> None:
    for number, state in enumerate(State):
        brought_to(ledger, state, number)
    states = list(State)
    assert [c.state for c in ledger.open_creations()] == [s for s in states if s in OPEN]
    assert [c.state for c in ledger.saved()] == [s for s in states if s in KEPT]
    for draft in ("b", "a", "c", "a"):
        ledger.keep_draft(Draft(draft, name=draft))
    assert [d.id for d in ledger.drafts()] == ["a", "c", "b"]
    ledger.discard_draft("c")
    ledger.discard_draft("c")
    assert [d.id for d in ledger.drafts()] == ["a", "b"]
    for customer in ("x", "y", "x"):
        ledger.keep_customer(Customer(customer, customer, EU, customer))
    assert [c.id for c in ledger.customers()] == ["x", "y", "c1"]


def test_customers_are_found_by_their_credentials(ledger: Ledger) -> None:
    assert ledger.customer_at(EU, "id") == CUSTOMER
    assert ledger.customer_at(US, "id") is None
    ledger.keep_customer(replace(CUSTOMER, label="New"))
    assert [c.label for c in ledger.customers()] == ["New"]
    with pytest.raises(Expected) as refused:
        ledger.keep_customer(Customer("c2", "Twin", EU, "id"))
    assert refused.value.code is Code.STORE_FAILED


def test_what_is_not_there_is_a_bug(ledger: Ledger) -> None:
    for ask in (lambda: ledger.creation("k9"), lambda: ledger.customer("c9"), lambda: ledger.move("k9", State.SENT)):
        with pytest.raises(Bug):
            ask()
    assert ledger.events("k9") == ()


def test_a_window_waits_for_the_other_and_then_says_so(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.store.ledger.BUSY_S", 0.1)
    other = Ledger(path, Times())
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Expected) as refused:
        other.keep_draft(DRAFT)
    assert refused.value.code is Code.STORE_BUSY
    assert other.drafts() == ()
    holder.execute("COMMIT")
    other.keep_draft(DRAFT)
    holder.close()
    other.close()


def test_many_threads_and_windows_write_at_once(ledger: Ledger, path: Path) -> None:
    other = Ledger(path, Times())

    def work(number: int) -> State:
        one = (ledger, other)[number % 2]
        one.keep_draft(Draft(f"draft {number}"))
        return brought_to(one, State.VERIFIED, number).state

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(work, range(24))) == {State.VERIFIED}
    assert len(ledger.saved()) == len(ledger.drafts()) == 24
    other.close()


def test_many_windows_start_for_the_first_time_at_once(path: Path) -> None:
    gate = threading.Barrier(6)

    def begin(_number: int) -> Ledger:
        gate.wait(5)
        return Ledger(path, Times())

    with ThreadPoolExecutor(6) as pool:
        windows = list(pool.map(begin, range(6)))
    windows[0].keep_draft(DRAFT)
    assert [w.drafts() for w in windows] == [(DRAFT,)] * 6
    for window in windows:
        window.close()


def test_a_commit_is_on_the_disk(ledger: Ledger) -> None:
    answers = [ledger._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert answers == ["wal", 2]
    assert ledger._db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert ledger._db.execute("PRAGMA user_version").fetchone()[0] == VERSION


@pytest.mark.parametrize("journal_mode", ["DELETE", "WAL"])
def test_a_newer_file_is_left_alone(path: Path, journal_mode: str) -> None:
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA journal_mode = {journal_mode}")
    newer.execute("CREATE TABLE tomorrow (x)")
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.commit()
    newer.close()
    before = path.read_bytes()
    with pytest.raises(Expected) as refused:
        Ledger(path, Times())
    assert (refused.value.code, refused.value.facts["path"]) == (Code.STORE_NEWER, str(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\0" * 4080])
def test_a_broken_file_is_told_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Expected) as refused:
        Ledger(path, Times())
    assert refused.value.code is Code.STORE_FAILED
    assert path.read_bytes() == content


def test_a_row_that_nobody_can_read(ledger: Ledger, path: Path) -> None:
    ledger.keep_draft(DRAFT)
    other = sqlite3.connect(path)
    other.execute("UPDATE draft SET data = '{\"id\": 7}'")
    other.commit()
    other.close()
    with pytest.raises(Expected) as refused:
        ledger.drafts()
    assert refused.value.code is Code.STORE_FAILED


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Expected) as refused:
        Ledger(tmp_path / "nowhere" / "ledger.sqlite3", Times())
    assert refused.value.code is Code.STORE_READ_ONLY


def test_a_closed_ledger_says_so(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(Expected) as refused:
        ledger.keep_draft(DRAFT)
    assert refused.value.code is Code.STORE_FAILED


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_files_are_private(ledger: Ledger, path: Path) -> None:
    ledger.keep_draft(DRAFT)
    files = sorted(path.parent.iterdir())
    assert [file.name.removeprefix(path.name) for file in files] == ["", "-shm", "-wal"]
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
