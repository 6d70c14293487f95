"""A field for a secret."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_ITEM, DrawnButton, focus_ring


class SecretEdit(QLineEdit):
    """A masked line edit that shows its text only while the button at its right is pressed.

    The button is in the Tab order; ``reveal_name`` is its accessible name. The text can be typed and pasted, but not
    copied, cut or dragged.
    """

    def __init__(self, theme: Theme, reveal_name: str) -> None:
        super().__init__()
        self.theme = theme
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setDragEnabled(False)
        self.eye = _RevealButton(theme, parent=self)
        self.eye.setObjectName("revealSecret")
        self.eye.setAccessibleName(reveal_name)
        self.eye.setToolTip(reveal_name)
        self.eye.pressed.connect(self._on_eye_pressed)
        self.eye.released.connect(self._on_eye_released)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        if event.matches(keys.Copy) or event.matches(keys.Cut):
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.eye.sizeHint().width()
        self.eye.setGeometry(self.width() - side - 4, (self.height() - side) // 2, side, side)

    def _on_eye_pressed(self) -> None:
        # X11 would copy a selection of visible text to its primary selection at once.
        self.deselect()
        self.setEchoMode(QLineEdit.EchoMode.Normal)

    def _on_eye_released(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def _on_theme_changed(self) -> None:
        self.setTextMargins(0, 0, self.eye.sizeHint().width() - 4, 0)


class _RevealButton(DrawnButton):
    def sizeHint(self) -> QSize:
        side = max(24, self.theme.units(1.5))
        return QSize(side, side)

    def focusOutEvent(self, event: object) -> None:
        if self.isDown():
            self.setDown(False)
            self.released.emit()
        super().focusOutEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, _event: object) -> None:
        tones, side = self.theme.tones, self.theme.units(1.0)
        painter = QPainter(self)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        is_active = self.isDown() or self.underMouse()
        self.theme.draw_icon(painter, "eye", rect, tones.text if is_active else tones.muted)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), tones, RADIUS_ITEM)
        painter.end()
