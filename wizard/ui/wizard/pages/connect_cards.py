"""The cards of page 1: a draft to go on with, a refused connection, the eight clicks."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout

from wizard.core.address import Region
from wizard.core.draft import Draft
from wizard.core.problems import Code, Problem
from wizard.core.text_safety import one_line
from wizard.ui.context import Context
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.card import Card, NoteCard
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.pages.base import named
from wizard.words.network_problems import ON_THE_WAY
from wizard.words.problems import ACTIONS, Action, explain


class ResumeCard(Card):
    """Offers to go on with the answers of last time."""

    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context.theme)
        named(self, "resumeCard")
        say, theme = context.words.say, context.theme
        name = draft.name or (draft.group.name if draft.group else "") or draft.customer or draft.client_id
        title, kept = say("Go on with {name}?", name=one_line(name)), say("Your answers from last time are kept.")
        go_on, discard = Button(theme, say("Go on")), LinkButton(theme, say("Discard"))
        named(go_on, "resumeDraft")
        named(discard, "discardOldDraft")
        discard.setAccessibleName(say("Discard the answers from last time"))
        go_on.clicked.connect(lambda: self.resumed.emit(draft.id))
        discard.clicked.connect(lambda: self.discarded.emit(draft.id))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(ResultLine(theme, title, "info", help_text=kept), 1)
        row.addWidget(discard)
        row.addWidget(go_on)
        self.column.addLayout(row)


class RefusedCard(NoteCard):
    """A connection that did not work, with its one next step, and the other region where that may be it."""

    again_clicked = Signal()
    paste_clicked = Signal()
    secret_clicked = Signal()
    region_chosen = Signal(object)
    network_clicked = Signal()

    def __init__(self, context: Context, problem: Problem, region: Region) -> None:
        say, theme = context.words.say, context.theme
        shown = explain(context.words, problem)
        self.asks_sign_in = problem.code is Code.PROXY_SIGN_IN
        super().__init__(theme, "problem", shown.title, (shown.text,) if shown.text else ())
        self.remedy = Button(theme, say(ACTIONS[shown.action]) or say("Try again"))
        named(self.remedy, "remedy")
        is_not_read = "reading" in problem.facts
        paste = self.secret_clicked if is_not_read else self.paste_clicked
        ways = {Action.PASTE_AGAIN: paste, Action.NETWORK: self.network_clicked}
        self.remedy.clicked.connect(ways.get(shown.action, self.again_clicked))
        self.add_button(self.remedy)
        if is_not_read and shown.action is Action.RETRY:
            self._add("pasteSecret", say("Paste the secret"), self.secret_clicked)
        elif shown.action is Action.NETWORK:
            self._add("tryAgain", say("Try again"), self.again_clicked)
        elif problem.code in ON_THE_WAY:
            self._add("networkSettings", say("Network settings"), self.network_clicked)
        if problem.code is Code.INVALID_CLIENT and region is not Region.OTHER:
            other = Region.US if region is Region.EU else Region.EU
            text = say("Try the US address") if other is Region.US else say("Try the European address")
            button = Button(theme, text)
            named(button, "tryOtherRegion")
            button.clicked.connect(lambda: self.region_chosen.emit(other))
            self.add_button(button)
        self.words.addWidget(Disclosure(theme, say("Details"), Text(theme, shown.detail, "help")))

    def _add(self, name: str, text: str, wanted: SignalInstance) -> None:
        button = Button(self.theme, text)
        named(button, name)
        button.clicked.connect(wanted)
        self.add_button(button)


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
