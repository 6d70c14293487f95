"""A person can stop every wait within half a second; only a write that was sent is awaited."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from tests.api.conftest import INTEGRATIONS, Open, open_client, wanted
from tests.helpers.clients import no_report
from tests.helpers.networks import dropping_port, silent_port
from wizard.api.http.limits import TimeLimits
from wizard.api.http.pacing import CompanyPace, Pace
from wizard.api.v2.client import Client
from wizard.core.customers import Scope
from wizard.core.problems import Code, Expected, Stopped, Unanswered
from wizard.core.progress import Progress, Waiting
from wizard.demo import Fault, PracticePlatform

SOON_S = 0.5
"""How long after a stop a call may last; the poll takes 0.05 s, the rest is for a busy computer."""


def stopped_after(seconds: float, stop: threading.Event) -> threading.Timer:
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    return timer


def test_stop_during_a_pause(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    client = open_at(pause_s=60.0)
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=500, times=None))
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    with pytest.raises(Stopped):
        list(client.integrations(no_report, stop))
    timer.join()
    assert time.perf_counter() - started < 0.1 + SOON_S
    assert len(platform.received("GET")) == 1


def test_stop_during_a_pause_of_the_token_call(
    platform: PracticePlatform, open_at: Open, stop: threading.Event
) -> None:
    client = open_at(pause_s=60.0)
    platform.faults.add(Fault("status", "POST", status=500, times=None))
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    with pytest.raises(Stopped):
        client.create_integration(wanted(platform), no_report, stop)
    timer.join()
    assert time.perf_counter() - started < 0.1 + SOON_S
    assert len(platform.received()) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_stop_during_an_endless_answer(
    platform: PracticePlatform, client: Client, stop: threading.Event, method: str
) -> None:
    client.sign_in(no_report, stop)
    platform.faults.add(Fault("endless", method, INTEGRATIONS, delay_after_s=0.05))
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    calls: dict[str, Callable[[], object]] = {
        "GET": lambda: list(client.integrations(no_report, stop)),
        "POST": lambda: client.create_integration(wanted(platform), no_report, stop),
    }
    with pytest.raises(Expected) as ended:
        calls[method]()
    timer.join()
    assert time.perf_counter() - started < 0.1 + SOON_S
    assert isinstance(ended.value, Stopped if method == "GET" else Unanswered)


def test_nothing_is_sent_after_a_stop(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    client.sign_in(no_report, stop)
    stop.set()
    for call in (
        lambda: list(client.integrations(no_report, stop)),
        lambda: client.create_integration(wanted(platform), no_report, stop),
    ):
        with pytest.raises(Stopped):
            call()
    assert len(platform.received()) == 1


# ------------------------------------------------------------------ on the way to an answer


@contextmanager
def unknown_host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A host whose name lookup never ends."""
    end = threading.Event()

    def look_up(*_: object, **__: object) -> Sequence[object]:
        end.wait(30)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield "https://platform.example"
    end.set()


@contextmanager
def dropped_packets(_monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A host that drops every packet."""
    with dropping_port() as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def no_handshake(_monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A host that accepts a connection and never answers the TLS handshake."""
    with silent_port() as port:
        yield f"https://127.0.0.1:{port}"


@contextmanager
def no_answer(_monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A host that receives the request and never answers."""
    with silent_port() as port:
        yield f"http://127.0.0.1:{port}"


Host = Callable[[pytest.MonkeyPatch], AbstractContextManager[str]]


@pytest.mark.parametrize("host", [unknown_host, dropped_packets, no_handshake, no_answer])
def test_stop_during_every_network_step(host: Host, stop: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    with host(monkeypatch) as origin:
        client = open_client(origin, times=TimeLimits(read_s=20.0))
        timer, started = stopped_after(0.1, stop), time.perf_counter()
        with pytest.raises(Stopped):
            client.sign_in(no_report, stop)
        assert time.perf_counter() - started < 0.1 + SOON_S
        timer.join()
        client.close()


def test_a_write_that_is_stopped_while_connecting_is_never_sent(
    platform: PracticePlatform, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, end, connect = open_client(platform.url, attempts=1), threading.Event(), socket.create_connection

    def connect_late(*given: Any, **named: Any) -> socket.socket:
        end.wait(5)
        return connect(*given, **named)

    client.sign_in(no_report, stop)
    # The connection of the token breaks, so that the write needs another one.
    platform.faults.add(Fault("drop_before", "GET", INTEGRATIONS))
    with pytest.raises(Expected):
        client.has_scope(Scope.INTEGRATIONS_READ, no_report, stop)
    monkeypatch.setattr(socket, "create_connection", connect_late)
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    with pytest.raises(Stopped):
        client.create_integration(wanted(platform), no_report, stop)
    assert time.perf_counter() - started < 0.1 + SOON_S
    timer.join()
    end.set()
    # Now there is a connection, and nothing is sent over it.
    threading.Event().wait(0.3)
    assert platform.received("POST", INTEGRATIONS) == []
    client.close()


@pytest.mark.parametrize(("answer_s", "read_s", "ends_s"), [(0.6, 20.0, 0.6), (None, 0.5, 0.7)])
def test_a_write_that_was_sent_is_awaited(
    platform: PracticePlatform, stop: threading.Event, answer_s: float | None, read_s: float, ends_s: float
) -> None:
    # An earlier look could miss what the platform is about to do, and send it again.
    client = open_client(platform.url, times=TimeLimits(read_s=read_s))
    client.sign_in(no_report, stop)
    fault = Fault("silent", "POST") if answer_s is None else Fault("slow", "POST", delay_s=answer_s)
    platform.faults.add(fault)
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    with pytest.raises(Unanswered) as lost:
        client.create_integration(wanted(platform), no_report, stop)
    assert answer_s is None or lost.value.facts["reason"] == Code.STOPPED
    assert min(ends_s, read_s) <= time.perf_counter() - started < ends_s + SOON_S
    timer.join()
    client.close()


def test_stop_during_the_wait_for_the_pace(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    client.share_pace(CompanyPace(writes=Pace(per_second=0.1, burst=1)))
    client.create_integration(wanted(platform), no_report, stop)
    told: list[Progress] = []
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    with pytest.raises(Stopped):
        client.create_integration(wanted(platform, "Another"), told.append, stop)
    assert time.perf_counter() - started < 0.1 + SOON_S
    timer.join()
    (wait,) = told
    assert isinstance(wait, Waiting)
    assert 9 < wait.seconds <= 10
    assert len(platform.received("POST", INTEGRATIONS)) == 1
