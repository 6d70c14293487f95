"""The journal's ways: where a creation may go, and where it never goes back to."""

import pytest

from wizard.core.creation import KEPT, OPEN, WAYS, Creation, Labels, State, needs_a_look
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration

P, S, U, C, V, D, G, R, W = (
    *(State.PLANNED, State.SENT, State.UNKNOWN, State.CREATED),
    *(State.VERIFIED, State.DIFFERENT, State.GONE, State.REFUSED, State.WITHDRAWN),
)

TABLE: dict[State, str] = {
    P: "sent created refused withdrawn",
    S: "sent unknown created refused withdrawn",
    U: "sent created refused withdrawn",
    C: "verified different gone",
    V: "verified different",
    D: "verified different",
    G: "verified different gone",
    R: "created",
    W: "created",
}


@pytest.mark.parametrize("state", State)
def test_ways(state: State) -> None:
    assert {to.value for to in WAYS[state]} == set(TABLE[state].split())


def reachable(state: State) -> set[State]:
    seen: set[State] = set()
    todo = [state]
    while todo:
        for to in WAYS[todo.pop()] - seen:
            seen.add(to)
            todo.append(to)
    return seen


def test_what_is_known_stays_known() -> None:
    for state in KEPT:
        assert reachable(state) <= KEPT
    for state in State:
        assert P not in reachable(state)
    # What was closed is opened by nothing but an id that arrived after all.
    assert reachable(R) == reachable(W) == KEPT
    assert all(reachable(state) & KEPT for state in OPEN)
    assert OPEN | KEPT | {R, W} == set(State)
    assert not OPEN & KEPT


@pytest.mark.parametrize("state", State)
def test_cards(state: State) -> None:
    wanted = Integration("A", ObjectId("a" * 24), ObjectId("b" * 24), True, 0, True)
    assert needs_a_look(Creation("1", "d", "c", wanted, Labels(), state)) is (state in OPEN or state is C)
