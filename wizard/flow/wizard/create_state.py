"""The states of the last page, and what each of them shows: one table, tested as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from wizard.core.creation import Creation
from wizard.core.creation import State as Journal
from wizard.core.draft import Draft
from wizard.core.problems import Code, Problem, Unanswered
from wizard.core.text_safety import one_line
from wizard.flow.wizard.steps import BarButton


class CreateState(Enum):
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


class Part(Enum):
    """What the page consists of: the steps of a job, a card with ways on, or a result with its id."""

    PROGRESS = auto()
    CARD = auto()
    RESULT = auto()


class Errand(Enum):
    """What is asked of the platform: to create, also what is looked for first; only to look; to check what is there."""

    CREATE = auto()
    LOOK = auto()
    CHECK = auto()


class CreateAction(Enum):
    """What the buttons on the page do."""

    LOOK = auto()
    """Find out how it ended, and create it if it is not there."""
    ONLY_LOOK = auto()
    ADOPT = auto()
    """Save the id of the one that is there, as ours."""
    ADOPT_EXISTING = auto()
    """Save the id of the one that has the name already, instead of creating one."""
    GIVE_UP = auto()
    """Close a creation: what is there is not ours."""
    LET_GO = auto()
    """Ask no more about one that was deleted on the platform."""
    TRY_AGAIN = auto()
    MEND = auto()
    ANOTHER = auto()
    PASTE_SECRET = auto()
    LATER = auto()


class ActionButton(NamedTuple):
    """A button on the page: its object name, which never changes, its text, and what it does."""

    name: str
    text: str
    action: CreateAction
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class StateView:
    """What a state shows: the bar's buttons, the part, and the button in the bar that Enter presses.

    Without such a `primary`, the first button of the card or result is the one.
    """

    part: Part
    right: tuple[BarButton, ...] = (BarButton.CLOSE,)
    left: tuple[BarButton, ...] = ()
    primary: BarButton | None = None
    is_over: bool = False


VIEWS: Mapping[CreateState, StateView] = {
    CreateState.RUNNING: StateView(Part.PROGRESS, right=(BarButton.STOP,)),
    CreateState.STOPPING: StateView(Part.PROGRESS),
    CreateState.UNKNOWN: StateView(Part.CARD),
    CreateState.INTERRUPTED: StateView(Part.CARD),
    CreateState.NOT_ALONE: StateView(Part.CARD),
    CreateState.DONE: StateView(Part.RESULT, primary=BarButton.CLOSE, is_over=True),
    CreateState.DIFFERENT: StateView(Part.RESULT, primary=BarButton.CLOSE, is_over=True),
    CreateState.NOT_CHECKED: StateView(Part.RESULT, is_over=True),
    CreateState.NOT_THERE: StateView(Part.RESULT, is_over=True),
    CreateState.GONE: StateView(Part.RESULT, primary=BarButton.CLOSE, is_over=True),
    CreateState.NOT_SAVED: StateView(Part.RESULT),
    CreateState.WITHDRAWN: StateView(Part.CARD),
    CreateState.FAILED: StateView(Part.CARD),
}

_STATES: Mapping[Journal, CreateState] = {
    Journal.PLANNED: CreateState.INTERRUPTED,
    Journal.SENT: CreateState.UNKNOWN,
    Journal.UNKNOWN: CreateState.UNKNOWN,
    Journal.CREATED: CreateState.NOT_CHECKED,
    Journal.VERIFIED: CreateState.DONE,
    Journal.DIFFERENT: CreateState.DIFFERENT,
    Journal.GONE: CreateState.GONE,
    Journal.REFUSED: CreateState.FAILED,
    Journal.WITHDRAWN: CreateState.WITHDRAWN,
}


def state_of(creation: Creation) -> CreateState:
    """What a creation of the ledger shows."""
    if creation.state is Journal.CREATED and creation.reason == Code.INTEGRATION_NOT_FOUND:
        return CreateState.NOT_THERE
    return _STATES[creation.state]


def state_after(problem: Problem) -> CreateState:
    """What a problem of a creation shows."""
    if problem.code is Code.NOT_ALONE:
        return CreateState.NOT_ALONE
    if problem.facts.get("integration_id"):
        return CreateState.NOT_SAVED
    return CreateState.UNKNOWN if isinstance(problem, Unanswered) else CreateState.FAILED


@dataclass(frozen=True, slots=True)
class Names:
    """The integration, its group and the platform, as people know them."""

    integration: str = ""
    group: str = ""
    platform: str = ""


def names_of(creation: Creation | None, draft: Draft | None) -> Names:
    """The names that a creation holds; before there is one, those of the draft."""
    if creation:
        labels, wanted = creation.labels, creation.wanted
        group = labels.group[-1] if labels.group else wanted.group_id
        return Names(one_line(wanted.external_platform), one_line(group), one_line(labels.platform))
    if draft is None:
        return Names()
    platform = draft.connection.platform_name if draft.connection else ""
    return Names(one_line(draft.name), one_line(draft.group.name if draft.group else ""), one_line(platform))


@dataclass(frozen=True, slots=True)
class LastCheck:
    """When a check last ended (UTC, ISO 8601, "" = not since the page shows this creation).

    `is_stale` tells that it failed, and that what is known comes from the one before.
    """

    at: str = ""
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class CreateFacts:
    """All that the texts of a card or a result are made of."""

    state: CreateState
    creation: Creation | None = None
    problem: Problem | None = None
    names: Names = Names()
    last_check: LastCheck = LastCheck()
