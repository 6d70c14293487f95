"""Nothing here yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Icon
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.text import Heading, Text


class EmptyState(QWidget):
    """Icon, heading, one sentence, two buttons and a link: the only thing that is centred."""

    primary_clicked = Signal()
    secondary_clicked = Signal()
    link_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        heading: str,
        sentence: str,
        primary: str,
        *,
        secondary: str = "",
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        center = Qt.AlignmentFlag.AlignHCenter
        self.heading = Heading(theme, heading)
        self.sentence = Text(theme, sentence, "muted")
        self.primary = Button(theme, primary, accent=True)
        self.primary.clicked.connect(self.primary_clicked)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(Icon(theme, icon, "muted", units=2.3), 0, center)
        column.addSpacing(12)
        for text in (self.heading, self.sentence):
            text.setAlignment(center)
            column.addWidget(text)
        column.addSpacing(16)
        column.addWidget(self.primary)
        if secondary:
            other = Button(theme, secondary)
            other.clicked.connect(self.secondary_clicked)
            column.addWidget(other)
        if link:
            third = LinkButton(theme, link)
            third.clicked.connect(self.link_clicked)
            column.addSpacing(8)
            column.addWidget(third, 0, center)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column, 2)
        row.addStretch(1)
