"""An asker without threads: each job runs at once over real HTTP, and time passes when a test says so."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wizard.core.problems import Problem
from wizard.core.progress import Progress
from wizard.services import Services


@dataclass
class Asked:
    """One job or wait that was asked for."""

    run: Callable[["Asked"], None]
    due_ms: int = 0
    report: Callable[[Progress], object] | None = None
    stop_event: threading.Event = field(default_factory=threading.Event)
    is_dropped: bool = False

    def stop(self) -> None:
        """Ask it to end soon."""
        self.stop_event.set()

    def drop(self) -> None:
        """Hear nothing more of it."""
        self.is_dropped = True
        self.stop_event.set()


class AskAtOnce:
    """Runs each job within `ask`, on the test's own thread; after `hold()`, only when `release()` is called."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._is_holding = False
        self._held: list[Asked] = []
        self._waits: list[Asked] = []
        self._now_ms = 0

    @property
    def is_practice(self) -> bool:
        """Whether everything happens on the practice platform."""
        return self._services.is_practice

    def clock(self) -> float:
        """The monotonic seconds that jobs stamp their results with, and the time that a test let pass."""
        return self._services.clock() + self._now_ms / 1000

    def now(self) -> str:
        """The time in UTC, ISO 8601."""
        return self._services.now()

    def ask(
        self,
        job: Callable[..., Any],
        wanted: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> Asked:
        """Run the job now, or keep it until `release()`."""

        def run(asked: Asked) -> None:
            def report(news: Progress) -> None:
                if progress and not asked.is_dropped:
                    progress(news)

            try:
                result = job(self._services, wanted, report, asked.stop_event)
            except Problem as problem:
                if failed and not asked.is_dropped:
                    failed(problem)
            else:
                if done and not asked.is_dropped:
                    done(result)

        asked = Asked(run, report=progress)
        if self._is_holding:
            self._held.append(asked)
        else:
            run(asked)
        return asked

    def later(self, wait_ms: int, act: Callable[[], object]) -> Asked:
        """Keep it until `pass_ms` has let enough time pass."""
        asked = Asked(lambda _asked: None if _asked.stop_event.is_set() else _ignore(act()), self._now_ms + wait_ms)
        self._waits.append(asked)
        return asked

    # ------------------------------------------------------------------ for tests

    def hold(self) -> None:
        """Run nothing from now on: what was asked for is under way."""
        self._is_holding = True

    def release(self) -> None:
        """Run everything that is under way, in its order, and from now on at once again."""
        self._is_holding = False
        held, self._held = self._held, []
        for asked in held:
            asked.run(asked)

    def tell(self, news: Progress) -> None:
        """Have everything that is under way tell this."""
        for asked in self._held:
            if asked.report is not None and not asked.is_dropped:
                asked.report(news)

    def pass_ms(self, ms: int) -> None:
        """Let time pass: waits that are due act, in their order."""
        until = self._now_ms + ms
        while due := sorted((one for one in self._waits if one.due_ms <= until), key=lambda one: one.due_ms):
            first = due[0]
            self._waits.remove(first)
            self._now_ms = max(self._now_ms, first.due_ms)
            first.run(first)
        self._now_ms = until


def _ignore(_result: object) -> None:
    return None
