"""An end for exchanges that never end by themselves: a server that sends one byte of its headers now and then."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any
from weakref import WeakSet

LOOK_EVERY_S = 1.0
"""How often a running exchange is looked at; most are over before the first look."""


class Watch:
    """Knows the sockets of one client, and cuts them when an exchange lasts too long or was given up.

    `limit_s` bounds an exchange, `grace_s` the time that it may still take after its `stop` was set. All exchanges of
    the client break together: nobody can tell whose socket drips. Safe for many threads.
    """

    def __init__(self, limit_s: float, grace_s: float, look_every_s: float = LOOK_EVERY_S) -> None:
        self._limit_s, self._grace_s, self.look_every_s = limit_s, grace_s, look_every_s
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """For the `trace` extension of a request (documented by httpx), which tells of each socket it opens."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            with self._lock:
                self._sockets.add(info["return_value"].get_extra_info("socket"))

    @contextlib.contextmanager
    def over(self, stop: threading.Event) -> Iterator[None]:
        """Watch over what happens inside."""
        turn = _Turn(self, stop)
        turn.wait()
        try:
            yield
        finally:
            turn.end()

    def is_due(self, lasted_s: float, given_up_s: float | None) -> bool:
        """Whether an exchange is to be cut that lasts so long, and was given up so long ago, if it was."""
        return lasted_s > self._limit_s or (given_up_s is not None and given_up_s > self._grace_s)

    def cut(self) -> None:
        """Break every connection of the client."""
        with self._lock:
            sockets = list(self._sockets)
        for one in sockets:
            # Not closed: whoever reads it now would go on with a number that belongs to another file then.
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _Turn:
    """One exchange under watch: a timer that looks, and winds itself up again."""

    def __init__(self, watch: Watch, stop: threading.Event) -> None:
        self._watch, self._stop = watch, stop
        self._started_s = time.monotonic()
        self._stopped_s: float | None = None
        self._lock = threading.Lock()
        self._is_over = False
        self._timer: threading.Timer | None = None

    def wait(self) -> None:
        """Look again in a while, unless the exchange has ended."""
        with self._lock:
            if not self._is_over:
                self._timer = threading.Timer(self._watch.look_every_s, self._look)
                self._timer.daemon = True
                self._timer.start()

    def end(self) -> None:
        """The exchange has ended."""
        with self._lock:
            self._is_over = True
            if self._timer:
                self._timer.cancel()

    def _look(self) -> None:
        now = time.monotonic()
        if self._stopped_s is None and self._stop.is_set():
            self._stopped_s = now
        given_up_s = None if self._stopped_s is None else now - self._stopped_s
        if self._watch.is_due(now - self._started_s, given_up_s):
            self._watch.cut()
        else:
            self.wait()
