"""What all five pages share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from wizard.core.draft import Draft, Step
from wizard.core.problems import Field, Problem
from wizard.ui.context import Context
from wizard.ui.widgets.field import FieldBox
from wizard.ui.widgets.problem_summary import ProblemSummary
from wizard.ui.wizard.frame import FramePage
from wizard.ui.wizard.pages.object_names import FIELDS, OBJECT_NAMES

if TYPE_CHECKING:
    from wizard.words.problems import Explained


class Page(FramePage):
    """One step. `load` fills it from a draft; `answered` tells what a person changed, by the draft's own names.

    `leaving_allowed` asks the window to go on by itself, after a check that the page had to make first.
    `change_requested` asks for the page of a field; `refused` asks for that of the credentials, which did not work.
    `primary_changed` tells that another button is the next step now.
    """

    # A dict would lose its types on the way: Qt turns it into a map of its own.
    answered = Signal(object)
    leaving_allowed = Signal()
    primary_changed = Signal()
    change_requested = Signal(Field)
    refused = Signal(object)
    step: Step

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self.context = context
        self.say = context.words.say
        self.count = context.words.count
        self.runner = context.runner
        self.draft = Draft("")
        self.fields: dict[Field, FieldBox] = {}
        self.summary = ProblemSummary(context.theme)
        self.summary.setObjectName("problemSummary")
        self.summary.field_chosen.connect(self._on_field_chosen)
        self._is_loading = False
        self._goes_on = False  # to the next page, as soon as what has to be known first is known

    def load(self, draft: Draft) -> None:
        """Show this draft. Called whenever the page is entered."""
        self.ensure_built()
        self.draft = draft
        self._is_loading = True
        try:
            self.fill()
        finally:
            self._is_loading = False

    def take(self, draft: Draft) -> None:
        """The draft after an answer of this page; nothing is filled again, so no cursor jumps."""
        self.draft = draft

    def fill(self) -> None:
        """Put the answers of `self.draft` into the widgets."""

    def answer(self, **answers: object) -> None:
        """Tell what a person changed; not while the page is being filled."""
        if not self._is_loading:
            self.answered.emit(answers)

    def may_leave(self) -> bool:
        """Whether the next page may come; shows what is missing if not."""
        self.show_problems(self.draft.problems(self.step))
        return not self.draft.problems(self.step)

    def stay(self) -> None:
        """Do not go on by itself any more, whatever was pressed before."""
        self._goes_on = False

    def primary(self) -> QPushButton | None:
        """The button on the page that is the one next step, or None for the one in the bar."""
        return None

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems beside their fields and, with links, on top; with none, take all away."""
        texts: dict[Field, str] = {}
        for problem in problems:
            if problem.field:
                shown = explained(self.context, problem)
                texts.setdefault(problem.field, " ".join(t for t in (_sentence(shown.title), shown.text) if t))
        for field, box in self.fields.items():
            box.set_problem(texts.get(field))
        known = [(OBJECT_NAMES[field], text) for field, text in texts.items()]
        title = self.count(
            "{n} answer is missing or needs a change", "{n} answers are missing or need a change", len(known)
        )
        self.summary.show_problems(title if known else "", known)
        if known:
            self.summary.title.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.body:
                self.body.ensureWidgetVisible(self.summary)

    def mend(self, field: Field) -> None:
        """Take the problem of one field away, because its answer has changed."""
        if field in self.fields:
            self.fields[field].set_problem(None)
        if OBJECT_NAMES[field] in self.summary.links:
            self.show_problems_left()

    def show_problems_left(self) -> None:
        """Renew the list on top from the problems that still stand beside their fields."""
        left = [(OBJECT_NAMES[f], box.problem()) for f, box in self.fields.items() if box.problem()]
        title = self.count(
            "{n} answer is missing or needs a change", "{n} answers are missing or need a change", len(left)
        )
        self.summary.show_problems(title if left else "", left)

    def focus_field(self, field: Field) -> None:
        """Bring a field into view and give it the focus."""
        box = self.fields.get(field)
        if box is not None:
            box.control.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.body:
                self.body.ensureWidgetVisible(box)

    def _on_field_chosen(self, key: str) -> None:
        self.focus_field(FIELDS[key])


def explained(context: Context, problem: Problem) -> "Explained":
    """The sentences of a problem."""
    from wizard.words.problems import explain  # no first page shows a problem: 1 ms of the start

    return explain(context.words, problem)


def named(widget: QWidget, name: str) -> None:
    """Give a widget its object name, which stays the same for ever: others drive the program by it."""
    widget.setObjectName(name)


def _sentence(title: str) -> str:
    return title if title.endswith((".", "?", "…")) else f"{title}."
