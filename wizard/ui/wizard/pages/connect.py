"""The first page: which platform, with which credentials."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.flow.wizard.connect import ConnectPresenter
from wizard.flow.wizard.connect_view import CheckState, ConnectAction, ConnectView, OfferView
from wizard.ui.context import Context
from wizard.ui.runtime.announcements import announce
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.focus import tab_after
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.pages.connect_cards import RefusedCard, ResumeCard, eight_clicks, note_card
from wizard.ui.wizard.pages.connect_form import ConnectForm
from wizard.ui.wizard.pages.page import Page
from wizard.ui.wizard.pages.rights import RightsCard

_LAYOUT_MS = 30


class ConnectPage(Page):
    """Customer, address and credentials; a check that reads only, and its result."""

    def __init__(self, context: Context, presenter: ConnectPresenter) -> None:
        super().__init__(context)
        self._presenter = presenter
        self._shown = ConnectView()
        self._result_card: QWidget | None = None
        self._offer_card: QWidget | None = None

    def make(self) -> PageBody:
        say, theme = self.say, self.theme
        body = PageBody(
            theme,
            say("Which platform do you want to connect?"),
            say("You need two values from the platform's API v2 page."),
        )
        self.form = ConnectForm(self.context, self._presenter)
        self.fields = self.form.fields
        self._offers_box, self._offers = _box()
        self._offers_box.hide()
        self._result_box, self._results = _box()
        self._result_box.setObjectName("connectionResult")
        self._result_box.hide()
        clicks, note = say("How do I get these values?"), say("8 clicks on the platform")
        help_row = Disclosure(theme, clicks, lambda: eight_clicks(self.context), note=note)
        for widget in (self.summary, self._offers_box, self.form, self._make_check_row(), self._result_box, help_row):
            body.add(widget)
        return body

    def _make_check_row(self) -> QWidget:
        self._check = Button(self.theme, self.say("Check connection"))
        self._check.setObjectName("checkConnection")
        self._check.clicked.connect(self._presenter.check)
        self._note = Text(self.theme, "", "muted")
        self._check_row = QWidget()
        row = QHBoxLayout(self._check_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._check)
        row.addWidget(self._note, 1)
        self._stop = LinkButton(self.theme, self.say("Stop waiting"))
        self._stop.setObjectName("stopChecking")
        self._stop.clicked.connect(self._presenter.stop_checking)
        row.addWidget(self._stop)
        self._stop.hide()
        return self._check_row

    # ------------------------------------------------------------------ drawing

    def show_view(self, view: ConnectView) -> None:
        """Show this view state."""
        before, self._shown = self._shown, view
        self.form.show_form(view.form)
        self._show_offers(view, before)
        self._show_check(view)
        if (view.rights, view.refused) != (before.rights, before.refused):
            self._show_result(view)
        self.render_problems(view.problems)

    def _show_check(self, view: ConnectView) -> None:
        is_checking = view.check is CheckState.CHECKING
        self._check_row.setVisible(is_checking or view.check is CheckState.OPEN)
        self._check.setEnabled(not is_checking)
        self._check.setText(self.say("Checking…") if is_checking else self.say("Check connection"))
        self._note.set_text(view.note)
        self._stop.setVisible(view.can_stop)

    def _show_result(self, view: ConnectView) -> None:
        if self._result_card is not None:
            self._result_card.hide()
            self._result_card.deleteLater()
        card = self._make_result(view)
        self._result_card = card
        self._result_box.setAccessibleName(card.accessibleName() if card else "")
        if card is not None:
            self._results.addWidget(card)
        # After the card has its place: so it is shown at once, and not in a turn of its own.
        self._result_box.setVisible(card is not None)
        if card is not None:
            tab_after(self._check, self._result_box)
            # The layout takes several turns of the event loop to make room for it.
            QTimer.singleShot(_LAYOUT_MS, card, lambda: self._bring_into_view(card))
            if view.refused or (view.rights and view.rights.not_kept):
                announce(card, card.accessibleName(), urgent=view.refused is not None)

    def _make_result(self, view: ConnectView) -> QWidget | None:
        if view.rights is not None:
            rights = RightsCard(self.context, view.rights)
            rights.again_clicked.connect(self._presenter.check)
            return rights
        if view.refused is not None:
            refused = RefusedCard(self.context, view.refused)
            refused.chosen.connect(self._on_way_out_chosen)
            return refused
        return None

    def _bring_into_view(self, card: QWidget) -> None:
        if card.isVisible():
            self.ensure_built().ensureWidgetVisible(card, 0, 16)

    # ------------------------------------------------------------------ what stands above the fields

    def _show_offers(self, view: ConnectView, before: ConnectView) -> None:
        if view.offer != before.offer:
            if self._offer_card is not None:
                self._offer_card.hide()
                self._offer_card.deleteLater()
            self._offer_card = None
            if view.offer is not None:
                self._offer_card = self._make_offer(view.offer)
                self._add_offer(self._offer_card)
        for piece in view.news if view.news != before.news else ():
            card = note_card(self.context, piece, "storeNews", "warning")
            self._add_offer(card)
            card.speak()
        if view.store_problem is not None and view.store_problem != before.store_problem:
            card = note_card(self.context, view.store_problem, "storeProblem", "problem")
            self._add_offer(card)
            card.speak()
        # An empty box would still have its gap.
        self._offers_box.setVisible(bool(view.offer or view.news or view.store_problem))

    def _make_offer(self, offer: OfferView) -> QWidget:
        card = ResumeCard(self.context, offer)
        card.resumed.connect(lambda: self._presenter.resume(offer.draft_id))
        card.discarded.connect(lambda: self._presenter.discard(offer.draft_id))
        return card

    def _add_offer(self, card: QWidget) -> None:
        self._offers.addWidget(card)
        tab_after(self.ensure_built().heading, self._offers_box)

    # ------------------------------------------------------------------ what a person does

    def _on_way_out_chosen(self, action: ConnectAction) -> None:
        if action is ConnectAction.NETWORK:
            self._open_network_settings()
            return
        self._presenter.take_way_out(action)
        if action is ConnectAction.PASTE_AGAIN:
            self.form.client_id.selectAll()

    def _open_network_settings(self) -> None:
        # Opened seldom, and 10 ms of a start.
        from wizard.ui.dialogs.network import NetworkDialog

        refused = self._shown.refused
        asks_sign_in = refused is not None and refused.asks_sign_in
        dialog = NetworkDialog(self.context, self.window(), asks_sign_in=asks_sign_in)
        dialog.saved.connect(self._presenter.check)
        dialog.open()


def _box() -> tuple[QWidget, QVBoxLayout]:
    """A box for cards that come and go."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    return box, column
