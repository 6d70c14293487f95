"""Cards that stand above the rest: an outcome that is not known, and a list of problems."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.ui.runtime.announce import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Icon
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.card import Card, NoteCard, Tint
from wizard.ui.widgets.focus import tab_after
from wizard.ui.widgets.lines import State
from wizard.ui.widgets.text import Text


class RescueCard(NoteCard):
    """How it ended, or that we do not know: what happened, what the button does, one button, one link.

    ``bold`` is a part of a paragraph that stands out, such as the button's words.
    """

    primary_clicked = Signal()
    link_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        paragraphs: tuple[str, ...],
        button: str,
        *,
        link: str = "",
        bold: str = "",
        tint: Tint = "warning",
        state: State = "unknown",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tint, title, paragraphs, state=state, bold=bold, title_role="title", parent=parent)
        self.button = Button(theme, button, accent=True)
        self.button.clicked.connect(self.primary_clicked)
        self.add_button(self.button)
        self.link: LinkButton | None = None
        if link:
            self.link = LinkButton(theme, link)
            self.link.clicked.connect(self.link_clicked)
            self.add_button(self.link)


class ProblemSummary(Card):
    """What keeps the page from going on: a count, and a link to each field.

    Hidden while there is none. ``field_chosen`` tells the key of the problem whose link was pressed.
    """

    field_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "problem", margins=(16, 14, 16, 12), parent=parent)
        self.icon = Icon(theme, "circle-alert", "problem", units=1.15)
        self.title = Text(theme, "", "section")
        self.title.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title.setContentsMargins(2, 0, 0, 0)  # in one line with the links, whose focus needs some room
        self.links: dict[str, LinkButton] = {}
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
        self.column.addLayout(row)
        self.hide()

    def show_problems(self, title: str, problems: Sequence[tuple[str, str]]) -> None:
        """Show problems as (key, text) and announce them; with none, hide."""
        for link in self.links.values():
            self._words.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links.clear()
        self.title.set_text(title)
        for key, text in problems:
            link = LinkButton(self.theme, text)
            link.clicked.connect(lambda _=False, key=key: self.field_chosen.emit(key))
            link.setObjectName(f"problem_{key}")
            self.links[key] = link
            self._words.addWidget(link)
        tab_after(self.title, self)
        self.setVisible(bool(problems))
        self.setAccessibleName(title)
        if problems:
            announce(self, " ".join((title, *(text for _, text in problems))), urgent=True)

    def clear(self) -> None:
        """Hide, as nothing stands in the way."""
        self.show_problems("", ())
