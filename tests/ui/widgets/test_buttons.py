"""Painted buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key, sample_actions
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.buttons import Button, LinkButton


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_painted_buttons_are_pressed_by_keys(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    actions, link, plain = sample_actions(theme), LinkButton(theme, "Open"), Button(theme, "Copy")
    for widget in (actions, link, plain):
        qtbot.addWidget(widget)
    with qtbot.waitSignal(actions.chosen) as told:
        QTest.keyClick(actions.rows["again"], key)
    assert told.args == ["again"]
    for button in (link, plain):
        with qtbot.waitSignal(button.clicked):
            QTest.keyClick(button, key)
    assert link.sizeHint().height() >= 24
