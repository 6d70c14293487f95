"""The last page as a table: every state and what it shows, every problem and every creation and their state."""

import pytest

from tests.flow.conftest import Kit
from tests.helpers import made
from tests.helpers.create_host import Host
from wizard.core.creation import Creation
from wizard.core.creation import State as Journal
from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Labels
from wizard.core.problems import Bug, Code, Expected, Field, Problem, Stopped, Unanswered
from wizard.flow.wizard.create import CreatePresenter
from wizard.flow.wizard.create_cards import card_view
from wizard.flow.wizard.create_state import (
    VIEWS,
    ActionButton,
    CreateAction,
    CreateFacts,
    CreateState,
    Part,
    state_after,
    state_of,
)
from wizard.flow.wizard.steps import BarButton

ID = ObjectId("5f00000000000000000000aa")
CLOSE, STOP = (BarButton.CLOSE,), (BarButton.STOP,)

TABLE = [
    # state, right of the bar, primary in the bar, part, is over
    (CreateState.RUNNING, STOP, None, Part.PROGRESS, False),
    (CreateState.STOPPING, CLOSE, None, Part.PROGRESS, False),
    (CreateState.UNKNOWN, CLOSE, None, Part.CARD, False),
    (CreateState.INTERRUPTED, CLOSE, None, Part.CARD, False),
    (CreateState.NOT_ALONE, CLOSE, None, Part.CARD, False),
    (CreateState.DONE, CLOSE, BarButton.CLOSE, Part.RESULT, True),
    (CreateState.DIFFERENT, CLOSE, BarButton.CLOSE, Part.RESULT, True),
    (CreateState.NOT_CHECKED, CLOSE, None, Part.RESULT, True),
    (CreateState.NOT_THERE, CLOSE, None, Part.RESULT, True),
    (CreateState.GONE, CLOSE, BarButton.CLOSE, Part.RESULT, True),
    (CreateState.NOT_SAVED, CLOSE, None, Part.RESULT, False),
    (CreateState.WITHDRAWN, CLOSE, None, Part.CARD, False),
    (CreateState.FAILED, CLOSE, None, Part.CARD, False),
]

