"""Secret fields."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.secret_edit import SecretEdit


def test_a_secret_is_seen_only_while_the_eye_is_pressed(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    edit = SecretEdit(theme, "Show the secret while pressed")
    qtbot.addWidget(edit)
    edit.show()
    edit.setText("canary")
    assert edit.displayText() != "canary"
    QTest.keyPress(edit.eye, Key.Key_Space)
    assert edit.displayText() == "canary"
    qapp.clipboard().setText("before")
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == "before"
    QTest.keyRelease(edit.eye, Key.Key_Space)
    assert edit.displayText() != "canary"
    assert edit.text() == "canary"
    assert edit.eye.focusPolicy() & Qt.FocusPolicy.TabFocus
