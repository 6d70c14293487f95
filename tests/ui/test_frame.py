"""The shell: bar, keys, closing, narrow form, and nothing clipped."""

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.layout import clipped
from wizard.ui.theme.theme import Appearance, Theme
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.field import FieldBox, FieldPair
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.step_list import StepList
from wizard.ui.wizard.frame import BarButton, Frame, FramePage

Key = Qt.Key
NAMES = ("Connect", "Place", "Create")
TEXTS: tuple[tuple[BarButton, str], ...] = (
    ("cancel", "Cancel"),
    ("back", "Back"),
    ("next", "Next"),
    ("create", "Create integration in ACME Academy"),
    ("close", "Close"),
    ("stop", "Stop waiting"),
)


class Page(FramePage):
    def build(self) -> Iterator[PageBody]:
        body = PageBody(self.theme, "Which platform do you want to connect?", "You need two values from it.")
        body.add_lead_link(LinkButton(self.theme, "How do I get these?"))
        self.edit = QLineEdit()
        body.add(
            FieldBox(self.theme, "Customer name", self.edit, help_text="Only for your list. Example: ACME", units=20)
        )
        sides = (
            FieldBox(self.theme, name, QLineEdit(), help_text="From the platform") for name in ("Client ID", "Secret")
        )
        body.add(FieldPair(self.theme, *sides))
        self.check = Button(self.theme, "Check connection")
        body.add(self.check)
        yield body


@pytest.fixture
def frame(theme: Theme, qtbot: QtBot) -> Frame:
    frame = Frame(theme, StepList(theme, "New integration", NAMES))
    for number, name in enumerate(NAMES):
        page = Page(theme)
        page.setCommitPage(number == 1)
        frame.setPage(number, page)
        frame.set_step_text(number, f"Step {number + 1} of 3 · {name}")
    for name, text in TEXTS:
        frame.set_bar_text(name, text)
    qtbot.addWidget(frame, before_close_func=Frame.close_now)
    frame.resize(960, 640)
    frame.show()
    qtbot.waitExposed(frame)
    return frame


def _page(frame: Frame) -> Page:
    page = frame.currentPage()
    assert isinstance(page, Page)
    return page


def test_buttons_have_their_names(frame: Frame) -> None:
    names = {frame.bar_button(name).objectName() for name, _ in TEXTS}
    expected = "cancelButton backButton nextButton createButton closeButton stopWaitingButton"
    assert names == set(expected.split())
    assert frame.objectName() == "wizard"


def test_pages_are_built_when_they_are_entered_and_keep_their_answers(frame: Frame) -> None:
    first = _page(frame)
    second = cast(Page, frame.page(1))
    assert not second.findChildren(PageBody)
    first.edit.setText("ACME")
    frame.next()
    assert second.findChildren(PageBody)
    frame.back()
    assert first.edit.text() == "ACME"


def test_the_heading_takes_the_focus(frame: Frame, qtbot: QtBot) -> None:
    frame.activateWindow()
    frame.next()
    body = _page(frame).body
    assert body is not None
    qtbot.waitUntil(body.heading.hasFocus)


def test_enter_presses_the_primary_from_a_field_and_a_button_that_has_the_focus(frame: Frame, qtbot: QtBot) -> None:
    page = _page(frame)
    frame.show_bar(("cancel",), ("next",))
    frame.set_primary(page.check)
    page.edit.setFocus()
    with qtbot.waitSignal(page.check.clicked):
        QTest.keyClick(page.edit, Key.Key_Return)
    assert frame.currentId() == 0
    cancel = frame.bar_button("cancel")
    cancel.setFocus()
    with qtbot.waitSignal(frame.cancel_requested), qtbot.assertNotEmitted(page.check.clicked):
        QTest.keyClick(cancel, Key.Key_Return)
    frame.set_primary(None)
    QTest.keyClick(page.edit, Key.Key_Return)
    assert frame.currentId() == 0


def test_one_button_is_filled_and_default(frame: Frame) -> None:
    names: tuple[BarButton, ...] = ("next", "cancel", "next")
    for name in names:
        frame.set_primary(frame.bar_button(name))
        buttons = [frame.bar_button(one) for one, _ in TEXTS]
        assert [one for one in buttons if one.property("accent")] == [frame.primary()]
        assert [one for one in buttons if one.isDefault()] == [frame.primary()]


def test_a_primary_that_is_gone_is_forgotten(frame: Frame, qtbot: QtBot) -> None:
    button = Button(frame.theme, "Look now")
    frame.set_primary(button)
    button.deleteLater()
    del button
    qtbot.waitUntil(lambda: frame.primary() is None)


def test_nothing_closes_without_an_answer(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.cancel_requested):
        QTest.keyClick(frame, Key.Key_Escape)
    with qtbot.waitSignal(frame.cancel_requested):
        frame.bar_button("cancel").click()
    event = QCloseEvent()
    with qtbot.waitSignal(frame.cancel_requested):
        frame.closeEvent(event)
    assert not event.isAccepted()
    assert frame.isVisible()
    frame.close_now()
    assert not frame.isVisible()


def test_a_narrow_window_says_the_step_and_drops_the_list(frame: Frame, qapp: QApplication, qtbot: QtBot) -> None:
    font = qapp.font()
    font.setPixelSize(16)
    qapp.setFont(font)
    frame.resize(frame.theme.units(45), 640)
    body = _page(frame).body
    assert body is not None
    assert not body.step_line.isVisible()
    frame.resize(640, 400)
    qtbot.waitUntil(body.step_line.isVisible)
    assert body.step_line.plain() == "Step 1 of 3 · Connect"
    assert not frame.steps.isVisible()
    qtbot.waitUntil(lambda: body.mapTo(frame, body.rect().topLeft()).x() == 0)
    frame.resize(frame.theme.units(45), 640)
    qtbot.waitUntil(frame.steps.isVisible)
    qtbot.waitUntil(lambda: body.mapTo(frame, body.rect().topLeft()).x() == frame.steps.width())


def test_the_bar_stands_on_the_pages_left_edge(frame: Frame) -> None:
    body = _page(frame).body
    assert body is not None
    cancel = frame.bar_button("cancel")
    assert (
        cancel.mapTo(frame, cancel.rect().topLeft()).x() == body.heading.mapTo(frame, body.heading.rect().topLeft()).x()
    )


@pytest.mark.parametrize("size", [(960, 640), (853, 480), (640, 400)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.CONTRAST_DARK])
def test_nothing_is_clipped(
    frame: Frame, theme: Theme, qapp: QApplication, qtbot: QtBot, size: tuple[int, int], scale: float, look: Appearance
) -> None:
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    qapp.setFont(font)
    theme.set_appearance(look)
    frame.resize(*size)
    for number in range(len(NAMES)):
        frame.show_customer("ACME Academy", "EU · app.360learning.com", "#2f6fde", "Practice")
        qtbot.waitUntil(lambda: clipped(frame) == [])
        if number < 2:
            frame.next()
