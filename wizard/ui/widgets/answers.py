"""Check-answers rows: what was answered, and the way back to change it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Drawn
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.card import Card
from wizard.ui.widgets.text import Text


class AnswerRow(Drawn):
    """One label with its value, a small id under it, and the link to change it."""

    change_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: str,
        *,
        id_text: str = "",
        change: str = "",
        change_name: str = "",
        first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._first = first
        self._stacked: bool | None = None
        self.label = Text(theme, label, "muted")
        self.value = Text(theme, value)
        self.id_text = Text(theme, id_text, "help")
        self.id_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not id_text:
            self.id_text.hide()
        self.change: LinkButton | None = None
        if change:
            self.change = LinkButton(theme, change, name=change_name)
            self.change.clicked.connect(self.change_clicked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 5, 14, 8 if id_text else 5)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(1)
        self.setAccessibleName(f"{label}: {value}")
        self._lay(stacked=False)

    def set_value(self, value: str, id_text: str = "") -> None:
        """Show another value."""
        self.value.set_text(value)
        self.id_text.set_text(id_text)
        self.id_text.setVisible(bool(id_text))
        self.setAccessibleName(f"{self.label.plain()}: {value}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(stacked=self.width() < self.theme.units(29))

    def _on_theme_changed(self) -> None:
        self._stacked = None
        self._lay(stacked=self.width() < self.theme.units(29))
        super()._on_theme_changed()

    def _lay(self, *, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        width = self.theme.units(10)
        grid.setColumnMinimumWidth(0, 0 if stacked else width)
        # A long label wraps, so that all values of a list stand in one line.
        self.label.setMaximumWidth(16_777_215 if stacked else width)
        grid.setColumnStretch(0, 1 if stacked else 0)
        grid.setColumnStretch(1, 0 if stacked else 1)
        row, column = (1, 0) if stacked else (0, 1)
        top = Qt.AlignmentFlag.AlignTop
        # A row is as high as its link, so that rows with and without one are alike.
        grid.setRowMinimumHeight(0, max(24, self.theme.unit() + 2))
        pad = max(0, (max(24, self.theme.unit() + 2) - self.theme.unit()) // 2)
        for text in (self.label, self.value):
            text.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
            text.setContentsMargins(0, pad, 0, pad)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.value, row, column)
        grid.addWidget(self.id_text, row + 1, column)
        if self.change is not None:
            grid.addWidget(self.change, 0, 2, top)

    def paintEvent(self, _event: object) -> None:
        if self._first:
            return
        tones = self.theme.tones
        painter = QPainter(self)
        painter.fillRect(QRectF(16, 0, self.width() - 32, tones.hairline), tones.line)
        painter.end()


class AnswerList(Card):
    """A card of answer rows; ``change_requested`` tells the key of the row to change."""

    change_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, margins=(0, 0, 0, 0), parent=parent)
        self.column.setSpacing(0)
        self.rows: dict[str, AnswerRow] = {}

    def add(
        self,
        key: str,
        label: str,
        value: str,
        *,
        id_text: str = "",
        change: str = "",
        change_name: str = "",
    ) -> AnswerRow:
        """Add a row at the end."""
        row = AnswerRow(
            self.theme, label, value, id_text=id_text, change=change, change_name=change_name,
            first=not self.rows,
        )  # fmt: skip
        if row.change is not None:
            row.change.setObjectName(f"change_{key}")
        row.change_clicked.connect(lambda: self.change_requested.emit(key))
        self.rows[key] = row
        self.column.addWidget(row)
        return row

    def clear(self) -> None:
        """Take all rows away."""
        for row in self.rows.values():
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
