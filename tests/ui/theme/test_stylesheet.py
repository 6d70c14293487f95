"""The style sheet."""

from PySide6.QtWidgets import QApplication

from wizard.ui.theme.stylesheet import style_sheet
from wizard.ui.theme.theme import Theme


def test_the_sheet_is_made_for_our_own_controls_only(theme: Theme, qapp: QApplication) -> None:
    text = style_sheet(theme.tones, theme.unit())
    assert "QPushButton" in text
    assert "font-family" not in text
    if theme.is_native:
        assert qapp.styleSheet() == ""
    else:
        assert qapp.styleSheet() == text
