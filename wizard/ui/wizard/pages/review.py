"""Page 4: every answer, the checks, the exact request; then the one button."""

from wizard.core.problems import Field
from wizard.flow.wizard.answer_rows import AnswerRow
from wizard.flow.wizard.review import ReviewPresenter, ReviewView
from wizard.ui.context import Context
from wizard.ui.widgets.answer_list import AnswerList
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.focus import tab_after
from wizard.ui.widgets.page_body import PageBody, SectionRow
from wizard.ui.wizard.pages.page import Page
from wizard.ui.wizard.pages.review_checks import ChecksPart
from wizard.ui.wizard.pages.review_request import RequestBox


class ReviewPage(Page):
    """What will be created, what was checked, what will be sent."""

    def __init__(self, context: Context, presenter: ReviewPresenter) -> None:
        super().__init__(context)
        self._words, self._presenter = context.words, presenter
        self._shown = ReviewView()

    def make(self) -> PageBody:
        say, theme = self.say, self.theme
        body = PageBody(theme, say("Check everything before it is created"), " ", units=42.5)
        body.lead.set_muted(False)
        self.answers = AnswerList(theme)
        self.answers.setObjectName("reviewSummary")
        self.answers.change_requested.connect(lambda key: self._presenter.change(Field(key)))
        self.checks = ChecksPart(theme, self._words, self._presenter)
        self.request = RequestBox(theme, self._words, self._presenter)
        self.technical = Disclosure(theme, say("For developers"), self.request, note=say("The exact request"))
        self.technical.row.setObjectName("technical")
        body.add(self.summary)
        body.add(SectionRow(theme, say("What will be created")))
        body.add(self.answers)
        body.add(self.checks.head, gap=24)
        body.add(self.checks.card)
        body.add(self.technical)
        return body

    def show_view(self, view: ReviewView) -> None:
        """Show this view state."""
        body = self.ensure_built()
        last, self._shown = self._shown, view
        if (view.lead, view.platform) != (last.lead, last.platform):
            body.set_lead(view.lead, bold=view.platform)
        if view.rows != last.rows:
            self._render_answers(body, view.rows)
        if view.request != last.request:
            self.request.text.setPlainText(view.request)
        self.checks.show_view(view.checks)
        self.render_problems(view.problems)

    def on_problem_chosen(self, field: Field) -> None:
        self._presenter.change(field)

    def _render_answers(self, body: PageBody, rows: tuple[AnswerRow, ...]) -> None:
        say = self.say
        self.answers.clear()
        for row in rows:
            spoken = say("Change: {what}", what=row.label)
            self.answers.add(
                row.field, row.label, row.value, id_text=row.small_id, change=say("Change"), change_name=spoken
            )
        tab_after(body.heading, self.answers)
