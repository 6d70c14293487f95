"""The base of our dialogs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextOption
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from wizard.ui.context import Context
from wizard.ui.runtime.announcements import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.page_body import PageBody

NARROW_UNITS = 34
"""Dialogs narrower than this many line heights use the narrow layout."""


class Dialog(QDialog):
    """A window-modal dialog: the body of a page above a bar of buttons. Show it with `open()`, which does not block."""

    def __init__(self, context: Context, name: str, heading: str, lead: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.say, self.theme = context, context.words.say, context.theme
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.body = PageBody(context.theme, heading, lead, units=60)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(32, 12, 32, 12)
        self._bar.setSpacing(8)
        self._bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        column.addWidget(Hairline(context.theme))
        column.addLayout(self._bar)

    def add_button(self, text: str, name: str, *, is_left: bool = False, is_default: bool = False) -> Button:
        """Add a button with an object name to the bar; the default one is filled, and Enter presses it."""
        button = Button(self.theme, text, accent=is_default)
        button.setObjectName(name)
        button.setDefault(is_default)
        self._bar.insertWidget(0 if is_left else self._bar.count(), button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.theme.units(NARROW_UNITS)
        self.body.set_narrow(is_narrow, "")
        side = 16 if is_narrow else 32
        self._bar.setContentsMargins(side, 12, side, 12)

    def open(self) -> None:
        """Show the dialog, and focus its heading, so that screen readers start there."""
        super().open()
        self.body.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, units: float) -> None:
        """Resize to a width in line heights and the height that the body needs, within the screen."""
        # Keep each wrapper in a variable: Shiboken frees those of a chain of calls too early.
        screen = self.screen().availableGeometry()
        width = min(self.theme.units(units), screen.width())
        inner = self.body.widget()
        column = inner.layout() if inner is not None else None
        body_height = column.totalHeightForWidth(width) if column is not None else 0
        self.resize(width, min(body_height + self._bar.sizeHint().height() + 2, screen.height() * 9 // 10))

    def make_copy_link(self) -> LinkButton:
        """A link that copies `details_text()` and confirms it."""
        link = LinkButton(self.theme, self.say("Copy details"))
        link.setObjectName("copyDetails")

        def copy() -> None:
            QGuiApplication.clipboard().setText(self.details_text())
            link.setText(self.say("Details copied"))
            link.updateGeometry()
            announce(link, link.text())

        link.clicked.connect(copy)
        return link

    def details_text(self) -> str:
        """The text that `make_copy_link()` copies."""
        return ""


def read_only_text(theme: Theme, name: str, object_name: str) -> QPlainTextEdit:
    """A text field to read and to copy from; ``name`` is its accessible name."""
    text = QPlainTextEdit(readOnly=True)
    text.setObjectName(object_name)
    text.setAccessibleName(name)
    text.setTabChangesFocus(True)
    text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text.setFont(theme.font("fixed"))
    return text
