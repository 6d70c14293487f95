"""The theme at run time."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Appearance, Theme

Role = QPalette.ColorRole


def test_the_theme_follows_a_look_at_run_time(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_appearance(Appearance.DARK)
    assert theme.tones.dark
    assert qapp.palette().color(Role.Window) == theme.tones.window
    assert qapp.palette().color(Role.PlaceholderText) == theme.tones.muted


def test_the_theme_hears_of_a_font(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    before = theme.unit()
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    with qtbot.waitSignal(theme.changed):
        qapp.setFont(font)
    assert theme.unit() > 1.7 * before
    assert theme.font("heading").pointSizeF() == pytest.approx(font.pointSizeF() * 1.5)


def test_an_accent_button_is_filled(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Go")
    qtbot.addWidget(button)
    theme.set_accent(button, True)
    button.resize(120, 40)
    assert button.grab().toImage().pixelColor(20, 8) == theme.tones.accent_fill
    theme.set_accent(button, False)
    assert button.grab().toImage().pixelColor(20, 8) == theme.tones.button


def test_the_palette_listener_is_never_shown(theme: Theme, qapp: QApplication) -> None:
    assert not [one for one in qapp.topLevelWidgets() if one.isVisible()]
