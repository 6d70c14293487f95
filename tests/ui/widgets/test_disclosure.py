"""Collapsible sections."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text


def test_a_disclosure_builds_its_content_when_first_opened(theme: Theme, qtbot: QtBot) -> None:
    built: list[Text] = []

    def build() -> Text:
        built.append(Text(theme, "Inside"))
        return built[-1]

    disclosure = Disclosure(theme, "More", build, note="Nothing set")
    qtbot.addWidget(disclosure)
    disclosure.show()
    assert not built
    QTest.keyClick(disclosure.row, Key.Key_Space)
    assert disclosure.is_open()
    assert built[0].isVisible()
    QTest.keyClick(disclosure.row, Key.Key_Return)
    assert not built[0].isVisible()
    assert len(built) == 1
