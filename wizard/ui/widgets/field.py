"""One answer: label, help line, control, and the line for a problem or a live sentence."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.lines import State, StateLine
from wizard.ui.widgets.text import Text


class Field(QWidget):
    """A labelled control with its help above and its problem or live sentence below.

    The line below always keeps its room, so nothing jumps. The control gets label, help and line as
    accessible name and description. ``units`` bounds the control's width (line heights);
    ``trailing`` stands right of the label. ``live`` gives the line the room of a sentence.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        control: QWidget,
        *,
        help_text: str = "",
        units: float | None = None,
        live: bool = False,
        trailing: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.control = control
        self._units = units
        self._live: tuple[str, State, str] = ("", "live", "")
        self._problem = self._more = ""
        # A problem line alone fits into the gap to the next answer; a live sentence needs its own.
        self.gap_after = 24 if live else 2
        self.label = Text(theme, label, "section")
        self.label.setBuddy(control)
        self.help = Text(theme, help_text, "help")
        if not help_text:
            self.help.hide()
        self.line = StateLine(theme, "muted" if live else "help")
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.label, 1)
        if trailing is not None:
            head.addWidget(trailing)
        self.box = QWidget()
        self._box = QHBoxLayout(self.box)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(control, 1)
        self._box.addStretch(0)
        self._gap_line = 8 if live else 3
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, gap in self.parts():
            if gap:
                column.addSpacing(gap)
            column.addWidget(widget)
        control.setAccessibleName(label)
        self._describe()
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def parts(self) -> list[tuple[QWidget, int]]:
        """The rows from top to bottom, each with the gap above it; FieldPair lays them out itself."""
        above = 6 if self.help.text() else 4
        return [(self.head, 0), (self.help, 2), (self.box, above), (self.line, self._gap_line)]

    def add_beside(self, widget: QWidget) -> None:
        """Put a small thing, such as a button, right of the control."""
        self._box.insertWidget(self._box.count() - 1, widget)

    def set_problem(self, text: str | None) -> None:
        """Show a problem under the control, or take it away; the live sentence comes back then."""
        self._problem = text or ""
        self._show_line()

    def problem(self) -> str:
        """The problem that is shown, or an empty text."""
        return self._problem

    def set_live(self, text: str, state: State = "live", *, bold: str = "") -> None:
        """Show a live sentence under the control; it waits while a problem stands there."""
        self._live = (text, state, bold)
        self._show_line()

    def set_help(self, text: str) -> None:
        """Show another help line."""
        if text == self.help.plain():
            return
        self.help.set_text(text)
        self.help.setVisible(bool(text))
        self._describe()

    def describe_more(self, text: str) -> None:
        """What stands further below and is about this answer, too; it is read out with the control."""
        self._more = text
        self._describe()

    def _show_line(self) -> None:
        self.theme.set_problem(self.control, bool(self._problem))
        # The room of the line is the gap to the next answer, and a problem needs one of its own.
        self.line.set_room_below(8 if self._problem and self.gap_after < 8 else 0)
        if self._problem:
            self.line.set_line(self._problem, "problem")
        else:
            text, state, bold = self._live
            self.line.set_line(text, state, bold=bold)
        self._describe()

    def _describe(self) -> None:
        parts = (self.help.plain(), self.line.line(), self._more)
        self.control.setAccessibleDescription(" ".join(part for part in parts if part))

    def _on_theme_changed(self) -> None:
        if self._units is not None:
            self.control.setMaximumWidth(self.theme.units(self._units))


class FieldPair(QWidget):
    """Two fields side by side in one grid, so that a help line that wraps moves both controls.

    They stack when less than 28 line heights are left.
    """

    def __init__(self, theme: Theme, left: Field, right: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.gap_after = max(left.gap_after, right.gap_after)
        self._fields = (left, right)
        for field in self._fields:
            field.setParent(self)
            field.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(24)
        self._stacked: bool | None = None
        self._lay(stacked=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(stacked=self.width() < self.theme.units(28))

    def _lay(self, *, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        grid = self._grid
        # Not with takeAt: items that live on would keep the new ones from hearing that a height has changed.
        for field in self._fields:
            for widget, _gap in field.parts():
                grid.removeWidget(widget)
        for row in range(20):
            grid.setRowMinimumHeight(row, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 0 if stacked else 1)
        grid.setHorizontalSpacing(0 if stacked else 24)
        for column, field in enumerate(self._fields):
            first = 9 * column if stacked else 0
            if stacked and column:
                grid.setRowMinimumHeight(8, field.gap_after)
            for place, (widget, gap) in enumerate(field.parts()):
                row = first + 2 * place
                if place:
                    grid.setRowMinimumHeight(row - 1, max(gap, grid.rowMinimumHeight(row - 1)))
                grid.addWidget(widget, row, 0 if stacked else column)


class Columns(QWidget):
    """Two widgets side by side, of equal width, that stack when room ends."""

    def __init__(
        self,
        theme: Theme,
        left: QWidget,
        right: QWidget,
        *,
        gap: int = 24,
        least_units: float = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._least, self._gap = least_units, gap
        self._pair = (left, right)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._stacked: bool | None = None
        self._lay(stacked=False)

    @property
    def is_stacked(self) -> bool:
        """Whether the two stand below each other now."""
        return bool(self._stacked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(stacked=self.width() < self.theme.units(self._least))

    def _lay(self, *, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        left, right = self._pair
        grid = self._grid
        for widget in self._pair:
            grid.removeWidget(widget)
        grid.setHorizontalSpacing(0 if stacked else self._gap)
        grid.setVerticalSpacing(20 if stacked else 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 0 if stacked else 1)
        grid.addWidget(left, 0, 0)
        grid.addWidget(right, 1 if stacked else 0, 0 if stacked else 1)
