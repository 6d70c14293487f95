"""The order in which Tab goes, where Qt's own is not the one that is seen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class Handover(QWidget):
    """A box that hands a focus given to it on to ``target``, one of the things in it.

    Not by a focus proxy: Qt (6.11) then takes all that lies beside the proxy out of the Tab order.
    """

    def __init__(self, target: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = target

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.target.setFocus(event.reason())


def tab_after(before: QWidget, box: QWidget) -> None:
    """Let Tab go from ``before`` through ``box``; what is made later would come after everything else."""
    for widget in box.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QWidget.setTabOrder(before, widget)
            before = widget
