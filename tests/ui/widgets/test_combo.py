"""Combo boxes."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.combo import Combo


def _shown(qtbot: QtBot, window: QWidget) -> None:
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_a_row_that_is_selected_from_outside_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme)
    combo.addItems(["New", "ACME"])
    _shown(qtbot, combo)
    with qtbot.waitSignal(combo.activated) as chosen:
        combo.view().selectionModel().select(
            combo.model().index(1, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
    assert (chosen.args, combo.currentText()) == ([1], "ACME")
