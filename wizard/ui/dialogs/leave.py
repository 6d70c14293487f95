"""The question whether to keep or to discard a draft."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from wizard.ui.context import Context


class LeaveDialog(QMessageBox):
    """Keep, discard, or go on, which is what Esc does. A message box, for the button order of the system."""

    kept = Signal()
    discarded = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        say = context.words.say
        self.setObjectName("leavingQuestion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(say("Cancel"))
        self.setText(say("Keep your answers for next time?"))
        self.setInformativeText(say("Nothing was created. The secret is not part of the draft."))
        keep = self.addButton(say("Keep draft"), QMessageBox.ButtonRole.AcceptRole)
        discard = self.addButton(say("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        go_on = self.addButton(say("Go on"), QMessageBox.ButtonRole.RejectRole)
        for button, name in ((keep, "keepDraft"), (discard, "discardDraft"), (go_on, "goOn")):
            button.setObjectName(name)
        self.setDefaultButton(keep)
        self.setEscapeButton(go_on)
        keep.clicked.connect(self.kept)
        discard.clicked.connect(self.discarded)

    def showEvent(self, event: QShowEvent) -> None:
        # QMessageBox computes its width with the minimum button width of the style sheet, so set the real widths.
        for button in self.buttons():
            button.ensurePolished()
            button.setMinimumWidth(button.sizeHint().width())
        super().showEvent(event)
