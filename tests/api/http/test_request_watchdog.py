"""A server that drips its headers: every byte renews a read time-out, so only the watchdog ends the request."""

import contextlib
import socket
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pytest

from tests.helpers.clients import no_report
from wizard.api.faults import Unsent
from wizard.api.http.exchange import Exchange
from wizard.api.http.limits import TimeLimits
from wizard.api.http.request_watchdog import OpenSockets, RequestWatchdog
from wizard.api.http.retry import RetryPolicy
from wizard.api.http.transport import open_transport
from wizard.api.v2.auth import OAuth2ClientCredentials
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Stopped, Unanswered
from wizard.core.secret import Secret

ID = ObjectId("5f" * 12)
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
                # A test that goes wrong must not hang as well.
                connection.settimeout(5)
                answer(connection)

    def answer(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection.makefile("rb") as requests:
            for _ in range(after):
                read_request(requests)
                connection.sendall(HEAD + b"content-length: %d\r\n\r\n" % len(TOKEN) + TOKEN)
            read_request(requests)
            connection.sendall(HEAD + b"x-drip: ")
            while not end.wait(0.02):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield Origin(f"http://127.0.0.1:{server.getsockname()[1]}")
        finally:
            end.set()
            thread.join()


def read_request(requests: BinaryIO) -> None:
    """Read one request to its end: head and body travel in pieces."""
    length = 0
    while (line := requests.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    requests.read(length)


def client_of(origin: Origin, *, exchange_s: float, read_s: float) -> Client:
    transport = open_transport(origin, times=TimeLimits(read_s=read_s, exchange_s=exchange_s))
    auth = OAuth2ClientCredentials("id", Secret("s"))
    return Client(Exchange(origin, auth, transport=transport, retry=RetryPolicy(attempts=1)))


def test_headers_without_end_end_at_the_time_limit() -> None:
    with dripping(after=0) as origin:
        started = time.monotonic()
        with pytest.raises(Expected) as caught:
            client_of(origin, exchange_s=0.3, read_s=60).sign_in(no_report, threading.Event())
        assert caught.value.code is Code.TIMED_OUT
        assert not isinstance(caught.value, Unsent)
        assert time.monotonic() - started < 2


def test_on_a_reused_connection_a_write_is_unanswered() -> None:
    with dripping(after=1) as origin, pytest.raises(Unanswered) as lost:
        client_of(origin, exchange_s=0.3, read_s=60).delete_integration(ID, no_report, threading.Event())
    assert lost.value.facts["reason"] == Code.TIMED_OUT


def test_an_abandoned_request_ends_after_its_grace() -> None:
    stop = threading.Event()
    with dripping(after=0) as origin:
        before = threading.active_count()
        timer = threading.Timer(0.1, stop.set)
        timer.start()
        with pytest.raises(Stopped):
            client_of(origin, exchange_s=60, read_s=0.3).sign_in(no_report, stop)
        timer.join()
        # The server still drips, so that its every byte renews the read time-out.
        assert ends(lambda: threading.active_count() <= before)


def test_a_finished_request_leaves_no_thread() -> None:
    before = threading.active_count()
    assert RequestWatchdog(threading.Event(), 60, OpenSockets(), grace_s=60).run(lambda: 7) == 7
    assert ends(lambda: threading.active_count() <= before)


def test_an_error_leaves_no_reference_cycle() -> None:
    class Work:
        def __call__(self) -> None:
            raise ValueError

    work = Work()
    gone = weakref.ref(work)
    with pytest.raises(ValueError, match=r"^$"):
        RequestWatchdog(threading.Event(), 60, OpenSockets()).run(work)
    del work
    # The program does not collect garbage while it works: a reference cycle would stay.
    assert ends(lambda: gone() is None)


def ends(is_over: Callable[[], bool]) -> bool:
    deadline_s = time.monotonic() + 5
    while not is_over() and time.monotonic() < deadline_s:
        threading.Event().wait(0.01)
    return is_over()
