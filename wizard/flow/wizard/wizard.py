"""The wizard around its pages: owns their presenters, and says what stands around the page that is shown."""

import importlib
import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from wizard.core.address import Region
from wizard.core.customers import Customer
from wizard.core.draft import Step
from wizard.core.problems import Field, Problem
from wizard.core.progress import Report
from wizard.core.store_news import News
from wizard.flow.ask import Asker
from wizard.flow.window_jobs import WindowJobs
from wizard.flow.wizard.connect import ConnectPresenter
from wizard.flow.wizard.customer_book import CustomerBook
from wizard.flow.wizard.draft_book import DraftBook
from wizard.flow.wizard.navigator import Navigator
from wizard.flow.wizard.open_work import OpenWork, Parts
from wizard.flow.wizard.page import PagePresenter, Shared
from wizard.flow.wizard.steps import INFO, ORDER, BarButton, step_of
from wizard.flow.wizard.wizard_view import WizardView, bar, entries, strip
from wizard.jobs.computer import start
from wizard.jobs.computer.start import Started
from wizard.services import Services
from wizard.words import Words
from wizard.words.problems import explain

if TYPE_CHECKING:
    from wizard.flow.wizard.behaviour import BehaviourPresenter
    from wizard.flow.wizard.create import CreatePresenter
    from wizard.flow.wizard.later import LaterPresenters
    from wizard.flow.wizard.place import PlacePresenter
    from wizard.flow.wizard.review import ReviewPresenter

_LATER = "wizard.flow.wizard.later"


class WizardScreen(Protocol):
    """The window that draws what stands around the pages."""

    @property
    def is_attended(self) -> bool:
        """Whether the person can act here: the window is open, and no dialog stands over it."""

    def show_view(self, view: WizardView) -> None:
        """Show this view state, and with it the page of its step."""

    def focus(self, field: Field) -> None:
        """Give a field of the page that is shown the focus, after its heading has had it."""

    def show_save_problem(self, title: str, detail: str) -> None:
        """Say on the page that is shown that the answers could not be saved."""

    def ask_to_leave(self) -> None:
        """Ask whether to keep the draft: calls `leave` or `discard_and_leave`, or nothing if the person goes on."""

    def close(self) -> object:
        """Close the window without asking."""


