"""An end for one exchange, however slowly the other side drips its bytes."""

import contextlib
import socket
import threading
from collections.abc import Mapping
from typing import Any


class Deadline:
    """Cuts the connection that is open when the time is over; time-outs of single reads never notice a slow drip.

    `trace` is for the `trace` extension of a request (documented by httpx), which tells of each socket it opens.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.is_over = False

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Told of each step of a request, on the thread that makes it."""
        # A socket that TLS has wrapped is another object, and the first one is of no use any more.
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
            if self.is_over:
                self._cut()

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            if self._socket is not None:
                # Not closed: whoever reads it now would go on with a number that belongs to another file then.
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
