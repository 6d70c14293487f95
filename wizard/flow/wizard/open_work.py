"""The drafts and creations that were left: what is offered, which card is shown, and what leads away from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wizard.core.creation import OPEN, Creation
from wizard.core.customers import Customer
from wizard.core.draft import Connection, Draft, Step
from wizard.core.problems import Problem
from wizard.core.same_platform import is_same_platform
from wizard.flow.wizard.connect import ConnectPresenter
from wizard.flow.wizard.credentials_form import answers_of
from wizard.flow.wizard.customer_book import CustomerBook
from wizard.flow.wizard.draft_book import DraftBook, new_draft
from wizard.flow.wizard.navigator import Navigator
from wizard.flow.wizard.pending import PendingOperations
from wizard.flow.wizard.steps import ORDER, step_of

if TYPE_CHECKING:
    from wizard.flow.wizard.create import CreatePresenter


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the wizard that open work moves between; `create` gives the presenter of the last step."""

    book: DraftBook
    customers: CustomerBook
    navigator: Navigator
    connect: ConnectPresenter
    create: "Callable[[], CreatePresenter]"


class OpenWork:
    """Leads to what was left open, and away from it. A card that is left keeps its answers, should it be refused."""

    def __init__(self, parts: Parts, others: Callable[[], frozenset[str]]) -> None:
        self._others = others
        self._offered_id = ""
        self._book, self._customers, self._navigator = parts.book, parts.customers, parts.navigator
        self._connect, self._get_create = parts.connect, parts.create
        self._pending = PendingOperations()
        self._drafts: dict[str, Draft] = {}

    @property
    def _create(self) -> "CreatePresenter":
        return self._get_create()

    def fill(self, drafts: Iterable[Draft], creations: Iterable[Creation]) -> None:
        """Take what is on this computer."""
        self._drafts = {draft.id: draft for draft in drafts}
        others = self._others()
        self._pending.fill(creation for creation in creations if creation.id not in others)

    @property
    def held(self) -> frozenset[str]:
        """The ids of the drafts and creations that are shown, offered, or wait here: no other window offers them."""
        shown = self._create.creation if self._navigator.step is Step.CREATE else None
        ids = {self._book.draft.id, self._offered_id, *self._pending.draft_ids, *self._pending.ids}
        return frozenset(ids | ({shown.id, shown.draft_id} if shown else set()))

    # ------------------------------------------------------------------ drafts

    def offer_draft(self) -> None:
        """Offer to go on with the last draft that no open creation stands on."""
        busy = {self._book.draft.id, *self._pending.draft_ids, *self._others()}
        offered = next((draft for draft in self._drafts.values() if draft.id not in busy), None)
        self._offer(offered)

    def _offer(self, draft: Draft | None) -> None:
        self._offered_id = draft.id if draft else ""
        self._connect.offer_draft(draft)

    def resume(self, draft_id: str) -> None:
        """Go on with a draft at the page where it was left."""
        draft = self._drafts[draft_id]
        self._open(draft, min(draft.step, Step.REVIEW, key=ORDER.__getitem__))

    def discard(self, draft_id: str) -> None:
        """Remove a draft, and offer the next."""
        self._drafts.pop(draft_id, None)
        self._book.saver.discard(draft_id)
        self.offer_draft()

    def forget_draft(self) -> None:
        """The draft of now has led to an integration, or to none: it is not offered any more."""
        self._drafts.pop(self._book.draft.id, None)

    def _open(self, draft: Draft, step: Step) -> None:
        self._offer(None)
        self._navigator.open_draft(draft, step)

    def _begin_anew(self, draft: Draft) -> None:
        self._navigator.restart(draft)
        self.offer_draft()

    # ------------------------------------------------------------------ cards

    def show_next(self) -> bool:
        """Show the oldest creation whose outcome, or check, is missing; tells whether there is one."""
        creation = self._pending.take_next()
        if creation is not None:
            self._show_card(creation)
        return creation is not None

    def leads_back(self) -> bool:
        """Whether a check that works leads back to a card that waits for it."""
        return self._pending.leads_back(self._book.draft)

    def return_to_card(self) -> bool:
        """After a check on the first page: show the card that waits for it, if this is its platform."""
        creation = self._pending.take_waiting(self._book.draft)
        if creation is None:
            return False
        own = self._customers.get(creation.customer_id)
        checked = self._customers.get(self._book.draft.customer_id)
        if own is None or checked is None or not is_same_platform(own, checked):
            self._pending.put_off(creation)
            # The draft of the check alone was discarded; from now on it is one to go on with.
            self._book.open(replace(self._book.draft, id=new_draft().id))
            self._navigator.enter()
            return False
        self._show_card(creation, looks_as=checked.id)
        return True

    def _show_card(self, creation: Creation, looks_as: str = "") -> None:
        draft = self._drafts.get(creation.draft_id)
        if draft is not None:
            self._book.open(draft)
        self._create.show_creation(creation, draft, looks_as)
        self._navigator.jump_to(Step.CREATE)

    def _left_card(self) -> Creation | None:
        """The creation whose card is left for a while."""
        creation, answers = self._create.creation, self._create.wanted_draft
        if creation and answers and creation.state in OPEN and creation.draft_id == answers.id:
            self._drafts[answers.id] = answers
        return creation

    # ------------------------------------------------------------------ ways that lead away from the last page

    def mend(self, problem: Problem | None) -> None:
        """Back to the answers: to the field of a problem, or to the review if it has none."""
        field = problem.field if problem else None
        creation = self._create.creation
        if creation and creation.draft_id in self._drafts and not self._navigator.is_whole:
            self._open(self._drafts[creation.draft_id], step_of(field))
        else:
            self._navigator.back_to(step_of(field) if field else Step.REVIEW)

    def another(self) -> None:
        """A new draft for the customer of the creation that is shown; nothing is typed again."""
        if self.show_next():
            return
        made = self._create.creation
        customer = self._customers.get(made.customer_id if made else self._book.draft.customer_id)
        self._begin_anew(draft_for(customer))
        if customer is not None:
            self._navigator.forward_to(Step.PLACE)

    def ask_for_secret(self, problem: Problem) -> None:
        """Ask for the secret of the card's customer on the first page; the check of it leads back."""
        creation = self._left_card()
        if creation is None:
            return
        draft = draft_for(self._customers.get(creation.customer_id))
        self._pending.await_secret(creation, draft)
        self._begin_anew(draft)
        # What is answered for the check alone is no draft to go on with.
        self._book.saver.discard(draft.id)
        self._connect.ask_for_secret()
        self._connect.show_problem(problem)

    def later(self) -> None:
        """Put the card off for other work."""
        creation = self._left_card()
        if creation is not None:
            self._pending.put_off(creation)
        if not self.show_next():
            self._begin_anew(draft_for(None))
            self._connect.choose_customer(None)


def draft_for(customer: Customer | None) -> Draft:
    """A new draft, for this customer if there is one."""
    draft = new_draft()
    if customer is None:
        return draft
    at = Connection(customer.id, customer.origin, customer.client_id, customer.title)
    return draft.with_answers(**answers_of(customer)).with_answers(connection=at)
