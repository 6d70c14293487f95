"""A few radio buttons as one answer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QWidget

from wizard.ui.theme.theme import Theme


class Choices(QWidget):
    """Radio buttons below each other, or in a row when ``horizontal`` and there is room.

    ``options`` are (key, text). ``chosen`` tells the key a person (or a program through the
    accessibility bus) picked; ``set_value`` does not. ``button(key)`` is there to be named.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        options: Sequence[tuple[str, str]],
        *,
        horizontal: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        kind = QBoxLayout.Direction
        box = QBoxLayout(kind.LeftToRight if horizontal else kind.TopToBottom, self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(24 if horizontal else 2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        for key, text in options:
            button = QRadioButton(text)
            self._buttons[key] = button
            self._group.addButton(button)
            box.addWidget(button)
        if horizontal:
            box.addStretch(1)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))
        self._quiet = False
        self._group.buttonToggled.connect(self._on_button_toggled)

    def button(self, key: str) -> QRadioButton:
        """The radio button of a key."""
        return self._buttons[key]

    def value(self) -> str:
        """The chosen key, or an empty text."""
        return next((key for key, one in self._buttons.items() if one.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose without telling."""
        self._quiet = True
        try:
            if key in self._buttons:
                self._buttons[key].setChecked(True)
            else:
                self._group.setExclusive(False)
                for button in self._buttons.values():
                    button.setChecked(False)
                self._group.setExclusive(True)
        finally:
            self._quiet = False

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the group; each button carries it as its description, as a plain box is not read."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleDescription(name)

    def _on_button_toggled(self, button: QRadioButton, checked: bool) -> None:
        if not checked:
            return
        # Qt sees to it only when a button gets the focus.
        for one in self._buttons.values():
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is button else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(button)
        if not self._quiet:
            self.chosen.emit(self.value())