class WizardPresenter:
    """One task, one integration. Several wizards may run at the same time, each with its own presenter.

    Implements `Navigation`, `ConnectHost` and `CreateHost` for its pages.
    """

    def __init__(self, asker: Asker, words: Words, *, platform_url: str = "") -> None:
        self._words, self._platform_url = words, platform_url
        self._jobs = WindowJobs(asker)
        self._screen: WizardScreen | None = None
        self.go_home: Callable[[], object] = self.leave
        """What *Close* on the last page does."""
        self._shown: WizardView | None = None
        self._is_rendering = self._is_stale = False
        # Saving goes on after the window has closed.
        self.book = DraftBook(asker, self._on_save_failed)
        self.customers = CustomerBook()
        self._shared = Shared(self._jobs, words, self.book, self.customers, self)
        self.connect = ConnectPresenter(self._shared, self)
        self._navigator = Navigator(self.book, self.page_of, self.update)
        self.others: Callable[[], frozenset[str]] = frozenset
        """The ids of the drafts and operations that other windows have before them."""
        parts = Parts(self.book, self.customers, self._navigator, self.connect, lambda: self._later.create)
        self._work = OpenWork(parts, lambda: self.others())
        self.book.on_answered = self.update

    def attach(self, screen: WizardScreen) -> None:
        """Draw in this window from now on."""
        self._screen = screen
        self.update()

    @property
    def held(self) -> frozenset[str]:
        """The ids of the drafts and operations that this wizard has before it."""
        return self._work.held

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._navigator.step

    # ------------------------------------------------------------------ the pages

    @cached_property
    def _later(self) -> "LaterPresenters":
        # A third of the start without a window, and not needed for the first paint.
        from wizard.flow.wizard.later import LaterPresenters

        return LaterPresenters(self._shared, self)

    @property
    def place(self) -> "PlacePresenter":
        """The presenter of the second step."""
        return self._later.place

    @property
    def behaviour(self) -> "BehaviourPresenter":
        """The presenter of the third step."""
        return self._later.behaviour

    @property
    def review(self) -> "ReviewPresenter":
        """The presenter of the fourth step."""
        return self._later.review

    @property
    def create(self) -> "CreatePresenter":
        """The presenter of the last step."""
        return self._later.create

    def page_of(self, step: Step) -> PagePresenter:
        """The presenter of a step."""
        return self.connect if step is Step.CONNECT else self._later.pages[step]

    # ------------------------------------------------------------------ the start

    def begin(self) -> None:
        """Read what is on this computer. Called after the first paint, so that nobody waits for it."""
        self._jobs.ask(_begin, None, self._on_started, self.connect.show_store_problem)

    def _on_started(self, started: Started) -> None:
        self.customers.fill(started.customers)
        self._work.fill(started.drafts, started.pending)
        if self._platform_url:
            self.book.open(self.book.draft.with_answers(region=Region.OTHER, address=self._platform_url))
        elif self._jobs.is_practice and started.customers:
            self.connect.choose_customer(started.customers[0])
        if not self._work.show_next():
            self._work.offer_draft()
            self.connect.enter()
        self._show_store_news(started.news)
        self.update()

    def _show_store_news(self, news: tuple[News, ...]) -> None:
        """On the page that is shown first, and then they count as told."""
        if news:
            page = self.create if self.step is Step.CREATE else self.connect
            page.show_store_news(news)
            self._jobs.ask(start.told, None)

    # ------------------------------------------------------------------ the bar and the list of steps

    def press(self, button: BarButton) -> None:
        """Press a button of the bar."""
        presses = {
            BarButton.NEXT: self._go_on,
            BarButton.CREATE: self._go_on,
            BarButton.BACK: self._navigator.back,
            BarButton.CANCEL: self.cancel,
            BarButton.CLOSE: self.go_home,
            BarButton.STOP: self.create.stop_waiting,
        }
        presses[button]()

    def go_back_to(self, step: Step) -> None:
        """Back to an earlier page; what was answered later stays."""
        if not self.create.is_running:
            self._navigator.back_to(step)

    def _go_on(self) -> None:
        step = self.step
        if step is Step.CREATE or not self._navigator.page.may_leave():
            return
        if step is Step.CONNECT and self._work.return_to_card():
            return
        self._navigator.forward()
        if step is Step.REVIEW:
            self.create.start(self.book.draft)

    # ------------------------------------------------------------------ what pages ask (Navigation)

    def go_on(self) -> None:
        """Go on by itself after something that took its time, if the person is still at this window."""
        if self._screen is not None and self._screen.is_attended:
            self._go_on()

    def change(self, field: Field) -> None:
        """Go back to the page of a field, and give it the focus."""
        if field is Field.CLIENT_SECRET:
            self.connect.ask_for_secret()
        self.go_back_to(step_of(field))
        self._focus(field)

    def refused(self, problem: Problem) -> None:
        """Go back to the credentials, which did not work."""
        self.go_back_to(Step.CONNECT)
        self.connect.show_refusal(problem)

    def update(self) -> None:
        """Publish what stands around the page, if it has changed."""
        self._is_stale = True
        if self._is_rendering:
            # The page is being made, and publishes on its part; the loop below goes round again.
            return
        self._is_rendering = True
        try:
            while self._is_stale and self._screen is not None:
                self._is_stale = False
                view = self.view()
                if view != self._shown:
                    self._shown = view
                    self._screen.show_view(view)
        finally:
            self._is_rendering = False

    def _focus(self, field: Field) -> None:
        if self._screen is not None:
            self._screen.focus(field)

    # ------------------------------------------------------------------ what the first page asks (ConnectHost)

    def resume(self, draft_id: str) -> None:
        """Go on with the draft that is offered."""
        self._work.resume(draft_id)

    def discard(self, draft_id: str) -> None:
        """Remove the draft that is offered."""
        self._work.discard(draft_id)

    def leads_back(self) -> bool:
        """Whether a check that works leads on by itself, because the card of a creation waits for it."""
        return self._work.leads_back()

    # ------------------------------------------------------------------ what the last page asks (CreateHost)

    def mend(self, problem: Problem | None) -> None:
        """Back to the answers: to the field of a problem, or to the review if it has none."""
        self.review.forget_checks()
        self._work.mend(problem)
        if problem is not None and problem.field in INFO[self.step].fields:
            self._navigator.page.show_problem(problem)
            self._focus(problem.field)

    def another(self) -> None:
        """A new draft for the customer of the creation that is shown."""
        self._work.another()

    def ask_for_secret(self, problem: Problem) -> None:
        """Ask for the secret of the customer of the creation that is shown; a check of it leads back to the card."""
        self._work.ask_for_secret(problem)
        self._focus(Field.CLIENT_SECRET)

    def later(self) -> None:
        """Put the card off for other work; the next start shows it again."""
        self._work.later()

    def finished(self) -> None:
        """How it ended is known: its draft is needed no more."""
        self._work.forget_draft()

    # ------------------------------------------------------------------ what stands around the page

    def view(self) -> WizardView:
        """What stands around the page now."""
        step, words = self.step, self._words
        is_create = step is Step.CREATE
        info, connection = INFO[step], self.book.draft.connection
        left, right = (self.create.left, self.create.right) if is_create else (info.left, info.right)
        platform = connection.platform_name if connection else ""
        title = words.say("{step} · New integration", step=words.say(info.name))
        return WizardView(
            history=self._navigator.visited,
            entries=entries(words, step, is_over=is_create and self.create.is_over),
            title=self.create.title if is_create else title,
            left=bar(words, step, left, platform),
            right=bar(words, step, right, platform),
            primary=self._navigator.page.primary or ("" if is_create else right[-1].value),
            strip=strip(words, self._customer(), is_practice=self._jobs.is_practice),
            # Once a create may have been sent there is no way back to the answers but through the page itself.
            can_press_steps=not is_create,
            is_guarded=ORDER[step] >= ORDER[Step.REVIEW],
        )

    def _customer(self) -> Customer | None:
        """The customer that everything on the page is about; the first page has yet to find out."""
        if self.step is Step.CONNECT:
            return None
        creation = self.create.creation if self.step is Step.CREATE else None
        of_creation = self.customers.get(creation.customer_id) if creation else None
        return of_creation or self.customers.get(self.book.draft.customer_id)

    # ------------------------------------------------------------------ saving, and the end

    def save(self) -> None:
        """Save the answers now, whatever happened to them on the way."""
        self.book.saver.save(self.book.draft)

    def _on_save_failed(self, problem: Problem) -> None:
        shown = explain(self._words, problem)
        if self._screen is not None:
            self._screen.show_save_problem(f"{shown.title}. {shown.text}", shown.detail)

    def cancel(self) -> None:
        """Cancel or Esc: ask if there is something to lose; nothing while something is being created."""
        if self.step is Step.CREATE:
            if not self.create.is_running:
                self.go_home()
        elif not self.book.draft.has_answers:
            self.leave()
        elif self._screen is not None:
            # Opening the dialog cancels what would go on by itself.
            self._navigator.page.stay()
            self._screen.ask_to_leave()

    def leave(self) -> None:
        """Close the window; the draft is saved already."""
        if self._screen is not None:
            self._screen.close()

    def discard_and_leave(self) -> None:
        """Remove the draft, and close the window then."""
        self.book.saver.discard(self.book.draft.id, self.leave)

    def on_closed(self) -> None:
        """The window has closed: its jobs end soon, and nothing is drawn any more."""
        self._screen = None
        self._jobs.close()


def _begin(services: Services, wanted: None, report: Report, stop: threading.Event) -> Started:
    """The first job. It imports what the later steps need, too: so no thread of a window does."""
    importlib.import_module(_LATER)
    return start.run(services, wanted, report, stop)
