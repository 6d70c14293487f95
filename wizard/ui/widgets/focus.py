"""Tab order and focus where Qt's own order differs from what is seen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class FocusForwarder(QWidget):
    """A container that forwards the focus to ``target``, one of its children.

    Not a focus proxy: with one, Qt 6.11 removes the siblings of ``target`` from the Tab order.
    """

    def __init__(self, target: QWidget) -> None:
        super().__init__()
        self.target = target

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.target.setFocus(event.reason())


def tab_after(before: QWidget, box: QWidget) -> None:
    """Put the widgets in ``box`` behind ``before`` in the Tab order; Qt appends new widgets at its end."""
    for widget in box.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QWidget.setTabOrder(before, widget)
            before = widget
