"""The check-answers list: each answer with a link to change it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import QWIDGETSIZE_MAX, Drawn
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.card import Card
from wizard.ui.widgets.text import Text


class AnswerRow(Drawn):
    """A label, its value, an optional id in small type under the value, and an optional link to change it."""

    change_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: str,
        *,
        change: str = "",
        change_name: str = "",
        is_first: bool = False,
    ) -> None:
        super().__init__(theme)
        self._is_first = is_first
        self._is_stacked: bool | None = None
        self.label = Text(theme, label, "muted")
        self.value = Text(theme, value)
        self.id_text = Text(theme, "", "help")
        self.id_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.id_text.hide()
        self.change: LinkButton | None = None
        if change:
            self.change = LinkButton(theme, change, name=change_name)
            self.change.clicked.connect(self.change_clicked)
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(1)
        self.set_value(value)
        self._arrange(is_stacked=False)

    def set_value(self, value: str, id_text: str = "") -> None:
        """Show a value, and an id under it unless it is empty."""
        self.value.set_text(value)
        self.id_text.set_text(id_text)
        self.id_text.setVisible(bool(id_text))
        self._grid.setContentsMargins(16, 5, 14, 8 if id_text else 5)
        self.setAccessibleName(f"{self.label.plain()}: {value}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_stacked=self._is_narrow())

    def _on_theme_changed(self) -> None:
        self._is_stacked = None
        self._arrange(is_stacked=self._is_narrow())
        super()._on_theme_changed()

    def _is_narrow(self) -> bool:
        return self.width() < self.theme.units(29)

    def _arrange(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        width = self.theme.units(10)
        grid.setColumnMinimumWidth(0, 0 if is_stacked else width)
        # Wrap long labels, so that the values of all rows are aligned.
        self.label.setMaximumWidth(QWIDGETSIZE_MAX if is_stacked else width)
        grid.setColumnStretch(0, 1 if is_stacked else 0)
        grid.setColumnStretch(1, 0 if is_stacked else 1)
        row, column = (1, 0) if is_stacked else (0, 1)
        top = Qt.AlignmentFlag.AlignTop
        # Rows without a link are as high as rows with one.
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
        if self._is_first:
            return
        tones = self.theme.tones
        painter = QPainter(self)
        painter.fillRect(QRectF(16, 0, self.width() - 32, tones.hairline), tones.line)
        painter.end()


class AnswerList(Card):
    """A card of answer rows; ``change_requested`` carries the key of the row to change."""

    change_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(0, 0, 0, 0))
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
        """Append a row; ``change`` is the text of its link, none if empty."""
        is_first = not self.rows
        row = AnswerRow(self.theme, label, value, change=change, change_name=change_name, is_first=is_first)
        row.set_value(value, id_text)
        if row.change is not None:
            row.change.setObjectName(f"change_{key}")
        row.change_clicked.connect(lambda: self.change_requested.emit(key))
        self.rows[key] = row
        self.column.addWidget(row)
        return row

    def clear(self) -> None:
        """Remove all rows."""
        for row in self.rows.values():
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
