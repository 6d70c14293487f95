"""The way to help: a link below the steps, F1, and the dialog that comes by itself when something went wrong."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from wizard.ui.context import Context
from wizard.ui.dialogs.support_file import CrashDialog, SupportDialog
from wizard.ui.runtime.uncaught_errors import Guard
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.wizard.window import WizardWindow


class Help(QObject):
    """Opens the help dialog, and at most one dialog about errors at a time.

    `save` saves the draft once more before the person is told that it is safe.
    """

    def __init__(self, context: Context, window: WizardWindow, save: Callable[[], None]) -> None:
        super().__init__(window)
        self._context, self._window, self._save = context, window, save
        self._guard: Guard | None = None
        self.dialog: SupportDialog | None = None
        self.crash: CrashDialog | None = None
        self.link = LinkButton(context.theme, context.words.say("Help"))
        self.link.setObjectName("helpButton")
        self.link.clicked.connect(self.open)
        window.steps.set_bottom(self.link)
        # A narrow window has no list of steps.
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window)
        shortcut.activated.connect(self.open)

    def watch_errors(self, guard: Guard) -> None:
        """Tell of the errors that this guard hears of."""
        self._guard = guard
        guard.happened.connect(self._on_error)

    def open(self) -> None:
        """Open the help dialog, or bring it to the front."""
        if self.dialog is not None and shiboken6.isValid(self.dialog) and self.dialog.isVisible():
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        errors = tuple(self._guard.errors) if self._guard else ()
        self.dialog = SupportDialog(self._context, errors, self._window)
        self.dialog.open()

    def _on_error(self, text: str) -> None:
        self._save()
        if self.crash is not None and shiboken6.isValid(self.crash) and self.crash.isVisible():
            self.crash.add_error(text)
            return
        if not self._window.isVisible():
            return
        self.crash = CrashDialog(self._context, text, self._window)
        self.crash.support_wanted.connect(self.open)
        self.crash.open()
