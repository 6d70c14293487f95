"""The library's table: hairlines instead of a grid, and the chosen row with a bar in the accent colour."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)  # fmt: skip

from wizard.flow.library import LibraryRow
from wizard.ui.library.table_model import Column, IntegrationTable
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import focus_ring

PAD = 12
"""Pixels before and behind the text of a column."""

_BAR = 3
_WEIGHTS = {Column.NAME: 3, Column.CUSTOMER: 3, Column.GROUP: 3}
_ROOM_UNITS = {Column.REMOTE_ID: 52, Column.GROUP: 40}
"""Below so many line heights of the window a column goes."""

_Index = QModelIndex | QPersistentModelIndex
_TEXT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class LibraryTable(QTreeView):
    """Chooses one row by mouse, arrows or typing; *Copy* of the keyboard copies its id.

    `row_chosen` tells the key of the row that a person chose, `copy_requested` that its id is wanted.
    """

    row_chosen = Signal(str)
    copy_requested = Signal()

    def __init__(self, theme: Theme, model: IntegrationTable, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._table = theme, model
        self.setAccessibleName(name)
        # In the style sheet of Linux: no frame and no ground of its own.
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setModel(model)
        self.setHeader(_Header(theme, self))
        self.setItemDelegate(_Cells(theme, self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        theme.changed.connect(self._on_theme_changed)

    @property
    def rows(self) -> tuple[LibraryRow, ...]:
        """What is shown."""
        return self._table.rows

    def choose(self, key: str) -> None:
        """Show which row is chosen; tells nobody."""
        index = self._table.index_of(key)
        if self._table.key_of(self.currentIndex()) == key:
            return
        was_blocked = self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(was_blocked)
        self.scrollTo(index)

    # ------------------------------------------------------------------ size

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(12), self.header().sizeHint().height() + row_height(self.theme))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.units(40), self.header().sizeHint().height() + 8 * row_height(self.theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_columns()

    def _lay_columns(self) -> None:
        """Share the width; columns that find no room go, their values stand in the details."""
        window, room = self.window().width(), self.viewport().width()
        for column, units in _ROOM_UNITS.items():
            self.setColumnHidden(column, window < self.theme.units(units))
        if not self.isColumnHidden(Column.REMOTE_ID):
            metrics = QFontMetrics(id_font(self.theme))
            # Two characters more than an id has: on some screens text is painted wider than it is measured.
            wide = metrics.horizontalAdvance("0" * 26) + 2 * PAD
            self.setColumnWidth(Column.REMOTE_ID, wide)
            room -= wide
        shown = {column: weight for column, weight in _WEIGHTS.items() if not self.isColumnHidden(column)}
        for column, weight in shown.items():
            self.setColumnWidth(column, room * weight // sum(shown.values()))

    # ------------------------------------------------------------------ keys and choice

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
            return
        super().keyPressEvent(event)

    def _on_current_row_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self.signalsBlocked() and index.isValid():
            self.row_chosen.emit(self._table.key_of(index))

    # ------------------------------------------------------------------ painting

    def drawRow(  # noqa: N802 - Qt's name
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Paint tint, bar and hairline of a row, then its cells."""
        tones = self.theme.tones
        row = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        painter.save()
        if self.selectionModel().isSelected(index):
            painter.fillRect(row, tones.selection)
            painter.fillRect(QRect(row.left(), row.top(), _BAR, row.height()), tones.accent)
        painter.fillRect(QRect(0, row.bottom() + 1 - tones.hairline, row.width(), tones.hairline), tones.line)
        painter.restore()
        own = QStyleOptionViewItem(option)
        # The row's tint is ours; the style would paint its own over it.
        own.palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        own.showDecorationSelected = False
        super().drawRow(painter, own, index)
        # Qt notes which windows are used by keyboard; with the mouse, bar and tint are enough.
        is_by_keyboard = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if is_by_keyboard and self.hasFocus() and index.row() == self.currentIndex().row():
            painter.save()
            focus_ring(painter, QRectF(row).adjusted(0, 0, 0, -1), tones, 0)
            painter.restore()

    def _on_theme_changed(self) -> None:
        self.doItemsLayout()
        self._lay_columns()
        self.header().updateGeometry()
        self.viewport().update()


class _Header(QHeaderView):
    """The names of the columns, muted, over a hairline; the same on every system."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(1)
        self.setProperty("bare", True)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return QSize(0, max(34, self.theme.units(2.1)))

    def paintSection(  # noqa: N802 - Qt's name
        self, painter: QPainter, rect: QRect, section: int
    ) -> None:
        """Paint one name and its part of the hairline."""
        tones = self.theme.tones
        painter.save()
        painter.setFont(self.theme.font("body"))
        painter.setPen(tones.muted)
        _draw_text(painter, rect, str(self.model().headerData(section, Qt.Orientation.Horizontal)))
        painter.restore()

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        tones = self.theme.tones
        painter = QPainter(self.viewport())
        width = self.viewport().width()
        painter.fillRect(QRect(0, self.height() - tones.hairline, width, tones.hairline), tones.line)
        painter.end()


class _Cells(QStyledItemDelegate):
    """Paints the words of a cell: the name stands out, the rest is quieter."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, row_height(self.theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tones = self.theme.tones
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if index.column() == Column.NAME:
            painter.setFont(self.theme.font("section"))
            painter.setPen(tones.selection_text if is_chosen else tones.text)
        else:
            is_id = index.column() == Column.REMOTE_ID
            painter.setFont(id_font(self.theme) if is_id else self.theme.font("body"))
            painter.setPen(tones.selection_muted if is_chosen else tones.muted)
        _draw_text(painter, option.rect, str(index.data()))
        painter.restore()


def row_height(theme: Theme) -> int:
    """The height of a row of a table in pixels."""
    return max(40, theme.units(2.5))


def id_font(theme: Theme) -> QFont:
    """The fixed font in the size of help texts, for ids in a table."""
    font = theme.font("fixed")
    small = theme.font("help")
    if small.pointSizeF() > 0:
        font.setPointSizeF(small.pointSizeF())
    else:
        font.setPixelSize(small.pixelSize())
    return font


def _draw_text(painter: QPainter, rect: QRect, text: str) -> None:
    room = rect.adjusted(PAD, 0, -PAD, 0)
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _TEXT, cut)
