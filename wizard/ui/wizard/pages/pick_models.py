"""What the two pick lists show: a tree of groups, a list of people."""

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from wizard.core.draft import Author
from wizard.core.groups import Forest
from wizard.core.ids import ObjectId
from wizard.core.text_safety import one_line, plain_tip
from wizard.ui.widgets.pick_views import DETAIL_ROLE

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class GroupTree(QAbstractItemModel):
    """The groups of a forest that match a search, with the groups above them.

    Searching is one reset over prepared names: a proxy model with recursive filtering took up to 320 ms a keystroke
    on 30,000 groups, this takes 8.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._forest: Forest | None = None
        self._ids: list[ObjectId] = []
        self._numbers: dict[ObjectId, int] = {}
        self._shown: set[ObjectId] | None = None
        self._children: dict[ObjectId | None, tuple[ObjectId, ...]] = {}
        self._rows: dict[ObjectId, int] = {}

    def set_forest(self, forest: Forest | None) -> None:
        """Show all groups of a forest, or none."""
        self.beginResetModel()
        self._forest = forest
        self._ids = list(forest.groups) if forest else []
        self._numbers = {group_id: number for number, group_id in enumerate(self._ids)}
        self._show(None)
        self.endResetModel()

    def search(self, text: str) -> int:
        """Show the groups whose names hold all words of `text`; tells how many match, all of them for no text."""
        if self._forest is None:
            return 0
        self.beginResetModel()
        if text.strip():
            hits, above = self._forest.search(text)
            self._show(hits | above)
            count = len(hits)
        else:
            self._show(None)
            count = len(self._ids)
        self.endResetModel()
        return count

    def group_id(self, index: Index) -> ObjectId | None:
        """The group of a row."""
        return self._ids[index.internalId()] if index.isValid() else None

    def index_of(self, group_id: ObjectId) -> QModelIndex:
        """The row of a group, invalid if it is not shown."""
        if self._forest is None or group_id not in self._numbers:
            return QModelIndex()
        row = self._row_of(group_id)
        return QModelIndex() if row is None else self.createIndex(row, 0, self._numbers[group_id])

    def index_named(self, name: str) -> QModelIndex:
        """The row of the first shown group of exactly this name, invalid if there is none."""
        groups = self._forest.groups.values() if self._forest else ()
        found = (self.index_of(group.id) for group in groups if group.name == name)
        return next((index for index in found if index.isValid()), QModelIndex())

    def _show(self, shown: set[ObjectId] | None) -> None:
        self._shown = shown
        self._children = {}
        self._rows = {}

    def _below(self, parent: ObjectId | None) -> tuple[ObjectId, ...]:
        """The shown groups below one; made when first asked for, as most branches stay folded."""
        if parent not in self._children:
            every = self._forest.children.get(parent, ()) if self._forest else ()
            shown = every if self._shown is None else tuple(i for i in every if i in self._shown)
            self._children[parent] = shown
            self._rows.update((group_id, row) for row, group_id in enumerate(shown))
        return self._children[parent]

    def _row_of(self, group_id: ObjectId) -> int | None:
        if self._forest is None:
            return None
        self._below(self._forest.parent(group_id))
        return self._rows.get(group_id)

    # ------------------------------------------------------------------ what Qt asks

    def index(self, row: int, column: int, parent: Index = _TOP) -> QModelIndex:
        below = self._below(self.group_id(parent))
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[below[row]])

    def parent(self, index: Index = _TOP) -> QModelIndex:  # type: ignore[override]  # Qt has two methods of this name
        group_id = self.group_id(index)
        above = self._forest.parent(group_id) if self._forest and group_id else None
        return self.index_of(above) if above else QModelIndex()

    def rowCount(self, parent: Index = _TOP) -> int:
        return len(self._below(self.group_id(parent)))

    def hasChildren(self, parent: Index = _TOP) -> bool:  # noqa: N802 - Qt's name
        return bool(self._below(self.group_id(parent)))

    def columnCount(self, _parent: Index = _TOP) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        group_id = self.group_id(index)
        if group_id is None or self._forest is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(self._forest.groups[group_id].name) or group_id
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(" › ".join(g.name for g in self._forest.path(group_id)))
        return None


class PeopleList(QAbstractListModel):
    """People that can be author, each with a second line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[Author, str], ...] = ()

    def set_people(self, people: tuple[tuple[Author, str], ...]) -> None:
        """Show these people, each with the second line."""
        self.beginResetModel()
        self._shown = people
        self.endResetModel()

    def author(self, index: Index) -> Author | None:
        """The person of a row."""
        return self._shown[index.row()][0] if index.isValid() else None

    def index_of(self, author_id: ObjectId) -> QModelIndex:
        """The row of a person, invalid if not shown."""
        rows = (row for row, (person, _) in enumerate(self._shown) if person.id == author_id)
        row = next(rows, None)
        return QModelIndex() if row is None else self.index(row)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        person, line = self._shown[index.row()]
        texts = {
            Qt.ItemDataRole.DisplayRole: one_line(person.label),
            DETAIL_ROLE: one_line(line),
            Qt.ItemDataRole.AccessibleTextRole: f"{one_line(person.label)}, {one_line(line)}",
            Qt.ItemDataRole.ToolTipRole: plain_tip(f"{person.label}\n{line}"),
        }
        return texts.get(role)
