"""A list that folds away."""

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from wizard.ui.theme.theme import Theme


class Combo(QComboBox):
    """A combo box whose open list can also be chosen from by assistive technology; ``activated`` tells it as usual.

    Qt (6.11) offers no other way there: a row that assistive technology selects would only be painted so.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.changed.connect(self.update)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._on_selection_settled)
        self.view().setObjectName("comboList")
        self.view().selectionModel().selectionChanged.connect(lambda _new, _old: self._settle.start())

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
        """Name the box, and the list that opens from it."""
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def _on_selection_settled(self) -> None:
        # Mouse and keys move the current row as well, and say themselves when it is chosen.
        current = self.view().currentIndex()
        rows = [index.row() for index in self.view().selectedIndexes() if index != current]
        if rows:
            self.hidePopup()
            self.setCurrentIndex(rows[0])
            self.activated.emit(rows[0])
