"""A combo box that assistive technology can operate."""

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from wizard.ui.theme.theme import Theme


class Combo(QComboBox):
    """A combo box that emits ``activated`` also when assistive technology selects a row of its open list.

    Qt 6.11 only highlights such a row.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        theme.changed.connect(self.update)
        self._selection_timer = QTimer(self, singleShot=True, interval=0)
        self._selection_timer.timeout.connect(self._on_selection_timeout)
        self.view().setObjectName("comboList")
        self.view().selectionModel().selectionChanged.connect(lambda _new, _old: self._selection_timer.start())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.theme.is_native:
            return
        side = self.theme.units(0.95)
        painter = QPainter(self)
        box = QRectF(self.width() - side - 10, (self.height() - side) / 2, side, side)
        self.theme.draw_icon(painter, "chevron-down", box, self.theme.tones.muted)
        painter.end()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Set the name of the box and of its list."""
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def _on_selection_timeout(self) -> None:
        # Mouse and keys also move the current row, and Qt emits `activated` for them itself.
        current = self.view().currentIndex()
        rows = [index.row() for index in self.view().selectedIndexes() if index != current]
        if rows:
            self.hidePopup()
            self.setCurrentIndex(rows[0])
            self.activated.emit(rows[0])
