"""The review page alone: what is drawn, what is pressed, what is copied."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.flow.conftest import Kit
from tests.jobs.bench import NAME, TOKEN
from tests.ui.layout import clipped
from tests.ui.wizard.hands import Hands
from wizard.core.curl import Shell
from wizard.core.problems import Field
from wizard.core.progress import Waiting
from wizard.demo import Fault, Integration, fixed_id
from wizard.flow.wizard.page import Shared
from wizard.flow.wizard.review import ReviewPresenter
from wizard.ui.context import Context
from wizard.ui.widgets.answer_list import AnswerList
from wizard.ui.widgets.card import Card
from wizard.ui.wizard.pages.review import ReviewPage

PASSED = "8 of 10 checks passed"
Make = Callable[[Shared], tuple[ReviewPresenter, Hands]]


@pytest.fixture
def make(kit: Kit, context: Context, qtbot: QtBot) -> Make:
    """Opens the page with a complete draft, for this asker."""

    def opened(shared: Shared) -> tuple[ReviewPresenter, Hands]:
        presenter = ReviewPresenter(shared)
        page = ReviewPage(context, presenter)
        qtbot.addWidget(page)
        page.resize(720, 900)
        presenter.attach(page)
        with qtbot.waitExposed(page):
            page.show()
        shared.book.open(kit.bench.draft())
        presenter.enter()
        return presenter, Hands(page)

    return opened


@pytest.fixture
def presenter_and_hands(kit: Kit, make: Make) -> tuple[ReviewPresenter, Hands]:
    return make(kit.shared)


@pytest.fixture
def presenter(presenter_and_hands: tuple[ReviewPresenter, Hands]) -> ReviewPresenter:
    return presenter_and_hands[0]


@pytest.fixture
def hands(presenter_and_hands: tuple[ReviewPresenter, Hands]) -> Hands:
    return presenter_and_hands[1]


def take_the_name(kit: Kit) -> None:
    """Somebody else creates one of the same name."""
    values = {"externalPlatform": NAME, "groupId": kit.bench.group(), "authorId": kit.bench.user()}
    kit.bench.platform.world.add(Integration(fixed_id("faster"), values))


def test_answers_are_read_and_lead_to_their_pages(kit: Kit, hands: Hands) -> None:
    rows = hands.find("reviewSummary", AnswerList).rows
    assert [row.accessibleName() for row in rows.values()][2:4] == [
        f"Name: {NAME}",
        "Subgroups: Yes, visible in all subgroups",
    ]
    assert rows[Field.GROUP].id_text.plain() == kit.bench.group()
    for field, row in rows.items():
        assert row.change
        assert row.change.accessibleName() == f"Change: {row.label.plain()}"
        hands.click(f"change_{field}")
    assert kit.navigation.asked == [Field(key) for key in rows]


def test_what_passed_and_what_did_not(hands: Hands) -> None:
    card = hands.find("checkList", Card)
    assert card.accessibleName() == PASSED
    assert hands.reads(PASSED)
    first = hands.texts(card)[0]
    assert first in ("Platform: could not be checked", "Right to create could not be tested")
    assert hands.reads("Group exists", card)
    assert not hands.sees("stopChecks")
    assert not hands.reads("Nothing is changed by these checks.")
    assert clipped(hands.page) == []


def test_a_failed_check_leads_to_its_answer_from_card_and_summary(
    kit: Kit, presenter: ReviewPresenter, hands: Hands
) -> None:
    take_the_name(kit)
    hands.click("runChecks")
    assert hands.reads("7 of 10 checks passed")
    hands.click("lineLink", part=hands.find("checkList"))
    assert not hands.sees("problemSummary")
    assert not presenter.may_leave()
    assert hands.reads("1 check stands in the way", hands.find("problemSummary"))
    # The page stays as it is read: the summary does not take the focus.
    assert not hands.find("problemSummary").isAncestorOf(hands.focus)
    hands.press("problem_platformName")
    assert kit.navigation.asked == [Field.NAME, Field.NAME]
    assert clipped(hands.page) == []
    kit.bench.platform.world.integrations.clear()
    hands.press("runChecks")
    assert not hands.sees("problemSummary")
    assert hands.reads(PASSED)


def test_an_answer_that_is_missing_takes_the_focus(kit: Kit, presenter: ReviewPresenter, hands: Hands) -> None:
    kit.shared.book.open(kit.bench.draft(name=""))
    assert not presenter.may_leave()
    assert hands.find("problemSummary").isAncestorOf(hands.focus)


def test_the_request_can_be_copied(presenter: ReviewPresenter, hands: Hands) -> None:
    assert not hands.sees("requestText")
    hands.click("technical")
    assert f'"externalPlatform": "{NAME}"' in hands.find("requestText", QPlainTextEdit).toPlainText()
    for name, shell in (("Bash", Shell.BASH), ("Powershell", Shell.POWERSHELL), ("Cmd", Shell.CMD)):
        hands.click(f"copyCurl{name}")
        assert QGuiApplication.clipboard().text() == presenter.curl(shell) != ""


def test_tab_goes_through_the_page_as_it_is_seen(hands: Hands) -> None:
    assert isinstance(hands.page, ReviewPage)
    hands.page.ensure_built().heading.setFocus(Qt.FocusReason.TabFocusReason)
    fields = ("group", "author", "name", "subgroups", "progress", "start_progress", "logo")
    expected = [*(f"change_{field}" for field in fields), "runChecks", "technical"]
    assert hands.tab_order(len(expected)) == expected


def test_drawing_the_same_again_changes_no_widget(presenter: ReviewPresenter, hands: Hands) -> None:
    change = hands.find("change_name")
    change.setFocus()
    before = hands.page.findChildren(QObject)
    presenter.publish()
    assert hands.page.findChildren(QObject) == before
    assert change.hasFocus()


# ---------------------------------------------------------------------- waiting


def test_a_wait_counts_down_beside_the_way_to_stop_it(kit: Kit, hands: Hands) -> None:
    kit.asker.hold()
    hands.click("runChecks")
    card = hands.find("checkList")
    assert hands.texts(card) == ["Nothing is changed by these checks."]
    assert not hands.sees("stopChecks")
    kit.asker.tell(Waiting(3))
    assert hands.texts(card) == ["The platform asks us to wait. Going on in 3 seconds."]
    stop = hands.find("stopChecks")
    kit.asker.pass_ms(1_100)
    assert hands.texts(card) == ["The platform asks us to wait. Going on in 2 seconds."]
    assert hands.find("stopChecks") is stop
    assert clipped(hands.page) == []
    hands.press("stopChecks", Qt.Key.Key_Space)
    # The focus is not lost with the link that had it.
    assert hands.find("runChecks").hasFocus()
    assert not hands.sees("stopChecks")
    assert hands.texts(card) == ["Stopped", "Nothing was created. Your answers are safe."]
    kit.asker.release()
    hands.press("runChecks")
    assert hands.reads(PASSED)


def test_a_silent_platform_is_waited_for_as_long_as_a_person_wants(
    kit: Kit, make: Make, context: Context, qtbot: QtBot
) -> None:
    kit.bench.platform.faults.add(Fault("silent", "POST", TOKEN))
    shared = Shared(context.runner, kit.shared.words, kit.shared.book, kit.shared.customers, kit.navigation)
    _presenter, hands = make(shared)
    qtbot.waitUntil(lambda: hands.sees("stopChecks"), timeout=4_000)
    hands.click("stopChecks")
    assert hands.reads("Stopped")
    kit.bench.platform.faults.clear()
    hands.click("runChecks")
    qtbot.waitUntil(lambda: hands.reads(PASSED), timeout=5_000)
