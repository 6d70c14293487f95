"""The one source of colours, type and motion, built once by the app and handed to every widget."""

import math
import sys
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from wizard.ui.theme.icons import Icons
from wizard.ui.theme.stylesheet import sheet
from wizard.ui.theme.tones import Tones, is_high_contrast, luminance, own_palette, tones

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

FontRole = Literal["heading", "title", "section", "body", "help", "tiny", "fixed"]

_SIZES: dict[str, tuple[float, bool]] = {
    "heading": (1.5, True),
    "title": (1.15, True),
    "section": (1.0, True),
    "body": (1.0, False),
    "help": (0.92, False),
    "tiny": (0.85, True),
}


class Look(Enum):
    """Which colours are used: the system's, or forced for pictures and tests."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast light"
    CONTRAST_DARK = "contrast dark"


class Theme(QObject):
    """Colours, fonts and motion as they are now.

    One object per program, made in ``app.py`` before any window and handed to each widget. Widgets
    read it when they paint and repaint on ``changed``; they keep nothing of it.
    """

    changed = Signal()

    def __init__(self, app: QApplication, look: Look = Look.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._look = look
        self._reduced: bool | None = None
        self._native = sys.platform in ("win32", "darwin")
        self._setting = False
        self._state = ""  # the sheet, even where it is not set: it tells whether anything changed
        if sys.platform == "win32":
            # Qt reports the old 9 pt dialog font; Windows 11 writes its own body at 14 px.
            font = app.font()
            font.setPointSizeF(font.pointSizeF() * 7 / 6)
            app.setFont(font)
        self._system_is_own = app.palette() == app.style().standardPalette()
        self._icons = Icons()
        self.tones: Tones = tones(app.palette(), False)
        self._apply()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)
        # Only a window hears of a new system palette or font; this one is never shown.
        self._ear = _Ear(self._on_system_changed)
        app.aboutToQuit.connect(self._ear.deleteLater)
        # It has no parent, as only windows hear; so it has to be told when nobody listens to it any more.
        self.destroyed.connect(self._ear.forget)

    # -- what widgets ask -----------------------------------------------------------------------

    def font(self, role: FontRole = "body") -> QFont:
        """The font of a role, from the system's font; the family is never ours."""
        base = QApplication.font()
        if role == "fixed":
            from PySide6.QtGui import QFontDatabase

            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            _resize(fixed, base, 1.0)
            return fixed
        factor, strong = _SIZES[role]
        font = QFont(base)
        _resize(font, base, factor)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def unit(self) -> int:
        """The line height of the body text in pixels: sizes that hold text are multiples of it."""
        return math.ceil(QFontMetricsF(QApplication.font()).height())

    def units(self, count: float) -> int:
        """``count`` line heights in whole pixels."""
        return round(self.unit() * count)

    def icon_size(self) -> int:
        """The side of an icon that stands in a line of text."""
        return round(self.unit() * 1.08)

    @property
    def is_native(self) -> bool:
        """Whether the system draws the controls and no style sheet may touch them."""
        return self._native

    @property
    def is_high_contrast(self) -> bool:
        """Whether the person asked for more contrast."""
        return self.tones.high_contrast

    @property
    def is_reduced_motion(self) -> bool:
        """Whether nothing may turn or slide."""
        if self._reduced is not None:
            return self._reduced
        hints = self._app.styleHints()
        access = hints.accessibility()
        # Qt before 6.12 cannot tell; then everything may move.
        preference = getattr(access, "motionPreference", None)
        return preference is not None and "Reduced" in str(preference())

    def set_reduced_motion(self, reduced: bool | None) -> None:
        """Force motion off or on for pictures and tests; None asks the system again."""
        self._reduced = reduced
        self.changed.emit()

    @property
    def look(self) -> Look:
        """The look in use."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Force light, dark or high contrast at run time, or go back to the system's."""
        self._look = look
        self._apply()
        self.changed.emit()

    def draw_icon(self, painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
        """Draw one of the shipped icons into ``rect``, sharp at any scale."""
        self._icons.draw(painter, name, rect, color)

    def icon(self, name: str, color: QColor | None = None, *, clear: int = 5) -> "QIcon":
        """An icon for a native button or field, at 1x and 2x; make it again on ``changed``.

        ``clear`` pixels at its right stay empty, as the gap of a button's style is tight.
        """
        # Not before a button with an icon is made: Qt's list of icons costs 2 ms of the start.
        from PySide6.QtGui import QIcon, QPixmap

        side, icon = self.icon_size(), QIcon()
        for scale in (1, 2):
            picture = QPixmap(QSize(side + clear, side) * scale)
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self.draw_icon(painter, name, QRectF(0, 0, side, side), color or self.tones.text)
            painter.end()
            icon.addPixmap(picture)
        return icon

    def set_accent(self, button: QPushButton, accent: bool) -> None:
        """Make a button the filled one, or plain again; who calls keeps it the only one in view."""
        self._mark(button, "accent", accent)

    def set_problem(self, control: QWidget, problem: bool) -> None:
        """Give a control the outline of an answer that needs a change, or take it away."""
        self._mark(control, "problem", problem)

    def _mark(self, widget: QWidget, name: str, value: bool) -> None:
        """Set a property that the style sheet asks for."""
        if bool(widget.property(name)) == value:
            return
        widget.setProperty(name, value)
        if not self._native:
            style = widget.style()
            style.unpolish(widget)
            style.polish(widget)
        widget.update()

    # -- what the system tells ------------------------------------------------------------------

    def _on_scheme_changed(self) -> None:
        self._on_system_changed()

    def _on_system_changed(self) -> None:
        if self._setting:
            return
        before = self._state
        self._apply()
        if self._state != before:
            self.changed.emit()

    def _apply(self) -> None:
        """Read the palette, give PlaceholderText our muted tone, and renew the sheet if it differs."""
        self._setting = True
        try:
            palette, contrast = self._palette()
            self.tones = tones(palette or self._app.palette(), contrast)
            own = palette or QPalette()  # roles that are not set keep following the system
            own.setColor(QPalette.ColorRole.PlaceholderText, self.tones.muted)
            current = self._app.palette()
            if palette is None:
                same = current.color(QPalette.ColorRole.PlaceholderText) == self.tones.muted
            else:
                same = current == own
            if not same:
                self._app.setPalette(own)
            self._icons.clear()
            before, self._state = self._state, sheet(self.tones, self.unit())
            if not self._native and self._state != before:
                self._app.setStyleSheet(self._state)
        finally:
            self._setting = False

    def _palette(self) -> tuple[QPalette | None, bool]:
        """The palette to set, or None for the system's own, and whether it is high contrast."""
        if self._look is Look.LIGHT or self._look is Look.DARK:
            return own_palette(dark=self._look is Look.DARK), False
        if self._look is Look.CONTRAST_LIGHT or self._look is Look.CONTRAST_DARK:
            dark = self._look is Look.CONTRAST_DARK
            return own_palette(dark=dark, high_contrast=True), True
        hints = self._app.styleHints()
        access = hints.accessibility()
        wanted = access.contrastPreference() == Qt.ContrastPreference.HighContrast
        if self._system_is_own and not self._native:
            standard = self._app.style().standardPalette()
            dark = luminance(standard.color(QPalette.ColorRole.Window)) < 0.4
            dark = dark or hints.colorScheme() == Qt.ColorScheme.Dark
            return own_palette(dark=dark, high_contrast=wanted), wanted
        return None, wanted or is_high_contrast(self._app.palette())


class _Ear(QWidget):
    """A window that is never shown and hears of changes to the application's palette and font."""

    def __init__(self, on_changed: Callable[[], None]) -> None:
        super().__init__()
        self._on_changed: Callable[[], None] | None = on_changed

    def forget(self) -> None:
        """Tell nobody any more, and go."""
        self._on_changed = None
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        # With a style sheet set, a new application font comes as the widget's own.
        kind = QEvent.Type
        heard = (kind.ApplicationPaletteChange, kind.ApplicationFontChange, kind.FontChange)
        if self._on_changed and event.type() in heard:
            self._on_changed()
        super().changeEvent(event)


def _resize(font: QFont, base: QFont, factor: float) -> None:
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * factor)
    else:
        font.setPixelSize(round(base.pixelSize() * factor))


__all__ = ["FontRole", "Look", "Theme", "Tones", "tones"]
