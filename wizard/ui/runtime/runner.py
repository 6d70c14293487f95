"""Jobs on worker threads, their news on the window's thread."""

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot

from wizard.core.problems import Bug, Code, Problem
from wizard.core.progress import Report
from wizard.core.safe_traceback import describe_error
from wizard.jobs.operation_jobs import is_operation_job
from wizard.services import Services

if TYPE_CHECKING:
    from wizard.core.progress import Progress

log = logging.getLogger(__name__)

In = TypeVar("In")
Out = TypeVar("Out")

Job = Callable[[Services, In, Report, threading.Event], Out]


class Handle(Generic[Out]):
    """One running job, as the window's thread knows it. Nothing more is heard of it after `drop()`.

    The worker does not hold it: a thing of the window must not die on another thread.
    """

    def __init__(
        self,
        on_done: Callable[[Out], object] | None,
        on_failed: Callable[[Problem], object] | None,
        on_progress: "Callable[[Progress], object] | None",
        on_ended: Callable[[], object] | None,
        *,
        is_operation: bool = False,
    ) -> None:
        self.is_operation = is_operation
        self.stop_event = threading.Event()
        self._callbacks: dict[str, Callable[..., object] | None] = {
            "done": on_done,
            "failed": on_failed,
            "progress": on_progress,
        }
        self._on_ended = on_ended
        self._is_dropped = False
        self.is_over = False
        """Whether the job has ended, and everything it told was heard."""

    def stop(self) -> None:
        """Ask the job to end soon; its result or problem still arrives."""
        self.stop_event.set()

    def drop(self) -> None:
        """Ask the job to end soon and hear nothing more of it: the question is no longer asked."""
        self._is_dropped = True
        self.stop_event.set()

    def hear(self, kind: str, news: object) -> None:
        """Pass one piece of news on."""
        callback = self._callbacks[kind]
        if callback and not self._is_dropped:
            callback(news)
        if kind != "progress":
            self.is_over = True
            if self._on_ended:
                self._on_ended()


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
    `start` and everything it calls back happen on the window's thread.
    """

    idle = Signal()
    operation_ended = Signal()

    _news = Signal(int, str, object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(8)
        self._handles: dict[int, Handle[Any]] = {}
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

    def start(
        self,
        job: Job[In, Out],
        given: In,
        on_done: Callable[[Out], object] | None = None,
        on_failed: Callable[[Problem], object] | None = None,
        on_progress: "Callable[[Progress], object] | None" = None,
        on_ended: Callable[[], object] | None = None,
    ) -> Handle[Out]:
        """Run `job` with `given`. The callbacks are called on the window's thread, a `Bug` for what nobody expected.

        `on_ended` comes last and in any case, also for a job that was dropped.
        """
        handle: Handle[Out] = Handle(on_done, on_failed, on_progress, on_ended, is_operation=is_operation_job(job))
        self._last += 1
        number, stop = self._last, handle.stop_event
        self._handles[number] = handle
        self._pool.start(lambda: self._work(number, job, given, stop))
        return handle

    def ask(
        self,
        job: Job[In, Out],
        wanted: In,
        done: Callable[[Out], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        progress: "Callable[[Progress], object] | None" = None,
    ) -> Handle[Out]:
        """Run a job for a presenter (`wizard.flow.ask.Asker`)."""
        return self.start(job, wanted, done, failed, progress)

    def later(self, wait_ms: int, act: Callable[[], object]) -> "Wait":
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

    def _work(self, number: int, job: Job[In, Out], given: In, stop: threading.Event) -> None:
        """On the worker's thread. The log hears of every job how it ended, and of mistakes where they are."""
        name = f"{getattr(job, '__module__', '').rpartition('.')[2]}.{getattr(job, '__name__', 'job')}"
        started = self._services.clock()

        def took() -> float:
            return (self._services.clock() - started) * 1000

        try:
            result = job(self._services, given, lambda news: self._tell(number, "progress", news), stop)
        except Problem as problem:
            if isinstance(problem, Bug):
                log.error("%s: bug: %s, %s", name, problem.detail, describe_error(problem))
            log.info("%s: %s in %.0f ms", name, problem.code, took())
            self._tell(number, "failed", problem)
        except Exception as error:
            place = describe_error(error)
            log.error("%s: bug: %s", name, place)
            self._tell(number, "failed", Bug(Code.BUG, detail=place))
        else:
            log.info("%s: done in %.0f ms", name, took())
            self._tell(number, "done", result)

    def _tell(self, number: int, kind: str, news: object) -> None:
        """On the worker's thread. Where the window's side has gone already, nobody is left to hear."""
        with contextlib.suppress(RuntimeError):
            self._news.emit(number, kind, news)

    @Slot(int, str, object)
    def _on_news(self, number: int, kind: str, news: object) -> None:
        handle = self._handles[number]
        if kind != "progress":
            del self._handles[number]
        try:
            handle.hear(kind, news)
        finally:
            # Whatever a page makes of its news: the program's end waits for this.
            if kind != "progress":
                if handle.is_operation:
                    self.operation_ended.emit()
                if not self._handles:
                    self.idle.emit()
