"""The way to help: a link in every window, F1, and the dialog that comes by itself when something went wrong.

The dialogs are imported when one is opened: with what they are made of they cost 40 ms of a start.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from wizard.ui.context import Context
from wizard.ui.runtime.uncaught_errors import UncaughtErrors
from wizard.ui.widgets.buttons import LinkButton

if TYPE_CHECKING:
    from wizard.ui.dialogs.crash import CrashDialog
    from wizard.ui.dialogs.support_file import SupportDialog


class Help(QObject):
    """Opens the help dialog, and at most one dialog about errors at a time, over the window that is active.

    `save` saves the drafts once more before the person is told that they are safe.
    """

    def __init__(
        self,
        context: Context,
        active: Callable[[], QWidget | None],
        save: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._active, self._save = context, active, save
        self._guard: UncaughtErrors | None = None
        self.dialog: SupportDialog | None = None
        self.crash: CrashDialog | None = None

    def link(self, window: QWidget) -> LinkButton:
        """The link of a window, for it to place; F1 works there from now on."""
        link = LinkButton(self._context.theme, self._context.words.say("Help"))
        link.setObjectName("helpButton")
        link.clicked.connect(lambda: self._open(window))
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window)
        shortcut.activated.connect(lambda: self._open(window))
        return link

    def watch_errors(self, guard: UncaughtErrors) -> None:
        """Tell of the errors that this guard hears of."""
        self._guard = guard
        guard.happened.connect(self._on_error)

    def open(self) -> None:
        """Open the help dialog over the active window, or bring it to the front."""
        window = self._active()
        if window is not None:
            self._open(window)

    def _open(self, window: QWidget) -> None:
        if self.dialog is not None and _is_shown(self.dialog):
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        # With all that it is made of, 30 ms of a start that needs none of it.
        from wizard.ui.dialogs.support_file import SupportDialog

        errors = tuple(self._guard.errors) if self._guard else ()
        self.dialog = SupportDialog(self._context, errors, window)
        self.dialog.open()

    def _on_error(self, text: str) -> None:
        self._save()
        if self.crash is not None and _is_shown(self.crash):
            self.crash.add_error(text)
            return
        window = self._active()
        if window is None:
            return
        # Hardly ever needed, and made of what the support file is made of.
        from wizard.ui.dialogs.crash import CrashDialog

        self.crash = CrashDialog(self._context, text, window)
        self.crash.support_wanted.connect(self.open)
        self.crash.open()


def _is_shown(dialog: QWidget) -> bool:
    return shiboken6.isValid(dialog) and dialog.isVisible()
