"""Ids with a copy button."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.id_field import IdField


def test_an_id_is_copied_and_says_so(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    field = IdField(theme, "Integration ID", "Copy", "Copied")
    qtbot.addWidget(field)
    field.show()
    field.set_value("673f5b0e9d1c2a0012ab34cd")
    width = field.button.width()
    with qtbot.waitSignal(field.copied):
        QTest.keyClick(field.button, Key.Key_Return)
    assert qapp.clipboard().text() == "673f5b0e9d1c2a0012ab34cd"
    assert field.button.text() == "Copied"
    assert field.button.width() == width
    qtbot.waitUntil(lambda: field.button.text() == "Copy", timeout=4000)
