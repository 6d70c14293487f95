"""What the views of all pages have in common: they draw what a presenter publishes, and keep no state of their own."""

from collections.abc import Iterator

from PySide6.QtCore import Qt

from wizard.core.problems import Field
from wizard.flow.wizard.page_problems import ProblemsView
from wizard.ui.context import Context
from wizard.ui.widgets.field import FieldBox
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.problem_summary import ProblemSummary
from wizard.ui.wizard.frame import FramePage
from wizard.ui.wizard.pages.object_names import FIELDS, OBJECT_NAMES


class Page(FramePage):
    """A view. Subclasses build their widgets once in `make`, and show a whole view state in `render`.

    Widgets call the presenter's methods, which are named by what the person does. `render` must not: it is quiet.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self.say = context.words.say
        self.fields: dict[Field, FieldBox] = {}
        self.summary = ProblemSummary(context.theme)
        self.summary.setObjectName("problemSummary")
        self.summary.field_chosen.connect(lambda name: self.on_problem_chosen(FIELDS[name]))
        self._problems = ProblemsView()

    def make(self) -> PageBody:
        """Make the widgets. Called once, when the page is first needed."""
        return PageBody(self.theme, "")

    def build(self) -> Iterator[PageBody]:
        yield self.make()

    def on_problem_chosen(self, field: Field) -> None:
        """The link of a problem in the summary was pressed."""
        self.focus(field)

    def render_problems(self, view: ProblemsView) -> None:
        """Show problems beside the fields and in the summary; a newly raised summary takes the focus."""
        for field, box in self.fields.items():
            if box.problem() != view.beside.get(field, ""):
                box.set_problem(view.beside.get(field))
        if (view.title, view.listed, view.raised) != (
            self._problems.title,
            self._problems.listed,
            self._problems.raised,
        ):
            self.summary.show_problems(view.title, [(OBJECT_NAMES[field], text) for field, text in view.listed])
        if view.raised != self._problems.raised and view.listed:
            self.summary.title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensure_built().ensureWidgetVisible(self.summary)
        self._problems = view

    def focus(self, field: Field) -> None:
        """Bring a field into view and give it the keyboard focus."""
        box = self.fields.get(field)
        if box is not None:
            box.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensure_built().ensureWidgetVisible(box)
