"""The page of the behaviour alone: what is drawn, and what clicks and keys tell."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton, QSpinBox
from pytestqt.qtbot import QtBot

from tests.flow.conftest import Kit
from tests.jobs.bench import NAME
from tests.ui.layout import clipped
from tests.ui.wizard.hands import Hands
from wizard.core.draft import Draft, Frequency, Place
from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import Waiting
from wizard.flow.wizard.behaviour import BehaviourPresenter
from wizard.flow.wizard.name_check import PAUSE_MS
from wizard.ui.context import Context
from wizard.ui.wizard.pages.behaviour import BehaviourPage

FREE = f"Learners see {NAME}. Free in this group."


class Window:
    """A person at the page."""

    def __init__(self, kit: Kit, context: Context, qtbot: QtBot) -> None:
        self.kit = kit
        self.presenter = BehaviourPresenter(kit.shared)
        self.page = BehaviourPage(context, self.presenter)
        qtbot.addWidget(self.page)
        self.page.resize(780, 760)
        self.presenter.attach(self.page)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.hands = Hands(self.page)
        sales = Place(kit.bench.group("Sales"), ("ACME Academy", "Sales"), 8, True)
        empty: dict[str, object] = {"group": sales, "shows_in_subgroups": None, "frequency": None, "logo_url": ""}
        kit.shared.book.open(kit.bench.draft("", start_progress=0, **empty))
        self.presenter.enter()

    @property
    def draft(self) -> Draft:
        """The draft."""
        return self.kit.shared.book.draft

    def type(self, name: str, text: str) -> None:
        """Type into a field, letter by letter."""
        edit = self.hands.find(name, QLineEdit)
        edit.setFocus()
        QTest.keyClicks(edit, text)

    def described(self, field: Field) -> str:
        """What is read out with the control of an answer."""
        return self.page.fields[field].control.accessibleDescription()


@pytest.fixture
def window(kit: Kit, context: Context, qtbot: QtBot) -> Window:
    return Window(kit, context, qtbot)


def test_everything_is_answered_by_keys_and_clicks(window: Window) -> None:
    window.type("platformName", "Atelier ")
    window.hands.find("platformName", QLineEdit).insert("Ω")
    window.kit.asker.pass_ms(PAUSE_MS)
    assert window.hands.reads(FREE)
    assert window.page.name_sentence() == FREE
    assert window.described(Field.NAME) == FREE
    window.hands.click("subgroupsYes")
    assert window.hands.reads("Visible in Sales and 8 subgroups.")
    window.hands.find("subgroupsYes").setFocus()
    QTest.keyClick(window.hands.focus, Qt.Key.Key_Right)
    assert window.hands.reads("Visible in Sales only.")
    window.hands.click("progressDaily")
    assert window.hands.reads("A course is completed as soon as a learner opens it")
    window.hands.press("more", Qt.Key.Key_Space)
    window.hands.find("startProgress", QSpinBox).setFocus()
    QTest.keyClick(window.hands.focus, Qt.Key.Key_Up)
    assert window.hands.reads("A learner who clicks Start sees 1%.")
    draft = window.draft
    assert (draft.name, draft.shows_in_subgroups, draft.frequency) == (NAME, False, Frequency.DAILY)
    assert draft.start_progress == 1
    assert window.presenter.may_leave()
    assert not window.hands.sees("problemSummary")


def test_a_draft_fills_the_page_without_telling_anything(window: Window) -> None:
    draft = window.kit.bench.draft(unicolor_logo_url="https://static.example.com/b.png", frequency=Frequency.UNSURE)
    window.kit.shared.book.open(draft)
    window.presenter.enter()
    window.presenter.publish()
    assert window.draft is draft
    window.hands.click("more")
    shown = [window.hands.find(name, QLineEdit).text() for name in ("platformName", "logoUrl", "unicolorLogoUrl")]
    assert shown == [NAME, draft.logo_url, draft.unicolor_logo_url]
    assert window.hands.find("startProgress", QSpinBox).value() == 5
    assert window.hands.find("subgroupsYes", QRadioButton).isChecked()
    assert window.hands.find("progressUnsure", QRadioButton).isChecked()
    assert window.page.more.row.accessibleDescription() == "Start progress 5%, 2 logos"
    window.kit.shared.book.open(window.kit.bench.draft("x", shows_in_subgroups=None, frequency=None))
    window.presenter.enter()
    assert not window.hands.find("subgroupsYes", QRadioButton).isChecked()
    assert not window.hands.find("progressUnsure", QRadioButton).isChecked()


def test_the_cursor_stays_where_it_is(window: Window) -> None:
    window.type("platformName", "Atelier")
    edit = window.hands.find("platformName", QLineEdit)
    edit.setCursorPosition(2)
    QTest.keyClick(edit, Qt.Key.Key_X)
    assert (edit.text(), edit.cursorPosition()) == ("Atxelier", 3)
    window.kit.asker.pass_ms(PAUSE_MS)
    assert edit.cursorPosition() == 3


def test_a_taken_name_is_a_problem_and_a_similar_one_a_warning(window: Window) -> None:
    window.type("platformName", "Phrasebook Live")
    window.kit.asker.pass_ms(PAUSE_MS)
    assert "already exists in this group" in window.described(Field.NAME)
    window.hands.find("platformName", QLineEdit).setText("phrasebook live")
    window.kit.asker.pass_ms(PAUSE_MS)
    assert window.hands.reads("Learners may mix them up")


def test_what_is_missing_is_listed_and_links_lead_there(window: Window) -> None:
    assert not window.presenter.may_leave()
    assert window.hands.focus is window.page.summary.title
    assert window.hands.reads("3 answers are missing or need a change")
    window.hands.click("problem_platformName")
    assert window.hands.focus.objectName() == "platformName"
    window.hands.click("problem_progressOften")
    assert window.hands.focus.objectName() == "progressOften"


def test_a_field_that_is_folded_away_is_unfolded_for_its_problem(window: Window) -> None:
    assert not window.hands.sees("logoUrl")
    window.presenter.show_problem(Expected(Code.LOGO_NOT_HTTPS, field=Field.LOGO))
    assert window.hands.focus.objectName() == "logoUrl"
    window.hands.click("more")
    assert not window.hands.sees("logoUrl")
    window.page.focus(Field.START_PROGRESS)
    assert window.hands.focus.objectName() == "startProgress"


def test_an_address_is_judged_when_its_field_is_left(window: Window) -> None:
    window.hands.click("more")
    window.type("logoUrl", "http://x")
    assert "has to start with" not in window.described(Field.LOGO)
    window.hands.find("unicolorLogoUrl").setFocus()
    assert "A logo address has to start with https://." in window.described(Field.LOGO)


def test_a_wait_is_told_stopped_and_begun_again(window: Window) -> None:
    window.kit.asker.hold()
    window.type("platformName", NAME[:7])
    window.kit.asker.pass_ms(PAUSE_MS)
    assert not window.hands.sees("stopNameCheck")
    window.kit.asker.tell(Waiting(3))
    assert window.hands.reads("The platform asks us to wait. Going on in 3 seconds.")
    assert clipped(window.page) == []
    window.hands.press("stopNameCheck")
    assert window.hands.reads("Not checked yet: Stopped.")
    window.kit.asker.release()
    again = window.hands.find("nameCheckAgain", QAbstractButton)
    assert again.text() == "Try again"
    window.hands.click("nameCheckAgain")
    assert window.hands.reads("Free in this group.")
    assert not window.hands.sees("nameCheckAgain")


def test_tab_goes_through_all_questions(window: Window) -> None:
    window.hands.click("more")
    window.hands.find("platformName").setFocus()
    window.hands.click("subgroupsNo")
    window.hands.click("progressDaily")
    window.hands.find("platformName").setFocus()
    order = window.hands.tab_order(6)
    assert order == ["subgroupsNo", "progressDaily", "more", "startProgress", "logoUrl", "unicolorLogoUrl"]
