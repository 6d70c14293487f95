"""Buttons: the link button and the push button."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_ITEM, DrawnButton, focus_ring

_PAD = 2


class LinkButton(DrawnButton):
    """A button that looks like a link; it is at least 24 pixels high and wraps its text.

    ``name`` is the accessible name, for texts that are not clear out of context.
    """

    def __init__(self, theme: Theme, text: str, *, name: str = "") -> None:
        super().__init__(theme, text)
        if name:
            self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * _PAD + 1
        return QSize(width, max(24, metrics.height() + 2))

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        word = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(word + 2 * _PAD + 1, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width >= self.sizeHint().width():
            return self.sizeHint().height()
        room = QRect(0, 0, max(1, width - 2 * _PAD), 10_000)
        box = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        return max(24, box.height() + 2)

    def paintEvent(self, _event: object) -> None:
        tones = self.theme.tones
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(tones.high_contrast or self.underMouse() or self.isDown())
        painter.setFont(font)
        painter.setPen(tones.link if self.isEnabled() else tones.muted)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        room = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        if self.width() < self.sizeHint().width():
            flags |= int(Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, self.text())
        if self.hasFocus():
            focus_ring(painter, QRectF(self._text_rect()), tones, RADIUS_ITEM)
        painter.end()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Accept clicks on the text only, however wide the widget is."""
        return self._text_rect().contains(pos)

    def _text_rect(self) -> QRect:
        return QRect(0, 0, min(self.width(), self.sizeHint().width()), self.height())


class Button(QPushButton):
    """A native push button, pressed by Enter when it has the focus. ``accent`` fills it: at most one is in view.

    The text is neither wrapped nor elided: keep it short.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        accent: bool = False,
        icon: str = "",
    ) -> None:
        super().__init__(text)
        self.theme = theme
        self._icon = icon
        self.setAutoDefault(False)
        if accent:
            self.setProperty("accent", True)
        if icon:
            self._on_theme_changed()
            theme.changed.connect(self._on_theme_changed)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self._on_theme_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        side = self.theme.icon_size()
        self.setIconSize(QSize(side + 5, side))
        self.setIcon(self.theme.icon(self._icon))