CREATIONS = {
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

BUTTONS = [
    # the creation, its reason, and the names of the buttons, the next step first
    (Journal.PLANNED, "", "lookNow onlyLook later"),
    (Journal.SENT, "", "lookNow onlyLook later"),
    (Journal.UNKNOWN, Code.TIMED_OUT, "lookNow onlyLook later"),
    (Journal.CREATED, "", "lookNow later"),
    (Journal.CREATED, Code.SERVER_FAILED, "lookNow later"),
    (Journal.CREATED, Code.SECRET_GONE, "pasteSecret lookNow later"),
    (Journal.CREATED, Code.KEYCHAIN_LOCKED, "lookNow pasteSecret later"),
    (Journal.CREATED, Code.INTEGRATION_NOT_FOUND, "lookNow giveUp later"),
    (Journal.VERIFIED, "", "createAnother"),
    (Journal.DIFFERENT, "", "lookNow createAnother"),
    (Journal.DIFFERENT, Code.INVALID_CLIENT, "pasteSecret lookNow createAnother"),
    (Journal.GONE, "", "createAnother"),
    (Journal.REFUSED, Code.RESERVED_PLATFORM_NAME, "tryAgain mend"),
    (Journal.REFUSED, Code.DUPLICATE_EXTERNAL_PLATFORM, "tryAgain adopt"),
    (Journal.REFUSED, "no code that we know", "tryAgain mend"),
    (Journal.WITHDRAWN, "", "createAnother"),
]


def creation(state: Journal, reason: str = "") -> Creation:
    """A creation as the ledger holds it in this state."""
    return made.creation(
        state,
        labels=Labels("ACME", ("Sales",), "Alex"),
        differences=(Difference("default_progress", 0, 5),) if state is Journal.DIFFERENT else (),
        reason=reason,
        planned_at="2026-01-02T03:04:05+00:00",
        sent_at="2026-01-02T03:04:06+00:00" if state in (Journal.SENT, Journal.UNKNOWN) else "",
    )


@pytest.fixture
def presenter(kit: Kit) -> CreatePresenter:
    made = CreatePresenter(kit.shared, Host())
    made.attach(kit.screen)
    return made


def shown_buttons(kit: Kit) -> tuple[ActionButton, ...]:
    """The buttons on the page, in their order."""
    view = kit.screen.view
    assert (view.card is None) is not (view.result is None)
    if view.card is not None:
        return tuple(view.card.buttons)
    return (*view.result.buttons, *view.result.ways_on)


@pytest.mark.parametrize(("state", "right", "primary", "part", "is_over"), TABLE)
def test_what_each_state_shows(
    state: CreateState, right: tuple[BarButton, ...], primary: BarButton | None, part: Part, is_over: bool
) -> None:
    view = VIEWS[state]
    # Once a request may be out there is no way back but through the page itself.
    assert (view.left, view.right, view.primary, view.part, view.is_over) == ((), right, primary, part, is_over)


def test_the_tables_are_whole() -> None:
    assert {row[0] for row in TABLE} == set(CreateState) == set(VIEWS)
    assert set(CREATIONS) == set(Journal) == {row[0] for row in BUTTONS}


@pytest.mark.parametrize(("journal", "state"), CREATIONS.items())
def test_what_each_creation_shows(journal: Journal, state: CreateState) -> None:
    assert state_of(creation(journal)) is state
    is_missed = journal is Journal.CREATED
    missing = creation(journal, Code.INTEGRATION_NOT_FOUND)
    assert state_of(missing) is (CreateState.NOT_THERE if is_missed else state)


@pytest.mark.parametrize("code", Code)
def test_what_each_problem_shows(code: Code) -> None:
    is_strange = code is Code.NOT_ALONE
    assert state_after(Expected(code)) is (CreateState.NOT_ALONE if is_strange else CreateState.FAILED)
    unsaved = Expected(code, integration_id=ID)
    assert state_after(unsaved) is (CreateState.NOT_ALONE if is_strange else CreateState.NOT_SAVED)
    assert state_after(Unanswered(Expected(code))) is CreateState.UNKNOWN


@pytest.mark.parametrize("problem", [Bug(Code.BUG), Stopped()])
def test_what_surely_created_nothing_has_failed(problem: Problem) -> None:
    assert state_after(problem) is CreateState.FAILED


@pytest.mark.parametrize(("journal", "reason", "names"), BUTTONS)
def test_the_buttons_of_each_creation(
    kit: Kit, presenter: CreatePresenter, journal: Journal, reason: str, names: str
) -> None:
    presenter.show_creation(creation(journal, reason))
    buttons = shown_buttons(kit)
    assert " ".join(button.name for button in buttons) == names
    assert all(button.text for button in buttons)
    in_the_bar = VIEWS[presenter.state].primary
    assert presenter.primary == (in_the_bar or buttons[0].name)
    assert not buttons[0].is_link
    assert presenter.title == kit.screen.view.heading != ""


@pytest.mark.parametrize("state", [s for s in CreateState if VIEWS[s].part is Part.CARD])
def test_a_card_without_a_creation_still_leads_on(kit: Kit, state: CreateState) -> None:
    shown = card_view(kit.shared.words, CreateFacts(state))
    assert shown.title
    assert shown.buttons


def test_a_problem_in_the_ledger_that_nobody_knows_is_a_bug(kit: Kit, presenter: CreatePresenter) -> None:
    presenter.show_creation(creation(Journal.REFUSED, "no code that we know"))
    assert kit.screen.view.card.title == "Something in this program went wrong"


CARDS = [
    (Expected(Code.DUPLICATE_EXTERNAL_PLATFORM, field=Field.NAME), "mend: Change the name, adopt"),
    (Expected(Code.RESERVED_PLATFORM_NAME, field=Field.NAME), "mend: Change the name"),
    (Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP), "mend: Choose another group"),
    (Expected(Code.USER_NOT_FOUND, field=Field.AUTHOR), "mend: Choose another author"),
    (Expected(Code.SECRET_GONE, field=Field.CLIENT_SECRET), "mend: Back to the answers"),
    (Expected(Code.INVALID_TOKEN), "mend: Back to the answers"),
    (Expected(Code.TIMED_OUT, host="platform.example"), "tryAgain: Try again, mend"),
    (Expected(Code.INVALID_SCOPE, scope="integrations:write"), "tryAgain: Try again, mend"),
    (Stopped(), "tryAgain: Try again, mend"),
]


@pytest.mark.parametrize(("problem", "said"), CARDS, ids=lambda value: getattr(value, "code", None))
def test_the_ways_on_after_each_failure(kit: Kit, problem: Problem, said: str) -> None:
    first, *others = card_view(kit.shared.words, CreateFacts(CreateState.FAILED, problem=problem)).buttons
    assert ", ".join([f"{first.name}: {first.text}", *(other.name for other in others)]) == said
    assert all(other.is_link for other in others)


def test_every_action_is_on_a_button_and_every_button_acts(kit: Kit, presenter: CreatePresenter) -> None:
    offered: set[CreateAction] = set()
    for journal, reason, _names in BUTTONS:
        presenter.show_creation(creation(journal, reason))
        offered |= {button.action for button in shown_buttons(kit)}
    alone = CreateFacts(CreateState.NOT_ALONE, creation(Journal.UNKNOWN))
    offered |= {button.action for button in card_view(kit.shared.words, alone).buttons}
    assert offered == set(CreateAction)
    fresh = CreatePresenter(kit.shared, host := Host())
    for action in CreateAction:
        fresh.press(action)
    # Nothing is shown yet, so only what leads elsewhere does something.
    assert host.asked == [("mend", None), "another", "later"]
