"""The windows that are open: one library, and any number of wizards."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from wizard.flow.ask import Asker
from wizard.jobs.integrations import saved
from wizard.jobs.integrations.saved import Saved
from wizard.ui.wizard.window import WizardWindow

if TYPE_CHECKING:
    from wizard.ui.library.window import LibraryWindow

_NO_RAISE = ("wayland", "offscreen", "minimal")
"""Where Qt can only activate a window, and warns if it is to raise one."""


class FirstPaint(QObject):
    """Tells once, when the whole of a window has been painted for the first time.

    A timer of no length is not enough: it ends before the paint (and so made the window wait for the first job).
    """

    done = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # The window paints before what is in it, and all of that within this event.
            QTimer.singleShot(0, self, self.done.emit)
        return False


class Windows(QObject):
    """Makes, shows and forgets windows. A window that is closed ends its questions, but no operation.

    `painted` tells that a window can be seen, `emptied` that the last one has gone; jobs may still be ending.
    """

    painted = Signal()
    emptied = Signal()

    def __init__(
        self,
        asker: Asker,
        make_wizard: Callable[[str], WizardWindow],
        make_library: "Callable[[], LibraryWindow]",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._make_wizard, self._make_library = make_wizard, make_library
        self.wizards: list[WizardWindow] = []
        self.library: LibraryWindow | None = None
        self._closed: list[QWidget] = []

    # ------------------------------------------------------------------ opening

    def add_wizard(self, platform_url: str = "") -> WizardWindow:
        """A new wizard, to be shown with `show`."""
        window = self._make_wizard(platform_url)
        window.presenter.others = lambda: self._held_beside(window)
        window.presenter.go_home = lambda: self._go_home(window)
        window.closed.connect(lambda: self._on_wizard_closed(window))
        self.wizards.append(window)
        return window

    def open_wizard(self) -> None:
        """Open a wizard for another integration."""
        self.show(self.add_wizard())

    def open_library(self) -> "LibraryWindow":
        """Open the library, or bring it to the front."""
        if self.library is None:
            self.library = self._make_library()
            self.library.closed.connect(self._on_library_closed)
        self.show(self.library)
        return self.library

    def show(self, window: "WizardWindow | LibraryWindow") -> None:
        """Show a window in front of all others; a wizard begins to read after its first paint."""
        if window.isVisible():
            _bring_to_front(window)
            return
        first_paint = FirstPaint(window)
        if isinstance(window, WizardWindow):
            first_paint.done.connect(window.begin)
        first_paint.done.connect(self.painted)
        window.show()
        window.activateWindow()

    # ------------------------------------------------------------------ which are there

    @property
    def all(self) -> "tuple[WizardWindow | LibraryWindow, ...]":
        """Every open window, the latest wizard last."""
        return (*([self.library] if self.library else []), *self.wizards)

    @property
    def active(self) -> "WizardWindow | LibraryWindow | None":
        """The window that the person works in, as far as that is known."""
        in_front = QApplication.activeWindow()
        shown = [window for window in self.all if window.isVisible()]
        return next((window for window in shown if window is in_front), shown[-1] if shown else None)

    def bring_to_front(self) -> None:
        """Bring all windows to the front, the active one last."""
        active = self.active
        for window in (*(other for other in self.all if other is not active), active):
            if window is not None and window.isVisible():
                _bring_to_front(window)

    def save_drafts(self) -> None:
        """Save the answers of every wizard now."""
        for window in self.wizards:
            window.presenter.save()

    def _held_beside(self, window: WizardWindow) -> frozenset[str]:
        """The drafts and operations that other wizards have before them."""
        return frozenset().union(*(other.presenter.held for other in self.wizards if other is not window))

    # ------------------------------------------------------------------ closing

    def _go_home(self, window: WizardWindow) -> None:
        """The person is done with a wizard: the library comes, if there is something in it."""
        if self.library is not None:
            self.open_library()
            window.presenter.leave()
        else:
            self._asker.ask(
                saved.run,
                None,
                lambda listed: self._come_home(window, listed),
                lambda _problem: window.presenter.leave(),
            )

    def _come_home(self, window: WizardWindow, listed: tuple[Saved, ...]) -> None:
        if window not in self.wizards:
            return
        if listed:
            # Before the wizard goes, so that no other program comes to the front between the two.
            self.open_library().presenter.show(listed)
        window.presenter.leave()

    def _on_wizard_closed(self, window: WizardWindow) -> None:
        self.wizards.remove(window)
        if self.library is not None:
            _bring_to_front(self.library)
        self._forget(window)

    def _on_library_closed(self) -> None:
        library, self.library = self.library, None
        if library is not None:
            self._forget(library)

    def _forget(self, window: QWidget) -> None:
        self._closed.append(window)
        if not self.all:
            self.emptied.emit()

    def clear_closed(self) -> None:
        """Delete the windows that have been closed. To be called while no job runs that could still tell them."""
        for window in self._closed:
            window.deleteLater()
        self._closed.clear()


def _bring_to_front(window: QWidget) -> None:
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    if QGuiApplication.platformName() not in _NO_RAISE:
        window.raise_()
    window.activateWindow()
