"""Writes drafts down, one at a time and always the latest."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from wizard.core.draft import Draft
from wizard.core.problems import Problem
from wizard.jobs.computer import drafts
from wizard.ui.runtime.runner import Runner


class DraftKeeper(QObject):
    """While one writing runs, only the latest draft waits; so the last answer is the one on the disk."""

    def __init__(self, runner: Runner, on_failed: Callable[[Problem], None], parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._on_failed = runner, on_failed
        self._waiting: Draft | None = None
        self._is_busy = False
        self._discarded = ""
        self._after_writing: Callable[[], None] | None = None

    def keep(self, draft: Draft) -> None:
        """Write it down, unless it is empty or was discarded."""
        if draft.id == self._discarded or not draft.has_answers:
            return
        if self._is_busy:
            self._waiting = draft
            return
        self._is_busy = True
        self._runner.start(drafts.keep, draft, lambda _none: self._go_on(), self._on_problem)

    def discard(self, draft_id: str, then: Callable[[], None] | None = None) -> None:
        """Remove it, and keep it no more; `then` is called in any case."""
        self._discarded = draft_id
        self._waiting = None

        def done(_result: object) -> None:
            if then:
                then()

        def discard() -> None:
            self._runner.start(drafts.discard, draft_id, done, done)

        if self._is_busy:
            # Two jobs run side by side: a writing that still runs could bring the draft back.
            self._after_writing = discard
        else:
            discard()

    def _go_on(self) -> None:
        self._is_busy = False
        if self._after_writing:
            self._after_writing()
            self._after_writing = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.keep(waiting)

    def _on_problem(self, problem: Problem) -> None:
        self._go_on()
        self._on_failed(problem)
