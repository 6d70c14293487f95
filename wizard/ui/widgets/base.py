"""What own shapes share: the theme, repainting when it changes, rounded surfaces and focus rings."""

from typing import cast

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.theme.tones import Tones

RADIUS_CARD = 8
RADIUS_ROW = 6
RADIUS_ITEM = 4

Tone = str
"""One of text, muted, accent, ok, warning, problem, link: a name, so that nobody keeps a colour."""


def tone_color(tones: Tones, tone: Tone) -> QColor:
    """The colour of a tone as it is now."""
    return cast(QColor, getattr(tones, tone))


def surface(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: int = 1,
) -> None:
    """Paint a rounded surface with a line inside its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if line is not None else 0.0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def plain(painter: QPainter, rect: QRect, color: QColor) -> None:
    """Paint a rectangle of one colour; with ``fillRect`` Qt's gradients would be set up first, 2 ms of the start."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(rect)


def focus_ring(painter: QPainter, rect: QRectF, tones: Tones, radius: float = RADIUS_ROW) -> None:
    """Paint the focus ring, two pixels inside the shape."""
    color = tones.text if tones.high_contrast else tones.accent
    surface(painter, rect, radius, None, color, 2)


class Drawn(QWidget):
    """A widget that paints itself from the theme and measures itself again when it changes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class DrawnButton(QAbstractButton):
    """A button that paints itself: Enter and Space press it, the pointer shows that it can be."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)


class Icon(Drawn):
    """One icon in a tone; its accessible name is what it says beyond the text beside it, or empty."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        tone: Tone = "muted",
        *,
        units: float = 1.08,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._name, self._tone, self._units = name, tone, units
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, tone: Tone) -> None:
        """Show another icon."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.units(self._units)
        return QSize(side, max(side, self.theme.unit()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        if not self._name:
            return
        side = self.theme.units(self._units)
        painter = QPainter(self)
        rect = QRectF(0, (self.height() - side) / 2, side, side)
        self.theme.draw_icon(painter, self._name, rect, tone_color(self.theme.tones, self._tone))
        painter.end()


class Hairline(Drawn):
    """A line that separates and means nothing."""

    def __init__(self, theme: Theme, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._vertical = vertical
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, wide) if vertical else (wide, fixed)))

    def sizeHint(self) -> QSize:
        width = self.theme.tones.hairline
        return QSize(width, width)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        plain(painter, self.rect(), self.theme.tones.line)
        painter.end()
