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

from tests.helpers.made import customer, made, operation
from wizard.core.address import EU, US
from wizard.core.creation import KEPT, OPEN, Creation, State
from wizard.core.customers import Right, Scope
from wizard.core.draft import Author, Connection, Draft, Frequency, Place, Step
from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Integration, Labels
from wizard.core.network_settings import Mode, Network
from wizard.core.operations import TRANSITIONS, Operation, OperationState
from wizard.core.problems import Bug, Code, Expected
from wizard.core.saved_integrations import IntegrationStatus
from wizard.store.ledger import Ledger
from wizard.store.migrations import VERSION

G, A, I = (ObjectId(c * 24) for c in "abc")  # noqa: E741
WANTED = Integration("Udemy", G, A, True, 0, False, "https://a.example/é.png")
CUSTOMER = customer(
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
    step=Step.REVIEW,
)
DIFFERENCES = (Difference("default_progress", 5, 50), Difference("logo_url", "x", None))


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
    opened = Ledger(path, Times())
    opened.customers.keep(CUSTOMER)
    yield opened
    opened.close()


def numbered(number: int = 1, **more: Any) -> Operation:
    """One of several operations."""
    wanted = replace(WANTED, external_platform=f"Udemy {number}")
    fields = {"draft_id": f"d{number}", "labels": Labels("P", ("A", "B"), "O"), **more}
    return operation(f"k{number}", wanted, **fields)


def move(ledger: Ledger, operation_id: str, to: OperationState, remote_id: str = "") -> Operation:
    """The method of the ledger that leads to this state."""
    match to:
        case OperationState.SENT:
            return ledger.operations.note_sent(operation_id)
        case OperationState.UNKNOWN:
            return ledger.operations.note_unknown(operation_id, "timed-out")
        case OperationState.REFUSED:
            return ledger.operations.refuse(operation_id, "refused")
        case OperationState.WITHDRAWN:
            return ledger.operations.withdraw(operation_id)
        case OperationState.DONE:
            of = ledger.operations.get(operation_id)
            saved = made(of, remote_id or f"{int(operation_id[1:]):024x}")
            return ledger.operations.finish_creation(operation_id, saved)[0]
    raise Bug(Code.BUG)


_S = OperationState
WAYS: dict[State, list[OperationState]] = {
    State.PLANNED: [],
    State.SENT: [_S.SENT],
    State.UNKNOWN: [_S.SENT, _S.UNKNOWN],
    State.CREATED: [_S.SENT, _S.DONE],
    State.VERIFIED: [_S.SENT, _S.DONE],
    State.DIFFERENT: [_S.SENT, _S.DONE],
    State.GONE: [_S.SENT, _S.DONE],
    State.REFUSED: [_S.SENT, _S.REFUSED],
    State.WITHDRAWN: [_S.WITHDRAWN],
}


def brought_to(ledger: Ledger, state: State, number: int = 1) -> Creation:
    """A creation in that state."""
    ledger.operations.plan(numbered(number))
    for to in WAYS[state]:
        move(ledger, f"k{number}", to)
    integration_id = f"i k{number}"
    if state is State.VERIFIED:
        ledger.integrations.note_check(integration_id, ())
    if state is State.DIFFERENT:
        ledger.integrations.note_check(integration_id, DIFFERENCES)
    if state is State.GONE:
        ledger.integrations.note_gone(integration_id)
    creation = ledger.creations.get(f"k{number}")
    assert creation.state is state
    return creation


def test_everything_is_there_after_reopening(ledger: Ledger, path: Path) -> None:
    ledger.drafts.keep(DRAFT)
    done = brought_to(ledger, State.DIFFERENT)
    ledger.settings.keep_network(Network(Mode.MANUAL, "proxy.example", 3128, "me"))
    ledger.close()
    again = Ledger(path, Times())
    assert again.customers.all() == (CUSTOMER,)
    assert again.customers.get("c1") == CUSTOMER
    assert again.drafts.all() == (DRAFT,)
    assert again.settings.network() == Network(Mode.MANUAL, "proxy.example", 3128, "me")
    assert again.creations.get("k1") == done
    assert (done.differences, done.integration_id, bool(done.verified_at)) == (DIFFERENCES, f"{1:024x}", True)
    assert done.integration == again.integrations.get("i k1")
    assert [state for _, state in again.operations.events("k1")] == ["planned", "sent", "created", "different"]
    again.close()


def test_what_one_window_keeps_the_other_sees(ledger: Ledger, path: Path) -> None:
    other = Ledger(path, Times())
    ledger.drafts.keep(DRAFT)
    assert other.drafts.all() == (DRAFT,)
    other.operations.plan(numbered())
    assert [c.id for c in ledger.creations.open()] == [o.id for o in ledger.operations.open()] == ["k1"]
    ledger.operations.note_sent("k1")
    other.operations.finish_creation("k1", made(numbered()))
    with pytest.raises(Bug):
        ledger.operations.note_sent("k1")
    other.close()


