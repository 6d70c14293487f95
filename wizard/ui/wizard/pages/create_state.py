"""The states of the last page, and what each of them shows: one table, tested as one."""

from dataclasses import dataclass
from enum import Enum, auto

from wizard.core.creation import Creation
from wizard.core.creation import State as Journal
from wizard.core.problems import Code, Problem, Unanswered
from wizard.ui.wizard.frame import BarButton


class State(Enum):
    """Where a creation is, as a person sees it."""

    RUNNING = auto()
    STOPPING = auto()
    UNKNOWN = auto()
    INTERRUPTED = auto()
    NOT_ALONE = auto()
    DONE = auto()
    DIFFERENT = auto()
    NOT_CHECKED = auto()
    NOT_THERE = auto()
    GONE = auto()
    NOT_SAVED = auto()
    WITHDRAWN = auto()
    FAILED = auto()


class Errand(Enum):
    """What is asked of the platform: to create, also what is looked for first; only to look; to check what is there."""

    CREATE = auto()
    LOOK = auto()
    CHECK = auto()


@dataclass(frozen=True, slots=True)
class View:
    """What a state shows: the bar's buttons, which one Enter presses ("" = one on the page), and the parts."""

    left: tuple[BarButton, ...]
    right: tuple[BarButton, ...]
    primary: BarButton | None
    lines: bool = False
    card: bool = False
    result: bool = False
    is_over: bool = False


VIEWS: dict[State, View] = {
    State.RUNNING: View((), ("stop",), None, lines=True),
    State.STOPPING: View((), ("close",), None, lines=True),
    State.UNKNOWN: View((), ("close",), None, card=True),
    State.INTERRUPTED: View((), ("close",), None, card=True),
    State.NOT_ALONE: View((), ("close",), None, card=True),
    State.DONE: View((), ("close",), "close", result=True, is_over=True),
    State.DIFFERENT: View((), ("close",), "close", result=True, is_over=True),
    State.NOT_CHECKED: View((), ("close",), None, result=True, is_over=True),
    State.NOT_THERE: View((), ("close",), None, result=True, is_over=True),
    State.GONE: View((), ("close",), "close", result=True, is_over=True),
    State.NOT_SAVED: View((), ("close",), None, result=True),
    State.WITHDRAWN: View((), ("close",), None, card=True),
    State.FAILED: View((), ("close",), None, card=True),
}


def state_of(creation: Creation) -> State:
    """What a creation of the ledger shows."""
    if creation.state is Journal.CREATED and creation.reason == Code.INTEGRATION_NOT_FOUND:
        return State.NOT_THERE
    return {
        Journal.PLANNED: State.INTERRUPTED,
        Journal.SENT: State.UNKNOWN,
        Journal.UNKNOWN: State.UNKNOWN,
        Journal.CREATED: State.NOT_CHECKED,
        Journal.VERIFIED: State.DONE,
        Journal.DIFFERENT: State.DIFFERENT,
        Journal.GONE: State.GONE,
        Journal.REFUSED: State.FAILED,
        Journal.WITHDRAWN: State.WITHDRAWN,
    }[creation.state]


def state_after(problem: Problem, *, is_again: bool) -> State:
    """What a problem of a creation shows; `is_again` if an earlier request of it may have arrived."""
    if problem.facts.get("integration_id") and problem.code is not Code.NOT_ALONE:
        return State.NOT_SAVED
    if problem.code is Code.NOT_ALONE:
        return State.NOT_ALONE
    if isinstance(problem, Unanswered):
        return State.UNKNOWN
    return State.UNKNOWN if is_again else State.FAILED
