"""Calls of the keychain, which may wait for minutes because the system asks the person for a password."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import KeychainAsked

_T = TypeVar("_T")

SLOW_S = 1.0
"""Seconds after which a job reports that it waits for the keychain."""
_POLL_EVERY_S = 0.05


class BlockingCall(Generic[_T]):
    """One call on a thread of its own, started at once. Any number of jobs may wait for its result.

    A keychain cannot be told to give up, so the thread is a daemon: it delays nothing, not even the program's end.
    `facts` are those of the problem that a stop raises.
    """

    def __init__(self, call: Callable[[], _T], **facts: str) -> None:
        self._call, self._facts = call, facts
        self._results: list[_T] = []
        self._error: BaseException | None = None
        # Not one of the runner's threads: the end of the program waits for those.
        self._thread = threading.Thread(target=self._run, name="keychain", daemon=True)  # noqa: TID251
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether the call has returned or raised."""
        return not self._thread.is_alive()

    def result(self, stop: threading.Event, report: Callable[[KeychainAsked], object]) -> _T:
        """Wait for what the call returns or raises. Raises `Expected` soon after `stop` is set."""
        is_slow, started_s = False, time.monotonic()
        while True:
            self._thread.join(_POLL_EVERY_S)
            if self.is_over:
                break
            if stop.is_set():
                raise Expected(Code.KEYCHAIN_SILENT, field=Field.CLIENT_SECRET, **self._facts)
            if not is_slow and time.monotonic() - started_s > SLOW_S:
                is_slow = True
                report(KeychainAsked())
        if is_slow:
            report(KeychainAsked(is_answered=True))
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._call())
        except BaseException as error:
            self._error = error


class SharedCalls(Generic[_T]):
    """Calls that read: a second job that wants the same waits for the running call, so there is one prompt."""

    def __init__(self) -> None:
        self._calls: dict[str, BlockingCall[_T]] = {}
        self._lock = threading.Lock()

    def result(
        self,
        key: str,
        call: Callable[[], _T],
        stop: threading.Event | None = None,
        report: Callable[[KeychainAsked], object] | None = None,
    ) -> _T:
        """Wait as `BlockingCall.result` does; without a `stop` until the call ends."""
        with self._lock:
            running = self._calls.get(key)
            if running is None or running.is_over:
                running = self._calls[key] = BlockingCall(call, reading="yes")
        return running.result(stop or threading.Event(), report or (lambda _progress: None))
