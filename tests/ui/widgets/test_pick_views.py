"""Search field, tree and list."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key, sample_people, sample_tree
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.pick_views import SearchField


def test_a_tree_is_chosen_from_by_arrows_and_typing(theme: Theme, qtbot: QtBot) -> None:
    tree = sample_tree(theme)
    qtbot.addWidget(tree)
    tree.show()
    told: list[str] = []
    tree.chosen.connect(lambda index: told.append(index.data()))
    tree.choose(tree.model().index(0, 0))
    QTest.keyClick(tree, Key.Key_Down)
    QTest.keyClicks(tree, "Sal")
    assert told == ["ACME", "Compliance", "Sales"]


def test_people_are_chosen_by_typing_and_by_assistive_technology(theme: Theme, qtbot: QtBot) -> None:
    people = sample_people(theme)
    qtbot.addWidget(people)
    people.show()
    told: list[QModelIndex] = []
    people.chosen.connect(told.append)
    QTest.keyClicks(people, "Jean")
    assert told[-1].data() == "Jean Dupont"
    table = QAccessible.queryAccessibleInterface(people)
    row = table.child(0)
    assert row.text(QAccessible.Text.Name) == "Anna Berger, Admin"
    assert table.selectionInterface() is not None
    table.selectionInterface().select(row)
    assert told[-1].data() == "Anna Berger"


def test_search_hands_on_to_its_list(theme: Theme, qtbot: QtBot) -> None:
    search, people = SearchField(theme, "Search people", "Search"), sample_people(theme)
    box = QWidget()
    qtbot.addWidget(box)
    for widget in (search, people):
        widget.setParent(box)
    search.set_target(people)
    box.show()
    box.activateWindow()
    search.setFocus()
    QTest.keyClicks(search, "an")
    QTest.keyClick(search, Key.Key_Down)
    qtbot.waitUntil(people.hasFocus)
    QTest.keyClick(search, Key.Key_Escape)
    assert search.text() == ""
