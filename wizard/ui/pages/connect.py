"""Page 1: which platform, with which credentials."""

import sys
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from wizard.core import cleaning
from wizard.core.address import EU, US, Region, host_of, parse_origin
from wizard.core.customers import Customer
from wizard.core.draft import Connection, Draft, Step
from wizard.core.ids import parse_object_id
from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.progress import Progress, Waiting
from wizard.core.secret import Secret
from wizard.jobs import connect
from wizard.jobs.connect import Connected, Credentials
from wizard.ui.kit.buttons import Button, LinkButton
from wizard.ui.kit.card import Card, NoteCard
from wizard.ui.kit.choices import Choices
from wizard.ui.kit.disclosure import Disclosure
from wizard.ui.kit.field import Field as FieldBox
from wizard.ui.kit.field import FieldPair
from wizard.ui.kit.lines import ResultLine
from wizard.ui.kit.page import PageBody
from wizard.ui.kit.secret import SecretEdit
from wizard.ui.kit.text import Text
from wizard.ui.models import one_line
from wizard.ui.pages.base import Context, Page, named
from wizard.ui.pages.rights import RightsCard
from wizard.ui.runner import Handle
from wizard.words.problems import ACTIONS, Action, Explained, explain


class _State(Enum):
    OPEN = auto()
    CHECKING = auto()
    CHECKED = auto()
    REFUSED = auto()


