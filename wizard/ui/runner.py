"""Jobs on worker threads, their news on the window's thread."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from wizard.core.problems import Bug, Code, Problem
from wizard.core.progress import Progress
from wizard.core.traces import where
from wizard.services import Report, Services

log = logging.getLogger(__name__)

In = TypeVar("In")
Out = TypeVar("Out")

Job = Callable[[Services, In, Report, threading.Event], Out]


class Handle(QObject, Generic[Out]):
    """One running job. Its signals arrive on the window's thread, and none of them after `drop()`."""

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    ended = Signal(object)

    _news = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stop_event = threading.Event()
        self._is_dropped = False
        # Queued by name: the worker emits, and this object lives on the window's thread.
        self._news.connect(self._on_news, Qt.ConnectionType.QueuedConnection)

    def stop(self) -> None:
        """Ask the job to end soon; its result or problem still arrives."""
        self.stop_event.set()

    def drop(self) -> None:
        """Ask the job to end soon and hear nothing more of it: the question is no longer asked."""
        self._is_dropped = True
        self.stop_event.set()

    def tell(self, kind: str, news: object) -> None:
        """Called on the worker's thread."""
        self._news.emit(kind, news)

    @Slot(str, object)
    def _on_news(self, kind: str, news: object) -> None:
        if not self._is_dropped:
            signals = {"progress": self.progressed, "done": self.done, "failed": self.failed}
            signals[kind].emit(news)
        if kind != "progress":
            self.ended.emit(self)


class Runner(QObject):
    """Runs jobs on a pool of threads; keeps every handle until its job is done, so nothing is torn down under it.

    `idle` tells that no job is left. `start` and everything it calls back happen on the window's thread.
    """

    idle = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(8)
        self._handles: set[Handle[object]] = set()

    def clock(self) -> float:
        """The monotonic seconds that jobs stamp their results with."""
        return self._services.clock()

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
        on_progress: Callable[[Progress], object] | None = None,
    ) -> Handle[Out]:
        """Run `job` with `given`. The callbacks are called on the window's thread, a `Bug` for what nobody expected."""
        handle: Handle[Out] = Handle(self)
        for signal, callback in (
            (handle.done, on_done),
            (handle.failed, on_failed),
            (handle.progressed, on_progress),
        ):
            if callback is not None:
                signal.connect(callback)
        handle.ended.connect(self._on_ended)
        self._handles.add(handle)  # type: ignore[arg-type]  # a set of handles of any result
        self._pool.start(lambda: self._work(handle, job, given))
        return handle

    def stop_all(self) -> None:
        """Ask every job to end soon."""
        for handle in self._handles:
            handle.stop()

    @property
    def is_idle(self) -> bool:
        """Whether no job is running."""
        return not self._handles

    def _work(self, handle: Handle[Out], job: Job[In, Out], given: In) -> None:
        """On the worker's thread. The log hears of every job how it ended, and of mistakes where they are."""
        name = f"{getattr(job, '__module__', '').rpartition('.')[2]}.{getattr(job, '__name__', 'job')}"
        started = self._services.clock()

        def took() -> float:
            return (self._services.clock() - started) * 1000

        try:
            result = job(self._services, given, lambda news: handle.tell("progress", news), handle.stop_event)
        except Problem as problem:
            if isinstance(problem, Bug):
                log.error("%s: bug: %s, %s", name, problem.detail, where(problem))
            log.info("%s: %s in %.0f ms", name, problem.code, took())
            handle.tell("failed", problem)
        except Exception as error:
            place = where(error)
            log.error("%s: bug: %s", name, place)
            handle.tell("failed", Bug(Code.BUG, detail=place))
        else:
            log.info("%s: done in %.0f ms", name, took())
            handle.tell("done", result)

    @Slot(object)
    def _on_ended(self, handle: Handle[object]) -> None:
        self._handles.discard(handle)
        handle.deleteLater()
        if not self._handles:
            self.idle.emit()
