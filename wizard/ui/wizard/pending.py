"""What an earlier run, or a lost answer, left open: shown first, put off, or asked for its secret."""

import os
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from wizard.core.draft import Answers, Connection, Draft, Step
from wizard.core.problems import Field, Problem
from wizard.flow.wizard.steps import ORDER
from wizard.ui.context import Context
from wizard.ui.wizard.navigation import FivePages

if TYPE_CHECKING:
    from wizard.core.creation import Creation
    from wizard.core.customers import Customer
    from wizard.ui.wizard.draft_saver import DraftKeeper


class UnfinishedFirst(FivePages):
    """The pages, with the card of what was left open in front of them. Holds the draft and what is on this computer.

    A card that is put off stays open in the ledger: nothing of it is sent again, and the next start shows it.
    """

    keeper: "DraftKeeper"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.draft = self.new_draft()
        self.customers: dict[str, Customer] = {}
        self.drafts: dict[str, Draft] = {}
        self.unfinished: list[Creation] = []
        self._put_off: list[Creation] = []
        self._without_secret: Creation | None = None

    def new_draft(self) -> Draft:
        """A draft without answers."""
        # As random as a UUID, whose module costs 3 ms of the start.
        return Draft(os.urandom(16).hex())

    def name_customer(self, customer: "Customer | None" = None) -> None:
        """The strip above the pages."""

    def enter_step(self, number: int) -> None:
        """Fill the page that is shown."""

    def show_create_state(self) -> None:
        """Set bar, list and title to what the last page shows."""

    def focus_soon(self, field: Field) -> None:
        """Give a field of the page that was just entered the focus."""

    def show_unfinished(self) -> bool:
        """Show the oldest creation whose outcome, or check, is missing."""
        if not self.unfinished:
            return False
        self._show_card(self.unfinished.pop(0))
        return True

    def _show_card(self, creation: "Creation", looks_as: str = "") -> None:
        draft = self.drafts.get(creation.draft_id)
        self.draft = draft or self.draft
        self.create_page.show_creation(creation, draft, looks_as)
        with self.moving():
            self.setCurrentId(ORDER[Step.CREATE])
        self.show_create_state()
        self.name_customer(self.customers.get(creation.customer_id))

    def offer_draft(self) -> None:
        """Offer to go on with the last draft that no open creation stands on."""
        is_open = {c.draft_id for c in (*self.unfinished, *self._put_off, *filter(None, [self._without_secret]))}
        busy = {self.draft.id, *is_open}
        self.connect_page.offer_draft(next((d for d in self.drafts.values() if d.id not in busy), None))

    def begin_anew(self, customer: "Customer | None") -> None:
        """The first page with a new draft, for this customer if there is one; nothing is typed again."""
        self.draft = self.new_draft()
        if customer:
            at = Connection(customer.id, customer.origin, customer.client_id, customer.title)
            answers = cast(Answers, self.connect_page.form.answers_of(customer))
            self.draft = self.draft.with_answers(**answers).with_answers(connection=at)
        self.restart()
        self.offer_draft()
        self.enter_step(ORDER[Step.CONNECT])

    def _left_card(self) -> "Creation | None":
        """The creation whose card is left for a while; its answers are kept, should it be refused after all."""
        from wizard.core.creation import OPEN  # with what follows from it, 3 ms of the start

        creation, answers = self.create_page.creation, self.create_page.wanted_draft
        if creation and answers and creation.state in OPEN and creation.draft_id == answers.id:
            self.drafts[answers.id] = answers
        return creation

    def on_later_requested(self) -> None:
        """Put the card off for other work."""
        creation = self._left_card()
        self._put_off += [creation] if creation else []
        if not self.show_unfinished():
            self.begin_anew(None)
            self.connect_page.choose_saved(None)

    def on_secret_requested(self, problem: Problem) -> None:
        """Ask for the secret of the card's customer on the first page; the check of it leads back."""
        creation = self._left_card()
        if creation is None:
            return
        self._without_secret = creation
        self.begin_anew(self.customers.get(creation.customer_id))
        # What is answered for the check alone is no draft to go on with.
        self.keeper.discard(self.draft.id)
        self.connect_page.leads_on_for = self.draft.id
        self.connect_page.ask_for_secret()
        self.connect_page.show_problems([problem])
        self.focus_soon(Field.CLIENT_SECRET)

    def go_back_to_card(self) -> bool:
        """After a check on the first page: show the card that waits for it, if this is its platform."""
        from wizard.core.same_platform import is_same_platform

        creation = self._without_secret
        if creation is None or self.draft.id != self.connect_page.leads_on_for:
            return False
        self._without_secret = None
        of, checked = self.customers.get(creation.customer_id), self.customers.get(self.draft.customer_id)
        if of is None or checked is None or not is_same_platform(of, checked):
            self._put_off.append(creation)
            self.draft = replace(self.draft, id=self.new_draft().id)
            self.enter_step(ORDER[Step.CONNECT])
            return False
        self._show_card(creation, looks_as=checked.id)
        return True