class ConnectPage(Page):
    """Customer, address and credentials; a check that reads only; the secret goes straight to the keychain."""

    step = Step.CONNECT
    resume_chosen = Signal(str)
    discard_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        named(self, "connectPage")
        self.customers: tuple[Customer, ...] = ()
        self._state = _State.OPEN
        self._goes_on = False
        self._handle: Handle[Connected] | None = None
        self._shown: QWidget | None = None
        self._remedy: QPushButton | None = None
        self._offer: QWidget | None = None

    # ------------------------------------------------------------------ what is shown

    def build(self) -> PageBody:
        say, theme = self.say, self.theme
        body = PageBody(
            theme,
            say("Which platform do you want to connect?"),
            say("You need two values from the platform's API v2 page."),
        )
        self.saved = QComboBox()
        named(self.saved, "savedCustomer")
        self.saved.activated.connect(self._on_saved_chosen)
        self._saved_box = FieldBox(theme, say("Saved customers"), self.saved, units=20)
        self._saved_box.hide()
        self.customer = self._edit("customerName")
        self.regions = Choices(
            theme,
            [
                (Region.EU, say("app.360learning.com, Europe")),
                (Region.US, say("app.us.360learning.com, United States")),
                (Region.OTHER, say("Another address")),
            ],
        )
        for region, name in zip(Region, ("regionEu", "regionUs", "regionOther"), strict=True):
            named(self.regions.button(region), name)
        self.regions.chosen.connect(self._on_region_chosen)
        self.address = self._edit("platformAddress")
        self.client_id = self._edit("clientId")
        self.secret = SecretEdit(theme, say("Show the secret while pressed"))
        named(self.secret, "clientSecret")
        self.secret.textChanged.connect(lambda: self._edited(Field.CLIENT_SECRET))
        boxes = self._boxes()
        body.add(self.summary)
        offers = QWidget()
        self._offer_column = QVBoxLayout(offers)
        self._offer_column.setContentsMargins(0, 0, 0, 0)
        body.add(offers)
        for box in (self._saved_box, boxes[0], boxes[1], boxes[2], FieldPair(theme, boxes[3], boxes[4])):
            body.add(box)
        body.add(self._check_row())
        self.result = QWidget()
        named(self.result, "connectionResult")
        self._result_column = QVBoxLayout(self.result)
        self._result_column.setContentsMargins(0, 0, 0, 0)
        self.result.hide()
        body.add(self.result)
        body.add(Disclosure(theme, say("How do I get these values?"), self._help, note=say("8 clicks on the platform")))
        return body

    def _boxes(self) -> tuple[FieldBox, FieldBox, FieldBox, FieldBox, FieldBox]:
        say, theme = self.say, self.theme
        customer = FieldBox(
            theme, say("Customer name"), self.customer, help_text=say("Only for your list. Example: ACME"), units=20
        )
        region = FieldBox(
            theme, say("Address"), self.regions, help_text=say("What your browser shows when you are signed in")
        )
        self._address_box = FieldBox(theme, say("Address of the platform"), self.address, units=24)
        client_id = FieldBox(theme, say("Client ID"), self.client_id, help_text=say("From the platform's API v2 page"))
        secret = FieldBox(theme, say("Client secret"), self.secret, help_text=_kept_where(self.context))
        self.fields = {
            Field.CUSTOMER: customer,
            Field.ADDRESS: self._address_box,
            Field.CLIENT_ID: client_id,
            Field.CLIENT_SECRET: secret,
        }
        return customer, region, self._address_box, client_id, secret

    def _check_row(self) -> QWidget:
        self.check = Button(self.theme, self.say("Check connection"))
        named(self.check, "checkConnection")
        self.check.clicked.connect(lambda: self.start_check(goes_on=False))
        self._check_note = Text(
            self.theme, self.say("Reads the platform's name and your rights. Changes nothing."), "muted"
        )
        self._check_line = QWidget()
        row = QHBoxLayout(self._check_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.check)
        row.addWidget(self._check_note, 1)
        return self._check_line

    def _help(self) -> QWidget:
        say = self.say
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
        return Text(self.theme, "\n".join(lines), "muted")

    def _edit(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        named(edit, name)
        edit.textChanged.connect(self._on_text_changed)
        return edit

    # ------------------------------------------------------------------ filling

    def show_customers(self, customers: tuple[Customer, ...]) -> None:
        """Offer the saved customers, the last used first."""
        self.customers = customers
        self.ensure_built()
        self.saved.clear()
        self.saved.addItem(self.say("New customer"))
        for customer in customers:
            self.saved.addItem(f"{customer.label} · {host_of(customer.origin)}", customer.id)
        self._saved_box.setVisible(bool(customers))

    def fill(self) -> None:
        draft = self.draft
        for edit, text in (
            (self.customer, draft.customer),
            (self.address, draft.address),
            (self.client_id, draft.client_id),
        ):
            if edit.text() != text:
                edit.setText(text)
        self.regions.set_value(draft.region)
        self._address_box.setVisible(draft.region is Region.OTHER)
        known = self._known()
        self.saved.setCurrentIndex(1 + self.customers.index(known) if known else 0)
        self._hint_at_secret()
        if not draft.is_connected and self._state is _State.CHECKED:
            self._show_state(_State.OPEN)
        self.primary_changed.emit()

    def offer_draft(self, draft: Draft | None) -> None:
        """Offer to go on with a draft that was left, or offer nothing."""
        self.ensure_built()
        if self._offer is not None:
            self._offer.hide()
            self._offer.deleteLater()
            self._offer = None
        if draft is None:
            return
        say = self.say
        name = draft.name or (draft.group.name if draft.group else "") or draft.customer or draft.client_id
        card = Card(self.theme)
        named(card, "resumeCard")
        line = ResultLine(
            self.theme,
            say("Go on with {name}?", name=one_line(name)),
            "info",
            help_text=say("Your answers from last time are kept."),
        )
        go_on, discard = Button(self.theme, say("Go on")), LinkButton(self.theme, say("Discard"))
        named(go_on, "resumeDraft")
        named(discard, "discardOldDraft")
        discard.setAccessibleName(say("Discard the answers from last time"))
        go_on.clicked.connect(lambda: self.resume_chosen.emit(draft.id))
        discard.clicked.connect(lambda: self.discard_chosen.emit(draft.id))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(line, 1)
        row.addWidget(discard)
        row.addWidget(go_on)
        card.column.addLayout(row)
        self._offer = card
        self._offer_column.addWidget(card)

    def show_store_problem(self, shown: Explained) -> None:
        """The list on this computer cannot be used: nothing can be kept, so nothing may be created."""
        self.ensure_built()
        card = NoteCard(self.theme, "problem", shown.title, (shown.text, shown.detail))
        named(card, "storeProblem")
        self._offer_column.addWidget(card)
        card.speak()

    def _known(self) -> Customer | None:
        typed = (self.draft.origin, self.draft.client_id)
        return next((c for c in self.customers if (c.origin, c.client_id) == typed), None)

    def _hint_at_secret(self) -> None:
        kept = self.say("Saved. Leave blank to keep it.") if self._known() else ""
        self.secret.setPlaceholderText(kept)

    # ------------------------------------------------------------------ answers

    def _on_saved_chosen(self, index: int) -> None:
        customer = self.customers[index - 1] if index > 0 else None
        self.secret.clear()
        region = Region.EU
        if customer:
            region = {EU: Region.EU, US: Region.US}.get(customer.origin, Region.OTHER)
        self.answered.emit(
            {
                "customer": customer.label if customer else "",
                "region": region,
                "address": customer.origin if customer and region is Region.OTHER else "",
                "client_id": customer.client_id if customer else "",
            }
        )
        self.load(self.draft)
        self._edited(None)

    def _on_region_chosen(self, key: str) -> None:
        self.answer(region=Region(key))
        self._address_box.setVisible(key == Region.OTHER)
        self._edited(Field.ADDRESS)

    def _on_text_changed(self) -> None:
        if self._is_loading:
            return
        typed_id = cleaning.clean(self.client_id.text()).value
        self.answer(customer=self.customer.text(), address=self.address.text(), client_id=typed_id)
        sender = {self.customer: Field.CUSTOMER, self.address: Field.ADDRESS, self.client_id: Field.CLIENT_ID}
        self._edited(sender.get(self.sender()))  # type: ignore[call-overload]  # only these three are connected
        if parse_object_id(typed_id):
            hint = self.say("This looks like an API v1 company ID. This page needs API v2 credentials.")
            self.fields[Field.CLIENT_ID].set_live(hint, "warning")
        else:
            self.fields[Field.CLIENT_ID].set_live("")

    def _edited(self, field: Field | None) -> None:
        """Something was changed: what was checked before is not what stands there now."""
        if self._is_loading:
            return
        if field:
            self.mend(field)
        self._hint_at_secret()
        if field is not Field.CUSTOMER:
            if self._handle:
                self._handle.drop()
                self._handle = None
            self._show_state(_State.OPEN)

    def may_leave(self) -> bool:
        if self._state is _State.CHECKED or (self.draft.is_connected and not self.secret.text()):
            problems = self._typed()[1]
            self.show_problems(problems)
            return not problems
        self.start_check(goes_on=True)
        return False

    def _typed(self) -> tuple[Credentials | None, list[Problem]]:
        """What is typed, or every problem with it."""
        problems: list[Problem] = []

        def read(parse: object, text: str) -> object:
            try:
                return parse(text)  # type: ignore[operator]
            except Expected as problem:
                problems.append(problem)
                return None

        label = read(cleaning.customer_name, self.customer.text())
        origin = self.draft.origin or read(parse_origin, self.address.text())
        client_id = read(cleaning.client_id, self.client_id.text())
        is_kept = self._known() is not None and not self.secret.text()
        secret = None if is_kept else read(cleaning.client_secret, self.secret.text())
        if problems:
            return None, problems
        kept = secret if isinstance(secret, Secret) else None
        return Credentials(str(label), origin, str(client_id), kept), []  # type: ignore[arg-type]

    # ------------------------------------------------------------------ checking

    def start_check(self, *, goes_on: bool) -> None:
        """Check what is typed; `goes_on` leads to the next page if it works."""
        if self._state is _State.CHECKING:
            self._goes_on = self._goes_on or goes_on
            return
        typed, problems = self._typed()
        self.show_problems(problems)
        if typed is None:
            return
        self._goes_on = goes_on
        self._show_state(_State.CHECKING)
        self._handle = self.runner.start(connect.run, typed, self._on_connected, self._on_refused, self._on_progress)

    def _on_progress(self, news: Progress) -> None:
        if isinstance(news, Waiting):
            seconds = max(1, round(news.seconds))
            self._check_note.set_text(
                self.count(
                    "The platform asks us to wait. Going on in {n} second.",
                    "The platform asks us to wait. Going on in {n} seconds.",
                    seconds,
                )
            )

    def _on_connected(self, connected: Connected) -> None:
        self._handle = None
        customer = connected.customer
        self.secret.blockSignals(True)
        self.secret.clear()
        self.secret.blockSignals(False)
        others = tuple(c for c in self.customers if c.id != customer.id)
        self.show_customers((customer, *others))
        connection = Connection(customer.id, customer.origin, customer.client_id, customer.title)
        self.answered.emit({"customer": customer.label, "connection": connection})
        self.load(self.draft)
        card = RightsCard(self.context, connected)
        card.again_clicked.connect(lambda: self.start_check(goes_on=False))
        self._show_state(_State.CHECKED, card)
        if self._goes_on:
            self.leaving_allowed.emit()

    def _on_refused(self, problem: Problem) -> None:
        self._handle = None
        if problem.code is Code.STOPPED:
            self._show_state(_State.OPEN)
            return
        shown = explain(self.context.words, problem)
        card = NoteCard(self.theme, "problem", shown.title, (shown.text,) if shown.text else ())
        self._remedy = Button(self.theme, self.say(ACTIONS[shown.action]) or self.say("Try again"))
        again = shown.action is Action.PASTE_AGAIN
        self._remedy.clicked.connect(self._on_paste_again if again else lambda: self.start_check(goes_on=False))
        card.add_button(self._remedy)
        if problem.code is Code.INVALID_CLIENT and self.draft.region is not Region.OTHER:
            card.add_button(self._other_region())
        details = Disclosure(self.theme, self.say("Details"), Text(self.theme, shown.detail, "help"))
        card.words.addWidget(details)
        self._show_state(_State.REFUSED, card)
        card.speak()

    def _other_region(self) -> Button:
        is_eu = self.draft.region is Region.EU
        text = self.say("Try the US address") if is_eu else self.say("Try the European address")
        button = Button(self.theme, text)
        named(button, "tryOtherRegion")
        button.clicked.connect(lambda: self._try_region(Region.US if is_eu else Region.EU))
        return button

    def _try_region(self, region: Region) -> None:
        self.regions.set_value(region)
        self._on_region_chosen(region)
        self.start_check(goes_on=False)

    def _on_paste_again(self) -> None:
        self.secret.clear()
        self._show_state(_State.OPEN)
        self.client_id.selectAll()
        self.client_id.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self, state: _State, card: QWidget | None = None) -> None:
        self._state = state
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = card
        if state is not _State.REFUSED:
            self._remedy = None
        if card is not None:
            self._result_column.addWidget(card)
            self.result.setAccessibleName(card.accessibleName())
        else:
            self.result.setAccessibleName("")
        self.result.setVisible(card is not None)
        is_checking = state is _State.CHECKING
        self._check_line.setVisible(state in (_State.OPEN, _State.CHECKING))
        self.check.setEnabled(not is_checking)
        self.check.setText(self.say("Checking…") if is_checking else self.say("Check connection"))
        if not is_checking:
            self._check_note.set_text(self.say("Reads the platform's name and your rights. Changes nothing."))
        self.primary_changed.emit()
        if card is not None and self.body:
            self.body.ensureWidgetVisible(card)

    def primary(self) -> QPushButton | None:
        if self._state is _State.REFUSED:
            return self._remedy
        if self._state is _State.CHECKED or self.draft.is_connected:
            return None
        return self.check


def _kept_where(context: Context) -> str:
    say = context.words.say
    if context.runner.is_practice:
        return say("Practice: kept until the window closes")
    names = {"win32": say("Windows Credential Manager"), "darwin": say("the macOS keychain")}
    place = names.get(sys.platform, say("the keychain of this computer"))
    return say("Kept in {place} only", place=place)
