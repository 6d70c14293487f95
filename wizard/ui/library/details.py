"""The chosen integration, below the table."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from wizard.flow.library import LibraryDetails
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.id_field import IdField
from wizard.ui.widgets.text import Text
from wizard.words import Words

_WIDE_UNITS = 48
"""From so many line heights on, two pairs of label and value stand side by side."""


class DetailsPane(QScrollArea):
    """Name, id with *Copy*, and whose it is; scrolls where the window is low."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shown: LibraryDetails | None = None
        self._is_wide: bool | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = _Inner()
        self._column = QVBoxLayout(self._inner)
        self._column.setSpacing(12)
        self.title = Text(theme, role="title")
        self._column.addWidget(self.title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)
        say = words.say
        self.id_field = IdField(theme, say("Integration ID"), say("Copy"), say("Copied"))
        self.id_field.edit.setObjectName("detailId")
        self.id_field.button.setObjectName("copyDetailId")
        self.id_field.button.setAccessibleName(say("Copy the integration ID"))
        self.customer, self.group = Text(theme), Text(theme)
        self.author, self.saved_at = Text(theme), Text(theme)
        self._pairs: tuple[tuple[Text, QWidget], ...] = (
            (Text(theme, say("Integration ID"), "muted"), self.id_field),
            (Text(theme, say("Customer"), "muted"), self.customer),
            (Text(theme, say("Group"), "muted"), self.group),
            (Text(theme, say("Author"), "muted"), self.author),
            (Text(theme, say("Saved on"), "muted"), self.saved_at),
        )
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._on_theme_changed)
        self.set_margin(32)
        self._lay_pairs(is_wide=True)

    def show_details(self, details: LibraryDetails) -> None:
        """Show an integration."""
        if details == self._shown:
            return
        self._shown = details
        self.title.set_text(details.name)
        self.id_field.set_value(details.remote_id)
        self.customer.set_text(details.customer)
        self.group.set_text(details.group)
        self.author.set_text(details.author)
        self.saved_at.set_text(details.saved_at)
        self.updateGeometry()

    def set_margin(self, margin: int) -> None:
        """Stand on the window's left edge of text."""
        self._column.setContentsMargins(margin, 16, margin, 16)

    def lay_out(self, width: int) -> None:
        """Lay the pairs side by side or below each other, for a window of this width."""
        self._lay_pairs(is_wide=width >= self.theme.units(_WIDE_UNITS))

    # ------------------------------------------------------------------ size

    def sizeHint(self) -> QSize:
        width = self.width()
        return QSize(self.theme.units(40), self._column.totalHeightForWidth(width) if width else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(12), min(self.sizeHint().height(), self.theme.units(5)))

    def _lay_pairs(self, *, is_wide: bool) -> None:
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        grid = self._grid
        # Not `takeAt`: it leaves the item alive, which keeps what the widget measured before.
        for pair in self._pairs:
            for widget in pair:
                grid.removeWidget(widget)
        rows = 3
        for number, (label, value) in enumerate(self._pairs):
            row, column = (number % rows, 2 * (number // rows)) if is_wide else (number, 0)
            # Beside the field of the id, words stand on its line.
            level = Qt.AlignmentFlag.AlignTop if row else Qt.AlignmentFlag.AlignVCenter
            for text in (label, value):
                if isinstance(text, Text):
                    text.setAlignment(Qt.AlignmentFlag.AlignLeft | level)
            grid.addWidget(label, row, column)
            grid.addWidget(value, row, column + 1)
        for column in range(4):
            is_value = column % 2 == 1
            grid.setColumnStretch(column, (3 if column == 1 else 2) if is_value and (is_wide or column == 1) else 0)
        self.updateGeometry()

    def _on_theme_changed(self) -> None:
        self._is_wide = None
        self.lay_out(self.window().width())


class _Inner(QWidget):
    """What scrolls. Wrapped labels are measured at their narrowest, so it asks for nothing."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
