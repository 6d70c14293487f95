"""The list of a page's problems."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wizard.ui.runtime.announcements import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Icon
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.card import Card
from wizard.ui.widgets.focus import tab_after
from wizard.ui.widgets.text import Text


class ProblemSummary(Card):
    """A card with the number of problems and a link to the field of each; hidden while there is none.

    ``field_chosen`` carries the key of the problem whose link was pressed.
    """

    field_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "problem", margins=(16, 14, 16, 12))
        self.icon = Icon(theme, "circle-alert", "problem", units=1.15)
        self.title = Text(theme, "", "section")
        self.title.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title.setContentsMargins(2, 0, 0, 0)  # aligned with the links, which have room for a focus ring
        self.links: dict[str, LinkButton] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._lines, 1)
        self.column.addLayout(row)
        self.hide()

    def show_problems(self, title: str, problems: Sequence[tuple[str, str]]) -> None:
        """Show and announce problems, as pairs of key and text; hide the card if there are none."""
        for link in self.links.values():
            self._lines.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links.clear()
        self.title.set_text(title)
        for key, text in problems:
            link = LinkButton(self.theme, text)
            link.clicked.connect(lambda _=False, key=key: self.field_chosen.emit(key))
            link.setObjectName(f"problem_{key}")
            self.links[key] = link
            self._lines.addWidget(link)
        tab_after(self.title, self)
        self.setVisible(bool(problems))
        self.setAccessibleName(title)
        if problems:
            announce(self, " ".join((title, *(text for _, text in problems))), urgent=True)

    def clear(self) -> None:
        """Remove all problems."""
        self.show_problems("", ())
