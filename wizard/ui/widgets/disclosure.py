"""A collapsible section."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_ROW, DrawnButton, focus_ring


class Disclosure(QWidget):
    """A row with a chevron that shows or hides the content below it, and a muted note about the content.

    ``content`` is a widget, or a function that makes it when the section is first opened.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        text: str,
        content: QWidget | Callable[[], QWidget],
        *,
        note: str = "",
    ) -> None:
        super().__init__()
        self.theme = theme
        self._content: QWidget | None = None
        self.row = _Row(theme, text, note)
        self.row.toggled.connect(self._on_row_toggled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.row)
        self._build = content if not isinstance(content, QWidget) else lambda: content
        if isinstance(content, QWidget):
            self._add(content)

    def set_note(self, note: str) -> None:
        """Show another note."""
        self.row.note = note
        self.row.update_accessible_texts()
        self.row.updateGeometry()
        self.row.update()

    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self.row.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Open or close."""
        self.row.setChecked(is_open)

    def content(self) -> QWidget:
        """The content, made now if it was not yet."""
        if self._content is None:
            self._add(self._build())
        return cast(QWidget, self._content)

    def _add(self, content: QWidget) -> None:
        self._content = content
        # Add it to the layout before showing it: a visible widget without a parent is a window of its own.
        self._column.addWidget(content)
        content.setVisible(self.is_open())

    def _on_row_toggled(self, is_open: bool) -> None:
        self.content().setVisible(is_open)
        self.toggled.emit(is_open)


class _Row(DrawnButton):
    def __init__(self, theme: Theme, text: str, note: str) -> None:
        super().__init__(theme, text)
        self.note = note
        self.setObjectName("disclosure")
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.update_accessible_texts()

    def update_accessible_texts(self) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self.note)

    def sizeHint(self) -> QSize:
        width = self._start() + self.fontMetrics().horizontalAdvance(self.text()) + 10
        if self.note:
            width += self._note_metrics().horizontalAdvance(self.note) + 10
        return QSize(width, max(32, self.theme.units(1.9)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(6), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        hint = self.sizeHint()
        if width >= hint.width():
            return hint.height()
        text, note = self._wrapped(width)
        return max(hint.height(), text.height() + note.height() + 14)

    def paintEvent(self, _event: object) -> None:
        tones, side = self.theme.tones, self.theme.units(1.0)
        painter = QPainter(self)
        is_wide = self.width() >= self.sizeHint().width()
        text, note = self._wrapped(self.width())
        middle = self.height() / 2 if is_wide else 7 + self.fontMetrics().height() / 2
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        rect = QRectF(0, middle - side / 2, side, side)
        self.theme.draw_icon(painter, chevron, rect, tones.muted)
        painter.setPen(tones.text)
        left = int(Qt.AlignmentFlag.AlignLeft)
        if is_wide:
            center = left | int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(self.rect().adjusted(self._start(), 0, 0, 0), center, self.text())
            offset = self._start() + self.fontMetrics().horizontalAdvance(self.text()) + 10
            painter.setFont(self.theme.font("help"))
            painter.setPen(tones.muted)
            painter.drawText(self.rect().adjusted(offset, 1, 0, 1), center, self.note)
        else:
            wrap = left | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(text.translated(self._start(), 7), wrap, self.text())
            painter.setFont(self.theme.font("help"))
            painter.setPen(tones.muted)
            painter.drawText(note.translated(self._start(), 7 + text.height()), wrap, self.note)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), tones, RADIUS_ROW)
        painter.end()

    def _start(self) -> int:
        return self.theme.units(1.0) + 8

    def _note_metrics(self) -> QFontMetrics:
        return QFontMetrics(self.theme.font("help"))

    def _wrapped(self, width: int) -> tuple[QRect, QRect]:
        room = QRect(0, 0, max(1, width - self._start() - 4), 10_000)
        wrap = Qt.TextFlag.TextWordWrap
        text = self.fontMetrics().boundingRect(room, wrap, self.text())
        if not self.note:
            return text, QRect()
        return text, self._note_metrics().boundingRect(room, wrap, self.note)
