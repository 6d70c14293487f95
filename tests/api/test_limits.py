"""Patience and its ends: pauses, stops, size, time."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.conftest import INTEGRATIONS, Open, open_client, wanted
from wizard.api.http import pacing
from wizard.api.v2.client import Platform
from wizard.core.customers import Scope
from wizard.core.integration import Found
from wizard.core.problems import Code, Expected, Stopped, Unanswered
from wizard.core.progress import Waiting
from wizard.demo import Fault, PracticePlatform, Settings


def test_pauses_grow(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    waits: list[Waiting] = []
    client = open_at(attempts=5, pause_s=0.01)
    platform.faults.add(Fault("rate_limit", "GET", INTEGRATIONS, times=4))
    with client.wire.telling(waits.append):
        assert len(list(client.integrations(stop))) == 3
    for wait, least_s in zip(waits, (0.01, 0.02, 0.04, 0.08), strict=True):
        assert least_s <= wait.seconds <= least_s + 0.0025
        assert wait.is_asked
    client.wire.on_wait(Waiting(1.0))
    assert len(waits) == 4


@pytest.mark.parametrize(
    ("told", "pause_s"),
    [("2", 0.12), ("0", 0.0), ("soon", 0.0), ("-1", 0.0), ("1e9", 0.0), ("99999", 0.12), ("9999999", 0.0), ("²", 0.0)],
)
def test_retry_after(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, told: str, pause_s: float
) -> None:
    waits: list[Waiting] = []
    client = open_at(pause_s=0.002)  # whose minute is 0.12 seconds
    headers = {"Retry-After": told.encode().decode("latin-1")}
    platform.faults.add(Fault("rate_limit", "GET", INTEGRATIONS, headers=headers))
    with client.wire.telling(waits.append):
        list(client.integrations(stop))
    (wait,) = waits
    assert max(pause_s, 0.002) <= wait.seconds <= max(pause_s, 0.0025)


def test_retry_after_of_another_failure(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    waits: list[Waiting] = []
    client = open_at()
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=503, headers={"Retry-After": "1"}))
    with client.wire.telling(waits.append):
        list(client.integrations(stop))
    # Our own pause: the platform did not say that it wants one.
    assert [wait.is_asked for wait in waits] == [False]


def test_within_the_vendors_limits() -> None:
    # The platform counts for real here: whoever is faster than our share gets 429.
    with PracticePlatform(settings=Settings(reads_per_s=45)) as platform:
        client = open_client(platform.url)
        waits: list[Waiting] = []
        with client.wire.telling(waits.append):
            for _ in range(30):
                client.may(Scope.INTEGRATIONS_READ, threading.Event())
        client.wire.close()
    assert waits == []
    assert {r.status for r in platform.received("GET")} == {200}
    assert platform.requests[-1].at - platform.requests[1].at >= 0.8


def stopped_after(seconds: float, stop: threading.Event) -> threading.Timer:
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    return timer


def test_a_stop_ends_a_pause(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    client = open_at(pause_s=60.0)
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=500, times=None))
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    with pytest.raises(Stopped):
        list(client.integrations(stop))
    timer.join()
    assert time.perf_counter() - started < 5
    assert len(platform.received("GET")) == 1


def test_a_stop_ends_a_pause_for_a_token(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    client = open_at(pause_s=60.0)
    platform.faults.add(Fault("status", "POST", status=500, times=None))
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    with pytest.raises(Stopped):
        client.create_integration(wanted(platform), stop)
    timer.join()
    assert time.perf_counter() - started < 5
    assert len(platform.received()) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stop_ends_an_endless_answer(
    platform: PracticePlatform, client: Platform, stop: threading.Event, method: str
) -> None:
    client.wire.sign_in(stop)
    platform.faults.add(Fault("endless", method, INTEGRATIONS, delay_after_s=0.05))
    timer, started = stopped_after(0.1, stop), time.perf_counter()
    calls: dict[str, Callable[[], list[Found]]] = {
        "GET": lambda: list(client.integrations(stop)),
        "POST": lambda: [client.create_integration(wanted(platform), stop)],
    }
    with pytest.raises(Expected) as ended:
        calls[method]()
    timer.join()
    assert time.perf_counter() - started < 5
    assert isinstance(ended.value, Stopped if method == "GET" else Unanswered)


def test_nothing_goes_out_after_a_stop(platform: PracticePlatform, client: Platform, stop: threading.Event) -> None:
    client.wire.sign_in(stop)
    stop.set()
    for call in (lambda: list(client.integrations(stop)), lambda: client.create_integration(wanted(platform), stop)):
        with pytest.raises(Stopped):
            call()
    assert len(platform.received()) == 1


def test_an_answer_that_drips(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.api.http.exchange.ANSWER_TIMEOUT_S", 0.2)
    client = open_at(attempts=1)
    platform.faults.add(Fault("endless", "GET", INTEGRATIONS, delay_after_s=0.02))
    with pytest.raises(Expected) as refused:
        list(client.integrations(stop))
    assert refused.value.code is Code.TIMED_OUT


def test_a_large_answer_is_fine_up_to_the_limit(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_at(attempts=1)
    client.wire.sign_in(stop)
    monkeypatch.setattr("wizard.api.http.exchange.PAGE_LIMIT", 1000)
    body = b"[" + b" " * 998 + b"]"
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=200, body=body))
    assert list(client.integrations(stop)) == []
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=200, body=body + b" "))
    with pytest.raises(Expected) as refused:
        list(client.integrations(stop))
    assert refused.value.code is Code.ANSWER_TOO_LARGE


def test_writes_wait_for_their_turn(platform: PracticePlatform, client: Platform, stop: threading.Event) -> None:
    client.wire._writes = pacing.Budget(per_second=20, burst=1)
    started = time.perf_counter()
    for name in ("a", "b", "c"):
        client.create_integration(wanted(platform, name), stop)
    assert time.perf_counter() - started >= 0.1


def test_threads_share_one_connection_pool(platform: PracticePlatform, client: Platform) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: len(list(client.integrations(threading.Event()))), range(12)))
    assert found == [3] * 12
