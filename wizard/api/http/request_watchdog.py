"""Ends network work that a person stops or that exceeds its time limit."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from typing import Any, TypeVar
from weakref import WeakSet

from wizard.core.problems import Stopped

_T = TypeVar("_T")

POLL_S = 0.05
"""How often `stop` and the time limit are checked, so how soon a stop takes effect."""


class TimeLimitError(Exception):
    """The work took longer than its time limit."""


class OpenSockets:
    """The sockets of one HTTP client. Safe for many threads."""

    def __init__(self) -> None:
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()

    def add(self, opened: socket.socket) -> None:
        """Remember a socket for as long as it exists."""
        with self._lock:
            self._sockets.add(opened)

    def shut_down(self) -> None:
        """Break every connection, so that a thread that reads from one fails at once."""
        with self._lock:
            sockets = list(self._sockets)
        for one in sockets:
            # Do not close: the number would be given to another file while a thread still reads it.
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class RequestWatchdog:
    """Runs one piece of network work that may be abandoned.

    A name lookup or a connect cannot be interrupted, so the work has a thread of its own. When it is abandoned its
    caller goes on, nothing more is sent, and `grace_s` after the stop the client's sockets are shut down, should the
    work still wait for one (a server can send one byte of its headers now and then). They are shut down together: on
    a reused connection the socket of a single request is not known.

    With `awaits_sent`, a request that was sent before the stop is abandoned only at the end of its grace: until then
    the platform may still carry it out, and a look at the result would come too early.
    """

    def __init__(
        self,
        stop: threading.Event,
        limit_s: float,
        sockets: OpenSockets,
        *,
        grace_s: float = 0.0,
        awaits_sent: bool = False,
    ) -> None:
        self.stop = stop
        self._limit_s, self._grace_s, self._awaits_sent = limit_s, grace_s, awaits_sent
        self._sockets = sockets
        self._lock = threading.Lock()
        self._is_abandoned = self._is_sent = False

    @property
    def is_surely_unsent(self) -> bool:
        """Whether the work was abandoned before a byte of its request was sent."""
        with self._lock:
            return self._is_abandoned and not self._is_sent

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """For the `trace` extension of a request (documented by httpx). Raises `Stopped` instead of sending."""
        # TLS wraps the socket into another object; the first one is useless then.
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._sockets.add(info["return_value"].get_extra_info("socket"))
        elif event.endswith(".send_request_headers.started") and info["request"].method != b"CONNECT":
            with self._lock:
                if self._is_abandoned:
                    raise Stopped
                self._is_sent = True

    def run(self, work: Callable[[], _T]) -> _T:
        """What `work` gives or raises. Raises `Stopped` soon after `stop` is set, `TimeLimitError` at the limit."""
        if self.stop.is_set():
            self._is_abandoned = True
            raise Stopped
        future: Future[_T] = Future()
        # Not the runner's: its threads are waited for at the end.
        threading.Thread(target=_complete, args=(future, work), name="request", daemon=True).start()  # noqa: TID251
        ends_at_s, stopped_at_s = time.monotonic() + self._limit_s, None
        while not wait((future,), POLL_S).done:
            now_s = time.monotonic()
            if stopped_at_s is None and self.stop.is_set():
                stopped_at_s = now_s
            if now_s > ends_at_s and self._abandons(is_over=True):
                self._sockets.shut_down()
                raise TimeLimitError
            if stopped_at_s is not None and self._abandons(is_over=now_s - stopped_at_s > self._grace_s):
                self._shut_down_later(future, self._grace_s - (now_s - stopped_at_s))
                raise Stopped
        try:
            return future.result()
        finally:
            # An error's traceback holds this frame, and the future holds the error: break the reference cycle.
            del future

    def _abandons(self, *, is_over: bool) -> bool:
        """Abandon the work, unless its request was sent and is awaited."""
        with self._lock:
            self._is_abandoned = is_over or not (self._is_sent and self._awaits_sent)
            return self._is_abandoned

    def _shut_down_later(self, future: "Future[_T]", in_s: float) -> None:
        if in_s <= 0:
            self._sockets.shut_down()
            return
        timer = threading.Timer(in_s, self._sockets.shut_down)
        timer.daemon = True
        timer.start()
        future.add_done_callback(lambda _done: timer.cancel())


def _complete(future: "Future[_T]", work: Callable[[], _T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:
        future.set_exception(error)
        del future  # as above
