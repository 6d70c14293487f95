"""The scaffold of a page: heading, lead, one column of answers, and only that scrolls."""

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
    """A column, ``units`` line heights wide at most, that scrolls when it is too high.

    Margins are 32 px, 16 when narrow. ``add`` puts an answer 20 px below the one before; a group
    starts with ``gap=24``. ``stretch=True`` gives a widget the height that is left.
    """

    def __init__(
        self,
        theme: Theme,
        heading: str,
        lead: str = "",
        *,
        units: float = 40,
        bold: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._units = units
        self._narrow = False
        self._gap = 20
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = _Inner()
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
        # A lead of one line stands in the middle of the height of a link; one of two lines gets the same gap above.
        self._lead_gap = QSpacerItem(0, 2)
        self.column.addItem(self._lead_gap)
        self._lead_row.setMinimumHeight(24)
        if not lead:
            # Never shown before it has its place: it would be a window of its own for a moment.
            self.lead.hide()
            self._lead_row.hide()
        self.column.addWidget(self._lead_row)
        self.column.addSpacing(15)
        self.column.addStretch(0)
        self._gaps: list[tuple[QWidget, QSpacerItem, int]] = []
        self._watch = _Watch(self._close_gaps, self)
        # Asking for Qt's own one would have every widget class of Qt set up for Python: 10 ms of the start.
        ground = QWidget()
        ground.setObjectName("qt_scrollarea_viewport")
        self.setViewport(ground)
        ground.lower()  # under the scroll bars, which may lie over it
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def add(self, widget: QWidget, gap: int | None = None, *, stretch: bool = False) -> None:
        """Add an answer below the last one."""
        # A line kept for a problem is gap enough before another answer, not before a button.
        own = self._gap if hasattr(widget, "gap_after") else max(self._gap, 8)
        spacer = QSpacerItem(0, 0)
        self._gaps.append((widget, spacer, own if gap is None else gap))
        self.column.insertSpacerItem(self.column.count() - 1, spacer)
        self.column.insertWidget(self.column.count() - 1, widget, 1 if stretch else 0)
        self._gap = int(getattr(widget, "gap_after", 20))
        widget.installEventFilter(self._watch)
        self._close_gaps()

    def set_heading(self, text: str) -> None:
        """Show another heading."""
        self.heading.set_text(text)

    def set_lead(self, text: str, *, bold: str = "") -> None:
        """Show another lead, or none."""
        self.lead.set_text(text, bold=bold)
        self.lead.setVisible(bool(text))
        self._lead_row.setVisible(bool(text))
        self._settle_lead()

    def add_lead_link(self, link: QWidget) -> None:
        """Put a link behind the lead."""
        self._lead_row.add(link)

    def set_narrow(self, narrow: bool, step: str) -> None:
        """Say the step above the heading and take smaller margins; the frame calls this."""
        self._narrow = narrow
        self.step_line.set_text(step)
        self.step_line.setVisible(narrow and bool(step))
        self._on_theme_changed()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(8), self.theme.units(6))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.units(self._units), self.theme.units(20))

    def _close_gaps(self) -> None:
        """Keep the gap above a widget only while it and something before it are shown."""
        before = False
        for widget, spacer, gap in self._gaps:
            shown = not (widget.isHidden() and widget.testAttribute(_EXPLICIT))
            spacer.changeSize(0, gap if shown and before else 0)
            before = before or shown
        self.column.invalidate()

    def _on_theme_changed(self) -> None:
        side = 16 if self._narrow else 32
        self._row.setContentsMargins(side, 16 if self._narrow else 24, side, 8)
        self._column_box.setMaximumWidth(self.theme.units(self._units))
        self._settle_lead()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_lead()

    def _settle_lead(self) -> None:
        line = self.lead.fontMetrics().lineSpacing()
        room = min(self.viewport().width(), self._column_box.maximumWidth())
        wraps = self.lead.heightForWidth(max(1, room - 2 * self._side())) > 1.5 * line
        gap = 2 + (max(0, 24 - line) // 2 if wraps else 0)
        if gap != self._lead_gap.sizeHint().height():
            self._lead_gap.changeSize(0, gap)
            self.column.invalidate()

    def _side(self) -> int:
        return 16 if self._narrow else 32


class Flow(QWidget):
    """Widgets in a row as long as they fit, otherwise below each other."""

    def __init__(self, *widgets: QWidget, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self._box.addStretch(1)
        self._widgets: list[QWidget] = []
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        place = self._box.count() - 1
        self._box.insertWidget(place, widget)
        self._widgets.append(widget)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _turn(self) -> None:
        shown = [one for one in self._widgets if not one.isHidden()]
        need = sum(one.sizeHint().width() for one in shown)
        need += self._box.spacing() * max(0, len(shown) - 1)
        kind = QBoxLayout.Direction
        turn = kind.LeftToRight if need <= self.width() else kind.TopToBottom
        if turn != self._box.direction():
            self._box.setDirection(turn)


class SectionRow(QWidget):
    """A section title with things at its right: a time, a link."""

    gap_after = 8

    def __init__(self, theme: Theme, title: str, *trailing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text(theme, title, "section")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.title, 1)
        for widget in trailing:
            row.addWidget(widget)


class _Watch(QObject):
    """Tells when one of the watched widgets is shown or hidden by somebody."""

    def __init__(self, tell: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._tell()
        return False


class _Inner(QWidget):
    """What scrolls. Wrapped labels are measured at their narrowest, so it asks for nothing."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
