"""The card of a creation that failed, or whose outcome is unknown."""

from PySide6.QtCore import Signal

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.card import NoteCard, Tint
from wizard.ui.widgets.lines import LineIcon
from wizard.ui.widgets.text import TextRole

_TINTS: dict[str, Tint] = {"problem": "problem", "info": "none"}
"""The tint of a state; that of all others is "warning"."""


class RescueCard(NoteCard):
    """What happened, what the button does, one button, and one link at most. ``state`` sets icon and tint.

    ``bold`` is a part of a paragraph to set in DemiBold, such as the text of the button.
    """

    primary_clicked = Signal()
    link_clicked = Signal()
    title_role: TextRole = "title"

    def __init__(
        self,
        theme: Theme,
        title: str,
        paragraphs: tuple[str, ...],
        button: str,
        *,
        bold: str = "",
        state: LineIcon = "unknown",
    ) -> None:
        super().__init__(theme, _TINTS.get(state, "warning"), title, paragraphs, state=state, bold=bold)
        self.button = Button(theme, button, accent=True)
        self.button.clicked.connect(self.primary_clicked)
        self.add_button(self.button)
        self.link: LinkButton | None = None

    def add_link(self, text: str) -> LinkButton:
        """Add the link behind the button."""
        self.link = LinkButton(self.theme, text)
        self.link.clicked.connect(self.link_clicked)
        self.add_button(self.link)
        return self.link
