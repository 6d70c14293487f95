"""Radio buttons."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.choices import Choices


def test_choices_tell_only_what_a_person_chose(theme: Theme, qtbot: QtBot) -> None:
    choices = Choices(theme, [("eu", "Europe"), ("us", "United States")])
    qtbot.addWidget(choices)
    told: list[str] = []
    choices.chosen.connect(told.append)
    choices.set_value("eu")
    assert (choices.value(), told) == ("eu", [])
    choices.show()
    choices.activateWindow()
    choices.button("eu").setFocus()
    qtbot.waitUntil(choices.button("eu").hasFocus)
    QTest.keyClick(choices.button("eu"), Key.Key_Down)
    assert (choices.value(), told) == ("us", ["us"])
    choices.set_value("")
    assert choices.value() == ""
