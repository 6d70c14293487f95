"""A walk over a window that finds what is clipped."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from wizard.ui.widgets.text import Text


def clipped(window: QWidget) -> list[str]:
    """Every visible label and button that got less room than its text needs, in words.

    Compares height-for-width and size hint with the real size, and looks whether the widget lies
    inside its parents; what a scroll area hides below its edge is not clipped, only what it hides
    at the side.
    """
    found = []
    widgets: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    for widget in widgets:
        if not widget.isVisibleTo(window) or not widget.text():
            continue
        fault = _fault(widget) or _outside(widget, window)
        if fault:
            found.append(f"{type(widget).__name__} {widget.text()[:40]!r}: {fault}")
    return found


def _fault(widget: QLabel | QAbstractButton) -> str:
    least = widget.minimumSizeHint() if widget.hasHeightForWidth() else widget.sizeHint()
    if widget.hasHeightForWidth():
        need = widget.heightForWidth(widget.width())
        if widget.height() < need:
            return f"{widget.height()} high, needs {need} at width {widget.width()}"
        word = _longest_word(widget)
        if isinstance(widget, QLabel) and widget.contentsRect().width() < word:
            return f"{widget.width()} wide, its longest word needs {word}"
        return ""
    if widget.width() < least.width() or widget.height() < least.height():
        return f"{widget.width()}x{widget.height()}, needs {least.width()}x{least.height()}"
    return ""


def _longest_word(label: QLabel | QAbstractButton) -> int:
    text = label.shown() if isinstance(label, Text) else label.accessibleName() or label.text()
    metrics = label.fontMetrics()
    return max((metrics.horizontalAdvance(word) for word in text.split()), default=0)


def _outside(widget: QWidget, window: QWidget) -> str:
    child, parent = widget, widget.parentWidget()
    left, right = 0, widget.width()
    top, bottom = 0, widget.height()
    scrolls = False
    while parent is not None and child is not window:
        left, right = left + child.x(), right + child.x()
        top, bottom = top + child.y(), bottom + child.y()
        if left < 0 or right > parent.width():
            return f"reaches from {left} to {right} in {type(parent).__name__} of {parent.width()}"
        scrolls = scrolls or isinstance(parent.parentWidget(), QScrollArea)
        if not scrolls and (top < 0 or bottom > parent.height()):
            return f"reaches down to {bottom} in {type(parent).__name__} of {parent.height()}"
        child, parent = parent, parent.parentWidget()
    return ""
