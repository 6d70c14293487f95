"""Text of any length: what is too long ends with an ellipsis, and the whole of it is at hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.layout import clipped
from wizard.core.text_safety import plain_tip
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.text import Heading, Text

LONG = "W" * 10_000


def _shown(text: Text, qtbot: QtBot, width: int = 500) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(text)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(width, 400)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.mark.parametrize(
    ("words", "bold"),
    [(LONG, ""), (f"Learners see {LONG}. Free in this group.", LONG), (f"“{LONG}” is taken", "")],
)
def test_what_has_no_break_ends_with_an_ellipsis(theme: Theme, qtbot: QtBot, words: str, bold: str) -> None:
    text = Text(theme, words, bold=bold)
    window = _shown(text, qtbot)
    for width in (500, 250, 700):
        window.resize(width, 400)
        qtbot.waitUntil(lambda: abs(text.width() - window.width()) < 40)
        assert "…" in text.shown()
        assert 10 < len(text.shown()) < 200
        qtbot.waitUntil(lambda: clipped(window) == [])
        assert text.fontMetrics().horizontalAdvance(max(text.shown().split(), key=len)) <= text.width()
    assert text.shown().endswith("Free in this group.") == words.endswith("Free in this group.")
    assert text.plain() == text.accessibleName() == words
    assert text.toolTip() == plain_tip(words)


def test_text_shows_markup_and_obeys_none(theme: Theme, qtbot: QtBot) -> None:
    text = Text(theme, "<b>x</b> & <i>y</i>")
    qtbot.addWidget(text)
    assert text.textFormat() == Qt.TextFormat.PlainText
    text.set_text("Connected to <img src=x>", bold="<img src=x>")
    assert "<img" not in text.text()
    assert text.plain() == text.accessibleName() == "Connected to <img src=x>"
    text.set_text("Nothing bold", bold="elsewhere")
    assert text.textFormat() == Qt.TextFormat.PlainText


def test_a_heading_stays_a_heading_also_where_a_long_name_has_blanks(theme: Theme, qtbot: QtBot) -> None:
    heading = Heading(theme, "Integration " * 900)
    window = _shown(heading, qtbot)
    assert clipped(window) == []
    assert heading.height() < 5 * heading.fontMetrics().lineSpacing()
    assert heading.shown().endswith("…")
    heading.set_text("Integration")
    assert (heading.shown(), heading.toolTip(), heading.accessibleName()) == ("Integration", "", "")


def test_an_address_still_wraps_where_it_can(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    address = "https://static.example.com/" + "folder/" * 20 + "logo.png"
    text = Text(theme, address)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    window = _shown(text, qtbot, 300)
    assert window.width() == 300
    assert text.shown() == address
    assert text.toolTip() == ""
    assert text.height() > 2 * text.fontMetrics().height()


def test_a_tip_of_the_widget_itself_stays(theme: Theme, qtbot: QtBot) -> None:
    text = Text(theme, "Sales")
    qtbot.addWidget(text)
    text.setToolTip("Where learners find it")
    text.set_text("Marketing")
    assert text.toolTip() == "Where learners find it"
