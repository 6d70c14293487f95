"""The exact request, and its copies for terminals."""

from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from wizard.core.curl import Shell
from wizard.flow.wizard.review import ReviewPresenter
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.buttons import Button
from wizard.ui.widgets.page_body import Flow
from wizard.ui.widgets.text import Text
from wizard.words import Words

_NAMES: Mapping[Shell, str] = {Shell.BASH: "bash", Shell.POWERSHELL: "PowerShell", Shell.CMD: "cmd"}


class RequestBox(QWidget):
    """A read-only text, and a button for each terminal that copies it as `curl`."""

    def __init__(self, theme: Theme, words: Words, presenter: ReviewPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        say = words.say
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setObjectName("requestText")
        self.text.setAccessibleName(say("The exact request"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.units(12))
        self.text.setFont(theme.font("fixed"))
        row = Flow(Text(theme, say("Copy as curl for"), "muted", wrap=False))
        for shell, name in _NAMES.items():
            button = Button(theme, name, icon="copy")
            button.setObjectName(f"copyCurl{name.capitalize()}")
            button.setAccessibleName(say("Copy as curl for {shell}", shell=name))
            button.clicked.connect(lambda _=False, shell=shell: self._on_copy_clicked(shell))
            row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(row)

    def _on_copy_clicked(self, shell: Shell) -> None:
        if command := self._presenter.curl(shell):
            QGuiApplication.clipboard().setText(command)
