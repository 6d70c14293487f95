"""An end for one exchange, however slowly the other side drips its bytes."""

import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from wizard.core.problems import Stopped

_T = TypeVar("_T")

_LOOK_EVERY_S = 0.05


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

    def answer(self, ask: Callable[[], _T], stop: threading.Event) -> _T:
        """What `ask` gives, for a question that has no socket to cut, such as one for the addresses of a name.

        Raises `Stopped` soon after `stop` is set, and `TimeoutError` when the time is over. The question itself cannot
        be told to give up; its thread holds up nothing, not even the end of the program.
        """
        answers: list[_T] = []
        errors: list[BaseException] = []

        def put() -> None:
            try:
                answers.append(ask())
            except BaseException as error:
                errors.append(error)

        # Not the runner's: its threads are waited for at the end.
        thread = threading.Thread(target=put, name="question", daemon=True)  # noqa: TID251
        thread.start()
        while thread.is_alive():
            thread.join(_LOOK_EVERY_S)
            if stop.is_set():
                raise Stopped
            if self.is_over:
                raise TimeoutError
        if errors:
            raise errors[0]
        return answers[0]

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            if self._socket is not None:
                # Not closed: whoever reads it now would go on with a number that belongs to another file then.
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
