"""The page of the place: the group for the content, and the author of the courses."""

from dataclasses import dataclass

from wizard.core.draft import Step
from wizard.core.problems import Code, Field, Problem
from wizard.flow.wizard.author_picker import AuthorPicker, AuthorView
from wizard.flow.wizard.group_picker import GroupPicker, GroupView
from wizard.flow.wizard.page import Screen, Shared
from wizard.flow.wizard.page_problems import PageProblems, ProblemsView
from wizard.flow.wizard.picker import PickerHost
from wizard.flow.wizard.steps import INFO

_FIELDS = (Field.GROUP, Field.AUTHOR)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """All that the page shows."""

    problems: ProblemsView
    group: GroupView
    author: AuthorView


class PlacePresenter:
    """Choose from lists where the credentials may read them; paste links everywhere else.

    Its parts `group` and `author` hear what a person does with each.
    """

    primary = ""

    def __init__(self, shared: Shared) -> None:
        self._shared, self._book = shared, shared.book
        self._screen: Screen[PlaceView] | None = None
        self._problems = PageProblems(shared.words)
        self._customer_id = self._draft_id = ""
        self._goes_on = False
        host = PickerHost(
            shared=shared,
            problems=self._problems,
            tell=self._tell,
            on_changed=self.publish,
            on_looked_up=self._on_looked_up,
            stay=self.stay,
        )
        self.author = AuthorPicker(host)
        self.group = GroupPicker(host, self.author.follow_group, self.author.take_link)

    def attach(self, screen: Screen[PlaceView]) -> None:
        """Give it the page that draws what it publishes."""
        self._screen = screen
        self.publish()

    # ------------------------------------------------------------------ what the wizard asks

    def enter(self) -> None:
        """Show the draft as it is now, and read what is not known yet."""
        draft = self._book.draft
        if draft.customer_id != self._customer_id:
            self._customer_id = draft.customer_id
            self.group.forget_customer()
            self.author.forget_customer()
        if draft.id != self._draft_id:
            self._draft_id = draft.id
            self._problems.raise_all(())
            self.group.state.forget_choice()
            self.author.forget_choice()
        self._goes_on = False
        self.author.enter()
        self.group.enter()
        self.publish()

    def may_leave(self) -> bool:
        """Whether both are chosen. Nobody waits until a pasted text has rested: it is looked up first.

        Then the page goes on by itself.
        """
        self.group.state.rest.flush()
        self.author.flush()
        self._goes_on = self._is_looking_up
        if self._goes_on:
            return False
        shown = {field: self._problems.at(field) for field in _FIELDS}
        is_whole = self._problems.raise_all(self._book.draft.problems(Step.PLACE))
        for field, text in shown.items():
            # What was found wrong with a pasted text says more than that the answer is missing.
            if text and self._problems.at(field):
                self._problems.set_text(field, text)
        self.publish()
        return is_whole

    def stay(self) -> None:
        """Do not go on by itself any more."""
        self._goes_on = False

    def show_problem(self, problem: Problem) -> None:
        """Say a problem beside its field, and give the field the focus."""
        if problem.field in INFO[Step.PLACE].fields:
            self._problems.raise_all((problem,))
            self.publish()
            if self._screen is not None:
                self._screen.focus(problem.field)

    def publish(self) -> None:
        """Publish the view state."""
        if self._screen is not None:
            self._screen.show_view(PlaceView(self._problems.view(), self.group.view(), self.author.view()))

    # ------------------------------------------------------------------ what the pickers tell

    @property
    def _is_looking_up(self) -> bool:
        return self.group.state.is_looking_up or self.author.is_looking_up

    def _on_looked_up(self) -> None:
        if self._goes_on and not self._is_looking_up:
            self._goes_on = False
            self._shared.navigation.go_on()

    def _tell(self, problem: Problem, at: Field) -> None:
        if problem.code is Code.STOPPED:
            return
        if problem.field is Field.CLIENT_SECRET and problem.code is not Code.INVALID_TOKEN:
            self._shared.navigation.refused(problem)
            return
        self._problems.set(problem.field if problem.field in _FIELDS else at, problem)
