"""The way between the pages: which step is shown, and how the person came there."""

from collections.abc import Callable

from wizard.core.draft import Draft, Step
from wizard.flow.wizard.draft_book import DraftBook
from wizard.flow.wizard.page import PagePresenter
from wizard.flow.wizard.steps import ORDER, STEPS


class Navigator:
    """Moves between the steps, and enters the page that is reached. `on_moved` is called after each move."""

    def __init__(
        self, book: DraftBook, page_of: Callable[[Step], PagePresenter], on_moved: Callable[[], object]
    ) -> None:
        self._book, self._page_of, self._on_moved = book, page_of, on_moved
        self.visited: tuple[Step, ...] = (STEPS[0].step,)
        """The steps on the way, in their order; the last one is shown."""

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.visited[-1]

    @property
    def page(self) -> PagePresenter:
        """The presenter of the page that is shown."""
        return self._page_of(self.step)

    @property
    def is_whole(self) -> bool:
        """Whether every step was visited, one after the other."""
        return self.visited == tuple(info.step for info in STEPS)

    def enter(self) -> None:
        """Show the page of this step as the draft is now."""
        self._book.enter(self.step)
        self.page.enter()
        self._on_moved()

    def forward(self) -> None:
        """Go to the next step."""
        self.forward_to(STEPS[ORDER[self.step] + 1].step)

    def forward_to(self, step: Step) -> None:
        """Go on to a step through all that lie between."""
        between = range(ORDER[self.step] + 1, ORDER[step] + 1)
        self.visited += tuple(STEPS[number].step for number in between)
        self.enter()

    def back(self) -> None:
        """Go back to the step before this one, if there is one."""
        self.back_to(self.visited[-2:][0])

    def back_to(self, step: Step) -> None:
        """Go back the way that was come, to this step or, if it was never visited, to one before it."""
        while ORDER[self.step] > ORDER[step]:
            # Who goes back has changed their mind about going on.
            self.page.stay()
            self.visited = self.visited[:-1]
        self.enter()

    def open_draft(self, draft: Draft, step: Step) -> None:
        """Go on with a draft at a step, or at an earlier one that something is missing on."""
        missing = [info.step for info in STEPS if draft.problems(info.step)]
        self._book.open(draft)
        self.visited = self.visited[:1]
        self.forward_to(min((step, *missing), key=ORDER.__getitem__))

    def restart(self, draft: Draft) -> None:
        """Begin at the first step with another draft."""
        self._book.open(draft)
        self.visited = self.visited[:1]
        self.enter()

    def jump_to(self, step: Step) -> None:
        """Show a step without entering it, and without those between."""
        if step is not self.step:
            self.visited += (step,)
        self._on_moved()
