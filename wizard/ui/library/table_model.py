"""The rows of the library's table for Qt."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from wizard.flow.library import LibraryRow
from wizard.words import Words

_Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns in their order."""

    NAME = 0
    CUSTOMER = 1
    GROUP = 2
    REMOTE_ID = 3


class IntegrationTable(QAbstractTableModel):
    """The saved integrations, one a row."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._rows: tuple[LibraryRow, ...] = ()
        self._headers = {
            Column.NAME: words.say("Name"),
            Column.CUSTOMER: words.say("Customer"),
            Column.GROUP: words.say("Group"),
            Column.REMOTE_ID: words.say("Integration ID"),
        }

    @property
    def rows(self) -> tuple[LibraryRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: tuple[LibraryRow, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def key_of(self, index: _Index) -> str:
        """The key of a row, "" where there is none."""
        return self._rows[index.row()].key if index.isValid() else ""

    def index_of(self, key: str) -> QModelIndex:
        """The first cell of the row with this key."""
        number = next((n for n, row in enumerate(self._rows) if row.key == key), -1)
        return self.index(number, 0) if number >= 0 else QModelIndex()

    # ------------------------------------------------------------------ what Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self._rows[index.row()]
        return (row.name, row.customer, row.group, row.remote_id)[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headers[Column(section)]
