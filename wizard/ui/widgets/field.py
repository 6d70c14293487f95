"""Form fields: label, help line, control, and a line for a problem or a live sentence; and two-column layouts."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.lines import LineIcon, StateLine
from wizard.ui.widgets.text import Text


class FieldBox(QWidget):
    """A labelled control with a help line above it and a line for its problem or live sentence below it.

    The line below keeps its height while it is empty, so that nothing moves. Label, help and line are the accessible
    name and description of the control. ``units`` is its maximum width in line heights; ``trailing`` is shown right of
    the label.
    """

    is_live = False

    def __init__(
        self,
        theme: Theme,
        label: str,
        control: QWidget,
        *,
        help_text: str = "",
        units: float | None = None,
        trailing: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.control = control
        self._units = units
        self._live: tuple[str, LineIcon, str] = ("", "live", "")
        self._problem = self._more = ""
        # The line of a problem fits into the gap between two fields; a live sentence needs a gap below it.
        self.gap_after = 24 if self.is_live else 2
        self.label = Text(theme, label, "section")
        self.label.setBuddy(control)
        self.help = Text(theme, help_text, "help")
        if not help_text:
            self.help.hide()
        self.line = StateLine(theme, "muted" if self.is_live else "help")
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.label, 1)
        # Added before the control, and therefore before it in the Tab order.
        if trailing is not None:
            head.addWidget(trailing)
        self.box = QWidget()
        self._box = QHBoxLayout(self.box)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(control, 1)
        self._box.addStretch(0)
        self._gap_line = 8 if self.is_live else 3
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
        """The rows from top to bottom, each with the gap above it in pixels; for the grid of `FieldPair`."""
        above = 6 if self.help.text() else 4
        return [(self.head, 0), (self.help, 2), (self.box, above), (self.line, self._gap_line)]

    def add_beside(self, widget: QWidget) -> None:
        """Add a small widget, such as a button, right of the control."""
        self._box.insertWidget(self._box.count() - 1, widget)

    def set_problem(self, text: str | None) -> None:
        """Show a problem below the control, or, without one, the live sentence again."""
        self._problem = text or ""
        self._show_line()

    def problem(self) -> str:
        """The problem that is shown, or an empty string."""
        return self._problem

    def set_live(self, text: str, state: LineIcon = "live", *, bold: str = "") -> None:
        """Set the live sentence below the control; a problem hides it."""
        self._live = (text, state, bold)
        self._show_line()

    def set_help(self, text: str) -> None:
        """Set the help line."""
        if text == self.help.plain():
            return
        self.help.set_text(text)
        self.help.setVisible(bool(text))
        self._describe()

    def describe_more(self, text: str) -> None:
        """Add text that is shown elsewhere to the accessible description of the control."""
        self._more = text
        self._describe()

    def _show_line(self) -> None:
        self.theme.set_problem(self.control, bool(self._problem))
        # Without a live sentence the line is the gap to the next field, so a problem needs another gap below it.
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


class LiveFieldBox(FieldBox):
    """A field with a live sentence below it most of the time, for which it keeps the height and a gap."""

    is_live = True


class FieldPair(QWidget):
    """Two fields side by side, their rows aligned in one grid; below each other if narrower than 28 line heights."""

    def __init__(self, theme: Theme, left: FieldBox, right: FieldBox) -> None:
        super().__init__()
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
        self._is_stacked: bool | None = None
        self._arrange(is_stacked=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_stacked=self.width() < self.theme.units(28))

    def _arrange(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        grid = self._grid
        # `takeAt` would keep the old layout items alive, and the new ones would miss changes of height.
        for field in self._fields:
            for widget, _gap in field.parts():
                grid.removeWidget(widget)
        for row in range(20):
            grid.setRowMinimumHeight(row, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 0 if is_stacked else 1)
        grid.setHorizontalSpacing(0 if is_stacked else 24)
        for column, field in enumerate(self._fields):
            first = 9 * column if is_stacked else 0
            if is_stacked and column:
                grid.setRowMinimumHeight(8, field.gap_after)
            for place, (widget, gap) in enumerate(field.parts()):
                row = first + 2 * place
                if place:
                    grid.setRowMinimumHeight(row - 1, max(gap, grid.rowMinimumHeight(row - 1)))
                grid.addWidget(widget, row, 0 if is_stacked else column)


class Columns(QWidget):
    """Two widgets of equal width side by side; below each other if narrower than ``least_units`` line heights."""

    def __init__(
        self,
        theme: Theme,
        left: QWidget,
        right: QWidget,
        *,
        gap: int = 24,
        least_units: float = 28,
    ) -> None:
        super().__init__()
        self.theme = theme
        self._least, self._gap = least_units, gap
        self._pair = (left, right)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._is_stacked: bool | None = None
        self._arrange(is_stacked=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_stacked=self.width() < self.theme.units(self._least))

    def _arrange(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        left, right = self._pair
        grid = self._grid
        for widget in self._pair:
            grid.removeWidget(widget)
        grid.setHorizontalSpacing(0 if is_stacked else self._gap)
        grid.setVerticalSpacing(20 if is_stacked else 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 0 if is_stacked else 1)
        grid.addWidget(left, 0, 0)
        grid.addWidget(right, 1 if is_stacked else 0, 0 if is_stacked else 1)
