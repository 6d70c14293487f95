"""A list of actions, one row each."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_ROW, DrawnButton, focus_ring, surface
from wizard.ui.widgets.card import Card


class ActionRow(DrawnButton):
    """A whole row as one button: icon, text, chevron."""

    def __init__(self, theme: Theme, icon: str, text: str, *, is_first: bool) -> None:
        super().__init__(theme, text)
        self._icon, self._is_first = icon, is_first
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        text_width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self._left() + text_width + self._right() + 2, self._min_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(8), self._min_height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._left() - self._right()), 10_000)
        box = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        return max(self._min_height(), box.height() + 16)

    def paintEvent(self, _event: object) -> None:
        tones, side = self.theme.tones, self.theme.units(1.08)
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            surface(painter, whole.adjusted(4, 4, -4, -3), RADIUS_ROW, tones.hover)
        if not self._is_first:
            left = self._left()
            line = QRectF(left, 0, self.width() - left - 16, tones.hairline)
            painter.fillRect(line, tones.line)
        top = (self.height() - side) / 2
        self.theme.draw_icon(painter, self._icon, QRectF(16, top, side, side), tones.muted)
        chevron = QRectF(self.width() - 16 - side, top, side, side)
        self.theme.draw_icon(painter, "chevron-right", chevron, tones.muted)
        painter.setPen(tones.text)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        room = self.rect().adjusted(self._left(), 0, -self._right(), 0)
        painter.drawText(room, flags, self.text())
        if self.hasFocus():
            focus_ring(painter, whole.adjusted(3, 3, -3, -3), tones)
        painter.end()

    def _min_height(self) -> int:
        return max(40, self.theme.units(2.6))

    def _left(self) -> int:
        return 16 + self.theme.units(1.08) + 12

    def _right(self) -> int:
        return 16 + self.theme.units(1.08) + 8


class ActionList(Card):
    """A card of action rows; ``chosen`` carries the key of the row that was pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(0, 0, 0, 0))
        self.column.setSpacing(0)
        self.rows: dict[str, ActionRow] = {}

    def add(self, key: str, icon: str, text: str) -> ActionRow:
        """Append a row."""
        row = ActionRow(self.theme, icon, text, is_first=not self.rows)
        row.clicked.connect(lambda: self.chosen.emit(key))
        self.rows[key] = row
        self.column.addWidget(row)
        return row
