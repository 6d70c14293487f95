"""The cards of the first page: a draft to go on with, a refused connection, news, the eight clicks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from wizard.flow.wizard.connect_view import CardView, ConnectAction, OfferView, RefusedView
from wizard.ui.context import Context
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.card import Card, NoteCard, Tint
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.widgets.text import Text

_NAMES = {
    ConnectAction.CHECK_AGAIN: "tryAgain",
    ConnectAction.PASTE_SECRET: "pasteSecret",
    ConnectAction.NETWORK: "networkSettings",
    ConnectAction.OTHER_REGION: "tryOtherRegion",
}
"""Object names of the ways out after the first, which is the remedy."""


class ResumeCard(Card):
    """Offers to go on with the answers of last time."""

    resumed = Signal()
    discarded = Signal()

    def __init__(self, context: Context, view: OfferView) -> None:
        super().__init__(context.theme)
        self.setObjectName("resumeCard")
        say, theme = context.words.say, context.theme
        go_on, discard = Button(theme, say("Go on")), LinkButton(theme, say("Discard"))
        go_on.setObjectName("resumeDraft")
        discard.setObjectName("discardOldDraft")
        discard.setAccessibleName(say("Discard the answers from last time"))
        go_on.clicked.connect(self.resumed)
        discard.clicked.connect(self.discarded)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(ResultLine(theme, view.title, "info", help_text=view.text), 1)
        row.addWidget(discard)
        row.addWidget(go_on)
        self.column.addLayout(row)


class RefusedCard(NoteCard):
    """A connection that did not work, with its one next step, and the other region where that may be it."""

    chosen = Signal(ConnectAction)

    def __init__(self, context: Context, view: RefusedView) -> None:
        say, theme = context.words.say, context.theme
        super().__init__(theme, "problem", view.title, (view.text,) if view.text else ())
        for number, way in enumerate(view.ways):
            button = Button(theme, way.text)
            button.setObjectName("remedy" if number == 0 else _NAMES[way.action])
            button.clicked.connect(lambda _=False, action=way.action: self.chosen.emit(action))
            self.add_button(button)
        self.words.addWidget(Disclosure(theme, say("Details"), Text(theme, view.detail, "help")))


def note_card(context: Context, view: CardView, name: str, tint: Tint) -> NoteCard:
    """A card that only tells something."""
    card = NoteCard(context.theme, tint, view.title, view.paragraphs)
    card.setObjectName(name)
    return card


def eight_clicks(context: Context) -> Text:
    """How to get credentials on the platform."""
    say = context.words.say
    lines = (
        say("1. Sign in to the platform as its admin or owner."),
        say("2. In the left bar, point at the platform's own group, the one on top."),
        say("3. Press the gear, Settings."),
        say("4. In the left bar, choose API v2."),
        say("5. Press Add API Credentials and give them a label, for example Integration."),
        say("6. Tick integrations:read and integrations:write; for lists also groups:read and users:read."),
        say("7. Press Save."),
        say("8. Copy the client ID and the client secret. The secret is shown only once."),
    )
    return Text(context.theme, "\n".join(lines), "muted")
