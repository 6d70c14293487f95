"""The first step: which platform, with which credentials. A check that reads only; the secret goes to the keychain."""

from typing import Protocol

from wizard.core import cleaning
from wizard.core.address import Region
from wizard.core.customers import Customer
from wizard.core.draft import Answers, Connection, Draft
from wizard.core.problems import Code, Field, Problem
from wizard.core.secret import Secret
from wizard.core.store_news import News
from wizard.flow.wizard import connect_cards
from wizard.flow.wizard.connect_view import CardView, CheckState, ConnectAction, ConnectView, RefusedView, RightsView
from wizard.flow.wizard.credentials_form import CredentialsForm, answers_of
from wizard.flow.wizard.page import Screen, Shared
from wizard.flow.wizard.page_problems import PageProblems
from wizard.flow.wizard.stoppable_job import StoppableJob
from wizard.jobs.connection import connect
from wizard.jobs.connection.connect import Connected


class ConnectHost(Protocol):
    """What the first page asks of the wizard around it, beyond what every page may ask."""

    def resume(self, draft_id: str) -> None:
        """Go on with the draft that is offered."""

    def discard(self, draft_id: str) -> None:
        """Remove the draft that is offered."""

    def leads_back(self) -> bool:
        """Whether a check that works leads on by itself, because the card of a creation waits for it."""


