"""Saves drafts, one at a time and always the latest."""

from collections.abc import Callable

from wizard.core.draft import Draft
from wizard.core.problems import Problem
from wizard.flow.ask import Asker
from wizard.jobs.computer import drafts


class DraftSaver:
    """While one draft is being saved, only the latest one waits; so the last answer is the one on the disk."""

    def __init__(self, asker: Asker, on_failed: Callable[[Problem], object]) -> None:
        self._asker, self._on_failed = asker, on_failed
        self._waiting: Draft | None = None
        self._is_busy = False
        self._discarded_ids: set[str] = set()
        self._after_saving: list[Callable[[], None]] = []

    def save(self, draft: Draft) -> None:
        """Save it, unless it is empty or was discarded."""
        if draft.id in self._discarded_ids or not draft.has_answers:
            return
        if self._is_busy:
            self._waiting = draft
            return
        self._is_busy = True
        self._asker.ask(drafts.keep, draft, lambda _none: self._go_on(), self._on_problem)

    def discard(self, draft_id: str, then: Callable[[], object] | None = None) -> None:
        """Remove it, and save it no more; `then` is called in any case."""
        self._discarded_ids.add(draft_id)

        def done(_result: object) -> None:
            if then:
                then()

        def discard() -> None:
            self._asker.ask(drafts.discard, draft_id, done, done)

        if self._is_busy:
            # Jobs run side by side: a save that is still running could bring the draft back.
            self._after_saving.append(discard)
        else:
            discard()

    def _go_on(self) -> None:
        self._is_busy = False
        after, self._after_saving = self._after_saving, []
        for discard in after:
            discard()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.save(waiting)

    def _on_problem(self, problem: Problem) -> None:
        self._go_on()
        self._on_failed(problem)
