"""The page of the behaviour: the name that learners see, and how the content behaves."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit

from wizard.core.draft import Frequency
from wizard.core.problems import Field
from wizard.flow.wizard.behaviour import MORE, BehaviourPresenter, BehaviourView
from wizard.flow.wizard.name_check import NameCheckView, NameStatus
from wizard.flow.wizard.stoppable_job import WaitLink
from wizard.ui.context import Context
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import LiveFieldBox
from wizard.ui.widgets.lines import LineIcon
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.wizard.pages import logo
from wizard.ui.wizard.pages.behaviour_more import MoreAnswers
from wizard.ui.wizard.pages.page import Page

_STATES: Mapping[NameStatus, LineIcon] = {
    NameStatus.NOTHING: "live",
    NameStatus.CHECKING: "waiting",
    NameStatus.FREE: "ok",
    NameStatus.SIMILAR: "warning",
    NameStatus.TAKEN: "live",
    NameStatus.NOT_CHECKED: "untested",
}
_SUBGROUPS = {True: "yes", False: "no", None: ""}


class BehaviourPage(Page):
    """Positive questions with a live sentence each."""

    # Bound to no page: a job must not keep one alive on its own thread.
    decode_logo = staticmethod(logo.decode)

    def __init__(self, context: Context, presenter: BehaviourPresenter) -> None:
        super().__init__(context)
        self._context, self._presenter = context, presenter
        self._last: BehaviourView | None = None

    def make(self) -> PageBody:
        say, theme = self.say, self.theme
        body = PageBody(theme, say("How should it look and behave?"), units=37.5)
        self.name = QLineEdit()
        self.name.setObjectName("platformName")
        self.name_link = LinkButton(theme, "")
        self.subgroups = Choices(theme, [("yes", say("Yes")), ("no", say("No"))], is_horizontal=True)
        self.subgroups.button("yes").setObjectName("subgroupsYes")
        self.subgroups.button("no").setObjectName("subgroupsNo")
        self.frequency = Choices(
            theme,
            [
                (Frequency.OFTEN, say("Several times a day")),
                (Frequency.DAILY, say("Once a day or less")),
                (Frequency.UNSURE, say("Not sure")),
            ],
        )
        for frequency, name in zip(Frequency, ("progressOften", "progressDaily", "progressUnsure"), strict=True):
            self.frequency.button(frequency).setObjectName(name)
        answers = {
            Field.NAME: LiveFieldBox(theme, say("Name shown to learners"), self.name, units=26),
            Field.SUBGROUPS: LiveFieldBox(theme, say("Show the content in subgroups too?"), self.subgroups),
            Field.PROGRESS: LiveFieldBox(theme, say("How often will progress be sent back?"), self.frequency),
        }
        answers[Field.NAME].add_beside(self.name_link)
        self.name_link.hide()
        body.add(self.summary)
        for box in answers.values():
            body.add(box)
        body.add(Hairline(theme))
        self.more_answers = MoreAnswers(self._context, self._presenter)
        self.more = Disclosure(theme, say("More"), self.more_answers, note="")
        self.more.row.setObjectName("more")
        body.add(self.more, gap=8)
        self.fields = {**answers, **self.more_answers.fields}
        self._connect()
        return body

    def _connect(self) -> None:
        presenter = self._presenter
        self.name.textChanged.connect(presenter.type_name)
        self.name_link.clicked.connect(self._on_name_link_clicked)
        self.subgroups.chosen.connect(lambda key: presenter.choose_subgroups(shows=key == "yes"))
        self.frequency.chosen.connect(lambda key: presenter.choose_frequency(Frequency(key)))
        self.more.toggled.connect(lambda is_open: presenter.open_more(is_open=is_open))

    def _on_name_link_clicked(self) -> None:
        check = self._presenter.name_check
        is_stop = self._last is not None and self._last.name_check.link is WaitLink.STOP
        (check.stop_waiting if is_stop else check.try_again)()

    def focus(self, field: Field) -> None:
        if field in MORE:
            self._presenter.open_more(is_open=True)
        super().focus(field)

    # ------------------------------------------------------------------ what is shown

    def name_sentence(self) -> str:
        """What stands under the name: free, like another one, or taken; empty until it was looked up."""
        return self.fields[Field.NAME].line.line()

    def show_view(self, view: BehaviourView) -> None:
        """Show this view state."""
        self.ensure_built()
        last, self._last = self._last, view
        if self.name.text() != view.name:
            blocker = QSignalBlocker(self.name)
            self.name.setText(view.name)
            blocker.unblock()
        if last is None or view.name_check != last.name_check:
            self._show_name_check(view.name_check)
        for choices, key in (
            (self.subgroups, _SUBGROUPS[view.shows_in_subgroups]),
            (self.frequency, view.frequency or ""),
        ):
            if choices.value() != key:
                choices.set_value(key)
        if last is None or view.subgroups_sentence != last.subgroups_sentence:
            self.fields[Field.SUBGROUPS].set_live(view.subgroups_sentence)
        if last is None or view.frequency_sentence != last.frequency_sentence:
            self.fields[Field.PROGRESS].set_live(view.frequency_sentence)
        self.more_answers.show_view(view)
        if last is None or view.more_note != last.more_note:
            self.more.set_note(view.more_note)
        if self.more.is_open() != view.is_more_open:
            blocker = QSignalBlocker(self.more)
            self.more.set_open(view.is_more_open)
            blocker.unblock()
        self.render_problems(view.problems)

    def _show_name_check(self, view: NameCheckView) -> None:
        self.fields[Field.NAME].set_live(view.sentence, _STATES[view.status], bold=view.bold)
        self.name_link.setText(view.link_text)
        self.name_link.setObjectName("stopNameCheck" if view.link is WaitLink.STOP else "nameCheckAgain")
        self.name_link.setVisible(view.link is not WaitLink.NONE)
        self.name_link.updateGeometry()
