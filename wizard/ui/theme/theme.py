"""The theme: the only source of colours, fonts and motion settings."""

import math
import sys
from collections.abc import Callable
from enum import Enum
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from wizard.ui.theme.icons import Icons
from wizard.ui.theme.stylesheet import style_sheet
from wizard.ui.theme.tones import Tones, is_high_contrast, luminance, own_palette, tones

FontRole = Literal["heading", "title", "section", "body", "help", "tiny", "fixed"]

_SIZES: dict[str, tuple[float, bool]] = {
    "heading": (1.5, True),
    "title": (1.15, True),
    "section": (1.0, True),
    "body": (1.0, False),
    "help": (0.92, False),
    "tiny": (0.85, True),
}
"""Size relative to the system's font, and whether it is DemiBold, by font role."""


class Appearance(Enum):
    """Which colours are used: those of the system, or fixed ones for screenshots and tests."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast light"
    CONTRAST_DARK = "contrast dark"


class Theme(QObject):
    """The current colours, fonts and motion settings; one object for the whole program.

    Widgets read it at each paint, repaint on ``changed``, and store no colours.
    """

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._is_motion_reduced: bool | None = None
        self._is_native = sys.platform in ("win32", "darwin")
        self._is_applying = False
        self._style_sheet = ""  # also on systems where it is not set, to detect changes of colours and fonts
        if sys.platform == "win32":
            # Qt reports the old 9 pt dialog font; Windows 11 uses 14 px for body text.
            font = app.font()
            font.setPointSizeF(font.pointSizeF() * 7 / 6)
            app.setFont(font)
        self._is_system_palette_missing = app.palette() == app.style().standardPalette()
        self._icons = Icons()
        self.tones: Tones = tones(app.palette(), False)
        self._apply()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)
        # Qt sends changes of the system's palette and font to windows only.
        self._palette_listener = _PaletteListener(self._on_system_changed)
        app.aboutToQuit.connect(self._palette_listener.deleteLater)
        # The listener has no parent, so it must be told when the theme is gone.
        self.destroyed.connect(self._palette_listener.forget)

    def font(self, role: FontRole = "body") -> QFont:
        """The font of a role, derived from the system's font."""
        base = QApplication.font()
        if role == "fixed":
            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            _resize(fixed, base, 1.0)
            return fixed
        factor, is_strong = _SIZES[role]
        font = QFont(base)
        _resize(font, base, factor)
        font.setWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
        return font

    def unit(self) -> int:
        """The line height of body text in pixels, the unit of all sizes that depend on text."""
        return math.ceil(QFontMetricsF(QApplication.font()).height())

    def units(self, count: float) -> int:
        """``count`` line heights in whole pixels."""
        return round(self.unit() * count)

    def icon_size(self) -> int:
        """The size in pixels of an icon in a line of text."""
        return round(self.unit() * 1.08)

    @property
    def is_native(self) -> bool:
        """Whether the system draws the controls, so that no style sheet is set."""
        return self._is_native

    @property
    def is_high_contrast(self) -> bool:
        """Whether the person asked for more contrast."""
        return self.tones.high_contrast

    @property
    def is_reduced_motion(self) -> bool:
        """Whether animations are switched off."""
        if self._is_motion_reduced is not None:
            return self._is_motion_reduced
        hints = self._app.styleHints()
        access = hints.accessibility()
        # Qt before 6.12 does not report it.
        preference = getattr(access, "motionPreference", None)
        return preference is not None and "Reduced" in str(preference())

    def set_reduced_motion(self, is_reduced: bool | None) -> None:
        """Switch animations off or on for screenshots and tests; None follows the system."""
        self._is_motion_reduced = is_reduced
        self.changed.emit()

    @property
    def appearance(self) -> Appearance:
        """The appearance in use."""
        return self._appearance

    def set_appearance(self, appearance: Appearance) -> None:
        """Switch to fixed colours, or to those of the system."""
        self._appearance = appearance
        self._apply()
        self.changed.emit()

    def draw_icon(self, painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
        """Draw an icon by name into ``rect``."""
        self._icons.draw(painter, name, rect, color)

    def icon(self, name: str, color: QColor | None = None, *, gap: int = 5) -> QIcon:
        """An icon for a native control, at 1x and 2x; make a new one on ``changed``.

        ``gap`` pixels at its right stay empty, because styles put the text of a button close to its icon.
        """
        side, icon = self.icon_size(), QIcon()
        for scale in (1, 2):
            picture = QPixmap(QSize(side + gap, side) * scale)
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self.draw_icon(painter, name, QRectF(0, 0, side, side), color or self.tones.text)
            painter.end()
            icon.addPixmap(picture)
        return icon

    def set_accent(self, button: QPushButton, is_accent: bool) -> None:
        """Fill a button with the accent colour, or not; at most one in view is filled."""
        self._set_style_property(button, "accent", is_accent)

    def set_problem(self, control: QWidget, has_problem: bool) -> None:
        """Give a control the outline of a problem, or remove it."""
        self._set_style_property(control, "problem", has_problem)

    def _set_style_property(self, widget: QWidget, name: str, value: bool) -> None:
        """Set a dynamic property that the style sheet selects by."""
        if bool(widget.property(name)) == value:
            return
        widget.setProperty(name, value)
        if not self._is_native:
            style = widget.style()
            style.unpolish(widget)
            style.polish(widget)
        widget.update()

    def _on_scheme_changed(self) -> None:
        self._on_system_changed()

    def _on_system_changed(self) -> None:
        if self._is_applying:
            return
        before = self._style_sheet
        self._apply()
        if self._style_sheet != before:
            self.changed.emit()

    def _apply(self) -> None:
        """Compute the tones, set palette and style sheet if they differ; `PlaceholderText` is our muted tone."""
        self._is_applying = True
        try:
            palette, contrast = self._palette()
            self.tones = tones(palette or self._app.palette(), contrast)
            own = palette or QPalette()  # roles that are not set follow the system
            own.setColor(QPalette.ColorRole.PlaceholderText, self.tones.muted)
            current = self._app.palette()
            if palette is None:
                is_same = current.color(QPalette.ColorRole.PlaceholderText) == self.tones.muted
            else:
                is_same = current == own
            if not is_same:
                self._app.setPalette(own)
            self._icons.clear()
            before, self._style_sheet = self._style_sheet, style_sheet(self.tones, self.unit())
            if not self._is_native and self._style_sheet != before:
                self._app.setStyleSheet(self._style_sheet)
        finally:
            self._is_applying = False

    def _palette(self) -> tuple[QPalette | None, bool]:
        """The palette to set, None for that of the system, and whether it has high contrast."""
        if self._appearance is Appearance.LIGHT or self._appearance is Appearance.DARK:
            return own_palette(dark=self._appearance is Appearance.DARK), False
        if self._appearance is Appearance.CONTRAST_LIGHT or self._appearance is Appearance.CONTRAST_DARK:
            dark = self._appearance is Appearance.CONTRAST_DARK
            return own_palette(dark=dark, high_contrast=True), True
        hints = self._app.styleHints()
        access = hints.accessibility()
        wanted = access.contrastPreference() == Qt.ContrastPreference.HighContrast
        if self._is_system_palette_missing and not self._is_native:
            standard = self._app.style().standardPalette()
            dark = luminance(standard.color(QPalette.ColorRole.Window)) < 0.4
            dark = dark or hints.colorScheme() == Qt.ColorScheme.Dark
            return own_palette(dark=dark, high_contrast=wanted), wanted
        return None, wanted or is_high_contrast(self._app.palette())


class _PaletteListener(QWidget):
    """A window, never shown, that receives changes of the application's palette and font."""

    def __init__(self, on_changed: Callable[[], None]) -> None:
        super().__init__()
        self._on_changed: Callable[[], None] | None = on_changed

    def forget(self) -> None:
        """Do not call back any more, and delete this."""
        self._on_changed = None
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        # With a style sheet set, a new application font arrives as FontChange.
        kind = QEvent.Type
        watched = (kind.ApplicationPaletteChange, kind.ApplicationFontChange, kind.FontChange)
        if self._on_changed and event.type() in watched:
            self._on_changed()
        super().changeEvent(event)


def _resize(font: QFont, base: QFont, factor: float) -> None:
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * factor)
    else:
        font.setPixelSize(round(base.pixelSize() * factor))


__all__ = ["Appearance", "FontRole", "Theme", "Tones", "tones"]
