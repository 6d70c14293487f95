"""Tab goes where a person looks."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wizard.ui.widgets.focus import FocusForwarder, tab_after


def _edit(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    return edit


def _fill(parent: QWidget, *children: QWidget) -> None:
    column = QVBoxLayout(parent)
    for child in children:
        column.addWidget(child)


def _shown(qtbot: QtBot, window: QWidget) -> None:
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def _tabbed(window: QWidget, first: QWidget, count: int) -> list[str]:
    first.setFocus()
    names = []
    for _ in range(count):
        window.focusNextChild()
        names.append(window.focusWidget().objectName())
    return names


def test_a_box_hands_its_focus_on_and_leaves_the_rest_in_the_order(qtbot: QtBot) -> None:
    window, first, search, view = QWidget(), _edit("first"), _edit("search"), _edit("view")
    box = FocusForwarder(view)
    _fill(window, first, box)
    _fill(box, search, view)
    _shown(qtbot, window)
    assert _tabbed(window, first, 2) == ["search", "view"]
    first.setFocus()
    box.setFocus()
    assert view.hasFocus()


def test_what_is_made_later_comes_where_it_stands(qtbot: QtBot) -> None:
    window, first, box, last = QWidget(), _edit("first"), QWidget(), _edit("last")
    _fill(window, first, box, last)
    _shown(qtbot, window)
    one, two = _edit("one"), _edit("two")
    _fill(box, one, two)
    tab_after(first, box)
    qtbot.waitUntil(two.isVisible)
    assert _tabbed(window, first, 3) == ["one", "two", "last"]