@pytest.mark.parametrize("before", [s for s in State if s not in KEPT or s is State.CREATED])
@pytest.mark.parametrize("to", set(OperationState) - {OperationState.PLANNED})
def test_the_journal_never_goes_back(ledger: Ledger, before: State, to: OperationState) -> None:
    start = brought_to(ledger, before)
    events = ledger.operations.events("k1")
    if to in TRANSITIONS[start.operation.state]:
        assert move(ledger, "k1", to).state is to
        assert ledger.operations.events("k1")[:-1] == events
        return
    with pytest.raises(Bug):
        move(ledger, "k1", to, "d" * 24)
    assert (ledger.creations.get("k1"), ledger.operations.events("k1")) == (start, events)
    # The integration that was to be saved with it is not there either.
    assert ledger.integrations.find("c1", ObjectId("d" * 24)) is None


@pytest.mark.parametrize("before", [State.CREATED, State.VERIFIED, State.DIFFERENT, State.GONE])
def test_any_integration_can_be_gone_and_is_found_again_by_a_check(ledger: Ledger, before: State) -> None:
    brought_to(ledger, before)
    gone = ledger.integrations.note_gone("i k1")
    assert (gone.status, bool(gone.removed_at)) == (IntegrationStatus.GONE, True)
    assert ledger.creations.get("k1").state is State.GONE
    found = ledger.integrations.note_check("i k1", DIFFERENCES)
    assert (found.status, found.removed_at, found.differences) == (IntegrationStatus.DIFFERENT, "", DIFFERENCES)
    assert ledger.integrations.note_check("i k1", ()).differences == ()
    assert [state for _, state in ledger.operations.events("k1")][-3:] == ["gone", "different", "verified"]


def test_one_row_for_an_integration(ledger: Ledger) -> None:
    first = brought_to(ledger, State.CREATED, 1)
    brought_to(ledger, State.SENT, 2)
    taken = first.integration_id
    assert taken is not None
    with pytest.raises(Expected) as refused:
        move(ledger, "k2", OperationState.DONE, taken)
    assert refused.value.code is Code.STORE_FAILED
    assert ledger.creations.get("k2").state is State.SENT
    assert [state for _, state in ledger.operations.events("k2")] == ["planned", "sent"]
    assert ledger.integrations.find("c1", taken) == first.integration
    assert ledger.integrations.find("c2", taken) is None
    # Another customer's platform may hand out the same id.
    ledger.customers.keep(customer("c2", "Other", US, "id"))
    ledger.operations.plan(numbered(3, customer_id="c2"))
    assert move(ledger, "k3", OperationState.DONE, taken).integration_id == "i k3"


def test_a_name_is_planned_once(ledger: Ledger) -> None:
    ledger.operations.plan(numbered(1))
    twin = numbered(1, id="k2")
    for state in (OperationState.SENT, OperationState.UNKNOWN):
        with pytest.raises(Expected) as refused:
            ledger.operations.plan(twin)
        assert (refused.value.code, refused.value.facts["creation"]) == (Code.ALREADY_CREATING, "k1")
        move(ledger, "k1", state)
    ledger.operations.plan(replace(twin, id="k3", request=replace(twin.request, group_id=I)))
    move(ledger, "k1", OperationState.REFUSED)
    assert ledger.operations.plan(twin).state is OperationState.PLANNED


def test_a_draft_may_have_several_creations(ledger: Ledger) -> None:
    for number in (1, 2):
        ledger.operations.plan(numbered(number, draft_id="d"))
        move(ledger, f"k{number}", OperationState.DONE)
    assert [c.draft_id for c in ledger.creations.saved()] == ["d", "d"]


def test_a_plan_starts_at_the_start(ledger: Ledger) -> None:
    assert ledger.operations.plan(numbered(1, state=OperationState.DONE)).state is OperationState.PLANNED
    with pytest.raises(Expected):
        ledger.operations.plan(numbered(1, customer_id="nobody"))
    with pytest.raises(Expected) as twice:
        ledger.operations.plan(numbered(2, id="k1"))
    assert twice.value.code is Code.STORE_FAILED


def test_lists_in_their_order(ledger: Ledger) -> None:
    for number, state in enumerate(State):
        brought_to(ledger, state, number)
    states = list(State)
    assert [c.state for c in ledger.creations.open()] == [s for s in states if s in OPEN]
    assert [c.state for c in ledger.creations.saved()] == [s for s in states if s in KEPT]
    assert [i.status.value for i in ledger.integrations.all()] == [s.value for s in states if s in KEPT]
    for draft in ("b", "a", "c", "a"):
        ledger.drafts.keep(Draft(draft, name=draft))
    assert [d.id for d in ledger.drafts.all()] == ["a", "c", "b"]
    ledger.drafts.discard("c")
    ledger.drafts.discard("c")
    assert [d.id for d in ledger.drafts.all()] == ["a", "b"]
    for name in ("x", "y", "x"):
        ledger.customers.keep(customer(name, name, EU, name))
    assert [c.id for c in ledger.customers.all()] == ["x", "y", "c1"]


