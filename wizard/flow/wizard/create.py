"""Page 5: creating, checking, saving; then the id. Every way it can end has its own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from wizard.core.creation import KEPT, Creation
from wizard.core.draft import Draft
from wizard.core.problems import Problem
from wizard.core.progress import Entered, KeychainAsked, Progress, Waiting
from wizard.core.store_news import News
from wizard.flow.ask import Debounce, Job, LatestJob, Wanted
from wizard.flow.wait_note import WaitNote
from wizard.flow.wizard.create_cards import CardView, card_view, secret_problem
from wizard.flow.wizard.create_host import CreateHost
from wizard.flow.wizard.create_result import ResultView, last_check, result_view
from wizard.flow.wizard.create_running import PHASES, ProgressView, Running, progress_view
from wizard.flow.wizard.create_state import (
    VIEWS,
    CreateAction,
    CreateFacts,
    CreateState,
    Errand,
    LastCheck,
    Part,
    StateView,
    names_of,
    state_after,
    state_of,
)
from wizard.flow.wizard.page import Screen, Shared
from wizard.flow.wizard.steps import BarButton
from wizard.jobs.integrations import create
from wizard.jobs.integrations.create import CreateWanted, LookWanted
from wizard.words.keychain_problems import asking
from wizard.words.labels import store_news

_SLOW_MS = 5_000


@dataclass(frozen=True, slots=True)
class CreateView:
    """All that the page shows: one of progress, card and result, and above it news of the list on this computer."""

    state: CreateState
    heading: str
    lead: str = ""
    news: tuple[tuple[str, str], ...] = ()
    progress: ProgressView | None = None
    card: CardView | None = None
    result: ResultView | None = None


class CreatePresenter:
    """Runs one creation and tells how it goes; what it is asked to do beyond that is the wizard's (`CreateHost`)."""

    def __init__(self, shared: Shared, host: CreateHost) -> None:
        self._shared, self._host = shared, host
        self._screen: Screen[CreateView] | None = None
        self._job = LatestJob(shared.asker)
        self._slow = Debounce(shared.asker, _SLOW_MS, self._on_slow)
        self._pause: WaitNote | None = None
        self._running = Running(Errand.CREATE)
        self._problem: Problem | None = None
        self._looks_as = ""
        self._last_check = LastCheck()
        self._news: tuple[News, ...] = ()
        self.state = CreateState.RUNNING
        self.creation: Creation | None = None
        """The creation that is shown; None until the ledger has one of this draft."""
        self.wanted_draft: Draft | None = None
        """The answers of the creation that is shown, as far as they are known."""

    # ------------------------------------------------------------------ what the wizard asks

    @property
    def state_view(self) -> StateView:
        """What the state shows, in bar and page."""
        return VIEWS[self.state]

    @property
    def left(self) -> tuple[BarButton, ...]:
        """The buttons at the left of the bar."""
        return self.state_view.left

    @property
    def right(self) -> tuple[BarButton, ...]:
        """The buttons at the right of the bar."""
        return self.state_view.right

    @property
    def primary(self) -> str:
        """The object name of the button that Enter presses, in the bar or on the page; "" for none."""
        if self.state_view.primary is not None:
            return self.state_view.primary
        view = self.view()
        shown = view.card or view.result
        return shown.buttons[0].name if shown else ""

    @property
    def title(self) -> str:
        """What the window is called now: the page's heading."""
        return self.view().heading

    @property
    def is_running(self) -> bool:
        """Whether a job works on the creation."""
        return self._job.is_running

    @property
    def is_over(self) -> bool:
        """Whether the integration exists and its id is saved."""
        return self.state_view.is_over

    def attach(self, screen: Screen[CreateView]) -> None:
        """Take the page that shows this."""
        self._screen = screen
        self.publish()

    def enter(self) -> None:
        """Show what is there. Entering the page creates nothing: only `start` does."""
        self.publish()

    def may_leave(self) -> bool:
        """There is no page after this one."""
        return False

    def stay(self) -> None:
        """Nothing: the page never goes on by itself."""

    def show_problem(self, problem: Problem) -> None:
        """Nothing: this page has no fields, its problems are those of a creation."""

    def publish(self) -> None:
        """Publish the view state again."""
        if self._screen is not None:
            self._screen.show_view(self.view())

    # ------------------------------------------------------------------ running

    def start(self, draft: Draft, *, adopts: bool = False) -> None:
        """Create the integration of a draft; `adopts` saves the one that already has its name."""
        if self.is_running:
            return
        self.wanted_draft, self.creation = draft, None
        self._looks_as, self._news = "", ()
        self._run(Errand.CREATE, create.run, CreateWanted(draft, adopts))

    def show_creation(self, creation: Creation, draft: Draft | None = None, looks_as: str = "") -> None:
        """Show a creation that was left open earlier, and remember its answers, should it be refused.

        `looks_as` is the customer whose credentials to look with, if its own do not work any more.
        """
        self.creation, self.wanted_draft = creation, draft
        self._problem, self._looks_as, self._last_check = None, looks_as, LastCheck()
        self._show(state_of(creation))

    def show_store_news(self, news: tuple[News, ...]) -> None:
        """Tell what happened to the list on this computer, above the card that it may be about."""
        self._news = news
        self.publish()

    def look(self, *, may_create: bool = True, adopts: bool = False) -> None:
        """Find out how the shown creation ended."""
        if self.creation is None or self.is_running:
            return
        errand = Errand.CREATE if may_create else Errand.LOOK
        if self.creation.state in KEPT:
            errand = Errand.CHECK
        self._run(errand, create.look, LookWanted(self.creation.id, may_create, adopts, self._looks_as))

    def stop_waiting(self) -> None:
        """Ask the job to end. What it finds out all the same is shown when it comes."""
        if self.is_running and self.state is CreateState.RUNNING:
            self._show(CreateState.STOPPING)
            self._job.stop()

    def _run(self, errand: Errand, job: Job[Wanted, Creation], wanted: Wanted) -> None:
        self._problem = None
        self._running = Running(errand)
        self._show(CreateState.RUNNING)
        self._job.start(job, wanted, self._on_done, self._on_failed, self._on_progress)

    def _on_progress(self, news: Progress) -> None:
        if self.state is not CreateState.RUNNING:
            return
        if isinstance(news, Entered):
            self._running = replace(self._running, at=PHASES.index(news.phase), note="")
            self._slow.restart()
            self.publish()
        elif isinstance(news, Waiting):
            self._drop_pause()
            self._pause = WaitNote(self._shared.asker, self._shared.words, news, lambda: self._running.note, self._note)
        elif isinstance(news, KeychainAsked):
            self._note("" if news.is_answered else asking(self._shared.words))

    def _on_slow(self) -> None:
        say = self._shared.words.say
        self._note(say("The platform takes its time. You can wait, or stop waiting: nothing gets lost."))

    def _note(self, text: str) -> None:
        self._running = replace(self._running, note=text)
        self.publish()

    def _drop_pause(self) -> None:
        pause, self._pause = self._pause, None
        if pause is not None:
            pause.drop()

    def _on_done(self, creation: Creation) -> None:
        self._last_check = last_check(self.creation, creation, self._shared.asker.now())
        self.creation = creation
        self._show(state_of(creation))

    def _on_failed(self, problem: Problem) -> None:
        self._problem = problem
        known = self.creation
        if begun := problem.facts.get("creation"):
            # It was begun before, and nobody works on it: its own card tells how to find out.
            self._problem = None
            self._shared.asker.ask(create.opened, str(begun), self.show_creation, self._on_failed)
            return
        if known and known.state in KEPT:
            # Its id is safe whatever goes wrong now.
            self._show(state_of(known))
            return
        state = state_after(problem)
        if known is None and state is CreateState.FAILED:
            self._show(state)
            return
        # Only the ledger knows whether it is closed, or may exist: read it, then show the card.
        self._show(CreateState.STOPPING)
        self._shared.asker.ask(
            create.latest,
            self._draft_id(),
            lambda found: self._on_found(found, state),
            lambda _problem: self._on_found(known, state),
        )

    def _draft_id(self) -> str:
        if self.creation is not None:
            return self.creation.draft_id
        return self.wanted_draft.id if self.wanted_draft else ""

    def _on_found(self, creation: Creation | None, state: CreateState) -> None:
        if creation is None:
            self._show(CreateState.FAILED)
            return
        self.creation = creation
        self._show(state_of(creation) if state is CreateState.FAILED else state)

    # ------------------------------------------------------------------ showing

    def _show(self, state: CreateState) -> None:
        self.state = state
        self._drop_pause()
        self._slow.cancel()
        if state is CreateState.RUNNING:
            self._slow.restart()
        elif state is CreateState.STOPPING:
            self._running = Running(self._running.errand, is_stopping=True)
        self.publish()
        self._shared.navigation.update()
        if self.is_over or state is CreateState.WITHDRAWN:
            self._host.finished()

    def view(self) -> CreateView:
        """What is shown now."""
        words, names = self._shared.words, names_of(self.creation, self.wanted_draft)
        news = tuple(store_news(words, piece) for piece in self._news)
        if self.creation is None and self.wanted_draft is None:
            return CreateView(self.state, words.say("Creating"), news=news)
        facts = CreateFacts(self.state, self.creation, self._problem, names, self._last_check)
        if self.state_view.part is Part.PROGRESS:
            progress = progress_view(words, self._running, names)
            return CreateView(self.state, progress.heading, progress.lead, news, progress=progress)
        if self.state_view.part is Part.CARD:
            card = card_view(words, facts)
            return CreateView(self.state, card.heading, card.lead, news, card=card)
        result = result_view(words, facts)
        return CreateView(self.state, result.heading, result.lead, news, result=result)

    # ------------------------------------------------------------------ the buttons of cards and results

    def press(self, action: CreateAction) -> None:
        """Do what a button on the page says."""
        actions: Mapping[CreateAction, Callable[[], None]] = {
            CreateAction.LOOK: self.look,
            CreateAction.ONLY_LOOK: lambda: self.look(may_create=False),
            CreateAction.ADOPT: lambda: self.look(may_create=False, adopts=True),
            CreateAction.ADOPT_EXISTING: self._adopt_existing,
            CreateAction.GIVE_UP: lambda: self._close(create.give_up),
            CreateAction.LET_GO: lambda: self._close(create.let_go),
            CreateAction.TRY_AGAIN: self._try_again,
            CreateAction.MEND: lambda: self._host.mend(self._problem),
            CreateAction.ANOTHER: self._host.another,
            CreateAction.PASTE_SECRET: self._paste_secret,
            CreateAction.LATER: self._host.later,
        }
        actions[action]()

    def _adopt_existing(self) -> None:
        if self.wanted_draft is not None:
            self.start(self.wanted_draft, adopts=True)

    def _try_again(self) -> None:
        if self.wanted_draft is not None:
            self.start(self.wanted_draft)
        else:
            self.look()

    def _paste_secret(self) -> None:
        problem = secret_problem(self.creation, self._problem)
        if problem is not None:
            self._host.ask_for_secret(problem)

    def _close(self, job: Job[str, Creation]) -> None:
        if self.creation is not None and not self.is_running:
            self._job.start(job, self.creation.id, self._on_done, self._on_failed)
