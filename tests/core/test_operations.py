"""Operations, saved integrations, and creations, which are views of both."""

from dataclasses import replace

import pytest

from tests.helpers.made import WANTED, creation, made, operation
from wizard.core.creation import KEPT, OPEN, Creation, State, creation_of, needs_a_look
from wizard.core.integration import Difference, Labels
from wizard.core.operations import OPEN_STATES, TRANSITIONS, OperationState
from wizard.core.saved_integrations import TRANSITIONS as STATUS_TRANSITIONS
from wizard.core.saved_integrations import IntegrationStatus

P, S, U, D, R, W = OperationState

TABLE: dict[OperationState, str] = {
    P: "sent done refused withdrawn",
    S: "sent unknown done refused withdrawn",
    U: "sent done refused withdrawn",
    D: "",
    R: "done",
    W: "done",
}


@pytest.mark.parametrize("state", OperationState)
def test_transitions(state: OperationState) -> None:
    assert {to.value for to in TRANSITIONS[state]} == set(TABLE[state].split())


def reachable(state: OperationState) -> set[OperationState]:
    seen: set[OperationState] = set()
    todo = [state]
    while todo:
        for to in TRANSITIONS[todo.pop()] - seen:
            seen.add(to)
            todo.append(to)
    return seen


def test_what_is_done_stays_done() -> None:
    for state in OperationState:
        assert P not in reachable(state)
    # Only an id that arrived after all opens what was closed.
    assert reachable(R) == reachable(W) == {D}
    assert all(D in reachable(state) for state in OPEN_STATES)
    assert OPEN_STATES | {D, R, W} == set(OperationState)


@pytest.mark.parametrize("status", IntegrationStatus)
def test_every_integration_can_be_gone_and_come_back(status: IntegrationStatus) -> None:
    assert STATUS_TRANSITIONS[status] == set(IntegrationStatus) - {IntegrationStatus.CREATED}


@pytest.mark.parametrize("state", State)
def test_a_creation_is_its_operation_until_its_id_is_known(state: State) -> None:
    seen = creation(state)
    assert seen.state is state
    assert (seen.integration_id is not None) == (state in KEPT)
    assert needs_a_look(seen) is (state in OPEN or state is State.CREATED)


def test_states_are_those_of_operations_and_integrations() -> None:
    operations = {state.value for state in OperationState} - {"done"}
    assert {state.value for state in State} == operations | {status.value for status in IntegrationStatus}
    assert not OPEN & KEPT


def test_an_open_creation_tells_of_its_operation() -> None:
    one = operation(labels=Labels("P"), draft_id="d", planned_at="1", sent_at="2", reason="timed-out", state=U)
    seen = Creation(one)
    assert (seen.id, seen.draft_id, seen.customer_id) == ("k1", "d", "c1")
    assert (seen.planned_at, seen.sent_at, seen.created_at, seen.verified_at) == ("1", "2", "", "")
    assert (seen.wanted, seen.labels, seen.reason) == (WANTED, Labels("P"), "timed-out")
    assert (seen.integration_id, seen.is_adopted, seen.differences) == (None, False, ())


def test_a_saved_creation_tells_of_its_integration() -> None:
    rows = (Difference("default_progress", 5, 50),)
    edited = replace(WANTED, default_progress=5)
    fields = {"desired": edited, "created_at": "3", "checked_at": "4", "is_adopted": True, "labels": Labels("Q")}
    seen = creation(State.DIFFERENT, differences=rows, integration=fields)
    assert (seen.wanted, seen.labels, seen.created_at, seen.verified_at) == (edited, Labels("Q"), "3", "4")
    assert (seen.integration_id, seen.is_adopted, seen.differences) == ("c" * 24, True, rows)
    assert seen.with_reason("no-connection").reason == "no-connection"
    assert seen.with_reason("no-connection").integration == seen.integration


def test_an_integration_without_its_operation() -> None:
    saved = made(operation())
    seen = creation_of(saved)
    assert (seen.id, seen.state, seen.integration_id, saved.name) == (saved.id, State.CREATED, "c" * 24, "Atelier")
