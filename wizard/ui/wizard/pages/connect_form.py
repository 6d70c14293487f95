"""The fields of page 1: customer, address, credentials; folded to one line for a saved customer."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wizard.core import cleaning
from wizard.core.address import EU, US, Region, host_of, parse_origin
from wizard.core.draft import Draft
from wizard.core.ids import parse_object_id
from wizard.core.problems import Expected, Field, Problem
from wizard.core.secret import Secret
from wizard.core.text_safety import one_line
from wizard.ui.context import Context
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.combo import Combo
from wizard.ui.widgets.field import FieldBox, FieldPair
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.widgets.secret_edit import SecretEdit
from wizard.ui.wizard.pages.base import named
from wizard.ui.wizard.pages.object_names import OBJECT_NAMES

if TYPE_CHECKING:
    from wizard.core.customers import Customer
    from wizard.jobs.connection.connect import Credentials


class ConnectForm(QWidget):
    """What a person types or picks. `edited` tells the field, `saved_chosen` the customer or None for a new one."""

    edited = Signal(object)
    saved_chosen = Signal(object)

    gap_after = 2
    """Below the last field is room for its problem already."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._say = context, context.words.say
        self.customers: tuple[Customer, ...] = ()
        self._is_filling = False
        self.without_secret: set[str] = set()
        """Customers whose secret was looked for and not found."""
        self._session_only: set[str] = set()
        """Customers whose secret no keychain keeps: it is gone when the program ends."""
        say, theme = self._say, context.theme
        self.saved = Combo(theme)
        named(self.saved, "savedCustomer")
        self.saved.activated.connect(self._on_saved_chosen)
        self._saved_box = FieldBox(theme, say("Saved customers"), self.saved, units=20)
        self._saved_box.hide()
        self._line = ResultLine(theme, "", "info")
        self._line.set_link(say("Edit"), say("Edit this customer"))
        named(self._line, "savedSummary")
        self._line.link_clicked.connect(self.unfold)
        self._make_controls()
        self.fields = self._make_boxes()
        self._details = QWidget()
        pair = FieldPair(theme, self.fields[Field.CLIENT_ID], self.fields[Field.CLIENT_SECRET])
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(pair.gap_after)  # the line under each field is gap enough
        for box in (self.fields[Field.CUSTOMER], self._region_box, self.fields[Field.ADDRESS], pair):
            inner.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(pair.gap_after)
        for widget in (self._saved_box, self._line, self._details):
            column.addWidget(widget)
        self.unfold()

    def _make_controls(self) -> None:
        say, theme = self._say, self._context.theme
        self.customer, self.address, self.client_id = QLineEdit(), QLineEdit(), QLineEdit()
        self.regions = Choices(
            theme,
            [
                (Region.EU, say("app.360learning.com, Europe")),
                (Region.US, say("app.us.360learning.com, United States")),
                (Region.OTHER, say("Another address")),
            ],
        )
        self.secret = SecretEdit(theme, say("Show the secret while pressed"))
        for region, name in zip(Region, ("regionEu", "regionUs", "regionOther"), strict=True):
            named(self.regions.button(region), name)
        for edit, field in (
            (self.customer, Field.CUSTOMER),
            (self.address, Field.ADDRESS),
            (self.client_id, Field.CLIENT_ID),
            (self.secret, Field.CLIENT_SECRET),
        ):
            named(edit, OBJECT_NAMES[field])
            edit.textChanged.connect(lambda _text, field=field: self._on_edited(field))
        self.regions.chosen.connect(lambda _key: self._on_edited(Field.ADDRESS))

    def _make_boxes(self) -> dict[Field, FieldBox]:
        say, theme = self._say, self._context.theme
        example, where = say("Only for your list. Example: ACME"), say("What your browser shows when you are signed in")
        origin = say("From the platform's API v2 page")
        self._region_box = FieldBox(theme, say("Address"), self.regions, help_text=where)
        return {
            Field.CUSTOMER: FieldBox(theme, say("Customer name"), self.customer, help_text=example, units=20),
            Field.ADDRESS: FieldBox(theme, say("Address of the platform"), self.address, units=24),
            Field.CLIENT_ID: FieldBox(theme, say("Client ID"), self.client_id, help_text=origin),
            Field.CLIENT_SECRET: FieldBox(
                theme, say("Client secret"), self.secret, help_text=_kept_where(self._context)
            ),
        }

    # ------------------------------------------------------------------ filling

    def offer(self, customers: "tuple[Customer, ...]") -> None:
        """Offer the saved customers, the last used first."""
        self.customers = customers
        self.saved.clear()
        self.saved.addItem(self._say("New customer"))
        for customer in customers:
            self.saved.addItem(one_line(f"{customer.label} · {host_of(customer.origin)}"), customer.id)

    def show_saved(self) -> None:
        """Show the choice, if there is one. Once, at the start: coming later it would push away what is being read."""
        self._saved_box.setVisible(bool(self.customers))

    def fill(self, draft: Draft) -> None:
        """Show the answers of a draft; tells nobody."""
        self._is_filling = True
        texts = ((self.customer, draft.customer), (self.address, draft.address), (self.client_id, draft.client_id))
        for edit, text in texts:
            if edit.text() != text:
                edit.setText(text)
        self.regions.set_value(draft.region)
        self._is_filling = False
        known = self.known(draft)
        self.saved.setCurrentIndex(1 + self.customers.index(known) if known else 0)
        self.settle(draft)

    def settle(self, draft: Draft) -> None:
        """What follows from the answers: the address field, the hint at a kept secret, the note at a strange id."""
        self.fields[Field.ADDRESS].setVisible(draft.region is Region.OTHER)
        kept, where = "", _kept_where(self._context)
        if self.has_secret(draft):
            kept = self._say("Saved. Leave blank to keep it.")
            if self._is_session_only(self.known(draft)):
                kept = self._say("Kept for this session. Leave blank to keep it.")
                where = self._say("Kept for this session only, in no keychain")
        self.secret.setPlaceholderText(kept)
        self.fields[Field.CLIENT_SECRET].set_help(where)
        cleaned = self._say("Blanks, line breaks and invisible characters are left out.")
        for field, edit in ((Field.CLIENT_ID, self.client_id), (Field.CLIENT_SECRET, self.secret)):
            self.fields[field].set_live(cleaned if cleaning.clean(edit.text()).was_changed else "", "info")
        if parse_object_id(self.client_id.text()) is not None:
            old = self._say("This looks like an API v1 company ID. This page needs API v2 credentials.")
            self.fields[Field.CLIENT_ID].set_live(old, "warning")

    def has_secret(self, draft: Draft) -> bool:
        """Whether the secret of these credentials is kept, as far as anybody knows."""
        known = self.known(draft)
        return known is not None and known.id not in self.without_secret

    def note_secret(self, customer_id: str, *, is_kept: bool) -> None:
        """The secret of this customer is in hand; `is_kept` tells whether a keychain has it, too."""
        self.without_secret.discard(customer_id)
        (self._session_only.discard if is_kept else self._session_only.add)(customer_id)

    def _is_session_only(self, customer: "Customer | None") -> bool:
        return customer is not None and customer.id in self._session_only

    def known(self, draft: Draft) -> "Customer | None":
        """The saved customer with these credentials."""
        typed = (draft.origin, draft.client_id)
        return next((c for c in self.customers if (c.origin, c.client_id) == typed), None)

    def fold(self, customer: "Customer") -> None:
        """Show one line for a saved customer: there is nothing to type."""
        client_id = one_line(customer.client_id)
        facts = self._say("Client ID {client_id} · secret saved", client_id=client_id)
        if self._is_session_only(customer):
            facts = self._say("Client ID {client_id} · secret kept for this session", client_id=client_id)
        self._line.set_result(one_line(host_of(customer.origin)), "info", help_text=facts)
        self._details.hide()
        self._line.show()

    def unfold(self) -> None:
        """Show the fields."""
        self._line.hide()
        self._details.show()

    def clear_secret(self) -> None:
        """Take the secret out of its field without telling."""
        self._is_filling = True
        self.secret.clear()
        self._is_filling = False

    # ------------------------------------------------------------------ answers

    def answers(self) -> dict[str, object]:
        """What is typed, by the draft's names; the secret is no answer."""
        return {
            "customer": self.customer.text(),
            "region": Region(self.regions.value() or Region.EU),
            "address": self.address.text(),
            "client_id": cleaning.clean(self.client_id.text()).value,
        }

    @staticmethod
    def answers_of(customer: "Customer | None") -> dict[str, object]:
        """The same answers for a saved customer; empty ones for a new customer."""
        if customer is None:
            return {"customer": "", "region": Region.EU, "address": "", "client_id": ""}
        region = {EU: Region.EU, US: Region.US}.get(customer.origin, Region.OTHER)
        address = customer.origin if region is Region.OTHER else ""
        return {"customer": customer.label, "region": region, "address": address, "client_id": customer.client_id}

    def read(self, draft: Draft) -> "tuple[Credentials | None, list[Problem]]":
        """The credentials that stand in the fields, or every problem with them."""
        problems: list[Problem] = []
        label = origin = client_id = secret = None
        try:
            label = cleaning.parse_customer_name(self.customer.text())
        except Expected as problem:
            problems.append(problem)
        try:
            origin = draft.origin or parse_origin(self.address.text())
        except Expected as problem:
            problems.append(problem)
        try:
            client_id = cleaning.parse_client_id(self.client_id.text())
        except Expected as problem:
            problems.append(problem)
        try:
            secret = self._read_secret(draft)
        except Expected as problem:
            problems.append(problem)
        if problems or label is None or origin is None or client_id is None:
            return None, problems
        from wizard.jobs.connection.connect import Credentials

        return Credentials(label, origin, client_id, secret), []

    def _read_secret(self, draft: Draft) -> Secret | None:
        """The typed secret, or None for the kept one of a saved customer."""
        if not self.secret.text() and self.has_secret(draft):
            return None
        return cleaning.parse_client_secret(self.secret.text())

    def _on_edited(self, field: Field) -> None:
        if not self._is_filling:
            self.edited.emit(field)

    def _on_saved_chosen(self, index: int) -> None:
        self.saved_chosen.emit(self.customers[index - 1] if index > 0 else None)


def _kept_where(context: Context) -> str:
    say = context.words.say
    if context.runner.is_practice:
        return say("Practice: kept until the window closes")
    names = {"win32": say("Windows Credential Manager"), "darwin": say("the macOS keychain")}
    place = names.get(sys.platform, say("the keychain of this computer"))
    return say("Kept in {place} only", place=place)
