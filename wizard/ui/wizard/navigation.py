"""The five pages in their frame: the first is there at once, the others come after the first paint."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton

from wizard.core.draft import Step
from wizard.flow.wizard.steps import ORDER, STEPS
from wizard.ui.context import Context
from wizard.ui.widgets.key_repeat_guard import KeyRepeatGuard
from wizard.ui.widgets.step_list import StepList
from wizard.ui.wizard.frame import Frame
from wizard.ui.wizard.pages.base import Page
from wizard.ui.wizard.pages.connect import ConnectPage

if TYPE_CHECKING:
    from wizard.ui.wizard.pages.behaviour import BehaviourPage
    from wizard.ui.wizard.pages.create import CreatePage
    from wizard.ui.wizard.pages.later import LaterPages
    from wizard.ui.wizard.pages.place import PlacePage
    from wizard.ui.wizard.pages.review import ReviewPage

_NEXT_TURN_MS = 1
"""With none at all Qt would call within the same turn: what is posted while posted things are handled comes at once."""


class FivePages(Frame):
    """The frame with its pages. Subclasses connect each page in `wire_page`, and the later four in `wire_later`.

    The later pages are made when first asked for, at the latest on the way to the second: with their imports in
    front of the first paint a start takes half as long again (60 ms of 120).
    """

    def __init__(self, context: Context) -> None:
        say = context.words.say
        names = (say("Connect"), say("Place"), say("Behaviour"), say("Review"), say("Create"))
        super().__init__(context.theme, StepList(context.theme, say("New integration"), names))
        self.context, self.say = context, say
        self.pages: dict[Step, Page] = {}
        self.is_moving = False
        """Whether the pages are being passed on the way to another, so that none is checked or filled."""
        self._key_repeat_guard = KeyRepeatGuard(self, lambda: self.currentId() >= ORDER[Step.REVIEW])
        self.currentIdChanged.connect(self._on_page_shown)
        self.connect_page = ConnectPage(context)
        self._add_page(self.connect_page)

    def wire_page(self, page: Page) -> None:
        """Connect what every page tells; called for each, once."""

    def wire_later(self, later: "LaterPages") -> None:
        """Connect what the later pages tell; called once, when they are made."""

    @cached_property
    def _later(self) -> "LaterPages":
        from wizard.ui.wizard.pages.later import make_later_pages

        later = make_later_pages(self.context)
        for page in later:
            self._add_page(page)
        self.wire_later(later)
        return later

    def _add_page(self, page: Page) -> None:
        number = ORDER[page.step]
        name = self.steps.names[number]
        self.pages[page.step] = page
        self.setPage(number, page)
        self.set_step_text(number, self.say("Step {n} of {total} · {name}", n=number + 1, total=len(Step), name=name))
        self.wire_page(page)

    def make_later_pages(self) -> None:
        """Make sure that there is a next page."""
        _ = self._later

    # ------------------------------------------------------------------ the way

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Pass pages without checking or filling them."""
        self.is_moving = True
        try:
            yield
        finally:
            self.is_moving = False

    def build_ahead(self) -> None:
        """Begin with the next page while this one is being answered."""
        following = self._following()
        if following and not following.is_begun:
            self._build(following, lambda: None)

    def is_ready_for_next(self) -> bool:
        """Whether the next page is built; if not, it is built now, and then the window goes on by itself."""
        now, following = self.currentId(), self._following()
        if following is None or following.body is not None:
            return True
        self._build(following, lambda: self.go_on() if self.currentId() == now else None)
        return False

    def go_on(self) -> None:
        """Go on by itself after something that took its time, if the person is still at this window."""
        if self.isVisible() and QApplication.activeModalWidget() is None:
            self.next()

    def advance_to(self, target: int, then: Callable[[], None]) -> None:
        """Go forward one page a turn of the event loop, so that the window never stands still."""
        following = self._following()
        if self.currentId() >= target or following is None:
            then()
            return
        self._build(following, lambda: self._pass_to(following, target, then))

    def _pass_to(self, following: Page, target: int, then: Callable[[], None]) -> None:
        # Somebody may have gone on meanwhile.
        if following is self._following():
            with self.moving():
                self.next()
        QTimer.singleShot(_NEXT_TURN_MS, self, lambda: self.advance_to(target, then))

    def _build(self, page: Page, then: Callable[[], object]) -> None:
        """Build a page one part a turn, and go on in the turn after the last."""
        if page.body is not None:
            then()
            return
        page.build_part()
        QTimer.singleShot(_NEXT_TURN_MS, page, lambda: self._build(page, then))

    def _following(self) -> "Page | None":
        """The page after this one, if there is one by now."""
        number = self.nextId()
        return self.pages.get(STEPS[number].step) if number >= 0 else None

    # ------------------------------------------------------------------ the pages by their names

    @property
    def place_page(self) -> "PlacePage":
        """Page 2."""
        return self._later.place

    @property
    def behaviour_page(self) -> "BehaviourPage":
        """Page 3."""
        return self._later.behaviour

    @property
    def review_page(self) -> "ReviewPage":
        """Page 4."""
        return self._later.review

    @property
    def create_page(self) -> "CreatePage":
        """Page 5."""
        return self._later.create

    # ------------------------------------------------------------------ keys

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._key_repeat_guard.install()

    def _on_page_shown(self, _number: int) -> None:
        self._key_repeat_guard.note_change()

    def set_primary(self, button: QPushButton | None) -> None:
        if button is not self.primary():
            self._key_repeat_guard.note_change()
        super().set_primary(button)

    def nextId(self) -> int:
        """The pages in their order, also while the later ones are still to be made."""
        now = self.currentId()
        return now + 1 if 0 <= now < ORDER[Step.CREATE] else -1
