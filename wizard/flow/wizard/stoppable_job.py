"""One question of a presenter that says what it waits for, and that a person can stop."""

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeVar

from wizard.core.problems import Problem
from wizard.core.progress import Progress
from wizard.flow.ask import Asker, Job, LatestJob
from wizard.flow.wait_note import JobNote
from wizard.words import Words

Wanted = TypeVar("Wanted")
Result = TypeVar("Result")


class WaitLink(Enum):
    """What the link beside a wait does."""

    NONE = auto()
    STOP = auto()
    TRY_AGAIN = auto()


class StoppableJob:
    """The latest job of one kind; asking again drops the one before.

    `on_changed` is called when its note has changed, `on_ended` after the callbacks of each job that was heard.
    """

    def __init__(
        self,
        asker: Asker,
        words: Words,
        on_changed: Callable[[], object],
        on_ended: Callable[[], object] | None = None,
    ) -> None:
        self._latest = LatestJob(asker, on_ended)
        self._note = JobNote(asker, words, on_changed)
        self.is_running = False
        """Whether a job runs; false already while its result is told."""

    @property
    def waits_for(self) -> str:
        """What the job waits for, "" while it waits for nothing special."""
        return self._note.text

    @property
    def can_stop(self) -> bool:
        """Whether *Stop waiting* is offered."""
        return self._note.can_stop

    def start(
        self,
        job: Job[Wanted, Result],
        wanted: Wanted,
        done: Callable[[Result], object],
        failed: Callable[[Problem], object],
        progress: Callable[[Progress], object] | None = None,
    ) -> None:
        """Ask; nothing more is heard of what was asked before."""

        def hear_done(result: Result) -> None:
            self._end()
            done(result)

        def hear_failed(problem: Problem) -> None:
            self._end()
            failed(problem)

        def hear_progress(news: Progress) -> None:
            self._note.tell(news)
            if progress is not None:
                progress(news)

        self.forget()
        self.is_running = True
        self._note.begin()
        self._latest.start(job, wanted, hear_done, hear_failed, hear_progress)

    def stop(self) -> bool:
        """Stop waiting. Tells whether a job was dropped; one that asks the keychain still tells how it ended."""
        if not self.is_running:
            return False
        if self._note.asks_keychain:
            self._latest.stop()
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """Hear nothing more of the job that runs, if one does."""
        self._end()
        self._latest.forget()

    def _end(self) -> None:
        self.is_running = False
        self._note.end()
