"""Page 5: creating, checking, saving; then the id. Every way it can end has its own words."""

from collections.abc import Iterator

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from wizard.core.creation import KEPT, Creation
from wizard.core.draft import Draft, Step
from wizard.core.problems import Problem
from wizard.core.progress import Entered, KeychainAsked, Phase, Progress, Waiting
from wizard.core.store_news import News
from wizard.core.text_safety import one_line
from wizard.jobs.integrations import create
from wizard.jobs.integrations.create import CreateWanted, LookWanted
from wizard.ui.context import Context
from wizard.ui.runtime.runner import Handle, Job
from wizard.ui.widgets.action_list import ActionList
from wizard.ui.widgets.answer_list import AnswerList
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.id_field import IdField
from wizard.ui.widgets.lines import LineIcon
from wizard.ui.widgets.page_body import Flow, PageBody, SectionRow
from wizard.ui.widgets.progress_lines import ProgressLines
from wizard.ui.widgets.rescue_card import RescueCard
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.pages.base import Page, named
from wizard.ui.wizard.pages.create_cards import Cards, asks_again, secret_problem
from wizard.ui.wizard.pages.create_result import ResultParts
from wizard.ui.wizard.pages.create_running import running
from wizard.ui.wizard.pages.create_state import VIEWS, Errand, State, View, state_after, state_of
from wizard.ui.wizard.pages.store_news import news_cards
from wizard.ui.wizard.wait_note import WaitNote
from wizard.words.keychain_problems import asking

_PHASES = (Phase.CREATING, Phase.CHECKING, Phase.SAVING)
_SLOW_MS = 5_000
_CARD_STATES: dict[State, LineIcon] = {State.FAILED: "problem", State.WITHDRAWN: "info"}
"""The states whose outcome is known, with that of their card."""


