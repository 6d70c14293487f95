"""The last page alone: every state as it is drawn, and every button on it."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.flow.conftest import Kit
from tests.flow.test_create_table import BUTTONS, creation
from tests.helpers.create_host import Host
from tests.jobs.bench import INTEGRATIONS, NAME
from tests.ui.layout import clipped
from tests.ui.wizard.hands import Hands
from wizard.core.creation import State
from wizard.core.problems import Code
from wizard.core.progress import Entered, Phase, Waiting
from wizard.core.store_news import News, NewsKind
from wizard.demo import Fault
from wizard.flow.wizard.create import CreatePresenter
from wizard.flow.wizard.page import Shared
from wizard.ui.context import Context
from wizard.ui.widgets.progress_lines import ProgressLines
from wizard.ui.wizard.pages.create import CreatePage

PARTS = {
    State.PLANNED: "rescueCard",
    State.SENT: "rescueCard",
    State.UNKNOWN: "rescueCard",
    State.CREATED: "integrationId copyId",
    State.VERIFIED: "integrationId copyId",
    State.DIFFERENT: "integrationId copyId differences",
    State.GONE: "integrationId copyId",
    State.REFUSED: "problemCard",
    State.WITHDRAWN: "problemCard",
}
CONTRACT = {
    "rescueCard", "problemCard", "progressLines", "integrationId", "copyId", "differences", "lookNow", "onlyLook",
    "later", "pasteSecret", "adopt", "giveUp", "mend", "tryAgain", "createAnother",
}  # fmt: skip


class Page(Hands):
    """The page in a window, with its presenter and the wizard around it."""

    def __init__(self, context: Context, shared: Shared, qtbot: QtBot) -> None:
        self.host = Host()
        self.presenter = CreatePresenter(shared, self.host)
        page = CreatePage(context, self.presenter)
        super().__init__(page)
        qtbot.addWidget(page)
        page.resize(640, 900)
        self.presenter.attach(page)
        with qtbot.waitExposed(page):
            page.show()

    @property
    def named(self) -> set[str]:
        """The names of the contract that are to be seen."""
        self.settle()
        return {one.objectName() for one in self.page.findChildren(QWidget) if one.isVisible()} & CONTRACT


@pytest.fixture
def page(kit: Kit, context: Context, qtbot: QtBot) -> Page:
    return Page(context, kit.shared, qtbot)


@pytest.mark.parametrize(("state", "reason", "buttons"), BUTTONS)
def test_what_is_drawn_of_each_creation(page: Page, state: State, reason: str, buttons: str) -> None:
    page.presenter.show_creation(creation(state, reason))
    assert page.named == {*PARTS[state].split(), *buttons.split()}
    for name in page.named:
        # One of each, also while what was shown before is being taken apart.
        assert page.find(name).isEnabled()
    assert page.find("createState").accessibleName() == page.presenter.title
    assert page.reads(page.presenter.title)
    assert clipped(page.page) == []


def test_one_state_after_the_other_leaves_nothing_behind(page: Page) -> None:
    for state, reason, buttons in [*BUTTONS, *BUTTONS]:
        page.presenter.show_creation(creation(state, reason))
        assert page.named == {*PARTS[state].split(), *buttons.split()}


def test_from_the_press_to_the_id(kit: Kit, context: Context, qtbot: QtBot) -> None:
    shared = Shared(context.runner, kit.shared.words, kit.shared.book, kit.shared.customers, kit.navigation)
    page = Page(context, shared, qtbot)
    page.presenter.start(kit.bench.draft())
    assert page.named == {"progressLines"}
    assert page.reads(f"Creating {NAME}")
    qtbot.waitUntil(lambda: page.sees("integrationId"), timeout=5_000)
    (made,) = kit.bench.made()
    assert page.find("integrationId", QLineEdit).text() == made.id
    assert page.reads("Checked: all 8 values match")
    assert clipped(page.page) == []
    page.press("copyId")
    assert QGuiApplication.clipboard().text() == made.id
    assert page.find("copyId", QAbstractButton).text() == "Copied"
    page.press("createAnother", Qt.Key.Key_Space)
    assert page.host.asked == ["finished", "another"]


def test_a_lost_answer_is_looked_for_with_the_keyboard(kit: Kit, page: Page) -> None:
    kit.bench.platform.faults.add(Fault("drop_after", "POST", INTEGRATIONS))
    page.presenter.start(kit.bench.draft())
    assert page.named == {"rescueCard", "lookNow", "onlyLook", "later"}
    assert page.reads("What was sent")
    assert page.reads("None, the connection broke")
    page.press("lookNow")
    assert page.reads("It was there already and was taken into your list.")
    assert (len(kit.bench.made()), kit.bench.posts()) == (1, 1)


def test_links_of_a_card_are_clicked(kit: Kit, page: Page) -> None:
    kit.bench.platform.faults.add(Fault("drop_before", "POST", INTEGRATIONS))
    page.presenter.start(kit.bench.draft())
    page.click("later")
    assert page.host.asked == ["later"]
    page.click("onlyLook")
    assert page.named == {"problemCard", "createAnother"}
    assert page.reads(f"{NAME} is not there")


def test_what_differs_is_read_value_by_value(kit: Kit, page: Page) -> None:
    kit.bench.platform.faults.add(Fault("wrong_echo", "POST", INTEGRATIONS, stored={"defaultProgress": 40}))
    page.presenter.start(kit.bench.draft())
    assert page.texts(page.find("differences")) == ["Start progress", "Asked: 5. On the platform: 40."]
    kit.bench.made()[0].values["defaultProgress"] = 5
    page.click("lookNow")
    assert page.reads("Checked: all 8 values match")
    assert not page.sees("differences")


def test_the_phases_move_on_in_place(kit: Kit, page: Page) -> None:
    kit.asker.hold()
    page.presenter.start(kit.bench.draft())
    lines = page.find("progressLines", ProgressLines)
    assert [lines.step(row) for row in range(3)] == ["running", "todo", "todo"]
    kit.asker.tell(Waiting(4))
    assert lines.note(0) == "The platform asks us to wait. Going on in 4 seconds."
    kit.asker.pass_ms(1_000)
    assert lines.note(0) == "The platform asks us to wait. Going on in 3 seconds."
    kit.asker.tell(Entered(Phase.SAVING))
    assert [(lines.step(row), lines.note(row)) for row in range(3)] == [("done", ""), ("done", ""), ("running", "")]
    assert page.find("progressLines") is lines
    page.presenter.stop_waiting()
    assert page.reads("Stopping…")
    assert page.find("progressLines") is not lines
    kit.asker.release()
    assert page.named == {"problemCard", "tryAgain", "mend"}


def test_drawing_the_same_again_changes_no_widget(page: Page) -> None:
    page.presenter.show_creation(creation(State.DIFFERENT, Code.SERVER_FAILED))
    look = page.find("lookNow")
    look.setFocus()
    before = page.page.findChildren(QObject)
    page.presenter.publish()
    assert page.page.findChildren(QObject) == before
    assert look.hasFocus()


def test_news_of_the_list_stand_above_the_card(page: Page) -> None:
    page.presenter.show_creation(creation(State.UNKNOWN))
    news = News(NewsKind.RESTORED, "2026-01-02T03:04:05+00:00", "/set/aside")
    page.presenter.show_store_news((news,))
    told, card = page.find("storeNews"), page.find("rescueCard")
    assert page.reads("Your list was damaged and was restored", told)
    assert told.mapToGlobal(told.rect().bottomLeft()).y() < card.mapToGlobal(card.rect().topLeft()).y()
    assert clipped(page.page) == []
    page.presenter.show_store_news(())
    assert not page.sees("storeNews")
