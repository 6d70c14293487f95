"""Pages 2 to 5 in one import, which comes after the first paint.

The pages of place and behaviour are views of presenters already; here they are fitted into the window that still
passes drafts and listens to signals. This goes with that window.
"""

from collections.abc import Callable
from typing import NamedTuple, Unpack, cast

from PySide6.QtCore import Signal

from wizard.core.draft import Answers, Draft, Step
from wizard.core.problems import Field, Problem
from wizard.flow.wizard.behaviour import BehaviourPresenter
from wizard.flow.wizard.customer_book import CustomerBook
from wizard.flow.wizard.draft_book import DraftBook
from wizard.flow.wizard.page import PagePresenter, Shared
from wizard.flow.wizard.place import PlacePresenter
from wizard.ui.wizard.pages.base import Context
from wizard.ui.wizard.pages.behaviour import BehaviourPage
from wizard.ui.wizard.pages.create import CreatePage
from wizard.ui.wizard.pages.page import Context as ViewContext
from wizard.ui.wizard.pages.page import Page
from wizard.ui.wizard.pages.place import PlacePage
from wizard.ui.wizard.pages.review import ReviewPage


class _Book(DraftBook):
    """A draft whose changes the window hears and keeps."""

    def __init__(self, context: Context, tell: Callable[[Answers], object]) -> None:
        super().__init__(context.runner, lambda _problem: None)
        self._tell = tell

    def answer(self, **answers: Unpack[Answers]) -> None:
        self.draft = self.draft.with_answers(**answers)
        self._tell(answers)


class _InOldWindow(Page):
    """What the window asks of a page, answered by its presenter."""

    answered = Signal(object)
    leaving_allowed = Signal()
    primary_changed = Signal()
    change_requested = Signal(Field)
    refused_told = Signal(object)
    step: Step
    presenter: PagePresenter
    book: DraftBook
    is_attached = False

    @property
    def draft(self) -> Draft:
        """The draft that is shown."""
        return self.book.draft

    def shared(self, context: Context) -> Shared:
        """What the presenter works with."""
        self.book = _Book(context, self.answered.emit)
        return Shared(context.runner, context.words, self.book, CustomerBook(), self)

    def load(self, draft: Draft) -> None:
        """Show this draft."""
        self.book.open(draft)
        self.presenter.enter()

    def take(self, draft: Draft) -> None:
        """The draft after an answer."""
        self.book.open(draft)

    def may_leave(self) -> bool:
        """Whether the next page may come."""
        return self.presenter.may_leave()

    def stay(self) -> None:
        """Do not go on by itself."""
        self.presenter.stay()

    def primary(self) -> None:
        """The next step is in the bar."""

    def show_problems(self, problems: list[Problem]) -> None:
        """Say a problem."""
        self.presenter.show_problem(problems[0])

    def focus_field(self, field: Field) -> None:
        """Give a field the focus."""
        self.focus(field)

    def go_on(self) -> None:
        """Go to the next page if this one is still shown."""
        if self.isVisible():
            self.leaving_allowed.emit()

    def change(self, field: Field) -> None:
        """Nothing: these pages ask for no other."""

    def refused(self, problem: Problem) -> None:
        """The credentials did not work."""
        self.refused_told.emit(problem)

    def update(self) -> None:  # type: ignore[override]  # Qt's repaints; nothing asks for it here
        """Nothing: the bar does not depend on these pages."""


class _Place(_InOldWindow, PlacePage):
    step = Step.PLACE

    def __init__(self, context: Context) -> None:
        PlacePage.__init__(self, cast(ViewContext, context), None)  # type: ignore[arg-type]  # set in the next line
        self.presenter = self._presenter = PlacePresenter(self.shared(context))

    def load(self, draft: Draft) -> None:
        if not self.is_attached:
            self.is_attached = True
            self._presenter.attach(self)
        super().load(draft)


class _Behaviour(_InOldWindow, BehaviourPage):
    step = Step.BEHAVIOUR

    def __init__(self, context: Context) -> None:
        BehaviourPage.__init__(self, cast(ViewContext, context), None)  # type: ignore[arg-type]  # set in the next line
        self.presenter = self._presenter = BehaviourPresenter(self.shared(context))

    def load(self, draft: Draft) -> None:
        if not self.is_attached:
            self.is_attached = True
            self._presenter.attach(self)
        super().load(draft)


class LaterPages(NamedTuple):
    """The pages after the first, in their order."""

    place: _Place
    behaviour: _Behaviour
    review: ReviewPage
    create: CreatePage


def make_later_pages(context: Context) -> LaterPages:
    """Make them; each builds what it shows when it is first entered."""
    return LaterPages(_Place(context), _Behaviour(context), ReviewPage(context), CreatePage(context))
