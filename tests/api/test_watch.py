"""A server that drips its headers: every byte renews a read time-out, so only the watch ends it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from wizard.api.http.exchange import Wire
from wizard.api.http.request_watchdog import Watch
from wizard.core.address import Origin
from wizard.core.customers import Scope
from wizard.core.problems import Code, Expected, Stopped, Unanswered
from wizard.core.secret import Secret

TOKEN = b'{"token_type":"Bearer","access_token":"t","expires_in":3600}'
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@contextmanager
def dripping(*, after: int) -> Iterator[Origin]:
    """A server that answers `after` requests of one connection well, and then sends a header without an end."""
    end = threading.Event()

    def serve(server: socket.socket) -> None:
        server.settimeout(0.2)
        while not end.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            with connection:
                answer(connection)

    def answer(connection: socket.socket) -> None:
        try:
            for _ in range(after):
                connection.recv(65536)
                connection.sendall(HEAD + b"content-length: %d\r\n\r\n" % len(TOKEN) + TOKEN)
            connection.recv(65536)
            connection.sendall(HEAD + b"x-drip: ")
            while not end.wait(0.02):
                connection.sendall(b"x")
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield Origin(f"http://127.0.0.1:{server.getsockname()[1]}")
        finally:
            end.set()
            thread.join()


def wire(origin: Origin, *, limit_s: float, grace_s: float) -> Wire:
    return Wire(origin, "id", Secret("s"), attempts=1, watch=Watch(limit_s, grace_s, look_every_s=0.05))


def test_an_answer_whose_headers_never_end_is_cut() -> None:
    with dripping(after=0) as origin:
        started = time.monotonic()
        with pytest.raises(Expected) as caught:
            wire(origin, limit_s=0.3, grace_s=60).sign_in(threading.Event())
        assert caught.value.code is Code.NO_CONNECTION
        assert time.monotonic() - started < 5


def test_on_a_kept_connection_too_and_a_write_is_unanswered() -> None:
    with dripping(after=1) as origin, pytest.raises(Unanswered):
        wire(origin, limit_s=0.3, grace_s=60).write("/api", {}, Scope.INTEGRATIONS_WRITE, threading.Event())


def test_stop_ends_it_after_its_grace() -> None:
    stop = threading.Event()
    with dripping(after=0) as origin:
        timer = threading.Timer(0.1, stop.set)
        timer.start()
        with pytest.raises(Stopped):
            wire(origin, limit_s=60, grace_s=0.1).sign_in(stop)
        timer.join()


def test_nothing_is_left_of_a_quick_exchange() -> None:
    before = threading.active_count()
    with Watch(60, 60).over(threading.Event()):
        pass
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert threading.active_count() <= before