class ConnectPresenter:
    """Customer, address and credentials. The typed secret is held here, in memory, and is part of no view state."""

    def __init__(self, shared: Shared, host: ConnectHost) -> None:
        self._shared, self._host = shared, host
        self._words, self._book, self._customers = shared.words, shared.book, shared.customers
        self._screen: Screen[ConnectView] | None = None
        self._form = CredentialsForm(shared.words, shared.customers, is_practice=shared.asker.is_practice)
        self._problems = PageProblems(shared.words)
        self._check = StoppableJob(shared.asker, shared.words, self.publish)
        self._state = CheckState.OPEN
        self._rights: RightsView | None = None
        self._refused: RefusedView | None = None
        self._checked: Connection | None = None
        self._goes_on = False
        self._offered: Draft | None = None
        self._news: tuple[CardView, ...] = ()
        self._store_problem: CardView | None = None

    def attach(self, screen: Screen[ConnectView]) -> None:
        """Draw on this page from now on."""
        self._screen = screen
        self.publish()

    # ------------------------------------------------------------------ what the wizard asks

    @property
    def primary(self) -> str:
        """The object name of the one next step on the page, "" if that is the one in the bar."""
        if self._state is CheckState.REFUSED:
            return "remedy"
        if self._state is CheckState.CHECKED or self._is_usable:
            return ""
        return "checkConnection"

    def enter(self) -> None:
        """Show the draft as it is now."""
        self._fill()
        self._form.show_saved()
        self.publish()

    def may_leave(self) -> bool:
        """Whether the next page may come; checks first if what stands there was not checked."""
        is_checked = self._state is CheckState.CHECKED or (self._is_usable and not self._form.secret)
        if is_checked and not self._is_renamed():
            problems = self._form.read(self._book.draft)[1]
            self._raise(problems)
            return not problems
        self._start_check(goes_on=True)
        return False

    def stay(self) -> None:
        """Do not go on by itself any more, whatever was pressed before."""
        self._goes_on = False

    def show_problem(self, problem: Problem) -> None:
        """Say a problem beside its field, and give the field the focus."""
        self._raise([problem])
        if problem.field is not None and self._screen is not None:
            self._screen.focus(problem.field)

    def choose_customer(self, customer: Customer | None) -> None:
        """Fill the page with a saved customer, folded to one line, or empty it for a new one."""
        self._form.clear_secret()
        self._problems.raise_all([])
        self._book.answer(**answers_of(customer))
        self._fill()
        self._form.show_saved()
        self._form.fold(customer)
        self._forget_check()

    def offer_draft(self, draft: Draft | None) -> None:
        """Offer to go on with a draft that was left, or offer nothing."""
        self._offered = draft
        self.publish()

    def ask_for_secret(self) -> None:
        """The kept secret is gone, or does not work: it has to be pasted again, and checked."""
        self._customers.lose_secret(self._book.draft)
        self._form.unfold()
        self._forget_check()

    def show_refusal(self, problem: Problem) -> None:
        """Say why the credentials do not work, here or on a later page."""
        self._check.forget()
        if problem.code is Code.STOPPED:
            self._show(CheckState.OPEN)
        elif problem.code is Code.SECRET_GONE:
            self.ask_for_secret()
            self._raise([problem])
        else:
            refused = connect_cards.refused(self._words, problem, self._book.draft.region)
            self._show(CheckState.REFUSED, refused=refused)

    def show_store_news(self, news: tuple[News, ...]) -> None:
        """Tell what happened to the list on this computer since last time."""
        self._news = connect_cards.news_cards(self._words, news)
        self.publish()

    def show_store_problem(self, problem: Problem) -> None:
        """Tell that the list on this computer cannot be used."""
        self._store_problem = connect_cards.store_problem(self._words, problem)
        self.publish()

    def publish(self) -> None:
        """Publish the view state."""
        if self._screen is not None:
            self._screen.show_view(self._view())
        self._shared.navigation.update()

    # ------------------------------------------------------------------ what the person does

    def choose_saved(self, customer_id: str) -> None:
        """Choose a saved customer, or a new one with an empty id."""
        self.choose_customer(self._customers.get(customer_id))

    def type_customer(self, text: str) -> None:
        """Type the name that the customer has in the list."""
        self._edit(Field.CUSTOMER, Answers(customer=text))

    def choose_region(self, region: Region) -> None:
        """Choose one of the addresses, or to type another."""
        self._edit(Field.ADDRESS, Answers(region=region))

    def type_address(self, text: str) -> None:
        """Type an address of the platform."""
        self._edit(Field.ADDRESS, Answers(address=text))

    def type_client_id(self, text: str) -> None:
        """Type the client ID."""
        self._form.client_id = text
        self._edit(Field.CLIENT_ID, Answers(client_id=cleaning.clean(text).value))

    def type_secret(self, secret: Secret) -> None:
        """Type the client secret; it is no answer of the draft."""
        self._form.secret = secret
        self._edit(Field.CLIENT_SECRET, Answers())

    def unfold(self) -> None:
        """Show the fields of the saved customer."""
        self._form.unfold()
        self.publish()

    def check(self) -> None:
        """Check what is typed, and stay on the page."""
        self._start_check(goes_on=False)

    def stop_checking(self) -> None:
        """Wait no longer for the check."""
        # One that asks the keychain goes on without it, or tells that it cannot.
        if self._check.stop():
            self._show(CheckState.OPEN)

    def take_way_out(self, action: ConnectAction) -> None:
        """Take one of the ways out of a refused connection; the page itself opens the network settings."""
        if action is ConnectAction.CHECK_AGAIN:
            self.check()
        elif action is ConnectAction.PASTE_AGAIN:
            self._form.unfold()
            self._form.clear_secret()
            self._show(CheckState.OPEN)
            self._focus(Field.CLIENT_ID)
        elif action is ConnectAction.PASTE_SECRET:
            self.ask_for_secret()
            self._focus(Field.CLIENT_SECRET)
        elif action is ConnectAction.OTHER_REGION:
            self.choose_region(Region.US if self._book.draft.region is Region.EU else Region.EU)
            self.check()

    def resume(self, draft_id: str) -> None:
        """Go on with the draft that is offered."""
        # A check that still runs belongs to what was typed here, not to that draft.
        self._forget_check()
        self._host.resume(draft_id)

    def discard(self, draft_id: str) -> None:
        """Remove the draft that is offered."""
        self._host.discard(draft_id)

    # ------------------------------------------------------------------ answers

    def _fill(self) -> None:
        draft = self._book.draft
        self._form.fill(draft)
        is_shown = draft.is_connected and draft.connection == self._checked
        if not is_shown and self._state is CheckState.CHECKED:
            self._set(CheckState.OPEN)

    def _edit(self, field: Field, answers: Answers) -> None:
        if answers:
            self._book.answer(**answers)
        self._problems.mend(field)
        if field is Field.CUSTOMER:
            self.publish()
        else:
            self._forget_check()

    def _raise(self, problems: list[Problem]) -> None:
        if problems:
            self._form.unfold()
        self._problems.raise_all(problems)
        self.publish()

    def _focus(self, field: Field) -> None:
        if self._screen is not None:
            self._screen.focus(field)

    @property
    def _is_usable(self) -> bool:
        """Whether an earlier check still holds, and its secret is still there."""
        return self._book.draft.is_connected and self._customers.has_secret(self._book.draft)

    def _is_renamed(self) -> bool:
        """Whether the customer got another name after the check, which saved the one before."""
        draft = self._book.draft
        saved = self._customers.get(draft.customer_id)
        return saved is not None and " ".join(draft.customer.split()) != saved.label

    # ------------------------------------------------------------------ checking

    def _start_check(self, *, goes_on: bool) -> None:
        """Check what is typed; `goes_on` leads to the next page if it works."""
        if self._state is CheckState.CHECKING:
            self._goes_on = self._goes_on or goes_on
            return
        typed, problems = self._form.read(self._book.draft)
        self._raise(problems)
        if typed is None:
            return
        self._goes_on = goes_on or self._host.leads_back()
        self._show(CheckState.CHECKING)
        self._check.start(connect.run, typed, self._on_connected, self.show_refusal)

    def _on_connected(self, connected: Connected) -> None:
        customer = connected.customer
        self._check.forget()
        self._form.clear_secret()
        self._customers.keep(customer, is_secret_kept=connected.not_kept is None)
        connection = Connection(customer.id, customer.origin, customer.client_id, customer.title)
        self._checked = connection
        self._book.answer(customer=customer.label, connection=connection)
        self._fill()
        self._show(CheckState.CHECKED, rights=connect_cards.rights(self._words, connected))
        # Whoever was on the way to the next page stays until it was read that the secret is not kept.
        if connected.not_kept is None and self._goes_on:
            self._shared.navigation.go_on()

    def _forget_check(self) -> None:
        """What was checked before is not what stands there now."""
        self._check.forget()
        self._show(CheckState.OPEN)

    def _show(self, state: CheckState, *, rights: RightsView | None = None, refused: RefusedView | None = None) -> None:
        self._set(state, rights=rights, refused=refused)
        self.publish()

    def _set(self, state: CheckState, *, rights: RightsView | None = None, refused: RefusedView | None = None) -> None:
        self._state, self._rights, self._refused = state, rights, refused

    def _view(self) -> ConnectView:
        promise = self._words.say("Reads the platform's name and your rights. Changes nothing.")
        return ConnectView(
            form=self._form.view(self._book.draft),
            problems=self._problems.view(),
            check=self._state,
            note=self._check.waits_for or promise,
            can_stop=self._check.can_stop,
            rights=self._rights,
            refused=self._refused,
            offer=connect_cards.offer(self._words, self._offered) if self._offered else None,
            news=self._news,
            store_problem=self._store_problem,
        )
