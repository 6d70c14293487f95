"""Fields: label, help, problem and live sentence."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.field import FieldBox, FieldPair, LiveFieldBox


def test_what_stands_further_below_is_read_out_with_the_control(theme: Theme, qtbot: QtBot) -> None:
    field = FieldBox(theme, "Logo", QLineEdit(), help_text="A picture.")
    qtbot.addWidget(field)
    field.set_problem("Not an address.")
    field.describe_more("Too large.")
    assert field.control.accessibleDescription() == "A picture. Not an address. Too large."
    field.describe_more("")
    assert field.control.accessibleDescription() == "A picture. Not an address."


def test_a_field_shows_its_problem_before_its_live_sentence(theme: Theme, qtbot: QtBot) -> None:
    field = LiveFieldBox(theme, "Name", QLineEdit(), help_text="Shown to learners")
    qtbot.addWidget(field)
    field.show()
    empty = field.height()
    field.set_live("Learners see Udemy.", "ok", bold="Udemy")
    field.set_problem("Enter a name.")
    assert field.line.line() == field.problem() == "Enter a name."
    assert "Enter a name." in field.control.accessibleDescription()
    field.set_problem(None)
    assert field.line.line() == "Learners see Udemy."
    assert field.sizeHint().height() == empty
    assert field.control.accessibleName() == "Name"


def test_a_pair_of_fields_stacks_when_room_ends(theme: Theme, qtbot: QtBot) -> None:
    left, right = FieldBox(theme, "ID", QLineEdit()), FieldBox(theme, "Secret", QLineEdit())
    pair = FieldPair(theme, left, right)
    qtbot.addWidget(pair)
    pair.resize(theme.units(40), 200)
    pair.show()
    assert left.control.mapTo(pair, left.control.rect().topLeft()).y() == right.control.mapTo(
        pair, right.control.rect().topLeft()).y()  # fmt: skip
    pair.resize(theme.units(20), 400)
    qtbot.waitUntil(lambda: right.box.y() > left.box.y())


def test_what_stands_beside_the_label_comes_before_the_control(theme: Theme, qtbot: QtBot) -> None:
    before, link = QLineEdit(), LinkButton(theme, "Paste a link")
    field = FieldBox(theme, "Group", QLineEdit(), trailing=link)
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    for widget in (link, field.control):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is widget
