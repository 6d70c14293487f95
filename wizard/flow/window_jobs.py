"""The jobs and waits of one window, and what becomes of them when it is closed."""

from collections.abc import Callable
from typing import Any, TypeVar

from wizard.core.problems import Problem
from wizard.core.progress import Progress
from wizard.flow.ask import Asker, Handle, Job
from wizard.jobs.operation_jobs import is_operation_job

Wanted = TypeVar("Wanted")
Result = TypeVar("Result")


class WindowJobs:
    """The asker of one window (`wizard.flow.ask.Asker`), on top of the program's own.

    What the window asks ends with it. Operations must not be cut: they go on, and the window hears no more of them.
    """

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._running: set[_WindowJob] = set()
        self._is_closed = False

    @property
    def is_practice(self) -> bool:
        """Whether everything happens on the practice platform."""
        return self._asker.is_practice

    def clock(self) -> float:
        """The monotonic seconds that jobs stamp their results with."""
        return self._asker.clock()

    def now(self) -> str:
        """The time in UTC, ISO 8601."""
        return self._asker.now()

    def ask(
        self,
        job: Job[Wanted, Result],
        wanted: Wanted,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> Handle:
        """Run a job; a closed window begins none."""
        running = _WindowJob(is_operation=is_operation_job(job))
        if self._is_closed:
            return running
        self._running.add(running)
        running.handle = self._asker.ask(
            job,
            wanted,
            lambda result: self._end(running, done, result),
            lambda problem: self._end(running, failed, problem),
            lambda news: self._tell(running, progress, news),
        )
        return running

    def later(self, wait_ms: int, act: Callable[[], object]) -> Handle:
        """Call `act` once, after `wait_ms` milliseconds, unless the handle is dropped or the window closed before."""
        return self._asker.later(wait_ms, lambda: None if self._is_closed else act())

    def close(self) -> None:
        """The window has closed: ask every question to end soon, and call nothing back any more."""
        self._is_closed = True
        for running in self._running:
            if not running.is_operation:
                running.drop()
        self._running.clear()

    def _tell(self, running: "_WindowJob", tell: Callable[[Any], object] | None, news: object) -> None:
        if tell is not None and not running.is_dropped and not self._is_closed:
            tell(news)

    def _end(self, running: "_WindowJob", tell: Callable[[Any], object] | None, news: object) -> None:
        self._running.discard(running)
        self._tell(running, tell, news)


class _WindowJob:
    """One job of a window. Without a `handle` it has not begun, or has ended already, and there is nothing to stop."""

    def __init__(self, *, is_operation: bool) -> None:
        self.is_operation = is_operation
        self.is_dropped = False
        self.handle: Handle | None = None

    def stop(self) -> None:
        """Ask it to end soon; its result or problem still arrives."""
        if self.handle is not None:
            self.handle.stop()

    def drop(self) -> None:
        """Ask it to end soon, and call nothing back any more."""
        self.is_dropped = True
        if self.handle is not None:
            self.handle.drop()
