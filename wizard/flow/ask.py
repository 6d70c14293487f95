"""How a presenter asks: jobs that run elsewhere, and waits. All callbacks come on the thread that asked."""

from collections.abc import Callable
from threading import Event
from typing import Any, Protocol, TypeVar

from wizard.core.problems import Problem
from wizard.core.progress import Progress, Report
from wizard.services import Services

Wanted = TypeVar("Wanted")
Result = TypeVar("Result")

Job = Callable[[Services, Wanted, Report, Event], Result]
"""A function of `wizard.jobs`: blocks, returns a result or raises `Problem`."""


class Handle(Protocol):
    """One running job or wait."""

    def stop(self) -> None:
        """Ask it to end soon; its result or problem still arrives. A wait never ends then."""

    def drop(self) -> None:
        """Ask it to end soon, and call nothing back any more."""


class Asker(Protocol):
    """Runs jobs and waits. Windows give the runner of Qt's threads, tests one that runs each job at once."""

    @property
    def is_practice(self) -> bool:
        """Whether everything happens on the practice platform."""

    def clock(self) -> float:
        """The monotonic seconds that jobs stamp their results with."""

    def now(self) -> str:
        """The time in UTC, ISO 8601."""

    def ask(
        self,
        job: Job[Wanted, Result],
        wanted: Wanted,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> Handle:
        """Run a job. Exactly one of `done` and `failed` is called, unless the handle is dropped."""

    def later(self, wait_ms: int, act: Callable[[], object]) -> Handle:
        """Call `act` once, after `wait_ms` milliseconds, unless the handle is stopped or dropped."""


class LatestJob:
    """One question of a presenter: asking again drops the job that runs, so only the latest result is heard.

    `on_ended` is called after the callbacks of each job that was heard.
    """

    def __init__(self, asker: Asker, on_ended: Callable[[], object] | None = None) -> None:
        self._asker, self._on_ended = asker, on_ended
        self._handle: Handle | None = None
        self._number = 0

    @property
    def is_running(self) -> bool:
        """Whether a job runs; false already while its result is told."""
        return self._handle is not None

    def start(
        self,
        job: Job[Wanted, Result],
        wanted: Wanted,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> None:
        """Ask; nothing more is heard of what was asked before."""
        self.forget()
        self._number += 1
        number = self._number
        # A job that is run at once has ended before its handle is known.
        handle = self._asker.ask(
            job,
            wanted,
            lambda result: self._end(number, done, result),
            lambda why: self._end(number, failed, why),
            progress,
        )
        if number == self._number:
            self._handle = handle

    def stop(self) -> None:
        """Ask the job to end soon; its result or problem still arrives."""
        if self._handle is not None:
            self._handle.stop()

    def forget(self) -> None:
        """Hear nothing more of the job that runs, if one does."""
        handle, self._handle = self._handle, None
        self._number += 1
        if handle is not None:
            handle.drop()

    def _end(self, number: int, tell: Callable[[Any], object] | None, news: object) -> None:
        if number != self._number:
            return
        self._handle = None
        self._number += 1
        if tell is not None:
            tell(news)
        if self._on_ended is not None:
            self._on_ended()


class Debounce:
    """Calls `act` when nothing has happened for `wait_ms` milliseconds: for text that is still being typed."""

    def __init__(self, asker: Asker, wait_ms: int, act: Callable[[], object]) -> None:
        self._asker, self._wait_ms, self._act = asker, wait_ms, act
        self._handle: Handle | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether `act` is still to come."""
        return self._handle is not None

    def restart(self) -> None:
        """Something happened: wait again from the beginning."""
        self.cancel()
        self._handle = self._asker.later(self._wait_ms, self.flush)

    def flush(self) -> None:
        """Act now, if it is still to come."""
        if self._handle is not None:
            self.cancel()
            self._act()

    def cancel(self) -> None:
        """Do not act."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.drop()