class CreatePage(Page):
    """Runs one creation and shows it. `state_changed` lets the window set its bar.

    `mend_requested` leads back to the answers with a problem, `another_requested` to a new draft for this customer,
    `secret_requested` to the credentials of the creation that is shown, `later_requested` to other work.
    """

    step = Step.CREATE
    state_changed = Signal()
    mend_requested = Signal(object)
    another_requested = Signal()
    secret_requested = Signal(object)
    later_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        named(self, "createPage")
        self.state = State.RUNNING
        self.creation: Creation | None = None
        self.problem: Problem | None = None
        self.wanted_draft: Draft | None = None
        self._looks_as = ""
        self._errand = Errand.CREATE
        self._handle: Handle[Creation] | None = None
        self._page_button: QPushButton | None = None
        self._cards = Cards(context)
        self._results = ResultParts(context)

    @property
    def view(self) -> View:
        """What the state shows."""
        return VIEWS[self.state]

    def primary(self) -> QPushButton | None:
        return self._page_button

    def build(self) -> Iterator[PageBody]:
        say, theme = self.say, self.theme
        body = PageBody(theme, say("Creating"), " ", units=37.5)
        self.box = QWidget()
        named(self.box, "createState")
        self.column = QVBoxLayout(self.box)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._news = QVBoxLayout()
        self._news_box = QWidget()
        self._news_box.setLayout(self._news)
        self._news.setContentsMargins(0, 0, 0, 0)
        self._news_box.hide()
        body.add(self.summary)
        body.add(self._news_box)
        body.add(self.box)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        yield body

    # ------------------------------------------------------------------ running

    def start(self, draft: Draft, *, adopts: bool = False) -> None:
        """Create the integration of a draft; `adopts` saves the one that already has its name."""
        if self._handle is not None:
            return
        self.draft = self.wanted_draft = draft
        self.creation, self._looks_as = None, ""
        self.ensure_built()
        self._news_box.hide()
        self._errand = Errand.CREATE
        self._run(create.run, CreateWanted(draft, adopts))

    def show_creation(self, creation: Creation, draft: Draft | None = None, looks_as: str = "") -> None:
        """Show a creation that was left open earlier, and remember its answers, should it be refused.

        `looks_as` is the customer whose credentials to look with, if its own do not work any more.
        """
        self.ensure_built()
        self.creation, self.wanted_draft, self.problem, self._looks_as = creation, draft, None, looks_as
        self._results.note_check(None, None)
        self._show(state_of(creation))

    def show_store_news(self, news: tuple[News, ...]) -> None:
        """What happened to the list on this computer, above the card that it may be about."""
        self.ensure_built()
        for card in news_cards(self.context, news, "none"):
            self._news.addWidget(card)
            card.speak()
        self._news_box.show()

    def look(self, *, may_create: bool = True, adopts: bool = False) -> None:
        """Find out how the shown creation ended."""
        if self.creation and self._handle is None:
            self._errand = Errand.CREATE if may_create else Errand.LOOK
            if self.creation.state in KEPT:
                self._errand = Errand.CHECK
            self._run(create.look, LookWanted(self.creation.id, may_create, adopts, self._looks_as))

    def stop_waiting(self) -> None:
        """Ask the job to end. What it finds out all the same is shown when it comes."""
        if self._handle and self.state is State.RUNNING:
            self._handle.stop()
            self._show(State.STOPPING)

    @property
    def is_running(self) -> bool:
        """Whether a job works on the creation."""
        return self._handle is not None

    def _run(self, job: object, given: object) -> None:
        self.ensure_built()
        self.problem = None
        self._show(State.RUNNING)
        self._handle = self.runner.start(job, given, self._on_done, self._on_failed, self._on_progress)  # type: ignore[arg-type]

    def _on_progress(self, news: Progress) -> None:
        if self.state is not State.RUNNING:
            return
        if isinstance(news, Entered):
            at = _PHASES.index(news.phase)
            for row in range(len(_PHASES)):
                self.lines.set_step(row, "done" if row < at else "running" if row == at else "todo")
            self._slow.start()
        elif isinstance(news, Waiting):
            WaitNote(self.context.words, news, self._noted, self._note, self.lines)
        elif isinstance(news, KeychainAsked):
            self._note("" if news.is_answered else asking(self.context.words))

    def _on_slow(self) -> None:
        if self.state is State.RUNNING:
            self._note(self.say("The platform takes its time. You can wait, or stop waiting: nothing gets lost."))

    def _running(self) -> int | None:
        return next((row for row in range(len(_PHASES)) if self.lines.step(row) == "running"), None)

    def _noted(self) -> str:
        running = self._running()
        return "" if running is None else self.lines.note(running)

    def _note(self, text: str) -> None:
        running = self._running()
        if running is not None:
            self.lines.set_step(running, "running", note=text)

    def _on_done(self, creation: Creation) -> None:
        self._handle = None
        self._results.note_check(self.creation, creation)
        self.creation = creation
        self._show(state_of(creation))

    def _on_failed(self, problem: Problem) -> None:
        self._handle = None
        self.problem = problem
        known = self.creation
        if begun := problem.facts.get("creation"):
            # It was begun before, and nobody works on it: its own card tells how to find out.
            self.problem = None
            self.runner.start(create.opened, str(begun), self.show_creation, self._on_failed)
            return
        if known and known.state in KEPT:
            # Its id is safe whatever goes wrong now.
            self._show(state_of(known))
            return
        state = state_after(problem, is_again=False)
        if known is None and state is State.FAILED:
            self._show(state)
            return
        # Only the ledger knows whether it is closed, or may exist; the window asks it, and then shows the card.
        self._show(State.STOPPING)
        self.runner.start(
            create.latest,
            known.draft_id if known else self.draft.id,
            lambda found: self._on_found(found, state),
            lambda _problem: self._on_found(known, state),
        )

    def _on_found(self, creation: Creation | None, state: State) -> None:
        if creation is None:
            self._show(State.FAILED)
            return
        self.creation = creation
        self._show(state_of(creation) if state is State.FAILED else state)

    # ------------------------------------------------------------------ showing

    def _show(self, state: State) -> None:
        self.ensure_built()
        self.state = state
        self._slow.stop()
        self._page_button = None
        while (item := self.column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if self.view.lines:
            self._show_lines()
        elif self.view.result:
            self._show_result()
        else:
            self._show_card()
        self.column.addStretch(1)
        self.box.setAccessibleName(self._body().heading.plain())
        self.state_changed.emit()

    def _body(self) -> PageBody:
        return self.ensure_built()

    def _put(self, widget: QWidget, gap: int = 0) -> None:
        if gap:
            self.column.addSpacing(gap)
        self.column.addWidget(widget)

    def _names(self) -> tuple[str, str, str]:
        """The integration, the group and the platform, as people know them."""
        if self.creation:
            labels, wanted = self.creation.labels, self.creation.wanted
            group = labels.group[-1] if labels.group else wanted.group_id
            return one_line(wanted.external_platform), one_line(group), one_line(labels.platform)
        draft = self.draft
        platform = draft.connection.platform_name if draft.connection else ""
        return one_line(draft.name), one_line(draft.group.name if draft.group else ""), one_line(platform)

    def _show_lines(self) -> None:
        name, _group, platform = self._names()
        is_stopping = self.state is State.STOPPING
        shown = running(self.context.words, self._errand, name, platform, is_stopping=is_stopping)
        body = self._body()
        body.set_heading(shown.heading)
        body.set_lead(shown.lead)
        self.lines = ProgressLines(self.theme, shown.steps)
        named(self.lines, "progressLines")
        self.lines.set_step(0, "running")
        self._put(self.lines)
        self._slow.start()

    def _show_card(self) -> None:
        shown = self._cards.make(self.state, self.creation, self.problem, self._names())
        body = self._body()
        body.set_heading(shown.heading)
        body.set_lead(shown.lead)
        card = RescueCard(
            self.theme,
            shown.title,
            shown.paragraphs,
            shown.button,
            bold=shown.bold,
            state=_CARD_STATES.get(self.state, "unknown"),
        )
        named(card, "problemCard" if self.state in _CARD_STATES else "rescueCard")
        named(card.button, shown.button_name)
        if shown.link:
            named(card.add_link(shown.link), shown.link_name)
        card.primary_clicked.connect(lambda: self._on_action(shown.action))
        card.link_clicked.connect(lambda: self._on_action(shown.link_action))
        for name, text, action in shown.others:
            card.add_button(self._link(name, text, action))
        self._page_button = card.button
        self._put(card)
        if shown.rows:
            was_sent = self.creation is not None and bool(self.creation.sent_at)
            title = self.say("What was sent") if was_sent else self.say("What will be created")
            self._put(SectionRow(self.theme, title), 24)
            rows = AnswerList(self.theme)
            for label, value in shown.rows:
                rows.add(label, label, value)
            self._put(rows, 8)
        if shown.footnote:
            self._put(Text(self.theme, shown.footnote, "help"), 12)
        card.speak()

    def _show_result(self) -> None:
        name, group, platform = self._names()
        say, theme, body = self.say, self.theme, self._body()
        creation = self.creation
        lead = say("It is now in the group {group} of {platform}.", group=group, platform=platform)
        if self.state in (State.NOT_THERE, State.GONE):
            lead = say("It was created in the group {group} of {platform}.", group=group, platform=platform)
        body.set_heading(self._results.heading(self.state, name))
        body.set_lead(lead)
        self._put(Text(theme, say("Integration ID"), "section"))
        field = IdField(theme, say("Integration ID"), say("Copy"), say("Copied"))
        named(field.edit, "integrationId")
        named(field.button, "copyId")
        field.button.setAccessibleName(say("Copy the integration ID"))
        not_saved_id = str(self.problem.facts.get("integration_id", "")) if self.problem else ""
        field.set_value((creation.integration_id if creation else "") or not_saved_id)
        self._put(field, 4)
        for number, line in enumerate(self._results.lines(self.state, creation)):
            self._put(line, 16 if number == 0 else 8)
        if creation and creation.differences:
            self._put(self._results.differences(creation), 16)
        if self.state is State.NOT_SAVED:
            self._add_ways(self._button("lookNow", say("Try to save it again"), "look"))
        elif self.state is State.NOT_CHECKED:
            self._add_ways(*self._looks(say("Check now")), self._link("later", say("Later"), "later"))
        elif self.state is State.NOT_THERE:
            gone = self._link("giveUp", say("It was deleted, do not ask again"), "let-go")
            self._add_ways(*self._looks(say("Check again")), gone, self._link("later", say("Later"), "later"))
        else:
            if self.state is State.DIFFERENT:
                self._put(Flow(*self._looks(say("Check again")), spacing=16), 16)
            self._put(SectionRow(theme, say("What next")), 24)
            ways = ActionList(theme)
            another = ways.add("another", "plus", say("Create another integration for {platform}", platform=platform))
            named(another, "createAnother")
            ways.chosen.connect(lambda _key: self.another_requested.emit())
            self._put(ways, 8)

    def _looks(self, text: str) -> tuple[QPushButton, ...]:
        """The button that looks again, behind the one for the secret where that keeps us from it."""
        look = self._button("lookNow", text, "look")
        problem = secret_problem(self.creation, self.problem)
        if problem is None:
            return (look,)
        paste = self._button("pasteSecret", self.say("Paste the secret"), "secret")
        return (look, paste) if asks_again(self.context.words, problem) else (paste, look)

    def _button(self, name: str, text: str, action: str) -> Button:
        button = Button(self.theme, text)
        named(button, name)
        button.clicked.connect(lambda: self._on_action(action))
        return button

    def _link(self, name: str, text: str, action: str) -> LinkButton:
        link = LinkButton(self.theme, text)
        named(link, name)
        link.clicked.connect(lambda: self._on_action(action))
        return link

    def _add_ways(self, first: QPushButton, *others: QWidget) -> None:
        """The one next step, and what else can be done."""
        self._page_button = first
        row = Flow(first, spacing=16)
        for other in others:
            row.add(other)
        self._put(row, 20)

    # ------------------------------------------------------------------ the buttons of the cards

    def _on_action(self, action: str) -> None:
        actions = {
            "look": lambda: self.look(),
            "only-look": lambda: self.look(may_create=False),
            "adopt": lambda: self.look(may_create=False, adopts=True),
            "give-up": lambda: self._close(create.give_up),
            "let-go": lambda: self._close(create.let_go),
            "adopt-draft": lambda: self.start(self.wanted_draft, adopts=True) if self.wanted_draft else None,
            "mend": lambda: self.mend_requested.emit(self.problem),
            "again": lambda: self.start(self.wanted_draft) if self.wanted_draft else self.look(),
            "another": lambda: self.another_requested.emit(),
            "secret": lambda: self.secret_requested.emit(secret_problem(self.creation, self.problem)),
            "later": lambda: self.later_requested.emit(),
        }
        actions[action]()

    def _close(self, job: Job[str, Creation]) -> None:
        if self.creation and self._handle is None:
            self._handle = self.runner.start(job, self.creation.id, self._on_done, self._on_failed)
