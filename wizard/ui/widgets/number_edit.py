"""A field for a whole number."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSpinBox

from wizard.ui.theme.theme import Theme


class NumberEdit(QSpinBox):
    """A spin box; with our style sheet (Fusion only) it paints its arrows itself."""

    def __init__(self, theme: Theme, least: int, most: int, *, suffix: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.setRange(least, most)
        self.setSuffix(suffix)
        if not theme.is_native:
            self.lineEdit().setTextMargins(8, 0, 0, 0)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.theme.is_native:
            return
        side = self.theme.units(0.75)
        left = self.width() - self.theme.units(0.7) - side / 2
        middle = self.height() / 2
        painter = QPainter(self)
        for name, top in (("chevron-up", middle - side), ("chevron-down", middle)):
            self.theme.draw_icon(painter, name, QRectF(left, top, side, side), self.theme.tones.muted)
        painter.end()
