"""The wiring: opened when needed, once, and closed; nothing waits for a keychain but who asked for it."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.helpers.made import planned
from tests.jobs.bench import INTEGRATIONS, Bench, open_services, silent
from wizard.core.creation import State
from wizard.core.draft import Draft
from wizard.core.problems import Code, Expected
from wizard.core.secret import Secret
from wizard.demo import Fault
from wizard.jobs.computer import drafts, start
from wizard.jobs.integrations import create, verify
from wizard.services import Services
from wizard.store.keychain import MemoryKeychain

STOP = threading.Event()
ROOT = Path(__file__).resolve().parent.parent.parent


class SlowKeychain(MemoryKeychain):
    """A keychain that asks the person for a password first."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.answered = threading.Event(), threading.Event()

    def load(self, entry: str) -> Secret:
        """Wait for the password."""
        self.asked.set()
        self.answered.wait(10)
        return super().load(entry)


def test_a_keychain_that_asks_holds_nobody_else_up(bench: Bench) -> None:
    slow = SlowKeychain()
    entry = bench.customer.entry
    slow.save(entry, bench.services.local.secrets.keychain.load(entry))
    services = open_services(bench.data_dir, keychain=slow)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(services.connections.session, "c1")
        assert slow.asked.wait(5)
        assert pool.submit(lambda: services.local.ledger.customers.all()).result(5) == (bench.customer,)
        slow.answered.set()
        assert first.result(5) is services.connections.session("c1")
    services.close()


def test_many_threads_share_one_session(bench: Bench) -> None:
    with ThreadPoolExecutor(6) as pool:
        sessions = list(pool.map(lambda _: bench.services.connections.session("c1"), range(24)))
    assert len({id(session) for session in sessions}) == 1
    assert not sessions[0].platform._exchange._transport.client.is_closed


def test_making_services_touches_nothing(tmp_path: Path) -> None:
    Services(tmp_path / "data").close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    services = Services(tmp_path / "file" / "data")
    with pytest.raises(Expected) as refused:
        start.run(services, None, silent, STOP)
    assert refused.value.code is Code.STORE_READ_ONLY
    services.close()


def test_practice_stays_apart_and_leaves_nothing(tmp_path: Path) -> None:
    one, other = (Services(tmp_path, is_practice=True) for _ in range(2))
    origins = set()
    for services in (one, other):
        started = start.run(services, None, silent, STOP)
        assert [c.label for c in started.customers] == ["ACME"]
        assert services.local.secrets.load(started.customers[0].entry)
        origins.add(started.customers[0].origin)
    assert one.local.folders.root != other.local.folders.root
    assert len(origins) == 2
    one.close()
    assert other.local.ledger.customers.all()
    other.close()
    assert [p for p in tmp_path.iterdir() if p.name.startswith("practice-")] == []
    assert not (tmp_path / "ledger.sqlite3").exists()


def test_drafts_survive_and_go_when_done(bench: Bench) -> None:
    other = Draft("other", name="Half")
    for draft in (bench.draft(), other):
        drafts.keep(bench.services, draft, silent, STOP)
    assert {d.id for d in start.run(bench.restarted(), None, silent, STOP).drafts} == {other.id, bench.draft().id}
    bench.create()
    assert start.run(bench.restarted(), None, silent, STOP).drafts == (other,)
    drafts.discard(bench.services, other.id, silent, STOP)
    assert bench.restarted().local.ledger.drafts.all() == ()


def test_a_draft_that_a_crash_left_behind_goes_at_the_next_start(bench: Bench) -> None:
    bench.create()
    bench.services.local.ledger.drafts.keep(bench.draft())
    assert start.run(bench.restarted(), None, silent, STOP).drafts == ()


def test_the_open_creation_of_a_draft(bench: Bench) -> None:
    draft = bench.draft()
    assert create.latest(bench.services, draft.id, silent, STOP) is None
    bench.create(draft)
    assert create.latest(bench.services, draft.id, silent, STOP) is None


def test_a_customer_whose_secret_is_gone(bench: Bench) -> None:
    bench.keychain.forget(bench.customer.entry)
    with pytest.raises(Expected) as refused:
        bench.restarted().connections.session("c1")
    assert refused.value.code is Code.SECRET_GONE
    bench.keychain.save(bench.customer.entry, Secret(bench.credential.client_secret))
    bench.services.connections.session("c1").platform.sign_in(silent, STOP)


@pytest.mark.parametrize("room", ["core", "api", "store", "jobs", "services"])
def test_rooms_import_alone_in_any_order(room: str) -> None:
    code = f"import importlib, pkgutil, wizard\nimport wizard.{room} as r\n"
    code += (
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(getattr(r, '__path__', []), r.__name__ + '.')]"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=True)


def test_an_integration_that_was_deleted_is_let_go_and_found_again(bench: Bench) -> None:
    bench.platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=500, body={}, after=1, times=None))
    created = bench.create()
    assert (created.state, create.opened(bench.services, created.id, silent, STOP).state) == (State.CREATED,) * 2
    gone = create.let_go(bench.services, created.id, silent, STOP)
    assert (gone.state, gone.integration_id) == (State.GONE, created.integration_id)
    bench.platform.faults.clear()
    assert bench.look(created.id).state is State.VERIFIED
    # What was checked since stays so: another window asked before.
    assert create.let_go(bench.services, created.id, silent, STOP).state is State.VERIFIED


def test_what_has_no_id_cannot_be_checked(bench: Bench) -> None:
    bench.services.local.ledger.operations.plan(planned("left", bench.draft()))
    with pytest.raises(Expected) as refused:
        verify.run(bench.services, "left", silent, STOP)
    assert refused.value.code is Code.INTEGRATION_NOT_FOUND
    assert create.let_go(bench.services, "left", silent, STOP).state is State.PLANNED
