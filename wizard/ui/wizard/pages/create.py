"""Page 5: creating, checking, saving; then the id. Every way it can end has its own words."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.flow.wizard.create import CreatePresenter, CreateView
from wizard.flow.wizard.create_state import CreateState
from wizard.ui.context import Context
from wizard.ui.widgets.card import NoteCard
from wizard.ui.widgets.clear import clear
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.wizard.pages.create_parts import CreateParts
from wizard.ui.wizard.pages.page import Page


class CreatePage(Page):
    """One of the phases of a job, a card, or a result; above it news of the list on this computer."""

    def __init__(self, context: Context, presenter: CreatePresenter) -> None:
        super().__init__(context)
        self._words, self._presenter = context.words, presenter
        self._shown = CreateView(CreateState.RUNNING, "")

    def make(self) -> PageBody:
        body = PageBody(self.theme, self.say("Creating"), " ", units=37.5)
        self._box = QWidget()
        self._box.setObjectName("createState")
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._parts = CreateParts(self.theme, self._words, column, self._presenter.press)
        self._news_box = QWidget()
        self._news = QVBoxLayout(self._news_box)
        self._news.setContentsMargins(0, 0, 0, 0)
        self._news_box.hide()
        body.add(self.summary)
        body.add(self._news_box)
        body.add(self._box)
        return body

    def show_view(self, view: CreateView) -> None:
        """Show this view state."""
        body = self.ensure_built()
        last, self._shown = self._shown, view
        if view.news != last.news:
            self._render_news(view.news)
        if (view.heading, view.lead) != (last.heading, last.lead):
            body.set_heading(view.heading)
            body.set_lead(view.lead)
            self._box.setAccessibleName(view.heading)
        if (view.state, view.card, view.result, bool(view.progress)) != (
            last.state,
            last.card,
            last.result,
            bool(last.progress),
        ):
            self._parts.clear()
            if view.card:
                self._parts.show_card(view.state, view.card)
            elif view.result:
                self._parts.show_result(view.result)
        if view.progress:
            self._parts.show_progress(view.progress.phases)

    def _render_news(self, news: tuple[tuple[str, str], ...]) -> None:
        clear(self._news)
        for title, text in news:
            card = NoteCard(self.theme, "none", title, (text,))
            card.setObjectName("storeNews")
            self._news.addWidget(card)
            card.speak()
        self._news_box.setVisible(bool(news))
