"""What is typed on the first page; the secret is kept in memory only."""

import sys

from wizard.core import cleaning
from wizard.core.address import EU, US, Region, host_of, parse_origin
from wizard.core.customers import Customer
from wizard.core.draft import Answers, Draft
from wizard.core.ids import parse_object_id
from wizard.core.problems import Expected, Field, Problem
from wizard.core.secret import Secret
from wizard.core.text_safety import one_line
from wizard.flow.wizard.connect_view import FormView, LiveNote, SavedCustomer
from wizard.flow.wizard.customer_book import CustomerBook
from wizard.jobs.connection.connect import Credentials
from wizard.words import Words


def answers_of(customer: Customer | None) -> Answers:
    """The answers that a saved customer stands for; empty ones for a new customer."""
    if customer is None:
        return Answers(customer="", region=Region.EU, address="", client_id="")
    region = {EU: Region.EU, US: Region.US}.get(customer.origin, Region.OTHER)
    address = customer.origin if region is Region.OTHER else ""
    return Answers(customer=customer.label, region=region, address=address, client_id=customer.client_id)


class CredentialsForm:
    """The fields as they stand there, apart from the draft: the client ID as it was typed, the secret, what is folded.

    Customer, region and address stand in the draft as they are typed.
    """

    def __init__(self, words: Words, customers: CustomerBook, *, is_practice: bool) -> None:
        self._words, self._customers, self._is_practice = words, customers, is_practice
        self.secret = Secret("")
        self.client_id = ""
        self._saved_id = ""
        self._is_saved_shown = False
        self._folded_id = ""

    # ------------------------------------------------------------------ what a person or the page does

    def fill(self, draft: Draft) -> None:
        """Take the answers of a draft."""
        self.client_id = draft.client_id
        known = self._customers.known(draft)
        self._saved_id = known.id if known else ""

    def show_saved(self) -> None:
        """Offer the saved customers, if there are any; called when the page is entered.

        Coming later they would push away what is being read.
        """
        self._is_saved_shown = bool(self._customers.customers)

    def fold(self, customer: Customer | None) -> None:
        """Show one line for a saved customer, for whom there is nothing to type; the fields for a new one."""
        self._folded_id = customer.id if customer else ""

    def unfold(self) -> None:
        """Show the fields."""
        self._folded_id = ""

    def clear_secret(self) -> None:
        """Forget the typed secret, and empty its field."""
        self.secret = Secret("")

    def read(self, draft: Draft) -> tuple[Credentials | None, list[Problem]]:
        """The credentials that stand in the fields, or every problem with them."""
        problems: list[Problem] = []
        label = origin = client_id = secret = None
        try:
            label = cleaning.parse_customer_name(draft.customer)
        except Expected as problem:
            problems.append(problem)
        try:
            origin = draft.origin or parse_origin(draft.address)
        except Expected as problem:
            problems.append(problem)
        try:
            client_id = cleaning.parse_client_id(self.client_id)
        except Expected as problem:
            problems.append(problem)
        try:
            secret = self._read_secret(draft)
        except Expected as problem:
            problems.append(problem)
        if problems or label is None or origin is None or client_id is None:
            return None, problems
        return Credentials(label, origin, client_id, secret), []

    def _read_secret(self, draft: Draft) -> Secret | None:
        """The typed secret, or None for the kept one of a saved customer."""
        if not self.secret and self._customers.has_secret(draft):
            return None
        return cleaning.parse_client_secret(self.secret.reveal())

    # ------------------------------------------------------------------ what is shown

    def view(self, draft: Draft) -> FormView:
        """The fields as they are to be shown with this draft."""
        say, customers = self._words.say, self._customers
        kept, where = "", self._kept_where()
        if customers.has_secret(draft):
            kept = say("Saved. Leave blank to keep it.")
            if customers.is_session_only(customers.known(draft)):
                kept = say("Kept for this session. Leave blank to keep it.")
                where = say("Kept for this session only, in no keychain")
        entries = [
            SavedCustomer(one.id, one_line(f"{one.label} · {host_of(one.origin)}")) for one in customers.customers
        ]
        return FormView(
            customer=draft.customer,
            region=draft.region,
            address=draft.address,
            client_id=self.client_id,
            is_secret_empty=not self.secret,
            secret_placeholder=kept,
            secret_help=where,
            saved=(SavedCustomer("", say("New customer")), *entries),
            saved_id=self._saved_id,
            is_saved_shown=self._is_saved_shown,
            folded=self._folded(draft),
            notes=self._notes(),
        )

    def _folded(self, draft: Draft) -> tuple[str, str] | None:
        known = self._customers.known(draft)
        if known is None or known.id != self._folded_id:
            return None
        client_id = one_line(known.client_id)
        facts = self._words.say("Client ID {client_id} · secret saved", client_id=client_id)
        if self._customers.is_session_only(known):
            facts = self._words.say("Client ID {client_id} · secret kept for this session", client_id=client_id)
        return one_line(host_of(known.origin)), facts

    def _notes(self) -> dict[Field, LiveNote]:
        """What was left out of what was pasted, and an ID that looks like one of the old API."""
        say = self._words.say
        cleaned = LiveNote(say("Blanks, line breaks and invisible characters are left out."))
        notes = {
            Field.CLIENT_ID: cleaned if cleaning.clean(self.client_id).was_changed else LiveNote(),
            Field.CLIENT_SECRET: cleaned if cleaning.clean(self.secret.reveal()).was_changed else LiveNote(),
        }
        if parse_object_id(self.client_id) is not None:
            old = say("This looks like an API v1 company ID. This page needs API v2 credentials.")
            notes[Field.CLIENT_ID] = LiveNote(old, is_warning=True)
        return notes

    def _kept_where(self) -> str:
        say = self._words.say
        if self._is_practice:
            return say("Practice: kept until the window closes")
        names = {"win32": say("Windows Credential Manager"), "darwin": say("the macOS keychain")}
        place = names.get(sys.platform, say("the keychain of this computer"))
        return say("Kept in {place} only", place=place)
