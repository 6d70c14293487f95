"""The list of steps."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key, sample_steps
from wizard.ui.theme.theme import Theme


def test_only_done_steps_can_be_pressed(theme: Theme, qtbot: QtBot) -> None:
    steps = sample_steps(theme)
    qtbot.addWidget(steps)
    steps.show()
    with qtbot.waitSignal(steps.step_chosen) as told:
        QTest.keyClick(steps.items[0], Key.Key_Return)
    assert told.args == [0]
    assert [one.focusPolicy() == Qt.FocusPolicy.NoFocus for one in steps.items] == [False, True, True]
    assert steps.items[0].accessibleName() == "Connect, done"
