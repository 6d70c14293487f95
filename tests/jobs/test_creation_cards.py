"""What a card about a creation asks of the ledger, and what a person closes without asking the platform."""

import threading

import pytest

from tests.jobs.bench import INTEGRATIONS, Bench, silent
from wizard.core.creation import State
from wizard.core.problems import Unanswered
from wizard.demo import Fault
from wizard.jobs.integrations import create


def test_the_open_creation_of_a_draft_is_found(bench: Bench) -> None:
    bench.platform.faults.add(Fault("drop_before", method="POST", path=INTEGRATIONS))
    draft = bench.draft()
    with pytest.raises(Unanswered):
        bench.create(draft)
    (lost,) = bench.services.local.ledger.creations.open()
    assert create.latest(bench.services, draft.id, silent, threading.Event()) == lost
    assert create.latest(bench.services, "another", silent, threading.Event()) is None
    bench.look()
    assert create.latest(bench.services, draft.id, silent, threading.Event()) is None


def test_what_was_deleted_before_it_could_be_checked_is_asked_for_no_more(bench: Bench) -> None:
    bench.platform.on_received = lambda r: bench.platform.world.integrations.clear() if r.method == "GET" else None
    created = bench.create()
    assert created.state is State.CREATED
    gone = create.let_go(bench.services, created.id, silent, threading.Event())
    assert (gone.state, gone.integration_id) == (State.GONE, created.integration_id)
    assert create.let_go(bench.services, created.id, silent, threading.Event()) == gone


def test_what_was_checked_is_not_let_go(bench: Bench) -> None:
    verified = bench.create()
    assert create.let_go(bench.services, verified.id, silent, threading.Event()).state is State.VERIFIED
