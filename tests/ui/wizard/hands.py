"""Eyes and hands for one page: finds what is to be seen by its name, clicks, presses keys, reads."""

from typing import TypeVar, overload

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from wizard.ui.widgets.text import Text

W = TypeVar("W", bound=QWidget)


class Hands:
    """A person at one page."""

    def __init__(self, page: QWidget) -> None:
        self.page = page

    @staticmethod
    def settle() -> None:
        """Let the window lay out what was added: only then it is to be seen."""
        QApplication.processEvents()

    @overload
    def find(self, name: str) -> QWidget: ...

    @overload
    def find(self, name: str, kind: type[W]) -> W: ...

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The only widget of this name, which is to be seen."""
        self.settle()
        found = self.page.findChildren(kind, name)
        assert [one.isVisible() for one in found] == [True], f"{name}: {len(found)}"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is to be seen."""
        self.settle()
        return any(one.isVisible() for one in self.page.findChildren(QWidget, name))

    def click(self, name: str, *, part: QWidget | None = None) -> None:
        """Click a button on its words."""
        self.settle()
        found = [one for one in (part or self.page).findChildren(QAbstractButton, name) if one.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)}"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton, pos=QPoint(8, found[0].height() // 2))

    def press(self, name: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        """Give a button the focus and press a key."""
        button = self.find(name, QAbstractButton)
        button.setFocus()
        QTest.keyClick(button, key)

    def texts(self, part: QWidget | None = None) -> list[str]:
        """Every text in sight."""
        self.settle()
        labels = (part or self.page).findChildren(QLabel)
        return [one.plain() for one in labels if isinstance(one, Text) and one.isVisible() and one.plain().strip()]

    def reads(self, text: str, part: QWidget | None = None) -> bool:
        """Whether this is to be read somewhere."""
        return any(text in shown for shown in self.texts(part))

    @property
    def focus(self) -> QWidget:
        """What has the keyboard focus."""
        found: QWidget | None = self.page.window().focusWidget()
        assert found is not None
        return found

    def tab_order(self, count: int) -> list[str]:
        """The names of what Tab comes to, from where the focus is now."""
        names = []
        for _ in range(count):
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
            names.append(self.focus.objectName())
        return names
