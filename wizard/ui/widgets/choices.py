"""A group of radio buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QWidget

from wizard.ui.theme.theme import Theme


class Choices(QWidget):
    """Radio buttons below each other, or in a row if ``is_horizontal``. ``options`` are pairs of key and text.

    ``chosen`` carries the key that a person, or assistive technology, picked; ``set_value`` does not emit it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        options: Sequence[tuple[str, str]],
        *,
        is_horizontal: bool = False,
    ) -> None:
        super().__init__()
        self.theme = theme
        kind = QBoxLayout.Direction
        box = QBoxLayout(kind.LeftToRight if is_horizontal else kind.TopToBottom, self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(24 if is_horizontal else 2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        for key, text in options:
            button = QRadioButton(text)
            self._buttons[key] = button
            self._group.addButton(button)
            box.addWidget(button)
        if is_horizontal:
            box.addStretch(1)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))
        self._is_setting = False
        self._group.buttonToggled.connect(self._on_button_toggled)

    def button(self, key: str) -> QRadioButton:
        """The radio button of a key."""
        return self._buttons[key]

    def value(self) -> str:
        """The chosen key, or an empty string."""
        return next((key for key, one in self._buttons.items() if one.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose a key without emitting ``chosen``; an unknown key clears the choice."""
        self._is_setting = True
        try:
            if key in self._buttons:
                self._buttons[key].setChecked(True)
            else:
                self._group.setExclusive(False)
                for button in self._buttons.values():
                    button.setChecked(False)
                self._group.setExclusive(True)
        finally:
            self._is_setting = False

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Set the name, also as the description of each button: screen readers do not read that of a plain widget."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleDescription(name)

    def _on_button_toggled(self, button: QRadioButton, checked: bool) -> None:
        if not checked:
            return
        # Qt moves the tab stop only when a button gets the focus.
        for one in self._buttons.values():
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is button else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(button)
        if not self._is_setting:
            self.chosen.emit(self.value())
