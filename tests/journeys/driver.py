"""One person at one window: finds things by their names, types, clicks, waits, and reads what is shown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, overload

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.journeys.heart import RESTYLED, Heart
from tests.journeys.services import open_services
from wizard.app.program import Options, Program
from wizard.core.draft import Draft
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.store.keychain import Keychain, MemoryKeychain
from wizard.ui.library.table import LibraryTable
from wizard.ui.theme.theme import Appearance
from wizard.ui.widgets.customer_banner import CustomerBanner
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.window import WizardWindow

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 15_000
PAGES = ("connectPage", "placePage", "behaviourPage", "reviewPage", "createPage")


class Heartbeat(Heart):
    """A heart with the one signal that an act of a person ends with."""

    acted = Signal()


class Person(QObject):
    """Sits at one window. Every act is an event of its own in the event loop, as from a real mouse and keyboard."""

    def __init__(
        self,
        qtbot: QtBot,
        data_dir: Path,
        *,
        keychain: Keychain | None = None,
        url: str = "",
        language: str = "en",
        read_timeout_s: float = 5.0,
        look: Appearance | None = None,
        is_practice: bool = False,
    ) -> None:
        super().__init__()
        self.strays: list[str] = []
        self.qtbot, self.data_dir, self.keychain = qtbot, data_dir, keychain or MemoryKeychain()
        self.heart = Heartbeat()
        self.shown: set[str] = set()
        self.app = _app()
        self.services = open_services(data_dir, self.keychain, read_timeout_s=read_timeout_s, is_practice=is_practice)
        options = Options(data_dir=data_dir, platform_url=url, language=language, is_practice=is_practice)
        self.is_ended = self._is_forgotten = False
        self.program = Program(self.app, options, self.services)
        self.program.after_close = self._on_ended
        self._last_front: QWidget | None = None
        self.app.focusWindowChanged.connect(self._on_focus_window_changed)
        if look is not None:
            self.program.theme.set_appearance(look)
        # A wizard reads what is on this computer after its first paint.
        painted = qtbot.waitSignal(self.program.windows.painted, timeout=PATIENCE_MS)
        with self.heart.beating("start"), painted:
            self.program.show()
        self.idle()

    def _on_ended(self) -> None:
        self.is_ended = True

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        """A part that is shown before it has its place is a window of its own for a moment and takes the keyboard."""
        if not self.is_ended and self.program.windows.active is not None and self.app.activeModalWidget() is None:
            ours = ("wizard", "leaving", "library")
            if window is None or not window.objectName().startswith(ours):
                self.strays.append(window.objectName() if window else "nobody has the keyboard")

    # ------------------------------------------------------------------ finding

    @property
    def front(self) -> QWidget:
        """The window that the person looks at."""
        self._last_front = self.program.windows.active or self._last_front
        assert self._last_front is not None
        return self._last_front

    @property
    def window(self) -> WizardWindow:
        """The wizard that was opened last."""
        return self.program.window

    @property
    def wizard(self) -> WizardPresenter:
        """What that wizard knows."""
        return self.program.wizard

    @property
    def draft(self) -> Draft:
        """The answers as they are now."""
        return self.wizard.book.draft

    @property
    def page(self) -> str:
        """The object name of the page that is shown, or of the window that has none."""
        window = self.front
        return window.currentPage().objectName() if isinstance(window, WizardWindow) else window.objectName()

    @overload
    def find(self, name: str) -> QWidget: ...

    @overload
    def find(self, name: str, kind: type[W]) -> W: ...

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The widget of this name that a person can see now."""
        all_of_it = [w for w in self.front.findChildren(kind, name) if w.isVisible()]
        assert all_of_it, f"{name} is not to be seen on {self.page}"
        return all_of_it[0]

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is to be seen."""
        return any(w.isVisible() for w in self.front.findChildren(QWidget, name))

    def texts(self, part: QWidget | None = None) -> list[str]:
        """Every text in sight, in words, without markup."""
        found = []
        for widget in (part or self.front).findChildren(QWidget):
            if widget.isVisible():
                found += [text for text in _texts_of(widget) if text]
        self.shown.update(found)
        return found

    def reads(self, text: str) -> bool:
        """Whether this text is to be read somewhere."""
        return any(text in shown for shown in self.texts())

    def beside(self, name: str) -> str:
        """What stands under the field of this name: its problem or its live sentence."""
        return self.find(name).accessibleDescription() or _line_above(self.find(name))

    # ------------------------------------------------------------------ acting

    def act(self, action: Callable[[], object], label: str = "act") -> None:
        """Do something inside the event loop, as an event from outside."""

        def once() -> None:
            try:
                action()
            finally:
                self.heart.acted.emit()

        with self.heart.beating(label if label == RESTYLED else f"{label} on {self.page}"):
            # The second turn is for what Qt puts off to it, such as showing what a layout has got.
            for what in (once, self.heart.acted.emit):
                with self.qtbot.waitSignal(self.heart.acted, timeout=PATIENCE_MS):
                    QTimer.singleShot(0, self.heart, what)

    def click(self, name: str, times: int = 1) -> None:
        """Click a button, a link or a radio button."""
        button = self.find(name, QAbstractButton)
        assert button.isEnabled(), f"{name} cannot be pressed"
        at = QPoint(10, button.height() // 2) if isinstance(button, QRadioButton) else QPoint(12, button.height() // 2)
        for _ in range(times):
            if shiboken6.isValid(button) and button.isVisible():
                self.act(lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=at), f"click {name}")

    def write(self, name: str, text: str) -> None:
        """Type into a field, over what is there."""
        edit = self.find(name, QLineEdit)
        self.act(lambda: QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(20, edit.height() // 2)))
        assert edit.hasFocus(), f"{name} does not take the focus, but {self.app.focusWidget()}"
        self.act(lambda: QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier))
        self.act(lambda: QTest.keyClick(edit, Qt.Key.Key_Delete))
        self.letters(text)

    def letters(self, text: str) -> None:
        """Type where the focus is, one letter after the other."""
        for letter in text:
            self.act(partial(_type, self.focus(), letter), f"key in {self.focus().objectName()}")

    def paste(self, name: str, text: str) -> None:
        """Paste into a field, over what is there."""
        edit = self.find(name, QLineEdit)
        QGuiApplication.clipboard().setText(text)
        self.act(lambda: QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(20, edit.height() // 2)))
        self.act(lambda: QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier))
        self.act(lambda: QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier), f"paste {name}")

    def press(self, key: Qt.Key, times: int = 1, *, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the focus is."""
        held = modifier or Qt.KeyboardModifier.NoModifier

        def once() -> None:
            QTest.keyClick(self.focus(), key, held)

        for _ in range(times):
            self.act(once, f"key {key.name}")

    def focus(self) -> QWidget:
        """Where the keyboard is."""
        focused: QWidget | None = QApplication.focusWidget()
        return self.front if focused is None else focused

    def pick(self, name: str, text: str) -> None:
        """Choose the row of exactly this text from a tree or a list with the mouse."""
        view = self.find(name, QAbstractItemView)
        model = view.model()
        found = model.match(
            model.index(0, 0), Qt.ItemDataRole.DisplayRole, text, 1,
            Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
        )  # fmt: skip
        assert found, f"no row {text!r} in {name}"
        self.act(lambda: view.scrollTo(found[0]))
        at = view.visualRect(found[0]).center()
        self.act(lambda: QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at), f"pick in {name}")

    def choose_saved(self, row: int) -> None:
        """Choose an entry of the saved customers; the first one, 0, is a new customer."""
        combo = self.find("savedCustomer", QComboBox)

        def choose() -> None:
            combo.setCurrentIndex(row)
            combo.activated.emit(row)

        self.act(choose, "choose a saved customer")

    def wait(self, until: Callable[[], bool], label: str = "wait") -> None:
        """Wait until something is so; the heart beats meanwhile."""
        with self.heart.beating(label):
            self.qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def wait_for_page(self, page: str) -> None:
        """Wait until a page is shown and its first questions to the platform are answered."""
        self.wait(lambda: self.page == page and self.window.currentPage().isVisible(), f"to {page}")
        # Its heading takes the focus one turn later.
        self.act(lambda: None)

    def wait_for_text(self, text: str) -> None:
        """Wait until something is to be read."""
        self.wait(lambda: self.reads(text), f"text {text[:30]}")

    def wait_for(self, name: str) -> None:
        """Wait until a widget is in sight."""
        self.wait(lambda: self.sees(name), f"for {name}")

    def idle(self) -> None:
        """Wait until no job runs."""
        self.wait(lambda: self.program.runner.is_idle)
        self.act(lambda: None)

    # ------------------------------------------------------------------ the end

    def leave(self) -> None:
        """Close every window with its X and wait until the program would end."""
        if not self.is_ended:
            self.texts()
            for window in self.program.windows.all:
                self.act(window.close, "close")
            self.wait(lambda: self.is_ended, "end")
        if not self._is_forgotten:
            self._is_forgotten = True
            self.forget()

    def forget(self) -> None:
        """Take the program apart, as the end of the process does."""
        self.app.focusWindowChanged.disconnect(self._on_focus_window_changed)
        self.heart.stop()
        for thing in (*self._left_over(), self.program.runner, self.program.theme, self.program):
            if shiboken6.isValid(thing):
                shiboken6.delete(thing)
        for translator in self.app.findChildren(QTranslator):
            self.app.removeTranslator(translator)
            shiboken6.delete(translator)

    def _left_over(self) -> list[QWidget]:
        """The windows that are still there, open or to be deleted."""
        return [*self.program.windows.all, *self.program.windows._closed]

    def names_and_descriptions(self) -> list[str]:
        """Everything that assistive technology could read, hidden or not."""
        found = []
        for widget in (self.front, *self.front.findChildren(QWidget)):
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        return [text for text in found if text]


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _type(widget: QWidget, letter: str) -> None:
    """Type one letter of any script; QTest knows only those of Latin-1."""
    if letter.isascii():
        QTest.keyClicks(widget, letter)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _texts_of(widget: QWidget) -> list[str]:
    if isinstance(widget, Text):
        return [widget.plain()]
    if isinstance(widget, CustomerBanner):
        return [widget.accessibleName()]
    if isinstance(widget, QLineEdit):
        return [widget.displayText()]
    if isinstance(widget, QPlainTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, LibraryTable):
        return [f"{row.name} {row.customer} {row.group} {row.remote_id}" for row in widget.rows]
    if isinstance(widget, QTreeView | QListView):
        return _rows_in_sight(widget)
    return [str(widget.text())] if isinstance(widget, QLabel | QAbstractButton) else []


def _rows_in_sight(view: QTreeView | QListView) -> list[str]:
    model, found = view.model(), []
    if not model.rowCount():
        return []
    index = view.indexAt(QPoint(5, 5))
    while index.isValid() and view.visualRect(index).intersects(view.viewport().rect()):
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        found.append(str(spoken if spoken else index.data()))
        index = view.indexBelow(index) if isinstance(view, QTreeView) else model.index(index.row() + 1, 0)
    return found


def _line_above(widget: QWidget) -> str:
    above: Any = widget.parentWidget()
    while above is not None:
        if hasattr(above, "problem"):
            return str(above.line.line())
        above = above.parentWidget()
    return ""
