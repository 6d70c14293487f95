"""Jobs on worker threads, their news on the window's thread."""

import contextlib
import logging
import threading
from collections.abc import Callable
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot

from wizard.core.problems import Bug, Code, Problem
from wizard.core.progress import Progress
from wizard.core.safe_traceback import describe_error
from wizard.flow.ask import Job
from wizard.jobs.operation_jobs import is_operation_job
from wizard.services import Services

log = logging.getLogger(__name__)

Wanted = TypeVar("Wanted")
Result = TypeVar("Result")


class _News(Enum):
    """What a worker tells of its job; everything but progress is the last of it."""

    PROGRESS = auto()
    DONE = auto()
    FAILED = auto()


class JobHandle(Generic[Result]):
    """One running job, as the window's thread knows it. Nothing more is heard of it after `drop()`.

    The worker does not hold it: a thing of the window must not die on another thread.
    """

    def __init__(
        self,
        done: Callable[[Result], object] | None,
        failed: Callable[[Problem], object] | None,
        progress: Callable[[Progress], object] | None,
        *,
        is_operation: bool = False,
    ) -> None:
        self.is_operation = is_operation
        self.stop_event = threading.Event()
        self._callbacks: dict[_News, Callable[..., object] | None] = {
            _News.DONE: done,
            _News.FAILED: failed,
            _News.PROGRESS: progress,
        }
        self._is_dropped = False

    def stop(self) -> None:
        """Ask the job to end soon; its result or problem still arrives."""
        self.stop_event.set()

    def drop(self) -> None:
        """Ask the job to end soon and hear nothing more of it: the question is no longer asked."""
        self._is_dropped = True
        self.stop_event.set()

    def hear(self, kind: _News, news: object) -> None:
        """Pass one piece of news on."""
        callback = self._callbacks[kind]
        if callback is not None and not self._is_dropped:
            callback(news)


class Wait(QTimer):
    """One wait of a presenter; ends with its runner at the latest."""

    def __init__(self, parent: QObject, wait_ms: int, act: Callable[[], object]) -> None:
        super().__init__(parent, singleShot=True, interval=wait_ms)
        self._act = act
        self.timeout.connect(self._on_timeout)
        self.start()

    def drop(self) -> None:
        """Do not act."""
        self.stop()
        self.deleteLater()

    def _on_timeout(self) -> None:
        self.deleteLater()
        self._act()


class Runner(QObject):
    """Runs jobs on a pool of threads; keeps every handle until its job is done.

    `idle` tells that no job is left; `operation_ended` that a job has ended which may have changed what is saved.
    `ask`, `later` and everything they call back happen on the window's thread.
    """

    idle = Signal()
    operation_ended = Signal()

    _news = Signal(int, object, object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(8)
        self._handles: dict[int, JobHandle[Any]] = {}
        self._last = 0
        # Queued by name: workers emit, and this object lives on the window's thread.
        self._news.connect(self._on_news, Qt.ConnectionType.QueuedConnection)

    def clock(self) -> float:
        """The monotonic seconds that jobs stamp their results with."""
        return self._services.clock()

    def now(self) -> str:
        """The time in UTC, ISO 8601."""
        return self._services.now()

    @property
    def is_practice(self) -> bool:
        """Whether everything happens on the practice platform."""
        return self._services.is_practice

    def ask(
        self,
        job: Job[Wanted, Result],
        wanted: Wanted,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> JobHandle[Result]:
        """Run a job (`wizard.flow.ask.Asker`). `failed` gets a `Bug` for what nobody expected."""
        handle: JobHandle[Result] = JobHandle(done, failed, progress, is_operation=is_operation_job(job))
        self._last += 1
        number, stop = self._last, handle.stop_event
        self._handles[number] = handle
        self._pool.start(lambda: self._work(number, job, wanted, stop))
        return handle

    def later(self, wait_ms: int, act: Callable[[], object]) -> Wait:
        """Call `act` on the window's thread after `wait_ms` milliseconds, unless it is dropped."""
        return Wait(self, wait_ms, act)

    def finish(self) -> None:
        """Let the last threads end. Only after the event loop: no job is left then, so nobody waits."""
        self._pool.waitForDone()

    def stop_all(self) -> None:
        """Ask every job to end soon."""
        for handle in self._handles.values():
            handle.stop()

    @property
    def is_idle(self) -> bool:
        """Whether no job is running."""
        return not self._handles

    def _work(self, number: int, job: Job[Wanted, Result], wanted: Wanted, stop: threading.Event) -> None:
        """On the worker's thread. The log hears of every job how it ended, and of mistakes where they are."""
        name = f"{getattr(job, '__module__', '').rpartition('.')[2]}.{getattr(job, '__name__', 'job')}"
        started = self._services.clock()

        def took() -> float:
            return (self._services.clock() - started) * 1000

        try:
            result = job(self._services, wanted, lambda news: self._tell(number, _News.PROGRESS, news), stop)
        except Problem as problem:
            if isinstance(problem, Bug):
                log.error("%s: bug: %s, %s", name, problem.detail, describe_error(problem))
            log.info("%s: %s in %.0f ms", name, problem.code, took())
            self._tell(number, _News.FAILED, problem)
        except Exception as error:
            place = describe_error(error)
            log.error("%s: bug: %s", name, place)
            self._tell(number, _News.FAILED, Bug(Code.BUG, detail=place))
        else:
            log.info("%s: done in %.0f ms", name, took())
            self._tell(number, _News.DONE, result)

    def _tell(self, number: int, kind: _News, news: object) -> None:
        """On the worker's thread. Where the window's side has gone already, nobody is left to hear."""
        with contextlib.suppress(RuntimeError):
            self._news.emit(number, kind, news)

    @Slot(int, object, object)
    def _on_news(self, number: int, kind: _News, news: object) -> None:
        handle = self._handles[number]
        is_last = kind is not _News.PROGRESS
        if is_last:
            del self._handles[number]
        try:
            handle.hear(kind, news)
        finally:
            # Whatever a page makes of its news: the program's end waits for this.
            if is_last and handle.is_operation:
                self.operation_ended.emit()
            if is_last and not self._handles:
                self.idle.emit()
