"""Taking widgets out of a layout."""

from PySide6.QtWidgets import QLayout, QWidget


def clear(layout: QLayout) -> None:
    """Take everything out of a layout that holds widgets and spaces; what was in it is found by its name no more."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            # It lives until the event that is being handled has ended, which may be the press of a button in it.
            for part in (widget, *widget.findChildren(QWidget)):
                part.setObjectName("")
            widget.deleteLater()
