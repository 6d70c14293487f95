"""The check-answers list."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key, sample_answers
from wizard.ui.theme.theme import Theme


def test_change_says_what(theme: Theme, qtbot: QtBot) -> None:
    answers = sample_answers(theme)
    qtbot.addWidget(answers)
    link = answers.rows["group"].change
    assert link is not None
    assert link.accessibleName() == "Change group"
    with qtbot.waitSignal(answers.change_requested) as told:
        QTest.keyClick(link, Key.Key_Return)
    assert told.args == ["group"]
    assert answers.rows["group"].accessibleName() == "Group: Sales"
