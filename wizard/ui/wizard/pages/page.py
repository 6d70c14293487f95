"""What the views of all pages have in common: they draw what a presenter publishes, and keep no state of their own."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.problems import Field
from wizard.flow.wizard.page_problems import ProblemsView
from wizard.ui.context import Context
from wizard.ui.widgets.field import FieldBox
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.problem_summary import ProblemSummary
from wizard.ui.wizard.pages.object_names import FIELDS, OBJECT_NAMES


class Page(QWidget):
    """A view. Subclasses make their widgets once in `make`, and show a whole view state in `show_view`.

    Widgets call the presenter's methods, which are named by what the person does. `show_view` must not: it is quiet.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.theme = context, context.theme
        self.say = context.words.say
        self.fields: dict[Field, FieldBox] = {}
        self.summary = ProblemSummary(context.theme)
        self.summary.setObjectName("problemSummary")
        self.summary.field_chosen.connect(self._on_field_chosen)
        self._problems = ProblemsView()
        self._body: PageBody | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def make(self) -> PageBody:
        """Make the widgets. Called once."""
        raise NotImplementedError

    def ensure_built(self) -> PageBody:
        """The page's body; its widgets are made now if they were not."""
        if self._body is None:
            self._body = self.make()
            self._column.addWidget(self._body)
        return self._body

    def on_problem_chosen(self, field: Field) -> None:
        """The link of a problem in the summary was pressed."""
        self.focus(field)

    def render_problems(self, view: ProblemsView) -> None:
        """Show problems beside the fields and in the summary; a newly raised summary takes the focus."""
        before, self._problems = self._problems, view
        for field, box in self.fields.items():
            if box.problem() != view.beside.get(field, ""):
                box.set_problem(view.beside.get(field))
        if (view.title, view.listed, view.raised) != (before.title, before.listed, before.raised):
            self.summary.show_problems(view.title, [(OBJECT_NAMES[field], text) for field, text in view.listed])
        if view.raised != before.raised and view.listed and view.takes_focus:
            self.summary.title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensure_built().ensureWidgetVisible(self.summary)

    def focus(self, field: Field) -> None:
        """Bring a field into view and give it the keyboard focus."""
        box = self.fields.get(field)
        if box is not None:
            box.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensure_built().ensureWidgetVisible(box)

    def _on_field_chosen(self, name: str) -> None:
        # A problem with saving belongs to no field.
        if name in FIELDS:
            self.on_problem_chosen(FIELDS[name])


P = TypeVar("P", bound=Page)


def attached(page: P, attach: Callable[[P], object]) -> P:
    """Make the widgets of a page, and let a presenter draw there."""
    page.ensure_built()
    attach(page)
    return page
