"""Page 1: which platform, with which credentials.

The check and the cards that follow it are imported when one is wanted: 8 ms of the start.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wizard.core.address import Region
from wizard.core.draft import Connection, Draft, Step
from wizard.core.problems import Code, Field, Problem
from wizard.ui.context import Context
from wizard.ui.runtime.announcements import announce
from wizard.ui.runtime.runner import Handle
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.card import NoteCard
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.focus import tab_after
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.pages.base import Page, named
from wizard.ui.wizard.pages.connect_form import ConnectForm

if TYPE_CHECKING:
    from wizard.core.customers import Customer
    from wizard.core.progress import Progress
    from wizard.core.store_news import News
    from wizard.jobs.connection.connect import Connected
    from wizard.ui.wizard.pages.connect_cards import RefusedCard
    from wizard.words.problems import Explained

_SLOW_MS = 2_000
"""After this a check can be stopped: the keychain may be asking for a password, or the platform be silent."""
_LAYOUT_MS = 30


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
        self._state = _State.OPEN
        self._asks_keychain = False
        self.leads_on_for = ""
        """The draft whose check leads on by itself, whichever button began it."""
        self._handle: Handle[Connected] | None = None
        self._checked: Connection | None = None
        self._shown: QWidget | None = None
        self._refused: RefusedCard | None = None
        self._offer: QWidget | None = None

    @property
    def customers(self) -> "tuple[Customer, ...]":
        """The saved customers that are offered."""
        return self.form.customers

    def build(self) -> Iterator[PageBody]:
        say, theme = self.say, self.theme
        body = PageBody(
            theme,
            say("Which platform do you want to connect?"),
            say("You need two values from the platform's API v2 page."),
        )
        self.form = ConnectForm(self.context)
        self.fields = self.form.fields
        self.form.edited.connect(self._on_edited)
        self.form.saved_chosen.connect(self.choose_saved)
        self._offers_box, self._offers = _box()
        self._offers_box.hide()
        self.result, self._results = _box()
        named(self.result, "connectionResult")
        self.result.hide()
        help_row = Disclosure(
            theme,
            say("How do I get these values?"),
            self._eight_clicks,
            note=say("8 clicks on the platform"),
        )
        for widget in (self.summary, self._offers_box, self.form, self._check_row(), self.result, help_row):
            body.add(widget)
        yield body

    def _eight_clicks(self) -> QWidget:
        from wizard.ui.wizard.pages.connect_cards import eight_clicks

        return eight_clicks(self.context)

    def _check_row(self) -> QWidget:
        self.check = Button(self.theme, self.say("Check connection"))
        named(self.check, "checkConnection")
        self.check.clicked.connect(lambda: self.start_check(goes_on=False))
        self._note = Text(self.theme, self._promise(), "muted")
        self._check_line = QWidget()
        row = QHBoxLayout(self._check_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.check)
        row.addWidget(self._note, 1)
        self._stop = LinkButton(self.theme, self.say("Stop waiting"))
        named(self._stop, "stopChecking")
        self._stop.clicked.connect(self._on_stop_chosen)
        row.addWidget(self._stop)
        self._stop.hide()
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._stop.show)
        return self._check_line

    def _promise(self) -> str:
        return self.say("Reads the platform's name and your rights. Changes nothing.")

    # ------------------------------------------------------------------ filling

    def show_customers(self, customers: "tuple[Customer, ...]") -> None:
        """Offer the saved customers, the last used first."""
        self.ensure_built()
        self.form.offer(customers)
        self.form.show_saved()

    def load(self, draft: Draft) -> None:
        super().load(draft)
        self.form.show_saved()

    def fill(self) -> None:
        self.form.fill(self.draft)
        is_shown = self.draft.is_connected and self.draft.connection == self._checked
        if not is_shown and self._state is _State.CHECKED:
            self._show_state(_State.OPEN)
        self.primary_changed.emit()

    def offer_draft(self, draft: Draft | None) -> None:
        """Offer to go on with a draft that was left, or offer nothing."""
        self.ensure_built()
        if self._offer is not None:
            self._offer.hide()
            self._offer.deleteLater()
            self._offer = None
            self._offers_box.setVisible(self._offers.count() > 1)
        if draft is not None:
            from wizard.ui.wizard.pages.connect_cards import ResumeCard

            card = ResumeCard(self.context, draft)
            card.resumed.connect(self._on_resumed)
            card.discarded.connect(self.discard_chosen)
            self._offer = card
            self._offer_something(card)

    def _offer_something(self, card: QWidget) -> None:
        self._offers.addWidget(card)
        # An empty box would still have its gap.
        self._offers_box.show()
        tab_after(self.ensure_built().heading, self._offers_box)

    def _on_resumed(self, draft_id: str) -> None:
        # A check that still runs belongs to what was typed here, not to that draft.
        self._forget_check()
        self.resume_chosen.emit(draft_id)

    def show_store_problem(self, shown: "Explained") -> None:
        """The list on this computer cannot be used: nothing can be kept, so nothing may be created."""
        self.ensure_built()
        card = NoteCard(self.theme, "problem", shown.title, (shown.text, shown.detail))
        named(card, "storeProblem")
        self._offer_something(card)
        card.speak()

    def show_store_news(self, news: "tuple[News, ...]") -> None:
        """What happened to the list on this computer since last time."""
        from wizard.ui.wizard.pages.store_news import news_cards

        self.ensure_built()
        for card in news_cards(self.context, news):
            self._offer_something(card)
            card.speak()

    # ------------------------------------------------------------------ answers

    def choose_saved(self, customer: "Customer | None") -> None:
        """Fill the page with a saved customer, folded to one line, or empty it for a new one."""
        self.form.clear_secret()
        self.answered.emit(self.form.answers_of(customer))
        self.load(self.draft)
        if customer:
            self.form.fold(customer)
        else:
            self.form.unfold()
        self._forget_check()

    def ask_for_secret(self) -> None:
        """The kept secret is gone, or does not work: it has to be pasted again, and checked."""
        known = self.form.known(self.draft)
        self.form.without_secret.add(known.id if known else self.draft.customer_id)
        self.form.unfold()
        self._forget_check()

    def _on_edited(self, field: Field) -> None:
        self.answer(**self.form.answers())
        self.form.settle(self.draft)
        self.mend(field)
        if field is not Field.CUSTOMER:
            self._forget_check()

    def _forget_check(self) -> None:
        """What was checked before is not what stands there now."""
        if self._handle:
            self._handle.drop()
            self._handle = None
        self._show_state(_State.OPEN)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        if problems:
            self.form.unfold()
        super().show_problems(problems)

    def may_leave(self) -> bool:
        is_checked = self._state is _State.CHECKED or (self._is_usable and not self.form.secret.text())
        if is_checked and not self._is_renamed():
            problems = self.form.read(self.draft)[1]
            self.show_problems(problems)
            return not problems
        self.start_check(goes_on=True)
        return False

    def _is_renamed(self) -> bool:
        """Whether the customer got another name after the check, which saved the one before."""
        saved = next((c for c in self.customers if c.id == self.draft.customer_id), None)
        return saved is not None and " ".join(self.draft.customer.split()) != saved.label

    # ------------------------------------------------------------------ checking

    def start_check(self, *, goes_on: bool) -> None:
        """Check what is typed; `goes_on` leads to the next page if it works."""
        if self._state is _State.CHECKING:
            self._goes_on = self._goes_on or goes_on
            return
        typed, problems = self.form.read(self.draft)
        self.show_problems(problems)
        if typed is None:
            return
        from wizard.jobs.connection import connect

        self._goes_on = goes_on or self.draft.id == self.leads_on_for
        self._show_state(_State.CHECKING)
        self._handle = self.runner.start(connect.run, typed, self._on_connected, self.show_refusal, self._on_progress)

    def _on_progress(self, news: "Progress") -> None:
        from wizard.core.progress import KeychainAsked, Waiting
        from wizard.words.keychain_problems import asking

        if isinstance(news, KeychainAsked):
            self._asks_keychain = not news.is_answered
            self._note.set_text(asking(self.context.words) if self._asks_keychain else self._promise())
            self._stop.show()
        elif isinstance(news, Waiting):
            from wizard.ui.wizard.wait_note import WaitNote

            note = self._note
            WaitNote(self.context.words, news, note.plain, note.set_text, note, usual=self._promise())

    def _on_stop_chosen(self) -> None:
        if self._handle and self._asks_keychain:
            # Not dropped: it goes on without the keychain, or tells that it cannot.
            self._handle.stop()
        else:
            self._forget_check()

    def _on_connected(self, connected: "Connected") -> None:
        self._handle = None
        customer = connected.customer
        self.form.clear_secret()
        self.form.note_secret(customer.id, is_kept=connected.not_kept is None)
        self.form.offer((customer, *(c for c in self.customers if c.id != customer.id)))
        connection = Connection(customer.id, customer.origin, customer.client_id, customer.title)
        self._checked = connection
        self.answered.emit({"customer": customer.label, "connection": connection})
        super().load(self.draft)
        from wizard.ui.wizard.pages.rights import RightsCard

        card = RightsCard(self.context, connected)
        card.again_clicked.connect(lambda: self.start_check(goes_on=False))
        self._show_state(_State.CHECKED, card)
        if connected.not_kept is not None:
            # Whoever was on the way to the next page stays until this was read.
            announce(card, card.accessibleName())
        elif self._goes_on:
            self.leaving_allowed.emit()

    def show_refusal(self, problem: Problem) -> None:
        """Say why the credentials do not work, here or on a later page."""
        self._handle = None
        if problem.code is Code.STOPPED:
            self._show_state(_State.OPEN)
            return
        if problem.code is Code.SECRET_GONE:
            self.ask_for_secret()
            self.show_problems([problem])
            return
        from wizard.ui.wizard.pages.connect_cards import RefusedCard

        card = self._refused = RefusedCard(self.context, problem, self.draft.region)
        card.again_clicked.connect(lambda: self.start_check(goes_on=False))
        card.paste_clicked.connect(self._on_paste_again)
        card.secret_clicked.connect(self._on_secret_wanted)
        card.region_chosen.connect(self._on_region_tried)
        card.network_clicked.connect(self._on_network_wanted)
        self._show_state(_State.REFUSED, card)
        card.speak()

    def _on_network_wanted(self) -> None:
        from wizard.ui.dialogs.network import NetworkDialog

        asks = self._refused is not None and self._refused.asks_sign_in
        dialog = NetworkDialog(self.context, self.window(), asks_sign_in=asks)
        dialog.saved.connect(lambda: self.start_check(goes_on=False))
        dialog.open()

    def _on_region_tried(self, region: Region) -> None:
        self.form.regions.set_value(region)
        self._on_edited(Field.ADDRESS)
        self.start_check(goes_on=False)

    def _on_paste_again(self) -> None:
        self.form.unfold()
        self.form.clear_secret()
        self._show_state(_State.OPEN)
        self.form.client_id.selectAll()
        self.form.client_id.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_secret_wanted(self) -> None:
        self.ask_for_secret()
        self.focus_field(Field.CLIENT_SECRET)

    # ------------------------------------------------------------------ states

    def _show_state(self, state: _State, card: QWidget | None = None) -> None:
        self._state = state
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = card
        if card is not None:
            self._results.addWidget(card)
            tab_after(self.check, self.result)
            # The layout takes several turns of the event loop to make room for it.
            QTimer.singleShot(_LAYOUT_MS, card, lambda: self._bring_into_view(card))
        self.result.setAccessibleName(card.accessibleName() if card else "")
        self.result.setVisible(card is not None)
        self._asks_keychain = False
        is_checking = state is _State.CHECKING
        self._check_line.setVisible(state in (_State.OPEN, _State.CHECKING))
        self.check.setEnabled(not is_checking)
        self.check.setText(self.say("Checking…") if is_checking else self.say("Check connection"))
        if is_checking:
            self._slow.start()
        else:
            self._slow.stop()
            self._stop.hide()
            self._note.set_text(self._promise())
        self.primary_changed.emit()

    def _bring_into_view(self, card: QWidget) -> None:
        if self.body and card.isVisible():
            self.body.ensureWidgetVisible(card, 0, 16)

    def primary(self) -> QPushButton | None:
        if self._refused is not None and self._refused is self._shown:
            return self._refused.remedy
        if self._state is _State.CHECKED or self._is_usable:
            return None
        return self.check

    @property
    def _is_usable(self) -> bool:
        """Whether an earlier check still holds, and its secret is still there."""
        return self.draft.is_connected and self.form.has_secret(self.draft)


def _box() -> tuple[QWidget, QVBoxLayout]:
    """A box for cards that come and go."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    return box, column
