"""The layout of a page: heading, lead and a scrolling column; and small layout widgets."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.text import Heading, Text

_EXPLICIT = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


class PageBody(QScrollArea):
    """A column of at most ``units`` line heights in width that scrolls.

    Margins are 32 px, 16 if narrow. The gap between two widgets is 20 px unless ``add`` is given another.
    """

    def __init__(
        self,
        theme: Theme,
        heading: str,
        lead: str = "",
        *,
        units: float = 40,
        bold: str = "",
    ) -> None:
        super().__init__()
        self.theme = theme
        self._units = units
        self._is_narrow = False
        self._gap = 20
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = _ScrolledWidget()
        self._column_box = QWidget()
        self.column = QVBoxLayout(self._column_box)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._row = QHBoxLayout(inner)
        self._row.setSpacing(0)
        self._row.addWidget(self._column_box, 1)
        self._row.addStretch(0)
        self.step_line = Text(theme, "", "help")
        self.step_line.hide()
        self.heading = Heading(theme, heading)
        self.lead = Text(theme, lead, "muted", bold=bold)
        self.column.addWidget(self.step_line)
        self.column.addWidget(self.heading)
        self._lead_row = Flow(self.lead)
        # A lead of one line is centred in the height of a link; a wrapped one gets the same gap above it.
        self._lead_gap = QSpacerItem(0, 2)
        self.column.addItem(self._lead_gap)
        self._lead_row.setMinimumHeight(24)
        if not lead:
            # Hide before it has a parent: a visible widget without one is a window of its own.
            self.lead.hide()
            self._lead_row.hide()
        self.column.addWidget(self._lead_row)
        self.column.addSpacing(15)
        self.column.addStretch(0)
        self._gaps: list[tuple[QWidget, QSpacerItem, int]] = []
        self._visibility_watcher = _VisibilityWatcher(self._update_gaps, self)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def add(self, widget: QWidget, gap: int | None = None, *, stretch: bool = False) -> None:
        """Add a widget at the end, ``gap`` pixels below the last; ``stretch`` gives it the remaining height."""
        # The empty problem line of the field above is gap enough before another field, not before other widgets.
        own = self._gap if hasattr(widget, "gap_after") else max(self._gap, 8)
        spacer = QSpacerItem(0, 0)
        self._gaps.append((widget, spacer, own if gap is None else gap))
        self.column.insertSpacerItem(self.column.count() - 1, spacer)
        self.column.insertWidget(self.column.count() - 1, widget, 1 if stretch else 0)
        self._gap = int(getattr(widget, "gap_after", 20))
        widget.installEventFilter(self._visibility_watcher)
        self._update_gaps()

    def set_heading(self, text: str) -> None:
        """Set the heading."""
        self.heading.set_text(text)

    def set_lead(self, text: str, *, bold: str = "") -> None:
        """Set the lead; an empty text hides it."""
        self.lead.set_text(text, bold=bold)
        self.lead.setVisible(bool(text))
        self._lead_row.setVisible(bool(text))
        self._update_lead_gap()

    def add_lead_link(self, link: QWidget) -> None:
        """Add a link behind the lead."""
        self._lead_row.add(link)

    def set_narrow(self, is_narrow: bool, step: str) -> None:
        """Switch between small margins with the step above the heading, and large ones without it."""
        self._is_narrow = is_narrow
        self.step_line.set_text(step)
        self.step_line.setVisible(is_narrow and bool(step))
        self._on_theme_changed()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(8), self.theme.units(6))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.units(self._units), self.theme.units(20))

    def _update_gaps(self) -> None:
        """Remove the gaps above hidden widgets and above the first visible one."""
        has_visible_before = False
        for widget, spacer, gap in self._gaps:
            is_visible = not (widget.isHidden() and widget.testAttribute(_EXPLICIT))
            spacer.changeSize(0, gap if is_visible and has_visible_before else 0)
            has_visible_before = has_visible_before or is_visible
        self.column.invalidate()

    def _on_theme_changed(self) -> None:
        side = self._side_margin()
        self._row.setContentsMargins(side, 16 if self._is_narrow else 24, side, 8)
        self._column_box.setMaximumWidth(self.theme.units(self._units))
        self._update_lead_gap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_lead_gap()

    def _update_lead_gap(self) -> None:
        line = self.lead.fontMetrics().lineSpacing()
        room = min(self.viewport().width(), self._column_box.maximumWidth())
        wraps = self.lead.heightForWidth(max(1, room - 2 * self._side_margin())) > 1.5 * line
        gap = 2 + (max(0, 24 - line) // 2 if wraps else 0)
        if gap != self._lead_gap.sizeHint().height():
            self._lead_gap.changeSize(0, gap)
            self.column.invalidate()

    def _side_margin(self) -> int:
        return 16 if self._is_narrow else 32


class Flow(QWidget):
    """Widgets in a row if they fit, otherwise below each other."""

    def __init__(self, *widgets: QWidget, spacing: int = 8) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self._box.addStretch(1)
        self._widgets: list[QWidget] = []
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Append a widget."""
        place = self._box.count() - 1
        self._box.insertWidget(place, widget)
        self._widgets.append(widget)
        self._update_direction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_direction()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _update_direction(self) -> None:
        shown = [one for one in self._widgets if not one.isHidden()]
        need = sum(one.sizeHint().width() for one in shown)
        need += self._box.spacing() * max(0, len(shown) - 1)
        kind = QBoxLayout.Direction
        direction = kind.LeftToRight if need <= self.width() else kind.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)


class SectionRow(QWidget):
    """A section title with small widgets at its right, such as a time or a link."""

    gap_after = 8

    def __init__(self, theme: Theme, title: str, *trailing: QWidget) -> None:
        super().__init__()
        self.title = Text(theme, title, "section")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.title, 1)
        for widget in trailing:
            row.addWidget(widget)


class _VisibilityWatcher(QObject):
    """An event filter that calls back when a widget is shown or hidden explicitly."""

    def __init__(self, on_changed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._on_changed = on_changed

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._on_changed()
        return False


class _ScrolledWidget(QWidget):
    """The widget in the scroll area, without a minimum size: Qt computes it from wrapped labels at minimum width."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
