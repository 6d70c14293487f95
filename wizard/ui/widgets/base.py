"""Base classes and painting functions of the widgets that we paint ourselves."""

from typing import cast

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.theme.tones import Tones

QWIDGETSIZE_MAX = 16_777_215
"""Qt's value for "no maximum size"; PySide6 does not export it."""
RADIUS_CARD = 8
RADIUS_ROW = 6
RADIUS_ITEM = 4

Tone = str
"""The name of a colour of `Tones`: text, muted, accent, ok, warning, problem or link. Colours change at run time."""


def tone_color(tones: Tones, tone: Tone) -> QColor:
    """The current colour of a tone."""
    return cast(QColor, getattr(tones, tone))


def surface(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: int = 1,
) -> None:
    """Paint a rounded rectangle with an outline inside its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if line is not None else 0.0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, tones: Tones, radius: float = RADIUS_ROW) -> None:
    """Paint a focus ring two pixels wide inside ``rect``."""
    color = tones.text if tones.high_contrast else tones.accent
    surface(painter, rect, radius, None, color, 2)


class Drawn(QWidget):
    """A widget that paints itself with the theme, and repaints and updates its size when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class DrawnButton(QAbstractButton):
    """A button that paints itself; Enter presses it as Space does."""

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
    """An icon in a tone. Its accessible name is empty unless it says more than the text beside it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        tone: Tone = "muted",
        *,
        units: float = 1.08,
    ) -> None:
        super().__init__(theme)
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
    """A thin separating line."""

    def __init__(self, theme: Theme, *, is_vertical: bool = False) -> None:
        super().__init__(theme)
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, wide) if is_vertical else (wide, fixed)))

    def sizeHint(self) -> QSize:
        width = self.theme.tones.hairline
        return QSize(width, width)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.tones.line)
        painter.end()
