"""The dialog about an uncaught error."""

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QWidget

from wizard import __version__
from wizard.ui.context import Context
from wizard.ui.dialogs.base import Dialog, read_only_text
from wizard.ui.runtime.announcements import announce
from wizard.ui.widgets.disclosure import Disclosure

_UNITS = 36


class CrashDialog(Dialog):
    """Tells that something went wrong and nothing is lost; further errors are added to its details.

    `support_wanted` asks for the help dialog, after this one is closed: there are never two.
    """

    support_wanted = Signal()

    def __init__(self, context: Context, error: str, parent: QWidget) -> None:
        say = context.words.say
        heading = say("Something in this program went wrong")
        lead = say("Your answers are safe. Go on, or close the program and start it again.")
        super().__init__(context, "crashDialog", heading, lead, parent)
        self._errors: list[str] = []
        self.details = read_only_text(self.theme, say("What went wrong"), "crashText")
        self.details.setFixedHeight(self.theme.units(6))
        note = say("Kind and place only")
        self.disclosure = Disclosure(self.theme, say("Details"), self.details, note=note)
        self.disclosure.row.setObjectName("crashDetails")
        self.disclosure.toggled.connect(lambda _is_open: self.fit(_UNITS))
        self.body.add(self.disclosure)
        self.body.add(self.make_copy_link(), 4)
        self.save_button = self.add_button(say("Save support file…"), "saveSupport", is_left=True)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.go_on_button = self.add_button(say("Go on"), "goOn", is_default=True)
        self.go_on_button.clicked.connect(self.accept)
        self.add_error(error)
        self.fit(_UNITS)

    def open(self) -> None:
        """Show and announce the dialog."""
        super().open()
        announce(self, f"{self.body.heading.plain()}. {self.body.lead.plain()}", urgent=True)

    def add_error(self, text: str) -> None:
        """Add an error to the details, unless it is there."""
        if text not in self._errors:
            self._errors.append(text)
            self.details.setPlainText("\n".join(self._errors))

    def details_text(self) -> str:
        """The errors and the versions of the program and of Qt."""
        return "\n".join((f"integration-wizard {__version__}, Qt {qVersion()}", *self._errors))

    def _on_save_clicked(self) -> None:
        self.accept()
        self.support_wanted.emit()
