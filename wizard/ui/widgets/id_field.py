"""A read-only field for an id, with a copy button."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from wizard.ui.runtime.announcements import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.buttons import Button


class IdField(QWidget):
    """A read-only field in the fixed font with a copy button, which shows ``copied_text`` for two seconds.

    ``name`` is the accessible name of the field.
    """

    copied = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        copy_text: str,
        copied_text: str,
        *,
        units: float = 20,
    ) -> None:
        super().__init__()
        self.theme = theme
        self._units = units
        self._texts = (copy_text, copied_text)
        self._value = ""
        self.edit = QLineEdit(readOnly=True)
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self._on_text_changed)
        self.button = Button(theme, copy_text, icon="copy")
        self.button.clicked.connect(self._on_copy_clicked)
        self.setFocusProxy(self.edit)
        self._timer = QTimer(self, singleShot=True, interval=2000)
        self._timer.timeout.connect(self._on_timer_timeout)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        row.addStretch(0)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def set_value(self, value: str) -> None:
        """Show an id; another one is not copied yet."""
        if value != self._value:
            self._timer.stop()
            self._update_button(is_copied=False)
        self._value = value
        self.edit.setText(value)
        self.edit.setCursorPosition(0)

    def _on_text_changed(self, text: str) -> None:
        # Undo writes by assistive technology: Qt 6.11 allows them in a read-only field.
        if text != self._value:
            self.edit.setText(self._value)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._value)
        self._update_button(is_copied=True)
        self._timer.start()
        announce(self.button, self._texts[1])
        self.copied.emit()

    def _on_timer_timeout(self) -> None:
        self._update_button(is_copied=False)

    def _update_button(self, *, is_copied: bool) -> None:
        self.button.setText(self._texts[1 if is_copied else 0])
        self.button.set_icon("check" if is_copied else "copy")

    def _on_theme_changed(self) -> None:
        self.edit.setFont(self.theme.font("fixed"))
        self.edit.setMaximumWidth(self.theme.units(self._units))
        # Make the button as wide as the longer of its two texts, so that nothing moves when they change.
        widths = []
        shown = self.button.text()
        for text in self._texts:
            self.button.setText(text)
            widths.append(self.button.sizeHint().width())
        self.button.setText(shown)
        self.button.setMinimumWidth(max(widths))