def test_customers_are_found_by_their_credentials(ledger: Ledger) -> None:
    assert ledger.customers.find(EU, "id") == CUSTOMER
    assert ledger.customers.find(US, "id") is None
    ledger.customers.keep(replace(CUSTOMER, label="New"))
    assert [c.label for c in ledger.customers.all()] == ["New"]
    with pytest.raises(Expected) as refused:
        ledger.customers.keep(customer("c2", "Twin", EU, "id"))
    assert refused.value.code is Code.STORE_FAILED


def test_a_customer_has_the_credentials_that_were_used_last(ledger: Ledger) -> None:
    second = replace(CUSTOMER, credential=replace(CUSTOMER.credential, id="second", client_id="other"))
    ledger.customers.keep(second)
    assert ledger.customers.all() == (second,)
    assert ledger.customers.get("c1") == second
    # The others are still found, and become those in use when they are used again.
    assert ledger.customers.find(EU, "id") == CUSTOMER
    ledger.customers.keep(CUSTOMER)
    assert ledger.customers.get("c1") == CUSTOMER


def test_what_is_not_there_is_a_bug(ledger: Ledger) -> None:
    for ask in (
        lambda: ledger.creations.get("k9"),
        lambda: ledger.customers.get("c9"),
        lambda: ledger.operations.note_sent("k9"),
        lambda: ledger.integrations.note_gone("i9"),
    ):
        with pytest.raises(Bug):
            ask()
    assert ledger.operations.events("k9") == ()


def test_counts(ledger: Ledger) -> None:
    for number, state in enumerate((State.SENT, State.VERIFIED, State.VERIFIED)):
        brought_to(ledger, state, number)
    ledger.drafts.keep(DRAFT)
    assert ledger.counts() == {"drafts": 1, "creations, sent": 1, "creations, verified": 2}


def test_a_window_waits_for_the_other_and_then_says_so(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.store.database.BUSY_S", 0.1)
    other = Ledger(path, Times())
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Expected) as refused:
        other.drafts.keep(DRAFT)
    assert refused.value.code is Code.STORE_BUSY
    assert other.drafts.all() == ()
    holder.execute("COMMIT")
    other.drafts.keep(DRAFT)
    holder.close()
    other.close()


def test_many_threads_and_windows_write_at_once(ledger: Ledger, path: Path) -> None:
    other = Ledger(path, Times())

    def work(number: int) -> State:
        one = (ledger, other)[number % 2]
        one.drafts.keep(Draft(f"draft {number}"))
        return brought_to(one, State.VERIFIED, number).state

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(work, range(24))) == {State.VERIFIED}
    assert len(ledger.creations.saved()) == len(ledger.drafts.all()) == 24
    other.close()


def test_many_windows_start_for_the_first_time_at_once(path: Path) -> None:
    gate = threading.Barrier(6)

    def begin(_number: int) -> Ledger:
        gate.wait(5)
        return Ledger(path, Times())

    with ThreadPoolExecutor(6) as pool:
        windows = list(pool.map(begin, range(6)))
    windows[0].drafts.keep(DRAFT)
    assert [w.drafts.all() for w in windows] == [(DRAFT,)] * 6
    for window in windows:
        window.close()


def test_a_commit_is_on_the_disk(ledger: Ledger) -> None:
    with ledger.database.reading() as db:
        answers = [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
        ]
    assert answers == ["wal", 2, 1, VERSION]


@pytest.mark.parametrize("journal_mode", ["DELETE", "WAL"])
def test_a_file_of_a_newer_major_version_is_left_alone(path: Path, journal_mode: str) -> None:
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA journal_mode = {journal_mode}")
    newer.execute("CREATE TABLE tomorrow (x)")
    newer.execute(f"PRAGMA user_version = {VERSION + 100}")
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


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Expected) as refused:
        Ledger(tmp_path / "nowhere" / "ledger.sqlite3", Times())
    assert refused.value.code is Code.STORE_READ_ONLY


def test_a_closed_ledger_says_so(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(Expected) as refused:
        ledger.drafts.keep(DRAFT)
    assert refused.value.code is Code.STORE_FAILED


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_files_are_private(ledger: Ledger, path: Path) -> None:
    ledger.drafts.keep(DRAFT)
    files = sorted(path.parent.iterdir())
    assert [file.name.removeprefix(path.name) for file in files] == ["", "-shm", "-wal"]
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
