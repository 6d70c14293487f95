"""The wizard's window: bar, list, keys, closing, narrow form, and nothing clipped; QWizard follows the presenter."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.flow.conftest import Kit
from tests.ui.layout import clipped
from wizard.core.draft import Step
from wizard.core.problems import Code, Expected, Field
from wizard.flow.wizard.steps import ORDER, BarButton
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.ui.context import Context
from wizard.ui.theme.theme import Appearance, Theme
from wizard.ui.wizard.window import WizardWindow

Key = Qt.Key


@pytest.fixture
def presenter(kit: Kit) -> WizardPresenter:
    """A wizard whose jobs run at once."""
    return WizardPresenter(kit.asker, kit.shared.words, platform_url=kit.bench.platform.url)


@pytest.fixture
def window(presenter: WizardPresenter, context: Context, qtbot: QtBot) -> Iterator[WizardWindow]:
    """Its window, on the screen."""
    window = WizardWindow(context, presenter)
    window.resize(960, 640)
    with qtbot.waitExposed(window):
        window.show()
    presenter.begin()
    yield window
    window.close()
    shiboken6.delete(window)


def _to_review(kit: Kit, presenter: WizardPresenter) -> None:
    draft = kit.bench.draft(step=Step.REVIEW)
    presenter._work.fill((draft,), ())
    presenter.resume(draft.id)


def _button(window: WizardWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def _shown_buttons(window: WizardWindow) -> list[str]:
    return [name.value for name in BarButton if window.bar_button(name).isVisible()]


def test_names(window: WizardWindow) -> None:
    names = {window.bar_button(name).objectName() for name in BarButton}
    expected = "cancelButton backButton nextButton createButton closeButton stopWaitingButton"
    assert names == set(expected.split())
    assert window.objectName() == "wizard"


def test_title_list_and_bar_are_those_of_the_step(
    kit: Kit, window: WizardWindow, presenter: WizardPresenter, qtbot: QtBot
) -> None:
    assert window.windowTitle() == "Connect · New integration"
    assert _shown_buttons(window) == ["cancelButton", "nextButton"]
    _to_review(kit, presenter)
    assert window.windowTitle() == "Review · New integration"
    qtbot.waitUntil(lambda: _shown_buttons(window) == ["cancelButton", "backButton", "createButton"])
    assert [item.state() for item in window.steps.items] == ["done", "done", "done", "now", "todo"]
    assert window.steps.items[0].accessibleName() == "Connect, done"
    assert _button(window, "createButton").text() == "Create integration in ACME Academy"


def test_a_name_with_an_ampersand_stands_whole_on_the_button(
    kit: Kit, window: WizardWindow, presenter: WizardPresenter
) -> None:
    _to_review(kit, presenter)
    at = presenter.book.draft.connection
    assert at is not None
    presenter.book.answer(connection=replace(at, platform_name="A & B"))
    assert _button(window, "createButton").text() == "Create integration in A && B"


def test_the_button_names_no_platform_where_there_is_no_room(
    kit: Kit, window: WizardWindow, presenter: WizardPresenter
) -> None:
    _to_review(kit, presenter)
    at = presenter.book.draft.connection
    assert at is not None
    presenter.book.answer(connection=replace(at, platform_name="An academy with a long name " * 4))
    assert _button(window, "createButton").text() == "Create integration"


def test_qwizard_follows_the_way_of_the_presenter(kit: Kit, window: WizardWindow, presenter: WizardPresenter) -> None:
    _to_review(kit, presenter)
    assert window.visitedIds() == [0, 1, 2, 3]
    _button(window, "backButton").click()
    assert (presenter.step, window.visitedIds()) == (Step.BEHAVIOUR, [0, 1, 2])
    window.steps.items[0].click()
    assert (presenter.step, window.visitedIds()) == (Step.CONNECT, [0])
    _button(window, "nextButton").click()
    assert (presenter.step, window.visitedIds()) == (Step.PLACE, [0, 1])


def test_pages_that_are_only_passed_are_not_made(kit: Kit, window: WizardWindow, presenter: WizardPresenter) -> None:
    _to_review(kit, presenter)
    made = [step for step in Step if window._holder(step).view is not None]
    assert made == [Step.CONNECT, Step.REVIEW]
    assert window.page(ORDER[Step.REVIEW]).isCommitPage()


def test_the_heading_takes_the_focus(kit: Kit, window: WizardWindow, presenter: WizardPresenter, qtbot: QtBot) -> None:
    window.activateWindow()
    _to_review(kit, presenter)
    heading = window.page_of(Step.REVIEW).ensure_built().heading
    qtbot.waitUntil(heading.hasFocus)
    presenter.change(Field.NAME)
    name = window.findChild(QLineEdit, "platformName")
    assert name is not None
    qtbot.waitUntil(name.hasFocus)


def test_a_page_that_is_entered_again_begins_at_its_top(
    kit: Kit, window: WizardWindow, presenter: WizardPresenter, qtbot: QtBot
) -> None:
    window.resize(640, 400)
    _to_review(kit, presenter)
    bar = window.page_of(Step.REVIEW).ensure_built().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    presenter.press(BarButton.BACK)
    presenter.press(BarButton.NEXT)
    qtbot.waitUntil(lambda: bar.value() == 0)


# ---------------------------------------------------------------------- keys


def test_enter_presses_the_primary_from_a_field_and_a_button_that_has_the_focus(
    window: WizardWindow, qtbot: QtBot
) -> None:
    check = window.primary()
    assert check is not None
    assert check.objectName() == "checkConnection"
    edit = window.findChild(QLineEdit, "customerName")
    assert edit is not None
    edit.setFocus()
    with qtbot.waitSignal(check.clicked):
        QTest.keyClick(edit, Key.Key_Return)
    cancel = _button(window, "cancelButton")
    cancel.setFocus()
    with qtbot.waitSignal(cancel.clicked), qtbot.assertNotEmitted(check.clicked):
        QTest.keyClick(cancel, Key.Key_Return)


def test_an_enter_that_is_held_presses_nothing(window: WizardWindow, qtbot: QtBot) -> None:
    check = window.primary()
    assert check is not None
    with qtbot.assertNotEmitted(check.clicked):
        held = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        QApplication.sendEvent(window, held)


def test_one_button_is_filled_and_default(kit: Kit, window: WizardWindow, presenter: WizardPresenter) -> None:
    for name in ("checkConnection", "createButton"):
        buttons = window.findChildren(QPushButton)
        assert [one.objectName() for one in buttons if one.property("accent")] == [name]
        assert [one.objectName() for one in buttons if one.isDefault()] == [name]
        _to_review(kit, presenter)


def test_a_primary_that_is_gone_is_forgotten(window: WizardWindow, qtbot: QtBot) -> None:
    primary = window.primary()
    assert primary is not None
    primary.deleteLater()
    del primary
    qtbot.waitUntil(lambda: window.primary() is None)


# ---------------------------------------------------------------------- the end


def _question(window: WizardWindow) -> QMessageBox:
    [question] = window.findChildren(QMessageBox)
    return question


def _click(question: QObject, name: str) -> None:
    button = question.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def test_escape_asks_and_closes_nothing_by_itself(window: WizardWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Key.Key_Escape)
    assert window.isVisible()
    _click(_question(window), "goOn")
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    assert window.isVisible()
    _button(window, "cancelButton").click()
    with qtbot.waitSignal(window.closed):
        _click(_question(window), "keepDraft")
    assert not window.isVisible()


def test_a_discarded_draft_is_gone(kit: Kit, window: WizardWindow, presenter: WizardPresenter, qtbot: QtBot) -> None:
    edit = window.findChild(QLineEdit, "customerName")
    assert edit is not None
    edit.setText("ACME")
    assert [draft.customer for draft in kit.bench.services.local.ledger.drafts.all()] == ["ACME"]
    presenter.cancel()
    with qtbot.waitSignal(window.closed):
        _click(_question(window), "discardDraft")
    assert kit.bench.services.local.ledger.drafts.all() == ()


def test_the_x_closes_without_asking_and_tells_it_once(window: WizardWindow, qtbot: QtBot) -> None:
    told: list[bool] = []
    window.closed.connect(lambda: told.append(True))
    with qtbot.waitSignal(window.closed):
        window.close()
    window.closeEvent(QCloseEvent())
    assert told == [True]
    assert not window.isVisible()


def test_two_windows_stand_side_by_side(kit: Kit, window: WizardWindow, context: Context, qtbot: QtBot) -> None:
    other = WizardPresenter(kit.asker, kit.shared.words)
    second = WizardWindow(context, other)
    qtbot.addWidget(second)
    second.show()
    other.begin()
    _to_review(kit, other)
    assert (window.presenter.step, other.step) == (Step.CONNECT, Step.REVIEW)
    window.presenter.cancel()
    assert (window.is_attended, second.is_attended) == (False, True)
    _click(_question(window), "goOn")
    second.close()
    assert window.isVisible()
    assert window.is_attended


def test_answers_that_cannot_be_saved_are_told_on_the_page(
    kit: Kit, window: WizardWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_draft: object) -> None:
        raise Expected(Code.STORE_FULL, detail="OperationalError")

    monkeypatch.setattr(kit.bench.services.local.ledger.drafts, "keep", full)
    edit = window.findChild(QLineEdit, "customerName")
    assert edit is not None
    edit.setText("ACME")
    summary = window.page_of(Step.CONNECT).summary
    assert not summary.isHidden()
    assert "disk" in summary.title.plain().lower()
    (detail,) = summary.links.values()
    # It belongs to no field: nothing happens.
    detail.click()
    assert edit.text() == "ACME"


# ---------------------------------------------------------------------- layout


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    return qapp.font()


def test_a_narrow_window_says_the_step_and_drops_the_list(
    window: WizardWindow, font: QFont, qapp: QApplication, qtbot: QtBot
) -> None:
    font.setPixelSize(16)
    qapp.setFont(font)
    window.resize(window.theme.units(45), 640)
    body = window.page_of(Step.CONNECT).ensure_built()
    assert not body.step_line.isVisible()
    window.resize(640, 400)
    qtbot.waitUntil(body.step_line.isVisible)
    assert body.step_line.plain() == "Step 1 of 5 · Connect"
    assert not window.steps.isVisible()
    qtbot.waitUntil(lambda: body.mapTo(window, body.rect().topLeft()).x() == 0)
    window.resize(window.theme.units(45), 640)
    qtbot.waitUntil(window.steps.isVisible)
    qtbot.waitUntil(lambda: body.mapTo(window, body.rect().topLeft()).x() == window.steps.width())


def test_the_bar_stands_on_the_pages_left_edge(window: WizardWindow) -> None:
    cancel, heading = window.bar_button(BarButton.CANCEL), window.page_of(Step.CONNECT).ensure_built().heading
    at = [one.mapTo(window, one.rect().topLeft()).x() for one in (cancel, heading)]
    assert at[0] == at[1]


@pytest.mark.parametrize("size", [(960, 640), (853, 480), (640, 400)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.CONTRAST_DARK])
def test_nothing_is_clipped(
    kit: Kit,
    window: WizardWindow,
    presenter: WizardPresenter,
    theme: Theme,
    font: QFont,
    qtbot: QtBot,
    size: tuple[int, int],
    scale: float,
    look: Appearance,
) -> None:
    font.setPointSizeF(font.pointSizeF() * scale)
    QApplication.setFont(font)
    theme.set_appearance(look)
    window.resize(*size)
    qtbot.waitUntil(lambda: clipped(window) == [])
    _to_review(kit, presenter)
    qtbot.waitUntil(lambda: clipped(window) == [])
