"""The jobs and waits of one window, so that they end with it."""

from collections.abc import Callable
from typing import TypeVar

from wizard.core.problems import Problem
from wizard.core.progress import Progress
from wizard.flow.ask import Asker, Handle, Job

Wanted = TypeVar("Wanted")
Result = TypeVar("Result")


class WindowJobs:
    """An asker that knows what its window has asked, and ends all of it when the window closes.

    A job that may not be cut goes on to its next safe point, as it does when it is stopped; nobody hears how it ended.
    """

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._handles: dict[int, Handle] = {}
        self._last = 0
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
        """Run a job (see `Asker`)."""
        number = self._next()
        return self._keep(
            number,
            self._asker.ask(job, wanted, self._ending(number, done), self._ending(number, failed), progress),
        )

    def later(self, wait_ms: int, act: Callable[[], object]) -> Handle:
        """Call `act` once, after `wait_ms` milliseconds (see `Asker`)."""
        number = self._next()
        return self._keep(number, self._asker.later(wait_ms, self._ending(number, lambda: act())))

    def close(self) -> None:
        """The window has closed: ask every job to end soon, and call nothing back any more."""
        self._is_closed = True
        for handle in list(self._handles.values()):
            handle.drop()
        self._handles.clear()

    def _next(self) -> int:
        self._last += 1
        self._handles[self._last] = _NOTHING
        return self._last

    def _keep(self, number: int, handle: Handle) -> Handle:
        # A job that is run at once has ended before its handle is known.
        if number in self._handles:
            self._handles[number] = handle
        if self._is_closed:
            handle.drop()
        return _Droppable(handle, lambda: self._handles.pop(number, None))

    def _ending(self, number: int, tell: Callable[..., object] | None) -> Callable[..., None]:
        def ended(*news: object) -> None:
            self._handles.pop(number, None)
            if tell is not None:
                tell(*news)

        return ended


class _Droppable:
    """A handle that is forgotten as soon as it is dropped."""

    def __init__(self, handle: Handle, forget: Callable[[], object]) -> None:
        self._handle, self._forget = handle, forget

    def stop(self) -> None:
        """Ask it to end soon."""
        self._handle.stop()

    def drop(self) -> None:
        """Hear nothing more of it."""
        self._forget()
        self._handle.drop()


class _Nothing:
    """The handle of what does not run."""

    def stop(self) -> None:
        """Nothing."""

    def drop(self) -> None:
        """Nothing."""


_NOTHING = _Nothing()
