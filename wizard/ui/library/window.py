"""The library's window: heading, table, and the details of the chosen integration."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from wizard.flow.library import LibraryPresenter, LibraryView
from wizard.ui.library.details import DetailsPane
from wizard.ui.library.table import PAD, LibraryTable
from wizard.ui.library.table_model import IntegrationTable
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import Button
from wizard.ui.widgets.card import NoteCard
from wizard.ui.widgets.customer_banner import CustomerBanner
from wizard.ui.widgets.text import Heading, Text
from wizard.words import Words

_NARROW_UNITS = 44


class LibraryWindow(QWidget):
    """The home of the program. `closed` tells that the window has gone; jobs may still be ending."""

    closed = Signal()

    def __init__(self, theme: Theme, words: Words, presenter: LibraryPresenter) -> None:
        super().__init__()
        self.theme, self.presenter = theme, presenter
        say = words.say
        self.setObjectName("library")
        self.setWindowTitle(say("Integrations"))
        self.setMinimumSize(640, 400)
        self._view = LibraryView(lead="")
        self._is_closed = False
        self.heading = Heading(theme, say("Integrations"))
        self.lead = Text(theme, role="muted")
        self.new = Button(theme, say("New integration"), accent=True)
        self.new.setObjectName("newIntegrationButton")
        self.new.clicked.connect(presenter.begin_new)
        self.model = IntegrationTable(words)
        self.table = LibraryTable(theme, self.model, say("Saved integrations"))
        self.table.setObjectName("integrationTable")
        self.table.row_chosen.connect(presenter.choose)
        self.details = DetailsPane(theme, words)
        self.table.copy_requested.connect(self.details.id_field.button.click)
        self.rule = Hairline(theme)
        self._cards: list[NoteCard] = []
        self._banner = self._make_banner(words)
        self._lay_out()
        keys = ((QKeySequence.StandardKey.New, presenter.begin_new), (QKeySequence.StandardKey.Close, self.close))
        for key, act in keys:
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self.table.header().hide()
        theme.changed.connect(self._settle)
        presenter.attach(self)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_banner(self, words: Words) -> CustomerBanner | None:
        """What says that this is practice."""
        if not self.presenter.is_practice:
            return None
        banner = CustomerBanner(self.theme)
        say = words.say
        banner.show_customer(say("Practice platform"), say("Nothing real is changed"), "", say("Practice"))
        return banner

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._banner is not None:
            column.addWidget(self._banner)
        self._links = QBoxLayout(QBoxLayout.Direction.RightToLeft)
        self._links.setSpacing(16)
        self._links.addWidget(self.new)
        self._links.addStretch(0)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.heading)
        titles.addWidget(self.lead)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addLayout(titles, 1)
        self._top.addLayout(self._links)
        column.addLayout(self._top)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        column.addLayout(self._notes)
        # The table is wider by what stands before its text, so that the text stands on the heading's edge.
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.table)
        column.addLayout(self._middle, 1)
        column.addWidget(self.rule)
        column.addWidget(self.details)
        self._settle()

    def add_link(self, link: QWidget) -> None:
        """Put a link beside *New integration*."""
        self._links.insertWidget(1, link, 0, Qt.AlignmentFlag.AlignVCenter)
        QWidget.setTabOrder(self.table, self.details.id_field.edit)

    # ------------------------------------------------------------------ what the presenter publishes

    def show_view(self, view: LibraryView) -> None:
        """Show a view state; asks nothing of the presenter."""
        self.lead.set_text(view.lead)
        self.lead.setVisible(bool(view.lead))
        if view.rows != self.model.rows:
            self.model.set_rows(view.rows)
            self.table.header().setVisible(bool(view.rows))
        if (view.news, view.problem) != (self._view.news, self._view.problem):
            self._show_cards(view)
        for part in (self.rule, self.details):
            part.setVisible(view.details is not None)
        if view.details is not None:
            self.details.show_details(view.details)
            self.table.choose(view.details.key)
        self._view = view

    def _show_cards(self, view: LibraryView) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        if view.problem is not None:
            paragraphs = tuple(text for text in (view.problem.text, view.problem.detail) if text)
            self._add_card(NoteCard(self.theme, "problem", view.problem.title, paragraphs), "storeProblem")
        for title, text in view.news:
            self._add_card(NoteCard(self.theme, "warning", title, (text,)), "storeNews")
        self._settle()

    def _add_card(self, card: NoteCard, name: str) -> None:
        card.setObjectName(name)
        self._cards.append(card)
        self._notes.addWidget(card)
        card.speak()

    # ------------------------------------------------------------------ size and end

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        is_narrow = self.width() < self.theme.units(_NARROW_UNITS)
        side = 16 if is_narrow else 32
        turn = QBoxLayout.Direction
        self._top.setDirection(turn.TopToBottom if is_narrow else turn.LeftToRight)
        self._top.setSpacing(8 if is_narrow else 16)
        # The button stands at the right edge, or where there is no room beside the heading, below it.
        self._links.setDirection(turn.LeftToRight if is_narrow else turn.RightToLeft)
        self._top.setContentsMargins(side, side - 8, side, 12)
        self._notes.setContentsMargins(side, 0, side, 12 if self._cards else 0)
        self._middle.setContentsMargins(side - PAD, 0, side - PAD, 12)
        if self._banner is not None:
            self._banner.set_margin(side)
        self.details.set_margin(side)
        self.details.lay_out(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if not self._is_closed:
            self._is_closed = True
            self.presenter.on_closed()
            self.closed.emit()
