"""A search field, and a tree and a list to choose one row from."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)  # fmt: skip

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_ITEM, surface

DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The muted second line of a row of `PickList`."""

_Index = QModelIndex | QPersistentModelIndex


class SearchField(QLineEdit):
    """A search field; ``name`` is its accessible name, ``hint`` its placeholder.

    Arrow down moves the focus to the list that is searched (``set_target``), Esc clears the text.
    """

    def __init__(self, theme: Theme, name: str, hint: str) -> None:
        super().__init__()
        self.theme = theme
        self._target: QWidget | None = None
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(False)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_target(self, target: QWidget) -> None:
        """Set the list that arrow down moves the focus to."""
        self._target = target

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down and self._target is not None:
            self._target.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Paint the icon: that of a line edit action has a fixed size of 16 pixels.
        side = self.theme.icon_size()
        painter = QPainter(self)
        rect = QRectF(10, (self.height() - side) / 2, side, side)
        self.theme.draw_icon(painter, "search", rect, self.theme.tones.muted)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.setTextMargins(self.theme.icon_size() + 7, 0, 0, 0)
        self.update()


class _RowDelegate(QStyledItemDelegate):
    """Paints the background of the chosen row and, with ``has_details``, a muted second line."""

    def __init__(self, theme: Theme, view: QAbstractItemView, *, has_details: bool) -> None:
        super().__init__(view)
        self.theme = theme
        self._has_details = has_details

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = super().sizeHint(option, index).width()
        if not self._has_details:
            return QSize(width, max(28, self.theme.units(1.75)))
        fonts = self.theme.font("body"), self.theme.font("help")
        lines = sum(QFontMetrics(font).height() for font in fonts)
        return QSize(self.theme.units(8), max(lines + 14, self.theme.units(3)))

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        super().initStyleOption(option, index)
        tones = self.theme.tones
        if option.state & QStyle.StateFlag.State_Selected:
            color = tones.selection_text
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, color)
        # Keep the style from painting its own background over ours.
        option.state &= ~QStyle.StateFlag.State_Selected
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.state &= ~QStyle.StateFlag.State_MouseOver

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if not self._has_details:
            super().paint(painter, option, index)
            return
        tones, rect = self.theme.tones, option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen:
            surface(painter, QRectF(rect).adjusted(0, 0, 0, -1), RADIUS_ITEM, tones.selection)
        first, second = self.theme.font("body"), self.theme.font("help")
        upper, lower = QFontMetrics(first), QFontMetrics(second)
        room = rect.adjusted(12, 0, -12, 0)
        top = rect.top() + (rect.height() - upper.height() - lower.height() - 2) // 2
        color = tones.selection_text if is_chosen else tones.text
        line = QRect(room.left(), top, room.width(), upper.height())
        _draw_line(painter, line, first, color, index.data(Qt.ItemDataRole.DisplayRole))
        color = tones.selection_muted if is_chosen else tones.muted
        line = QRect(room.left(), top + upper.height() + 2, room.width(), lower.height())
        _draw_line(painter, line, second, color, index.data(DETAIL_ROLE))
        painter.restore()


def _draw_line(painter: QPainter, rect: QRect, font: QFont, color: QColor, text: object) -> None:
    painter.setFont(font)
    painter.setPen(color)
    cut = painter.fontMetrics().elidedText(str(text or ""), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cut)


class PickTree(QTreeView):
    """A tree to choose one row from, by mouse, arrows, typing or assistive technology.

    ``chosen`` carries the index whenever the choice changes, an invalid one if nothing is chosen any more. The model
    provides ``DisplayRole``, and ``AccessibleTextRole`` for texts that are not clear out of context.
    """

    chosen = Signal(QModelIndex)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(True)
        self.setItemDelegate(_RowDelegate(theme, self, has_details=False))
        _configure(self)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """Set the model, and watch its selection."""
        super().setModel(model)
        if model is not None:
            self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def choose(self, index: QModelIndex) -> None:
        """Select a row and scroll to it."""
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(10), self.theme.units(7.5))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.units(20), self.theme.units(12))

    def drawRow(  # noqa: N802 - Qt's name
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Paint the background of the chosen row before the style paints the row."""
        tones = self.theme.tones
        selection = self.selectionModel()
        if selection.isSelected(index):
            rect = QRectF(self.visualRect(index))
            rect.setLeft(0)
            rect.setRight(self.viewport().width())
            painter.save()
            surface(painter, rect, RADIUS_ITEM, tones.selection)
            painter.restore()
        own = QStyleOptionViewItem(option)
        clear = Qt.GlobalColor.transparent
        own.palette.setColor(QPalette.ColorRole.Highlight, clear)
        own.showDecorationSelected = False
        super().drawRow(painter, own, index)

    def drawBranches(  # noqa: N802 - Qt's name
        self, painter: QPainter, rect: QRect, index: _Index
    ) -> None:
        """Paint the chevron of a row with children."""
        model = self.model()
        if not model.hasChildren(index):
            return
        tones, side = self.theme.tones, self.theme.units(0.95)
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        step = self.indentation()
        box = QRectF(rect.right() + 1 - step + (step - side) / 2,
                     rect.top() + (rect.height() - side) / 2, side, side)  # fmt: skip
        is_chosen = self.selectionModel().isSelected(index)
        color = tones.selection_muted if is_chosen else tones.muted
        self.theme.draw_icon(painter, name, box, color)

    def _on_selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        _emit_chosen(self)

    def _on_theme_changed(self) -> None:
        self.setIndentation(self.theme.units(1.25))
        self.doItemsLayout()


class PickList(QListView):
    """A list to choose one row from; each row has a text and a muted second line.

    ``chosen`` is that of `PickTree`. The model provides ``DisplayRole``, ``DETAIL_ROLE`` and ``AccessibleTextRole``
    (both lines).
    """

    chosen = Signal(QModelIndex)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_RowDelegate(theme, self, has_details=True))
        _configure(self)
        theme.changed.connect(self._on_theme_changed)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """Set the model, and watch its selection."""
        super().setModel(model)
        if model is not None:
            self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def choose(self, index: QModelIndex) -> None:
        """Select a row and scroll to it."""
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(10), self.theme.units(7.5))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.units(20), self.theme.units(12))

    def _on_selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        _emit_chosen(self)

    def _on_theme_changed(self) -> None:
        self.doItemsLayout()


def _configure(view: QAbstractItemView) -> None:
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    # Not SelectRows: with it, Qt 6.11 selects a wrong row when assistive technology selects a child item.
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setTabKeyNavigation(False)


def _emit_chosen(view: PickTree | PickList) -> None:
    rows = view.selectionModel().selectedIndexes()
    view.chosen.emit(rows[0] if rows else QModelIndex())
