"""Number fields."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.number_edit import NumberEdit


def test_a_number_is_as_high_as_a_line_and_both_are_quiet_when_disabled(theme: Theme, qtbot: QtBot) -> None:
    edit, number = QLineEdit("8080"), NumberEdit(theme, 1, 9)
    for widget in (edit, number):
        qtbot.addWidget(widget)
        widget.show()
        before = widget.grab().toImage().pixelColor(20, 4).name()
        widget.setEnabled(False)
        assert widget.grab().toImage().pixelColor(20, 4).name() == theme.tones.side.name() != before
    assert edit.sizeHint().height() == number.sizeHint().height()
