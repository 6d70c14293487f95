"""A list that folds away."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget


class Combo(QComboBox):
    """A combo box whose open list can also be chosen from by assistive technology; ``activated`` tells it as usual.

    Qt (6.11) offers no other way there: a row that assistive technology selects would only be painted so.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._on_selection_settled)
        self.view().selectionModel().selectionChanged.connect(lambda _new, _old: self._settle.start())

    def _on_selection_settled(self) -> None:
        # Mouse and keys move the current row as well, and say themselves when it is chosen.
        current = self.view().currentIndex()
        rows = [index.row() for index in self.view().selectedIndexes() if index != current]
        if rows:
            self.hidePopup()
            self.setCurrentIndex(rows[0])
            self.activated.emit(rows[0])
