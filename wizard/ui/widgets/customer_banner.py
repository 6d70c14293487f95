"""The banner above each page that names the customer."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Drawn, surface


class CustomerBanner(Drawn):
    """The customer's colour, name and detail, and a pill at the right. It does not scroll with the page.

    The colour is content, never the only sign: the name always stands beside it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._name = self._detail = self._pill = ""
        self._color = ""
        self._margin = 32
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_customer(self, name: str, detail: str, color: str, pill: str = "") -> None:
        """Show a customer; ``color`` is a colour name such as ``#2F6FDE``."""
        self._name, self._detail, self._color, self._pill = name, detail, color, pill
        self.setAccessibleName(", ".join(part for part in (name, detail, pill) if part))
        self.update()

    def set_margin(self, margin: int) -> None:
        """Set the left and right margin in pixels, to align with the page."""
        self._margin = margin
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.units(16), max(40, self.theme.units(2.5)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: object) -> None:
        tones, width = self.theme.tones, self.width()
        painter = QPainter(self)
        color = QColor(self._color) if self._color else tones.accent
        painter.fillRect(0, 0, width, 3, color)
        line = tones.hairline
        painter.fillRect(0, self.height() - line, width, line, tones.line)
        top, height = 3, self.height() - 3 - line
        left, right = self._margin, width - self._margin
        middle = top + height / 2
        surface(painter, QRectF(left, middle - 5, 10, 10), 2.5, color)
        left += 20
        if self._pill:
            right = self._paint_pill(painter, right, middle)
        strong, regular = self.theme.font("section"), self.theme.font("body")
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        for text, font, ink in (
            (self._name, strong, tones.text), (self._detail, regular, tones.muted),
        ):  # fmt: skip
            room = right - left
            metrics = QFontMetrics(font)
            if room < metrics.averageCharWidth() * 4:
                break
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(left, top, room, height, flags, cut)
            left += metrics.horizontalAdvance(cut) + 12
        painter.end()

    def _paint_pill(self, painter: QPainter, right: int, middle: float) -> int:
        tones, font = self.theme.tones, self.theme.font("help")
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(self._pill) + 20, metrics.height() + 6
        rect = QRectF(right - width, middle - height / 2, width, height)
        fill, line = tones.tints["warning"]
        surface(painter, rect, height / 2 - 1, fill, line)
        painter.setFont(font)
        painter.setPen(tones.text)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._pill)
        return right - width - 12
